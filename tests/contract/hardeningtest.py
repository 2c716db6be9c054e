# SPDX-License-Identifier: GPL-3.0-or-later
"""A build that is released is hardened: hardeningtest.py IS-HARDENED COMPILER COMPILE-COMMANDS PROGRAM...

The mark in an ELF file that turns control-flow protection on is the linker's to set, and it does if every object has it:
the C library's start files do not on Debian 12, so the code is looked at for it.
"""

import json
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import unittest

import hardened

IS_HARDENED, COMPILER, COMMANDS, *PROGRAMS = sys.argv[1:]
del sys.argv[1:]
FLAGS = ["-fstack-protector-strong", "-fstack-clash-protection", "-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE="]
FLAGS += {"x86_64": ["-fcf-protection=full"], "aarch64": ["-mbranch-protection=standard"]}.get(platform.machine(), [])
NOT_HARDENED = [
    *("-O2", "-U_FORTIFY_SOURCE", "-fno-stack-protector", "-no-pie"),
    *("-Wl,-z,norelro", "-Wl,-z,lazy", "-Wl,-z,execstack"),
]
SOURCE = """
#include <cstdio>
#include <cstring>
int main(int, char **arguments)
{
    char text[16];
    std::strcpy(text, arguments[0]);
    return std::puts(text);
}
"""


class Hardening(unittest.TestCase):
    def test_each_program_has_every_protection(self):
        self.assertTrue(PROGRAMS)
        for program in PROGRAMS:
            with self.subTest(program):
                self.assertEqual(hardened.missing(program), [])

    def test_every_source_is_compiled_with_them(self):
        commands = json.loads(pathlib.Path(COMMANDS).read_text())
        self.assertTrue(commands)
        for command in commands:
            lacking = [flag for flag in FLAGS if flag not in command["command"]]
            self.assertEqual(lacking, [], command["file"])

    def test_a_program_without_them_is_found_out(self):
        with tempfile.TemporaryDirectory() as folder:
            program = f"{folder}/program"
            subprocess.run([COMPILER, *NOT_HARDENED, "-x", "c++", "-", "-o", program], input=SOURCE.encode(), check=True)
            lacking = set(hardened.missing(program))
        expected = {
            *("position independent", "read-only relocations", "bind now", "stack not executable"),
            *("stack protector", "fortified"),
        }
        self.assertLessEqual(expected, lacking)


if __name__ == "__main__":
    if IS_HARDENED != "1":
        print("this is no build that is released, but one for tests: it is not hardened")
        sys.exit(77)
    if not sys.platform.startswith("linux") or not shutil.which("readelf"):
        print("there is no ELF here, or no readelf")
        sys.exit(77)
    unittest.main(verbosity=2)

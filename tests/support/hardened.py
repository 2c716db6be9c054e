# SPDX-License-Identifier: GPL-3.0-or-later
"""What an ELF program says of how it was built, as binutils' readelf tells it."""

import os
import pathlib
import re
import subprocess

# What a function begins with that may be called through a pointer: endbr64; bti c, or paciasp, which is one too.
LANDING_MARKS = {
    "X86-64": (b"\xf3\x0f\x1e\xfa",),
    "AArch64": (b"\x5f\x24\x03\xd5", b"\x3f\x23\x03\xd5"),
}
# The C library's own start files bring a few.
ENOUGH_MARKS = 100


def readelf(*arguments):
    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.check_output(["readelf", "--wide", *arguments], env=environment).decode()


def code(program):
    """The bytes of .text."""
    found = re.search(r"\] \.text\s+PROGBITS\s+[0-9a-f]+ ([0-9a-f]+) ([0-9a-f]+)", readelf("--sections", program))
    start, size = (int(number, 16) for number in found.groups())
    return pathlib.Path(program).read_bytes()[start : start + size]


def missing(program):
    """The protections that the program lacks, by name."""
    header = readelf("--file-header", program)
    segments = readelf("--program-headers", program)
    dynamic = readelf("--dynamic", program)
    imported = set(re.findall(r"UND (\w+)", readelf("--dyn-syms", program)))
    flags = " ".join(re.findall(r"\(FLAGS(?:_1)?\)\s+(.*)", dynamic)).replace("Flags:", "").split()
    stack = re.search(r"GNU_STACK(?:\s+0x[0-9a-f]+){5} ([RWE ]{3})", segments)
    has = {
        "position independent": bool(re.search(r"Type:\s+DYN", header)) and "PIE" in flags,
        "read-only relocations": "GNU_RELRO" in segments,
        "bind now": "BIND_NOW" in flags and "NOW" in flags,
        "stack not executable": bool(stack) and "E" not in stack[1],
        "no segment writable and executable": not re.search(r"LOAD(?:\s+0x[0-9a-f]+){5} RWE", segments),
        "stack protector": "__stack_chk_fail" in imported,
        "fortified": any(name.endswith("_chk") for name in imported),
    }
    for machine, marks in LANDING_MARKS.items():
        if re.search(rf"Machine:.*{machine}", header):
            text = code(program)
            has["control flow"] = sum(text.count(mark) for mark in marks) >= ENOUGH_MARKS
    return [name for name, is_there in has.items() if not is_there]

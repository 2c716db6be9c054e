# SPDX-License-Identifier: GPL-3.0-or-later
"""The running programs may leave no core dump: coredumpstest.py CREDENZA CREDENZA-SANDBOX

With a limit of 1 byte Linux writes no file and pipes none to a handler; with 0 the handler gets all of it (6.18).
"""

import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
import unittest

CREDENZA, SANDBOX = sys.argv[1:3]
del sys.argv[1:3]
OFF = ["1", "1"]


def core_limits(pid):
    """Soft and hard."""
    for line in pathlib.Path(f"/proc/{pid}/limits").read_text().splitlines():
        if line.startswith("Max core file size"):
            return line.split()[4:6]
    return None


@unittest.skipUnless(pathlib.Path("/proc/self/limits").exists(), "there is no /proc to read limits from")
class CoreDumps(unittest.TestCase):
    def setUp(self):
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        if hard in (0, 1):
            self.skipTest("core dumps are off for all programs here")
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    def start(self, *command):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        program = subprocess.Popen(
            command,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": home.name, "XDG_CONFIG_HOME": home.name},
            stdout=subprocess.DEVNULL,
        )
        self.addCleanup(program.wait)
        self.addCleanup(program.kill)
        return program

    def assert_turns_them_off(self, program):
        end = time.monotonic() + 30
        while core_limits(program.pid) != OFF and time.monotonic() < end:
            time.sleep(0.02)
        self.assertEqual(core_limits(program.pid), OFF)
        self.assertIsNone(program.poll())

    def test_what_is_started_here_may_write_them(self):
        self.assertNotEqual(core_limits(self.start("sleep", "60").pid), OFF)

    def test_the_program_writes_none(self):
        self.assert_turns_them_off(self.start(CREDENZA, "--sandbox"))

    def test_the_sandbox_server_writes_none(self):
        self.assert_turns_them_off(self.start(SANDBOX))


if __name__ == "__main__":
    unittest.main(verbosity=2)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Who can read a token in the environment: environmenttest.py CREDENZA CREDENZA-SANDBOX"""

import os
import pathlib
import re
import subprocess
import sys
import time
import unittest
import uuid

import places
import program as driver
from program import SANDBOX, Atspi, start, wait, with_window_manager

HOME = pathlib.Path(os.environ["HOME"])
# Runs the program with a variable twice, as only the system call permits.
TWICE = """
import ctypes, os, sys
token = f"LOSANT_API_TOKEN={sys.argv[1]}"
values = [token, *(f"{name}={value}" for name, value in os.environ.items()), token]
array = lambda texts: (ctypes.c_char_p * (len(texts) + 1))(*(t.encode() for t in texts), None)
ctypes.CDLL(None).execve(sys.argv[2].encode(), array(sys.argv[2:]), array(values))
"""


class Environment(unittest.TestCase):
    def setUp(self):
        self.token = f"token-{uuid.uuid4().hex}"
        server = subprocess.Popen([SANDBOX, "--token", self.token], stdout=subprocess.PIPE, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        self.url = re.match(r"URL: (\S+)", server.stdout.readline()).group(1)

    def start_with_token(self, **environment):
        program = start(
            self, HOME / "program.log", "--api-url", self.url, LOSANT_API_TOKEN=self.token, **environment
        )
        program.open_application("Plant floor")  # so the token was there, and the server takes it
        return program

    @staticmethod
    def environment_of(pid):
        """As other programs of the same person can read it."""
        return pathlib.Path(f"/proc/{pid}/environ").read_bytes()

    def assert_has_no_token(self, environment):
        self.assertIn(b"PATH=", environment)
        self.assertEqual(places.found(environment, {self.token}), set())

    def test_the_token_is_in_the_environment_of_what_does_not_take_it_out(self):
        other = subprocess.Popen(["sleep", "60"], env={**os.environ, "LOSANT_API_TOKEN": self.token})
        self.addCleanup(other.wait)
        self.addCleanup(other.kill)
        wait(lambda: self.token.encode() in self.environment_of(other.pid), "the token")

    def test_nobody_reads_the_token_in_the_environment_of_the_program(self):
        program = self.start_with_token()
        self.assert_has_no_token(self.environment_of(program.process.pid))
        self.assertEqual(program.quit(), 0)

    def test_a_token_that_is_there_twice_goes_twice(self):
        command = [sys.executable, "-c", TWICE, self.token, driver.CREDENZA, "--api-url", self.url]
        process = subprocess.Popen(command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        program = pathlib.Path(driver.CREDENZA).resolve()
        wait(lambda: pathlib.Path(f"/proc/{process.pid}/exe").resolve() == program, "the program")
        wait(lambda: self.environment_of(process.pid).count(b"LOSANT_API_TOKEN=") == 2, "its environment")
        wait(lambda: self.token.encode() not in self.environment_of(process.pid), "the token to go")
        self.assertIsNone(process.poll())
        self.assert_has_no_token(self.environment_of(process.pid))

    def test_the_browser_is_not_handed_the_token(self):
        browser = HOME / "browser"
        browser.mkdir()
        handed = HOME / "handed"
        script = f'#!/bin/sh\n{{ env; echo "$@"; }} >"{handed}.new"\nmv "{handed}.new" "{handed}"\n'
        (browser / "xdg-open").write_text(script)
        (browser / "xdg-open").chmod(0o755)
        program = self.start_with_token(PATH=f"{browser}:{os.environ['PATH']}")
        window = program.window("Credenza")
        wait(lambda: window.get_state_set().contains(Atspi.StateType.ACTIVE), "the window to take keys")
        for key in ("alt+m", "s"):  # Sign in differently
            subprocess.run(["xdotool", "key", key], check=True)
            time.sleep(0.3)
        dialog = program.window("Sign in")
        guide = program.find("Where to make a token", "label", dialog)
        program.click(guide)  # beside the words, once the dialog stays where it is
        place = Atspi.Component.get_extents(guide, Atspi.CoordType.SCREEN)
        at = (str(place.x + 20), str(place.y + place.height // 2))
        subprocess.run(["xdotool", "mousemove", *at, "click", "1"], check=True)

        environment = wait(lambda: handed.exists() and handed.read_bytes(), "the browser")
        self.assertIn(b"https://docs.losant.com/", environment)
        self.assert_has_no_token(environment)


if __name__ == "__main__":
    with_window_manager(lambda: unittest.main(verbosity=2))

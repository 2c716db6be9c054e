# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings that can't be read or written, and what keeps them: settingstest.py CREDENZA CREDENZA-SANDBOX"""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from program import Atspi, descendants, is_showing, looked_at, start, wait, with_window_manager
from sessionmanager import INTERACT_ANY, INTERACT_NONE, SessionManager

HOME = pathlib.Path(os.environ["HOME"])
NAME = "Credenza Sandbox.conf"
# What a person has set up before: a page size that is not the usual one, and what nobody can read.
DAMAGED = "[browser]\npageSize=25\n\n[window]\nno line of settings\n"


class Settings(unittest.TestCase):
    def setUp(self):
        self.config = pathlib.Path(tempfile.mkdtemp(dir=HOME))
        self.folder = self.config / "Credenza"
        self.file = self.folder / NAME

    def start(self, **environment):
        folders = {"XDG_CONFIG_HOME": str(self.config), **environment}
        program = start(self, HOME / "program.log", "--sandbox", **folders)
        wait(lambda: program.has_window("Credenza – "), "the window")
        return program

    def mount(self, options):
        """A small file system of its own, where that is allowed."""
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", self.folder], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("nothing can be mounted here")
        self.addCleanup(subprocess.run, ["umount", "--lazy", self.folder], check=True)

    def problems(self, program):
        return looked_at(
            lambda: [
                part.get_description()
                for part in descendants(program.window("Credenza"))
                if part.get_name() == "Settings problem" and is_showing(part)
            ]
        )

    def assert_told_and_goes_on(self, program, *words):
        program.find("Settings problem", "label", program.window("Credenza"))
        told = self.problems(program)
        self.assertEqual(len(told), 1, told)
        for word in words:
            self.assertIn(word, told[0])
        program.open_application("Demo")
        self.assertRegex(program.status(), r"of \d")
        self.assertEqual(self.problems(program), told)

    def test_nothing_is_told_where_all_is_well(self):
        program = self.start()
        wait(self.file.exists, "the settings")
        wait(lambda: "version=" in self.file.read_text(), "the settings to be checked")
        time.sleep(0.5)
        self.assertEqual(self.problems(program), [])
        self.assertEqual(program.quit(), 0)
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.folder.stat().st_mode & 0o777, 0o700)
        self.assertEqual([path.name for path in self.folder.iterdir()], [NAME])

    def test_a_read_only_folder(self):
        self.folder.mkdir()
        if os.geteuid() == 0:
            self.mount("ro")
        else:
            self.folder.chmod(0o500)
            self.addCleanup(self.folder.chmod, 0o700)
        program = self.start()
        reason = "Read-only file system" if os.geteuid() == 0 else "Permission denied"
        self.assert_told_and_goes_on(program, str(self.file), reason)
        self.assertEqual(program.quit(), 0)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_full_disk(self):
        self.folder.mkdir()
        self.mount("size=64k")
        self.file.write_text("[browser]\npageSize=25\n")
        with (self.folder / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(b"a" * 4096):
                    pass
            except OSError:
                pass
        program = self.start()
        self.assert_told_and_goes_on(program, str(self.file), "No space left on device")
        self.assertEqual(program.quit(), 0)
        self.assertEqual(self.file.read_text(), "[browser]\npageSize=25\n")

    def test_a_damaged_file(self):
        # The bus may miss the first program, which is started again then: it is not to be this one.
        self.start(XDG_CONFIG_HOME=tempfile.mkdtemp(dir=HOME)).end()
        self.folder.mkdir()
        self.file.write_text(DAMAGED)
        program = self.start()
        copy = self.folder / f"{NAME}.bak"
        self.assert_told_and_goes_on(program, str(self.file), str(copy), "damaged")
        self.assertEqual(program.labelled("Rows per page", program.window("Credenza")).get_name(), "25")
        self.assertEqual(program.quit(), 0)
        self.assertEqual(copy.read_text(), DAMAGED)
        self.assertEqual(copy.stat().st_mode & 0o777, 0o600)

        program = self.start()
        wait(lambda: "version=" in self.file.read_text(), "the settings to be checked")
        time.sleep(0.5)
        self.assertEqual(self.problems(program), [])
        self.assertEqual(program.labelled("Rows per page", program.window("Credenza")).get_name(), "25")

    def test_no_home(self):
        before = {folder: sorted(os.listdir(folder)) for folder in ("/", self.config)}
        started_in = os.getcwd()
        self.addCleanup(os.chdir, started_in)
        os.chdir(self.config)
        folders = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
        program = self.start(**dict.fromkeys(folders))
        self.assert_told_and_goes_on(program, "HOME")
        self.assertEqual(program.quit(), 0)
        for folder, names in before.items():
            self.assertEqual(sorted(os.listdir(folder)), names)

    def test_signals_keep_the_layout(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(number.name):
                shutil.rmtree(self.folder, ignore_errors=True)
                program = self.start()
                window = program.window("Credenza")
                program.find("Credential details", window=window)
                self.resize(program, 1111, 666)
                width = self.widen_first_column(program)
                subprocess.run(["xdotool", "key", "F9"], check=True)
                wait(lambda w=window: "Credential details" not in self.names(w), "the details to fold")

                program.process.send_signal(number)
                self.assertEqual(program.process.wait(10), 0)

                text = self.file.read_text()
                for key in ("columns=", "geometry=", "splitter="):
                    self.assertIn(key, text)
                program = self.start()
                self.assertEqual(self.size(program), (1111, 666))
                self.assertEqual(self.first_column(program).width, width)
                self.assertNotIn("Credential details", self.names(program.window("Credenza")))
                program.end()

    def type_half_a_credential(self, program):
        program.press("New credential", program.find("Actions", "filler", program.window("Credenza")))
        dialog = program.window("New credential")
        program.click(program.find("Loggly", "list item", dialog))
        program.fill_in("Name", "Half a credential", dialog)

    def start_in_a_session(self):
        manager = SessionManager()
        self.addCleanup(manager.close)
        program = self.start(SESSION_MANAGER=manager.address)
        wait(lambda: manager.events[-1:] == ["saved"], "the program to be registered")
        return manager, program

    def test_the_end_of_the_session_keeps_the_layout(self):
        manager, program = self.start_in_a_session()
        self.assertFalse(self.file.exists() and "geometry=" in self.file.read_text())
        manager.end_session(INTERACT_ANY)
        wait(lambda: manager.events == ["saved"], "the layout to be saved")
        self.assertIn("geometry=", self.file.read_text())
        manager.die()
        self.assertEqual(program.process.wait(10), 0)

    def test_the_end_of_the_session_waits_for_what_was_typed(self):
        manager, program = self.start_in_a_session()
        self.type_half_a_credential(program)
        manager.end_session(INTERACT_ANY)
        program.find("Keep editing", "push button")
        wait(lambda: manager.events == ["asks", "cancels", "saved"], "the end of the session to be cancelled")
        self.assertIn("geometry=", self.file.read_text())
        program.press("Keep editing")
        program.window("New credential")

    def test_where_nothing_may_be_asked_the_end_of_the_session_keeps_the_layout(self):
        manager, program = self.start_in_a_session()
        self.type_half_a_credential(program)
        manager.end_session(INTERACT_NONE)
        wait(lambda: manager.events == ["saved"], "the layout to be saved")
        self.assertIn("geometry=", self.file.read_text())
        self.assertIsNone(program.process.poll())

    def test_a_signal_does_not_wait_for_what_was_typed(self):
        program = self.start()
        self.type_half_a_credential(program)
        program.process.terminate()
        self.assertEqual(program.process.wait(10), 0)
        self.assertIn("geometry=", self.file.read_text())

    @staticmethod
    def names(window):
        return looked_at(lambda: {part.get_name() for part in descendants(window) if is_showing(part)})

    @staticmethod
    def first_column(program):
        table = program.find("Credentials", "table", program.window("Credenza"))
        header = looked_at(lambda: next(part for part in descendants(table) if part.get_name() == "Name"))
        return Atspi.Component.get_extents(header, Atspi.CoordType.SCREEN)

    def widen_first_column(self, program):
        """By its edge, as with a mouse."""
        before = self.first_column(program)
        x, y = before.x + before.width - 1, before.y + before.height // 2
        for step in (("mousemove", x, y), ("mousedown", 1), ("mousemove", x + 30, y), ("mousemove", x + 60, y)):
            subprocess.run(["xdotool", *map(str, step)], check=True)
            time.sleep(0.1)
        subprocess.run(["xdotool", "mouseup", "1"], check=True)
        wait(lambda: self.first_column(program).width > before.width + 40, "the column to be wider")
        return self.first_column(program).width

    @staticmethod
    def window_id(program):
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(program.process.pid), "--name", "Credenza"]
        found = wait(lambda: subprocess.run(search, capture_output=True, text=True, check=False).stdout, "the window")
        return found.split()[0]

    def size(self, program):
        shown = subprocess.run(
            ["xdotool", "getwindowgeometry", "--shell", self.window_id(program)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        values = dict(line.split("=") for line in shown.split())
        return int(values["WIDTH"]), int(values["HEIGHT"])

    def resize(self, program, width, height):
        subprocess.run(["xdotool", "windowsize", self.window_id(program), str(width), str(height)], check=True)
        wait(lambda: self.size(program) == (width, height), "the window to have its size")


if __name__ == "__main__":
    # A shell that runs this in the background has it ignore the signal, and so would the program.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    with_window_manager(lambda: unittest.main(verbosity=2))

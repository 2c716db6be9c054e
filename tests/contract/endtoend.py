# SPDX-License-Identifier: GPL-3.0-or-later
"""From the sign-in dialog into the built-in sandbox, browsing: endtoend.py CREDENZA CREDENZA-SANDBOX"""

import os
import pathlib
import unittest

from program import Atspi, start, text_of, wait, with_window_manager

HOME = pathlib.Path(os.environ["HOME"])


class EndToEnd(unittest.TestCase):
    def test_from_sign_in_through_the_sandbox(self):
        program = start(self, HOME / "endtoend.log")
        dialog = program.window("Sign in")
        self.assertTrue(program.find("API token", "password text", dialog))
        program.press("Open the sandbox", dialog)
        program.window("Credenza")

        program.open_application("Plant floor")
        wait(lambda: program.status() == "1–100 of 2,500", "the first page")
        program.press("Next page")
        wait(lambda: program.status() == "101–200 of 2,500", "the second page")

        program.click(program.find("Name", "table column header"))
        names = wait(
            lambda: (lambda n: n if n == sorted(n, key=str.casefold) else None)(program.column(0, 8)), "names in order"
        )
        self.assertEqual(len(names), 8)
        self.assertEqual(program.status(), "1–100 of 2,500")

        program.open_application("Warehouse")
        wait(lambda: program.status() == "1–41 of 41", "the warehouse's page")
        word = program.column(0, 1)[0].split()[0]
        Atspi.EditableText.set_text_contents(program.find("Filter credentials", "text"), f"{word}*")
        wait(lambda: "41" not in program.status() and program.status() != "0 of 0", "the filter")
        count = int(program.status().split()[-1])
        self.assertEqual([name for name in program.column(0, count) if not name.startswith(word)], [])
        program.press("Clear filter")
        wait(lambda: program.status() == "1–41 of 41", "all rows again")

        table = program.find("Credentials", "table")
        name = program.cell(table, 2, 0)
        program.click(Atspi.Table.get_accessible_at(table, 2, 0))
        details = program.find("Credential details", "panel")
        wait(lambda: text_of(program.find("Name", "text", details)) == name, "the details of the third row")

        self.assertEqual(program.quit(), 0)


if __name__ == "__main__":
    with_window_manager(lambda: unittest.main(verbosity=2))

# SPDX-License-Identifier: GPL-3.0-or-later
"""A key is found in all applications, and where else it is, by the keyboard and the accessible tree alone:
allapplicationstest.py CREDENZA CREDENZA-SANDBOX"""

import os
import pathlib
import re
import subprocess
import unittest

from program import Atspi, start, wait, with_window_manager

HOME = pathlib.Path(os.environ["HOME"])
KEY_COLUMN = 7


def press(*keys):
    subprocess.run(["xdotool", "key", "--delay", "50", *keys], check=True)


def typed(text):
    subprocess.run(["xdotool", "type", "--delay", "50", text], check=True)


class AllApplications(unittest.TestCase):
    def test_a_key_is_found_and_where_else_it_is(self):
        program = start(self, HOME / "allapplications.log", "--sandbox")
        window = program.window("Credenza")
        wait(lambda: window.get_state_set().contains(Atspi.StateType.ACTIVE), "the window to have the keys")
        applications = program.find("Applications", "tree")
        wait(lambda: self.items_of(applications)[:1] == ["All applications"], "the entry for all")

        press("ctrl+0")
        program.window("Credenza – All applications")
        status = program.find("Inventory status", "label")
        whole = re.compile(r"^[\d,]+ credentials in \d+ applications$")
        wait(lambda: whole.match(status.get_description()), "all of them")
        table = program.find("All credentials", "table")
        children = [table.get_child_at_index(i) for i in range(10)]
        headers = [child.get_name() for child in children if child.get_role_name() == "table column header"][:8]
        self.assertEqual(
            headers, ["Name", "Application", "Type", "Status", "Created", "Last updated", "Expires", "Key"]
        )
        for name in ("Disabled", "Expiring", "Not updated for a year", "Same key elsewhere", "Group by key"):
            self.assertTrue(program.find(name, "check box"))

        # Ctrl+0 has led to the filter.
        shared = program.find("Same key elsewhere", "check box")
        Atspi.Component.grab_focus(shared)
        press("space")
        wait(lambda: " found" in status.get_description(), "those whose key is elsewhere")
        key = program.cell(table, 0, KEY_COLUMN)
        self.assertTrue(key)
        press("ctrl+f")
        typed(f"key:{key.split('…')[0]}")
        wait(lambda: program.cell(table, 0, KEY_COLUMN) == key, "the key")
        found = int(re.search(r"([\d,]+) found", status.get_description()).group(1).replace(",", ""))
        self.assertGreaterEqual(found, 2)
        press("Down")

        name, application = program.cell(table, 0, 0), program.cell(table, 0, 1)
        others = program.find("Same key in", "list")
        items = wait(lambda: self.items_of(others), "where else the key is")
        self.assertNotIn(f"{application} · {name}", [" · ".join(item.split(" · ")[:2]) for item in items])
        for item in items:
            self.assertRegex(item, r"^.+ · .+ · (Enabled|Disabled) · Last updated: ")

        there, other = items[0].split(" · ")[:2]
        for _ in range(60):
            press("Tab")
            if others.get_state_set().contains(Atspi.StateType.FOCUSED):
                break
        press("Home", "Return")
        program.window(f"Credenza – {there}")
        details = program.find("Credential details", "panel")
        wait(lambda: self.name_in(program, details) == other, "the other credential")
        press("alt+Left")
        program.window("Credenza – All applications")
        self.assertEqual(program.quit(), 0)

    @staticmethod
    def items_of(part):
        children = (part.get_child_at_index(i) for i in range(part.get_child_count()))
        return [child.get_name() for child in children if child and child.get_role_name() != "table column header"]

    @staticmethod
    def name_in(program, details):
        name = program.find("Name", "text", details)
        return Atspi.Text.get_text(name, 0, Atspi.Text.get_character_count(name))


if __name__ == "__main__":
    with_window_manager(lambda: unittest.main(verbosity=2))

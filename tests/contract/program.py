# SPDX-License-Identifier: GPL-3.0-or-later
"""The real program as a person with a screen reader uses it, by the names in its accessible tree."""

import os
import re
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

CREDENZA, SANDBOX = sys.argv[1:3]
del sys.argv[1:3]


def wait(condition, what, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        while GLib.MainContext.default().iteration(False):
            pass
        try:
            found = condition()
        except GLib.Error:  # a part that went while it was looked at
            found = None
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s for {what}")


def looked_at(look, seconds=30):
    """What `look` finds, be it nothing: it looks anew where a part went while it was looked at."""
    end = time.monotonic() + seconds
    while True:
        try:
            return look()
        except GLib.Error:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


HEADERS = 9  # the first children of a table; its cells are asked for by row and column


def descendants(part):
    yield part
    count = part.get_child_count()
    if part.get_role() in (Atspi.Role.TABLE, Atspi.Role.TREE_TABLE, Atspi.Role.TREE):
        count = min(count, HEADERS)
    for index in range(count):
        child = part.get_child_at_index(index)
        if child:
            yield from descendants(child)


def is_showing(part):
    return part.get_state_set().contains(Atspi.StateType.SHOWING)


def is_visible(part):
    """Also what has to be scrolled to."""
    return part.get_state_set().contains(Atspi.StateType.VISIBLE)


def text_of(part):
    return Atspi.Text.get_text(part, 0, Atspi.Text.get_character_count(part))


class Program:
    """The program under test and what its accessible tree shows."""

    def __init__(self, arguments, environment, log):
        self.log = open(log, "ab")
        everything = {**os.environ, **environment}
        self.process = subprocess.Popen(
            [CREDENZA, *arguments],
            env={name: value for name, value in everything.items() if value is not None},
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )

    def windows(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application and application.get_process_id() == self.process.pid:
                for place in range(application.get_child_count()):
                    window = application.get_child_at_index(place)
                    if window:
                        yield window

    def window(self, title):
        return wait(lambda: next((w for w in self.windows() if title in w.get_name()), None), f"the window {title}")

    def has_window(self, title):
        return looked_at(lambda: any(title in window.get_name() for window in self.windows()))

    def find(self, name, role=None, window=None, showing=True):
        def look():
            for top in [window] if window else self.windows():
                for part in descendants(top):
                    if part.get_name() == name and (role is None or part.get_role_name() == role):
                        if is_showing(part) if showing else is_visible(part):
                            return part
            return None

        return wait(look, f"the {role or 'part'} {name}")

    def labelled(self, label, window):
        """The combo box that a label with this text belongs to; its own name is its value."""

        def look():
            for part in descendants(window):
                if part.get_role() == Atspi.Role.COMBO_BOX and is_showing(part):
                    for relation in part.get_relation_set():
                        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
                            if relation.get_target(0).get_name() == label:
                                return part
            return None

        return wait(look, f"the combo box {label}")

    def press(self, name, window=None):
        button = self.find(name, "push button", window)
        wait(lambda: button.get_state_set().contains(Atspi.StateType.ENABLED), f"{name} to be enabled")
        Atspi.Action.do_action(button, 0)

    def click(self, part):
        """In the middle of the part, once its window is where it stays."""
        places = []

        def place_is_settled():
            box = Atspi.Component.get_extents(part, Atspi.CoordType.SCREEN)
            places.append((box.x + box.width // 2, box.y + box.height // 2))
            time.sleep(0.15)
            return len(places) > 2 and places[-1] == places[-2] == places[-3]

        wait(place_is_settled, f"{part.get_name()} to stay where it is")
        x, y = places[-1]
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)

    def status(self):
        return looked_at(lambda: self.find("Page status", "label").get_description())

    def cell(self, table, row, column):
        cell = Atspi.Table.get_accessible_at(table, row, column)
        return cell.get_name() if cell else None

    def column(self, column, rows):
        def look():
            table = self.find("Credentials", "table")
            return [self.cell(table, row, column) for row in range(rows)]

        return looked_at(look)

    def open_application(self, name):
        applications = self.find("Applications", window=self.window("Credenza"))
        item = wait(
            lambda: next(
                (
                    cell
                    for cell in (applications.get_child_at_index(i) for i in range(applications.get_child_count()))
                    if cell and cell.get_name() == name
                ),
                None,
            ),
            f"the application {name}",
        )
        self.click(item)
        wait(lambda: self.has_window(f"Credenza – {name}"), f"the title to name {name}")

    def quit(self):
        subprocess.run(["xdotool", "key", "ctrl+q"], check=True)
        status = self.process.wait(30)
        self.log.close()
        return status

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def create(self, product, name, public, secret, choices={}, ticked=(), filled_in=lambda: None, sent=lambda: None):
        """Creates a credential by the form; calls `filled_in` once all is there, and `sent` when it is sent."""
        window = self.window("Credenza")
        self.press("New credential", self.find("Actions", "filler", window))
        dialog = self.window("New credential")
        self.click(self.find(product, "list item", dialog))
        for label, choice in choices.items():
            combo = self.labelled(label, dialog)
            self.choose(combo, choice)
            wait(lambda c=combo, v=choice: c.get_name() == v, f"{label} to be {choice}")
        for label in ticked:
            Atspi.Action.do_action(self.find(label, "check box", dialog, showing=False), 0)
        for label, value in {"Name": name, **public, **secret}.items():
            self.fill_in(label, value, dialog)
        filled_in()
        self.press("Create", dialog)
        sent()
        if "Generate a private key" in ticked:
            shown = text_of(self.find("Public key", "text", dialog))
            assert re.search("BEGIN PUBLIC KEY|^ssh-", shown), shown
            self.press("Done", dialog)
        wait(lambda: not self.has_window("New credential"), "the dialog to close")

    def select(self, name, rows):
        """The row of the credential of this name, among the first so many."""
        wait(lambda: name in self.column(0, rows), f"the row {name}")
        table = self.find("Credentials", "table")
        self.click(Atspi.Table.get_accessible_at(table, self.column(0, rows).index(name), 0))
        details = self.find("Credential details", "panel")
        wait(lambda: text_of(self.find("Name", "text", details)) == name, f"the details of {name}")
        return details

    def change(self, name, rows, action, values):
        """Opens the dialog for editing or rotating a credential, and fills it in; the dialog."""
        self.press(action, self.select(name, rows))
        dialog = self.window("Edit credential" if action == "Edit" else action)
        for label, value in values.items():
            self.fill_in(label, value, dialog)
        return dialog

    def wait_for_done(self, text):
        wait(lambda: self.find("Done message", "label").get_description().startswith(text), f"the message {text}")

    def fill_in(self, label, value, dialog):
        def look():
            for part in descendants(dialog):
                if part.get_name() == label and part.get_role_name() in ("text", "password text") and is_visible(part):
                    return part
            return None

        field = wait(look, f"the field {label}")
        assert Atspi.EditableText.set_text_contents(field, value), label

    def choose(self, combo, choice):
        self.click(combo)
        time.sleep(0.3)  # the list takes keys once it is up
        subprocess.run(["xdotool", "type", "--delay", "50", choice[:4]], check=True)
        subprocess.run(["xdotool", "key", "Return"], check=True)


def start(test, log, *arguments, **environment):
    """A program that shows on the accessibility bus, and ends with the test at the latest."""
    for attempt in range(3):
        program = Program(arguments, environment, log)
        try:
            wait(lambda p=program: list(p.windows()), "a window on the accessibility bus", 10)
            break
        except AssertionError:  # the bus can miss a program that starts while it starts itself
            program.end()
            if attempt == 2:
                raise
    test.addCleanup(program.end)
    return program


def with_window_manager(main):
    window_manager = subprocess.Popen(["openbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        main()
    finally:
        window_manager.kill()
        window_manager.wait()

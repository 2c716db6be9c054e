# SPDX-License-Identifier: GPL-3.0-or-later
"""Hears every accessibility event and reads every text while secrets are typed: secretsilencetest.py WINDOW"""

import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

BULLET = "\u2022"
TYPED = "Zq7xWkJ9"
SET = "Hm4v\u00a0\n\U0001f511"


def wait(condition, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        while GLib.MainContext.default().iteration(False):
            pass
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    return None


def descendants(part):
    yield part
    for index in range(part.get_child_count()):
        child = part.get_child_at_index(index)
        if child:
            yield from descendants(child)


def find(name):
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(index)
        for part in descendants(application) if application else ():
            if part.get_name() == name:
                return part
    return None


class Listener:
    def __init__(self):
        self.heard = []
        self.listener = Atspi.EventListener.new(self.hear)
        for kind in ("object:text-changed", "object:property-change", "object:text-caret-moved", "object:announcement"):
            self.listener.register(kind)

    def hear(self, event):
        self.heard.append(str(event.any_data) if event.any_data is not None else "")

    def texts(self):
        return "".join(self.heard)


def type_into(part, text):
    Atspi.Component.grab_focus(part)
    wait(lambda: part.get_state_set().contains(Atspi.StateType.FOCUSED))
    wait(lambda: False, 0.2)  # until the keyboard follows
    subprocess.run(["xdotool", "type", "--delay", "20", text], check=True)


def main():
    problems = []

    def check(holds, what):
        if not holds:
            problems.append(what)

    window_manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
    time.sleep(0.5)  # a window that is there before its manager is not made active
    window = subprocess.Popen([sys.argv[1]])
    try:
        listener = Listener()
        control = wait(lambda: find("Control"))
        if not control:
            print("The window does not show on the accessibility bus.")
            return 1
        type_into(control, TYPED)
        check(wait(lambda: all(c in listener.texts() for c in TYPED)), f"a plain editor is heard as {listener.heard}")

        for name in ("Line", "File", "Revealed"):
            part = find(name)
            check(part.get_role() == Atspi.Role.PASSWORD_TEXT, f"{name} is a {part.get_role_name()}")
            check(part.get_child_count() == 0, f"{name} has parts")
            listener.heard.clear()
            type_into(part, TYPED)
            check(
                wait(lambda: listener.texts().count(BULLET) == len(TYPED)),
                f"{name} is not heard as {len(TYPED)} bullets",
            )
            check(Atspi.Text.get_text(part, 0, -1) == BULLET * len(TYPED), f"{name} reads otherwise than as bullets")
            Atspi.EditableText.set_text_contents(part, SET)
            check(
                wait(lambda: Atspi.Text.get_text(part, 0, -1) == BULLET * len(SET)),
                f"{name} does not take what is set, or shows it",
            )
            wait(lambda: False, 0.3)
            heard = set("".join(text for text in listener.heard if not text.isdigit())) & set(TYPED + SET)
            check(not heard, f"{name} lets be heard {heard}")
    finally:
        window.terminate()
        window_manager.terminate()
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

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
PASTED = "Yz5Gv3Xj"
SET = "Hm4v\u00a0\n\U0001f511"
EDITORS = ("Line", "File", "Revealed line", "Revealed file")


def wait(condition, seconds=15):
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
    """Keeps all that every event of any kind says: of which part, what, and what its texts are by then."""

    def __init__(self):
        self.heard = []
        self.listener = Atspi.EventListener.new(self.hear)
        for kind in ("object", "window", "document", "focus"):
            self.listener.register(kind)

    def hear(self, event):
        said = event.any_data.get_name() if isinstance(event.any_data, Atspi.Accessible) else event.any_data
        self.heard.append((event.source.get_name(), event.type, said if isinstance(said, str) else ""))
        for text in texts_of(event.source):
            self.heard.append((event.source.get_name(), "by then reads", text))

    def inserted(self, name):
        return "".join(said for part, kind, said in self.heard if part == name and "text-changed:insert" in kind)

    def said(self):
        """All but the known names and descriptions, and what the plain editor may say."""
        known = (*EDITORS, "shown", "hidden")
        return "".join(said for part, _, said in self.heard if part != "Control" and said not in known)


def texts_of(part):
    try:
        texts = [part.get_name(), part.get_description()]
        if "Text" in part.get_interfaces():
            texts.append(Atspi.Text.get_text(part, 0, -1))
        return texts
    except GLib.Error:
        return []


def type_into(part, *arguments):
    Atspi.Component.grab_focus(part)
    wait(lambda: part.get_state_set().contains(Atspi.StateType.FOCUSED))
    wait(lambda: False, 0.2)  # until the keyboard follows
    subprocess.run(["xdotool", *arguments], check=True)


def put_on_clipboard(text):
    copy = ["xclip", "-i", "-selection", "clipboard"]
    subprocess.run(copy, input=text.encode(), check=True, stdout=subprocess.DEVNULL)


def primary_selection():
    return subprocess.run(["xclip", "-o", "-selection", "primary"], capture_output=True, text=True).stdout


def main():
    problems = []

    def check(holds, what):
        if not holds:
            problems.append(what)

    window_manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
    time.sleep(0.5)  # a window that is there before its manager is not made active
    window = subprocess.Popen([sys.argv[1]])
    events = 0
    try:
        listener = Listener()
        control = wait(lambda: find("Control"))
        if not control:
            print("The window does not show on the accessibility bus.")
            return 1
        type_into(control, "type", "--delay", "20", TYPED)
        put_on_clipboard(PASTED)
        type_into(control, "key", "ctrl+v")
        check(
            wait(lambda: set(TYPED + PASTED) <= set(listener.inserted("Control"))),
            f"a plain editor is heard as {listener.heard}",
        )
        type_into(control, "key", "ctrl+a")
        check(wait(lambda: primary_selection() == TYPED + PASTED), "a plain editor's selection is not seen")
        put_on_clipboard(PASTED)  # which leaves the other selection to the editor

        for name in EDITORS:
            part = find(name)
            check(part.get_role() == Atspi.Role.PASSWORD_TEXT, f"{name} is a {part.get_role_name()}")
            check(part.get_child_count() == 0, f"{name} has parts")
            listener.heard.clear()
            type_into(part, "type", "--delay", "20", TYPED)
            type_into(part, "key", "ctrl+v")
            count = len(TYPED + PASTED)
            check(wait(lambda: listener.inserted(name) == BULLET * count), f"{name} is not heard as {count} bullets")
            check(Atspi.Text.get_text(part, 0, -1) == BULLET * count, f"{name} reads otherwise than as bullets")
            if name.startswith("Revealed"):
                check(part.get_description() == "shown", f"{name} is not revealed")
            Atspi.EditableText.set_text_contents(part, SET)
            check(
                wait(lambda: Atspi.Text.get_text(part, 0, -1) == BULLET * len(SET)),
                f"{name} does not take what is set, or shows it",
            )
            type_into(part, "key", "ctrl+a", "ctrl+c", "ctrl+Insert")
            wait(lambda: False, 0.5)
            heard = set(listener.said()) & set(TYPED + PASTED + SET)
            check(not heard, f"{name} lets be heard {heard} in {listener.heard}")
            check(primary_selection() == TYPED + PASTED, f"{name} puts {primary_selection()!r} on the selection")
            events += len(listener.heard)
    finally:
        window.terminate()
        window_manager.terminate()
    for problem in problems:
        print(problem)
    print(f"{len(EDITORS)} editors, {events} texts in events, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

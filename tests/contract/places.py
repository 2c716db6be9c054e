# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a secret could be left behind, and what can be read there."""

import base64
import os
import pathlib
import re
import socket
import subprocess
import threading

from program import Atspi, GLib

HOME = pathlib.Path(os.environ["HOME"])
FOLDERS = {
    "home folder": HOME,
    "config folder": pathlib.Path(os.environ["XDG_CONFIG_HOME"]),
    "data folder": pathlib.Path(os.environ["XDG_DATA_HOME"]),
    "state folder": pathlib.Path(os.environ["XDG_STATE_HOME"]),
    "cache folder": pathlib.Path(os.environ["XDG_CACHE_HOME"]),
    "runtime folder": pathlib.Path(os.environ["XDG_RUNTIME_DIR"]),
    "temporary folder": pathlib.Path(os.environ["TMPDIR"]),
}


def spellings(secret):
    """As bytes, in the encodings that a program may leave it in."""
    plain = secret.encode()
    yield plain
    yield secret.encode("utf-16-le")
    yield plain.hex().encode()
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + plain)
        yield whole[4 if shift else 0 : len(whole) // 4 * 4 - 4]


def found(content, secrets):
    """Those of the secrets that the content holds, however it spells them."""
    return {secret for secret in secrets if any(spelling in content for spelling in spellings(secret))}


class Recorder:
    """Stands between program and server, and keeps what is asked and answered, a buffer for each connection."""

    def __init__(self, port):
        self.target = port
        self.asked, self.answered = [], []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client = self.listener.accept()[0]
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            self.asked.append(bytearray())
            self.answered.append(bytearray())
            for ways in ((client, server, self.asked[-1]), (server, client, self.answered[-1])):
                threading.Thread(target=self.pass_on, args=ways, daemon=True).start()

    @staticmethod
    def pass_on(source, sink, kept):
        with source:
            try:
                while data := source.recv(65536):
                    kept += data
                    sink.sendall(data)
                sink.shutdown(socket.SHUT_WR)
            except OSError:  # the other side has closed
                pass

    def close(self):
        self.listener.close()


def files(folder):
    """Name and content of every file of the folder that is in none of the others."""
    others = [other for other in FOLDERS.values() if other != folder and other.is_relative_to(folder)]
    for path in folder.rglob("*"):
        if path.is_file() and not any(path.is_relative_to(other) for other in others):
            try:
                yield str(path), path.name.encode() + b"\n" + path.read_bytes()
            except FileNotFoundError:  # gone since it was listed
                pass


def selection(which):
    """What any client of the display can get of it, in every format that is on offer."""
    paste = ["xclip", "-o", "-selection", which]
    targets = subprocess.run([*paste, "-t", "TARGETS"], capture_output=True, text=True).stdout.split()
    for target in targets:
        yield target, subprocess.run([*paste, "-t", target], capture_output=True).stdout


def accessible_texts(program):
    """All that each part of each window tells assistive technology."""
    for window in program.windows():
        for place, part in parts_below(window, window.get_name()):
            yield place, "\n".join(told_by(part)).encode()


def told_by(part):
    questions = [
        part.get_name,
        part.get_description,
        lambda: str(part.get_attributes()),
        lambda: Atspi.Text.get_text(part, 0, -1) if "Text" in part.get_interfaces() else "",
        lambda: Atspi.Value.get_text(part) if "Value" in part.get_interfaces() else "",
        lambda: " ".join(Atspi.Action.get_action_description(part, n) for n in range(Atspi.Action.get_n_actions(part))),
    ]
    for question in questions:
        try:
            yield question() or ""
        except GLib.Error:  # it has no such thing, or is gone since its parent named it
            pass


def parts_below(part, place):
    yield place, part
    try:
        children = [part.get_child_at_index(index) for index in range(part.get_child_count())]
    except GLib.Error:
        return
    for child in filter(None, children):
        yield from parts_below(child, f"{place} / {child.get_role_name()}")


def window_properties():
    """Titles and all other properties of all windows of the display."""
    tree = subprocess.run(["xwininfo", "-root", "-tree"], capture_output=True, text=True).stdout
    for window in set(re.findall(r"0x[0-9a-f]+", tree)):
        yield window, subprocess.run(["xprop", "-id", window], capture_output=True).stdout


def command_line(program):
    return pathlib.Path(f"/proc/{program.process.pid}/cmdline").read_bytes()

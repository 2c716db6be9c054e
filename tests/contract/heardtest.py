# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader says by itself, as a listener on the accessibility bus hears it: heardtest.py CREDENZA CREDENZA-SANDBOX

Orca says a part with the role of a notification when it comes to be shown, and announcements where there are any.
"""

import os
import pathlib
import socket
import subprocess
import threading
import time
import unittest

from program import SANDBOX, Atspi, GLib, start, wait, with_window_manager

HOME = pathlib.Path(os.environ["HOME"])


class Listener:
    """Keeps the sentences that were said, in their order."""

    def __init__(self):
        self.sentences = []
        self.listener = Atspi.EventListener.new(self.hear)
        for kind in ("object:state-changed:showing", "object:announcement"):
            self.listener.register(kind)

    def hear(self, event):
        try:
            if event.type.startswith("object:announcement"):
                self.sentences.append(str(event.any_data))
            elif event.detail1 and event.source.get_role() == Atspi.Role.NOTIFICATION:
                self.sentences.append(event.source.get_name())
        except GLib.Error:  # gone before it was asked: a screen reader would have missed it, too
            pass

    def during(self, what, action, expected):
        """What is said from then on; `expected` must be part of it, each in a sentence of its own."""
        self.sentences.clear()
        action()
        def is_heard():
            return all(any(words in said for said in self.sentences) for words in expected)

        try:
            wait(is_heard, f"{what} to be heard")
        except AssertionError as error:
            raise AssertionError(f"{what}: heard {self.sentences}, not {expected}") from error
        quiet = time.monotonic() + 1.5
        wait(lambda: time.monotonic() > quiet, "silence")
        print(f"{what}: " + " | ".join(self.sentences).replace("\n", " / "))
        return list(self.sentences)


class Line:
    """Between program and server; can be cut and mended."""

    def __init__(self, port):
        self.port = port
        self.is_cut = False
        self.ends = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client = self.listener.accept()[0]
            except OSError:
                return
            if self.is_cut:
                client.close()
                continue
            server = socket.create_connection(("127.0.0.1", self.port))
            self.ends += [client, server]
            for ways in ((client, server), (server, client)):
                threading.Thread(target=self.pass_on, args=ways, daemon=True).start()

    @staticmethod
    def pass_on(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:  # the other side has closed
            pass

    def cut(self):
        self.is_cut = True
        for end in self.ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:  # it is closed already
                pass

    def mend(self):
        self.is_cut = False


def keys(*names):
    subprocess.run(["xdotool", "key", "--delay", "60", *names], check=True)


class Heard(unittest.TestCase):
    def setUp(self):
        command = [SANDBOX, "--token", "token-of-the-account", "--credentials", "250"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        url = server.stdout.readline().split()[1]
        self.line = Line(int(url.rsplit(":", 1)[1]))
        self.addCleanup(self.line.listener.close)
        self.listener = Listener()

    def during(self, what, action, *expected):
        heard = self.listener.during(what, action, expected)
        twice = {said for said in heard if heard.count(said) > 1}
        self.assertFalse(twice, f"{what} is heard twice")
        return heard

    def program_on_plant_floor(self):
        program = start(
            self, HOME / "heard.log", "--api-url", self.line.url, LOSANT_API_TOKEN="token-of-the-account"
        )
        program.window("Credenza")
        program.open_application("Plant floor")
        wait(lambda: program.status() == "1–100 of 250", "the first page")
        quiet = time.monotonic() + 2
        wait(lambda: time.monotonic() > quiet, "silence")
        return program

    def test_pages_failures_and_their_end(self):
        program = self.program_on_plant_floor()
        heard = self.during("page turned", lambda: program.press("Next page"), "101–200 of 250")
        self.assertEqual(heard, ["101–200 of 250"])
        heard = self.during("two pages on, quickly", lambda: keys("ctrl+Next", "ctrl+Prior"), "101–200 of 250")
        self.assertEqual(heard, ["101–200 of 250"])

        def fail():
            self.line.cut()
            program.press("Refresh")

        heard = self.during("failure", fail, "The rows below are older")
        self.assertEqual(len(heard), 1, heard)
        banner = program.find("Error message", "label")
        self.assertEqual(heard[0], banner.get_description())
        self.assertEqual(banner.get_parent().get_role(), Atspi.Role.ALERT)
        again = self.during("failure, again", lambda: program.press("Retry"), "The rows below are older")
        self.assertEqual(again, heard)

        def recover():
            self.line.mend()
            program.press("Retry")

        heard = self.during("recovery", recover, "101–200 of 250")
        self.assertEqual(heard, ["101–200 of 250"])

        def search():
            Atspi.Component.grab_focus(program.find("Filter credentials", "text"))
            time.sleep(0.3)
            subprocess.run(["xdotool", "type", "--delay", "60", "nosuchname"], check=True)

        heard = self.during("no match", search, "No match")
        self.assertEqual(len(heard), 1, heard)

    def test_creating(self):
        program = self.program_on_plant_floor()
        public = {"Access key ID": "AKIAIOSFODNN7EXAMPLE", "Region": "us-east-1"}
        secret = {"Secret access key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}

        def create():
            program.create("Amazon Web Services", "Heard", public, secret)

        heard = self.during("created", create, "Created Heard", "of 251")
        self.assertEqual(heard, ["Created Heard", "1–100 of 251"])

        program.press("New credential", program.find("Actions", "filler", program.window("Credenza")))
        dialog = program.window("New credential")
        program.click(program.find("Amazon Web Services", "list item", dialog))
        Atspi.Component.grab_focus(program.find("Name", "text", dialog))
        time.sleep(0.3)
        heard = self.during("field problem", lambda: keys("a", "b", "BackSpace", "BackSpace", "Tab"), "Name: ")
        problem = program.find("Name problem", "label", dialog).get_description()
        self.assertEqual(heard, [f"Name: {problem}"])
        heard = self.during("fields missing", lambda: program.press("Create", dialog), "Not created yet")
        self.assertEqual(len([said for said in heard if "Not created yet" in said]), 1)

        for label, value in {"Name": "Heard", **public, **secret}.items():
            program.fill_in(label, value, dialog)
        heard = self.during("refused", lambda: program.press("Create", dialog), "already exists")
        self.assertEqual(len(heard), 1, heard)
        program.fill_in("Name", "Heard again", dialog)
        self.line.cut()
        self.during("not sent", lambda: program.press("Create", dialog), "created")

    def test_sign_in(self):
        self.listener.sentences.clear()
        program = start(self, HOME / "heard.log", "--api-url", self.line.url)
        dialog = program.window("Sign in")
        quiet = time.monotonic() + 2
        wait(lambda: time.monotonic() > quiet, "silence")
        self.assertEqual(self.listener.sentences, [])
        program.fill_in("API token", "token-of-nobody", dialog)
        heard = self.during("sign-in refused", lambda: program.press("Sign in", dialog), "token")
        self.assertEqual(heard, [program.find("Error message", "label", dialog).get_description()])


if __name__ == "__main__":
    with_window_manager(lambda: unittest.main(verbosity=2))

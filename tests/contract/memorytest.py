# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what the process still has of a secret once it is done with it: memorytest.py CREDENZA CREDENZA-SANDBOX

By HTTP/2 over TLS, as with a real server.
"""

import contextlib
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import time
import unittest
import uuid

import places
from elsewhere import Elsewhere
from nginx import Nginx
from program import SANDBOX, Atspi, start, wait, with_window_manager

HOME = pathlib.Path(os.environ["HOME"])
PASSWORD = "sandbox-password"
# The session's, that of the request that was answered last, and HTTP/2's table of headers.
MOST_WHILE_SIGNED_IN = 4
# What QSslSocket sent last stays in its buffer until it sends something longer, or closes.
MOST_ONCE_CREATED = 1
AWS = {
    "name": "S3 archive",
    "type": "aws",
    "awsConfig": {"accessKeyId": "AKIAIOSFODNN7EXAMPLE", "secretAccessKey": "the-first-one", "region": "us-east-1"},
}
THEIRS = {
    "awsConfig": {"accessKeyId": "AKIAZZZZZZZZZEXAMPLE", "secretAccessKey": "that-of-others", "region": "sa-east-1"}
}


def parts_of_memory(pid):
    """All that another program could read of what the process has written, region by region."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            begin, end = (int(place, 16) for place in line.split()[0].split("-"))
            if not line.split()[1].startswith("rw"):
                continue
            try:
                memory.seek(begin)
                yield memory.read(end - begin)
            except (OSError, ValueError, OverflowError):  # gone since it was listed, or of a device
                pass


def copies(program, secret):
    """How often the memory holds the middle of the secret: the first bytes of what was freed are lost anyhow."""
    spellings = (middle(secret).encode(), middle(secret).encode("utf-16-le"))
    return sum(part.count(s) for part in parts_of_memory(program.process.pid) for s in spellings)


def texts(program, secret):
    """How often a text of the program holds the secret."""
    return sum(part.count(middle(secret).encode("utf-16-le")) for part in parts_of_memory(program.process.pid))


def middle(secret):
    return secret[len(secret) // 3 :][:16]


class Planter(places.Recorder):
    """Replaces values that the sandbox gives what uses a credential by secrets of the same length."""

    # Of nodes, global values, integrations and archive settings: what the program has no use for.
    PASSWORD = b"of-another-service"
    VALUES = (PASSWORD, b"broker.example.com", b"Released to all plants", b"acme-archive")

    def __init__(self, port):
        self.planted = {old: os.urandom(len(old)).hex()[: len(old)] for old in self.VALUES}
        super().__init__(port)

    def pass_on(self, source, sink, kept):
        with source:
            try:
                while data := source.recv(1 << 20):
                    time.sleep(0.05)  # so that an answer is whole
                    with contextlib.suppress(BlockingIOError):
                        data += source.recv(1 << 20, socket.MSG_DONTWAIT)
                    for old, new in self.planted.items():
                        data = data.replace(old, new.encode())
                    kept += data
                    sink.sendall(data)
                sink.shutdown(socket.SHUT_WR)
            except OSError:  # the other side has closed
                pass


class Memory(unittest.TestCase):
    def setUp(self):
        self.token = f"token-{uuid.uuid4().hex}{uuid.uuid4().hex}"
        sandbox = self.run_server(SANDBOX, "--token", self.token, "--password", PASSWORD, stdout=subprocess.PIPE)
        self.addCleanup(sandbox.stdout.close)
        port = int(re.search(rb"http://127\.0\.0\.1:(\d+)", sandbox.stdout.readline()).group(1))
        self.recorder = Planter(port)
        self.addCleanup(self.recorder.close)
        self.nginx = Nginx(self, self.recorder.url)
        self.elsewhere = Elsewhere(port, self.token)

    def run_server(self, *command, **options):
        server = subprocess.Popen(command, **options)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        return server

    def start(self, *arguments, **environment):
        return start(self, HOME / "program.log", *arguments, SSL_CERT_FILE=self.nginx.authority, **environment)

    def paste(self, program, label, text, window):
        """As from a password manager."""
        copy = ["xclip", "-i", "-selection", "clipboard"]
        subprocess.run(copy, input=text.encode(), check=True, stdout=subprocess.DEVNULL)
        program.click(program.find(label, "password text", window))
        subprocess.run(["xdotool", "key", "ctrl+v"], check=True)
        field = program.find(label, "password text", window)
        wait(lambda: Atspi.Text.get_character_count(field) == len(text), "the text in the field")
        subprocess.run(copy, input=b"", check=True, stdout=subprocess.DEVNULL)

    def type(self, program, label, text, window):
        """By keys: what assistive technology sets comes over the bus, which keeps copies of its own."""
        field = program.find(label, "password text", window)
        program.click(field)
        subprocess.run(["xdotool", "type", "--delay", "20", text], check=True)
        wait(lambda: Atspi.Text.get_character_count(field) == len(text), "the text in the field")

    def sign_out(self, program):
        window = program.window("Credenza")
        wait(lambda: window.get_state_set().contains(Atspi.StateType.ACTIVE), "the window to take keys")
        for key in ("alt+m", "o"):
            subprocess.run(["xdotool", "key", key], check=True)
            time.sleep(0.3)
        program.window("Sign in")
        wait(lambda: not program.has_window("Credenza"), "the window to close")

    def assert_copies(self, program, secret, most, when):
        """Once what goes through the event loop, and in other threads, is done."""
        counts = []
        end = time.monotonic() + 10
        while not counts or (counts[-1] > most and time.monotonic() < end):
            time.sleep(0.2)
            counts.append(copies(program, secret))
        print(f"  {when}: {counts[-1]}", flush=True)
        self.assertLessEqual(counts[-1], most, when)

    def assert_has_been_there(self, program, secret):
        self.assertGreater(copies(program, secret), 0)

    def test_a_pasted_token(self):
        program = self.start("--api-url", self.nginx.url)
        dialog = program.window("Sign in")
        self.paste(program, "API token", self.token, dialog)
        program.press("Sign in", dialog)
        program.open_application("Plant floor")
        self.assert_has_been_there(program, self.token)
        self.assert_copies(program, self.token, MOST_WHILE_SIGNED_IN, "a pasted token, signed in")
        self.sign_out(program)
        self.assert_copies(program, self.token, 0, "a pasted token, signed out")

    def test_a_token_of_the_environment(self):
        program = self.start("--api-url", self.nginx.url, LOSANT_API_TOKEN=self.token)
        program.open_application("Plant floor")
        self.assert_has_been_there(program, self.token)
        self.assert_copies(program, self.token, MOST_WHILE_SIGNED_IN, "a token of the environment, signed in")
        self.sign_out(program)
        self.assert_copies(program, self.token, 0, "a token of the environment, signed out")

    def test_a_token_of_the_keychain(self):
        command = ("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
        keychain = self.run_server(*command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        keychain.stdin.write(b"password of the login")
        keychain.stdin.close()
        program = self.start("--api-url", self.nginx.url)
        dialog = program.window("Sign in")
        program.find("Stay signed in on this computer", "check box", dialog)
        self.paste(program, "API token", self.token, dialog)
        program.press("Sign in", dialog)
        program.open_application("Plant floor")
        self.assertEqual(program.quit(), 0)

        program = self.start()
        program.open_application("Plant floor")
        self.assert_has_been_there(program, self.token)
        self.assert_copies(program, self.token, MOST_WHILE_SIGNED_IN, "a token of the keychain, signed in")
        self.sign_out(program)
        self.assert_copies(program, self.token, 0, "a token of the keychain, signed out")

    def test_a_password_and_its_token(self):
        program = self.start("--api-url", self.nginx.url)
        dialog = program.window("Sign in")
        program.fill_in("Email", "ada@example.com", dialog)
        self.type(program, "Password", PASSWORD, dialog)
        self.assert_has_been_there(program, PASSWORD)
        program.press("Sign in", dialog)
        program.open_application("Plant floor")
        answers = b"".join(bytes(answer) for answer in self.recorder.answered)
        token = re.search(rb'"token":"([^"]+)"', answers).group(1).decode().rsplit(".", 1)[1]  # its random part
        self.assert_copies(program, PASSWORD, 0, "a password, signed in")
        self.assert_has_been_there(program, token)
        self.assert_copies(program, token, MOST_WHILE_SIGNED_IN, "the token of a password, signed in")
        self.sign_out(program)
        self.assert_copies(program, PASSWORD, 0, "a password, signed out")
        self.assert_copies(program, token, 0, "the token of a password, signed out")

    def test_the_secret_of_a_credential(self):
        program = self.start("--api-url", self.nginx.url, LOSANT_API_TOKEN=self.token)
        program.open_application("Smart meters")
        window = program.window("Credenza")
        for number in (1, 2, 3):
            secret = f"secret-{uuid.uuid4().hex}"
            program.press("New credential", program.find("Actions", "filler", window))
            dialog = program.window("New credential")
            program.click(program.find("Loggly", "list item", dialog))
            program.fill_in("Name", f"Loggly {number}", dialog)
            self.type(program, "Customer token", secret, dialog)
            self.assert_has_been_there(program, secret)
            program.press("Create", dialog)
            wait(lambda: not program.has_window("New credential"), "the dialog to close")
            wait(lambda n=number: program.status() == f"1–{n} of {n}", "the row")
            self.assert_copies(program, secret, MOST_ONCE_CREATED, f"the secret of credential {number}, created")
        self.sign_out(program)
        self.assert_copies(program, secret, 0, "the last secret, signed out")

    def open_with_credential(self):
        """The program, and the path of the only credential."""
        path = self.elsewhere.create("Smart meters", AWS)
        program = self.start("--api-url", self.nginx.url, LOSANT_API_TOKEN=self.token)
        program.open_application("Smart meters")
        wait(lambda: program.status() == "1–1 of 1", "the row")
        return program, path

    def type_into(self, program, action, values):
        """The dialog, and the secret that was typed there."""
        secret = f"secret-{uuid.uuid4().hex}"
        dialog = program.change(AWS["name"], 1, action, values)
        self.type(program, "Secret access key", secret, dialog)
        self.assert_has_been_there(program, secret)
        return dialog, secret

    def meet_a_conflict(self):
        program, path = self.open_with_credential()
        dialog, secret = self.type_into(program, "Edit", {"Region": "eu-west-1"})
        self.elsewhere.ask(path, "PATCH", THEIRS)
        program.press("Save", dialog)
        told = program.find("Error message", "label", dialog)
        wait(lambda: "meanwhile" in told.get_description(), "the conflict")
        self.assert_has_been_there(program, secret)
        return program, dialog, secret

    def close(self, program, dialog, button, secret, most, when):
        title = dialog.get_name()
        program.press(button, dialog)
        wait(lambda: not program.has_window(title), "the dialog to close")
        self.assert_copies(program, secret, most, when)
        self.sign_out(program)
        self.assert_copies(program, secret, 0, f"{when}, signed out")

    def test_a_secret_that_is_saved_upon_a_conflict(self):
        program, dialog, secret = self.meet_a_conflict()
        self.close(program, dialog, "Save anyway", secret, MOST_ONCE_CREATED, "a secret, saved upon a conflict")

    def test_a_secret_that_theirs_takes_the_place_of(self):
        program, dialog, secret = self.meet_a_conflict()
        program.press("Load theirs", dialog)
        field = program.find("Secret access key", "password text", dialog)
        wait(lambda: Atspi.Text.get_character_count(field) == 0, "the empty field")
        self.assert_copies(program, secret, 0, "a secret, dropped in a conflict")
        self.close(program, dialog, "Cancel", secret, 0, "a secret, dropped in a conflict, closed")

    def test_a_secret_that_is_rotated(self):
        program, _ = self.open_with_credential()
        dialog, secret = self.type_into(program, "Rotate secret", {"Access key ID": "AKIAI44QH8DHBEXAMPLE"})
        self.close(program, dialog, "Rotate", secret, MOST_ONCE_CREATED, "a secret, rotated")

    def test_secrets_in_what_uses_a_credential(self):
        program = self.start("--api-url", self.nginx.url, LOSANT_API_TOKEN=self.token)
        program.open_application("Plant floor")
        window = program.window("Credenza")
        program.fill_in("Filter credentials", "S3 archive", window)
        wait(lambda: program.status() == "1–21 of 21", "the rows that match")
        table = program.find("Credentials", "table")
        row = program.column(0, 21).index("S3 archive")
        program.click(Atspi.Table.get_accessible_at(table, row, 0))
        wait(lambda: "12 workflows" in program.find("Used by status", "label").get_description(), "what uses it")
        answers = b"".join(bytes(answer) for answer in self.recorder.answered)
        for old, secret in self.recorder.planted.items():
            self.assertIn(secret.encode(), answers, old)
        for secret in self.recorder.planted.values():
            self.assertEqual(texts(program, secret), 0)
        # Of what was received before, a part may stay in a buffer of the connection.
        program.press("Clear filter", window)
        wait(lambda: program.status() == "1–100 of 2,500", "a page of rows")
        password = self.recorder.planted[Planter.PASSWORD]
        most = answers.count(password.encode()) // 2
        self.assert_copies(program, password, most, "a secret in what uses a credential, shown")
        self.sign_out(program)
        for old, secret in self.recorder.planted.items():
            self.assert_copies(program, secret, 0, f"{old.decode()!r} of what uses a credential, signed out")
        log = (HOME / "program.log").read_bytes()
        self.assertFalse(places.found(log, self.recorder.planted.values()))


if __name__ == "__main__":
    os.environ["PATH"] += ":/usr/sbin"  # nginx
    for tool in ("nginx", "gnome-keyring-daemon"):
        if not shutil.which(tool):
            print(f"{tool} is missing")
            sys.exit(77)
    with_window_manager(lambda: unittest.main(verbosity=2))

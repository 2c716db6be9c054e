# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what the process still has of a secret once it is done with it: memorytest.py CREDENZA CREDENZA-SANDBOX

By HTTP/2 over TLS, as with a real server.
"""

import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import uuid

import places
from freeports import free_ports
from program import SANDBOX, Atspi, start, wait, with_window_manager

HOME = pathlib.Path(os.environ["HOME"])
PASSWORD = "sandbox-password"
# The session's, that of the request that was answered last, and HTTP/2's table of headers.
MOST_WHILE_SIGNED_IN = 4
# What QSslSocket sent last stays in its buffer until it sends something longer, or closes.
MOST_ONCE_CREATED = 1
NGINX_CONFIG = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/tmp;
    proxy_temp_path {folder}/tmp;
    fastcgi_temp_path {folder}/tmp;
    uwsgi_temp_path {folder}/tmp;
    scgi_temp_path {folder}/tmp;
    ssl_certificate {folder}/certificate.pem;
    ssl_certificate_key {folder}/key.pem;
    server {{
        listen 127.0.0.1:{port} ssl http2;
        location / {{ proxy_pass {server}; }}
    }}
}}
"""


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
    middle = secret[len(secret) // 3 :][:16]
    spellings = (middle.encode(), middle.encode("utf-16-le"))
    return sum(part.count(s) for part in parts_of_memory(program.process.pid) for s in spellings)


def is_listening(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


class Memory(unittest.TestCase):
    def setUp(self):
        self.token = f"token-{uuid.uuid4().hex}{uuid.uuid4().hex}"
        sandbox = self.run_server(SANDBOX, "--token", self.token, "--password", PASSWORD, stdout=subprocess.PIPE)
        self.addCleanup(sandbox.stdout.close)
        port = int(re.search(rb"http://127\.0\.0\.1:(\d+)", sandbox.stdout.readline()).group(1))
        self.recorder = places.Recorder(port)
        self.addCleanup(self.recorder.close)
        self.start_nginx()

    def run_server(self, *command, **options):
        server = subprocess.Popen(command, **options)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        return server

    def start_nginx(self):
        folder = pathlib.Path(tempfile.mkdtemp(dir=HOME))
        (folder / "tmp").mkdir()
        key = "-x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -keyout key.pem -out certificate.pem"
        name = ("-subj", "/CN=sandbox", "-addext", "subjectAltName=IP:127.0.0.1")
        subprocess.run(["openssl", "req", *key.split(), *name], cwd=folder, check=True, capture_output=True)
        port = free_ports(1)[0]
        config = folder / "nginx.conf"
        config.write_text(NGINX_CONFIG.format(folder=folder, port=port, server=self.recorder.url))
        self.run_server("nginx", "-p", folder, "-c", config)
        wait(lambda: is_listening(port), "nginx")
        self.url = f"https://127.0.0.1:{port}"
        self.authority = str(folder / "certificate.pem")

    def start(self, *arguments, **environment):
        return start(self, HOME / "program.log", *arguments, SSL_CERT_FILE=self.authority, **environment)

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
        program = self.start("--api-url", self.url)
        dialog = program.window("Sign in")
        self.paste(program, "API token", self.token, dialog)
        program.press("Sign in", dialog)
        program.open_application("Plant floor")
        self.assert_has_been_there(program, self.token)
        self.assert_copies(program, self.token, MOST_WHILE_SIGNED_IN, "a pasted token, signed in")
        self.sign_out(program)
        self.assert_copies(program, self.token, 0, "a pasted token, signed out")

    def test_a_token_of_the_environment(self):
        program = self.start("--api-url", self.url, LOSANT_API_TOKEN=self.token)
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
        program = self.start("--api-url", self.url)
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
        program = self.start("--api-url", self.url)
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
        program = self.start("--api-url", self.url, LOSANT_API_TOKEN=self.token)
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


if __name__ == "__main__":
    os.environ["PATH"] += ":/usr/sbin"  # nginx
    for tool in ("nginx", "gnome-keyring-daemon"):
        if not shutil.which(tool):
            print(f"{tool} is missing")
            sys.exit(77)
    with_window_manager(lambda: unittest.main(verbosity=2))

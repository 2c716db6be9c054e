# SPDX-License-Identifier: GPL-3.0-or-later
"""Signs in, out and in again as a person does, with a real keychain: signinendtoend.py CREDENZA CREDENZA-SANDBOX"""

import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import time
import unittest
import urllib.request
import uuid

import places
from program import (
    CREDENZA,
    SANDBOX,
    Atspi,
    descendants,
    is_showing,
    looked_at,
    start,
    text_of,
    wait,
    with_window_manager,
)

HOME = pathlib.Path(os.environ["HOME"])
KEYCHAIN = "org.freedesktop.secrets"
SERVICE = "io.github.credenza.Credenza"
STAY = "Stay signed in on this computer"


def keys(*names):
    subprocess.run(["xdotool", "key", "--delay", "80", *names], check=True)


def ask(service, path, *question):
    command = ["dbus-send", "--session", "--print-reply", f"--dest={service}", path, *question]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


class Server:
    """A sandbox on a port of its own, which may take another token than before."""

    def __init__(self, test, credentials):
        self.credentials = credentials
        self.port = 0
        self.process = None
        test.addCleanup(self.stop)
        self.take_another_token()

    def take_another_token(self):
        """The one before is refused from now on, as one that has expired."""
        self.stop()
        # As random as a real token: found anywhere, it is this one.
        self.token = f"token-{uuid.uuid4().hex}{uuid.uuid4().hex}"
        options = ["--token", self.token, "--port", str(self.port), "--credentials", str(self.credentials)]
        self.process = subprocess.Popen([SANDBOX, *options], stdout=subprocess.PIPE, text=True)
        self.url, _, self.password = (self.process.stdout.readline().split()[1] for _ in range(3))
        self.port = int(self.url.rsplit(":", 1)[1])

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process.stdout.close()

    def get(self, path):
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def credentials_named(self, application, name):
        applications = self.get("/applications?perPage=100")["items"]
        ids = [item["applicationId"] for item in applications if item["name"] == application]
        return self.get(f"/applications/{ids[0]}/credentials?filterField=name&filter={name}")["items"]


class SignIn(unittest.TestCase):
    def setUp(self):
        for folder in ("config folder", "data folder"):  # as on the first day
            shutil.rmtree(places.FOLDERS[folder], ignore_errors=True)
        # A keychain that has gone stays away: the bus is to start none.
        services = places.FOLDERS["runtime folder"] / "dbus-1/services"
        services.mkdir(parents=True, exist_ok=True)
        (services / f"{KEYCHAIN}.service").write_text(f"[D-BUS Service]\nName={KEYCHAIN}\nExec=/bin/false\n")
        ask("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.ReloadConfig")

        # With a login keyring that is unlocked, as after a login with a password.
        command = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
        self.keychain = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        self.addCleanup(self.stop_keychain)
        self.keychain.stdin.write(b"password of the login")
        self.keychain.stdin.close()
        alias = (KEYCHAIN, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.ReadAlias", "string:default")
        wait(lambda: "/collection/login" in ask(*alias), "the keychain")

    def stop_keychain(self):
        self.keychain.kill()
        self.keychain.wait()

    def start(self, *arguments, **environment):
        return start(self, HOME / "program.log", *arguments, **environment)

    def sign_in(self, program, token, server=None):
        dialog = program.window("Sign in")
        if server:
            program.fill_in("Server URL", server, dialog)
        program.fill_in("API token", token, dialog)
        program.press("Sign in", dialog)
        wait(lambda: not program.has_window("Sign in"), "the dialog to close")

    def start_signed_in(self, server, **environment):
        program = self.start("--api-url", server.url, **environment)
        self.sign_in(program, server.token)
        program.open_application("Plant floor")
        wait(lambda: self.total(program) == server.credentials, "the rows")
        return program

    @staticmethod
    def is_loading(program):
        return "Loading" in SignIn.names_of_what_shows(program.window("Credenza"))

    @staticmethod
    def names_of_what_shows(window):
        return looked_at(lambda: {part.get_name() for part in descendants(window) if is_showing(part)})

    @staticmethod
    def total(program):
        return int(program.status().split()[-1].replace(",", ""))

    def choose(self, program, *letters):
        """From the menu of the account, by its underlined letters."""
        window = program.window("Credenza")
        wait(lambda: window.get_state_set().contains(Atspi.StateType.ACTIVE), "the window to take keys")
        keys("alt+m")
        for letter in letters:
            time.sleep(0.2)
            keys(letter)

    def tokens_in_keychain(self):
        """As another program finds them."""
        search = ["secret-tool", "search", "--all", "server", SERVICE]
        found = subprocess.run(search, capture_output=True, text=True, check=False)
        return re.findall(r"^secret = http\S+ \S* (\S+)$", found.stdout, re.MULTILINE)

    def files_with(self, token):
        hits = []
        for folder in places.FOLDERS.values():
            hits += [path for path, content in places.files(folder) if places.found(content, {token})]
        return hits

    def test_a_password_and_a_two_factor_code(self):
        server = Server(self, 60)
        program = self.start("--api-url", server.url)
        dialog = program.window("Sign in")
        program.fill_in("Email", "grace@example.com", dialog)
        program.fill_in("Password", server.password, dialog)
        program.press("Sign in", dialog)
        self.assertIn("two-factor", program.find("Error message", "label", dialog).get_description())
        program.fill_in("Two-factor code", "123456", dialog)
        program.press("Sign in", dialog)

        program.window("Credenza")
        program.find("Account: grace@example.com · 127.0.0.1")
        self.assertEqual(program.quit(), 0)

    def test_a_token_stays_in_the_keychain_until_one_signs_out(self):
        server = Server(self, 70)
        program = self.start("--api-url", server.url)
        dialog = program.window("Sign in")
        stays = program.find(STAY, "check box", dialog)
        self.assertTrue(stays.get_state_set().contains(Atspi.StateType.CHECKED))
        self.sign_in(program, server.token)
        program.open_application("Plant floor")
        wait(lambda: self.tokens_in_keychain() == [server.token], "the token in the keychain")
        self.assertEqual(program.quit(), 0)
        self.assertEqual(self.files_with(server.token), [])

        program = self.start()
        wait(lambda: program.has_window("Credenza – Plant floor"), "the window")
        self.assertFalse(program.has_window("Sign in"))
        wait(lambda: self.total(program) == 70, "the rows")

        self.choose(program, "o")
        dialog = program.window("Sign in")
        self.assertFalse(program.has_window("Credenza"))
        self.assertEqual(self.tokens_in_keychain(), [])
        program.press("Quit", dialog)
        self.assertEqual(program.process.wait(30), 0)
        self.assertEqual(self.files_with(server.token), [])

        program = self.start()
        program.window("Sign in")
        self.assertFalse(program.has_window("Credenza"))

    def test_what_is_not_to_stay_is_asked_for_again(self):
        server = Server(self, 70)
        program = self.start("--api-url", server.url)
        Atspi.Action.do_action(program.find(STAY, "check box"), 0)
        self.sign_in(program, server.token)
        program.window("Credenza")
        self.assertEqual(program.quit(), 0)
        self.assertEqual(self.tokens_in_keychain(), [])

        program = self.start()
        dialog = program.window("Sign in")
        self.assertEqual(text_of(program.find("Server URL", "text", dialog)), server.url)

    def test_without_a_keychain_it_is_said_first_and_asked_again(self):
        server = Server(self, 70)
        self.stop_keychain()
        program = self.start("--api-url", server.url)
        dialog = program.window("Sign in")
        told = "\n".join(content.decode() for _, content in places.accessible_texts(program))
        self.assertIn("This computer has no keychain", told)
        self.assertNotIn(STAY, self.names_of_what_shows(dialog))
        self.sign_in(program, server.token)
        program.open_application("Plant floor")
        self.assertEqual(program.quit(), 0)
        self.assertEqual(self.files_with(server.token), [])

        program = self.start()
        program.window("Sign in")
        self.assertFalse(program.has_window("Credenza"))

    def test_the_other_profile_opens_without_asking(self):
        first, second = Server(self, 70), Server(self, 80)
        program = self.start_signed_in(first)
        self.choose(program, "s")
        self.sign_in(program, second.token, second.url)
        program.open_application("Plant floor")
        wait(lambda: self.total(program) == 80, "the other server's rows")
        wait(lambda: sorted(self.tokens_in_keychain()) == sorted([first.token, second.token]), "both tokens")

        self.choose(program, "p", "Down", "Return")

        wait(lambda: self.total(program) == 70, "the first server's rows")
        program.find("Account: ada@example.com · 127.0.0.1")
        self.assertFalse(program.has_window("Sign in"))
        self.assertEqual(program.quit(), 0)
        self.assertEqual(self.files_with(first.token) + self.files_with(second.token), [])

    def test_an_expired_token_is_renewed_over_the_rows(self):
        server = Server(self, 70)
        program = self.start_signed_in(server)
        rows = program.column(0, 5)
        expired = server.token
        server.take_another_token()

        program.press("Refresh")
        dialog = program.window("Sign in")
        self.assertEqual(program.column(0, 5), rows)
        program.fill_in("API token", expired, dialog)
        program.press("Sign in", dialog)
        program.find("Error message", "label", dialog)
        self.sign_in(program, server.token)

        wait(lambda: not self.is_loading(program), "the page")
        self.assertEqual(program.column(0, 5), rows)
        self.assertNotIn("Error message", self.names_of_what_shows(program.window("Credenza")))
        wait(lambda: self.tokens_in_keychain() == [server.token], "the new token in the keychain")
        self.assertEqual(program.quit(), 0)

    def test_an_expired_token_is_renewed_over_a_form_which_goes_on(self):
        server = Server(self, 70)
        recorder = places.Recorder(server.port)
        self.addCleanup(recorder.close)
        server.url = recorder.url
        program = self.start_signed_in(server)

        program.create(
            "Loggly",
            "Made after all",
            {},
            {"Customer token": "0f1e2d3c"},
            filled_in=server.take_another_token,
            sent=lambda: self.sign_in(program, server.token),
        )

        wait(lambda: self.total(program) == 71, "the new row")
        self.assertEqual(len(server.credentials_named("Plant floor", "Made*")), 1)
        posts = b"".join(bytes(buffer) for buffer in recorder.asked).count(b"POST /applications/")
        self.assertEqual(posts, 2, "one that was refused and one that was not")
        self.assertEqual(program.quit(), 0)

    def test_a_server_without_tls_is_refused_before_a_socket_opens(self):
        with socket.create_server(("127.0.0.1", 0)) as proxy:
            url = f"http://127.0.0.1:{proxy.getsockname()[1]}"
            through_proxy = {name: url for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")}
            through_proxy |= {"LOSANT_API_TOKEN": "token-for-nobody", "no_proxy": ""}
            refused = "http://example.com"
            for arguments, server in ((["--api-url", refused], {}), ([], {"LOSANT_API_URL": refused})):
                done = subprocess.run(
                    [CREDENZA, *arguments],
                    env={**os.environ, **through_proxy, **server},
                    capture_output=True,
                    text=True,
                    timeout=20,
                    check=False,
                )
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn(f"“{refused}” can't be used", done.stderr)
            proxy.settimeout(0.2)
            self.assertRaises(TimeoutError, proxy.accept)

            # A server that is taken is asked, by way of the proxy: the connection would have been seen.
            self.start("--api-url", "https://example.com", **through_proxy)
            proxy.settimeout(20)
            with proxy.accept()[0] as connection:
                self.assertIn(b"CONNECT example.com:443", connection.recv(4096))


if __name__ == "__main__":
    with_window_manager(lambda: unittest.main(verbosity=2))

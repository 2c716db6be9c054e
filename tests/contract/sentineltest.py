# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for every secret in every place that it could be left behind in: sentineltest.py CREDENZA CREDENZA-SANDBOX

Signs in and creates a credential of each type, all logging on, with a secret of its own in each secret field. While a
form is filled in and its secrets are shown, after it was sent and after the program has quit, all places are searched.
Then something is planted in each place, which has to be found there.
"""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import urllib.request

import places
from program import SANDBOX, Atspi, descendants, is_visible, start, wait, with_window_manager

KEYS = pathlib.Path(__file__).parent.parent / "fixtures/keys"
TOKEN = "token-Sentinel-4711-of-the-account"
PLANTED = "Planted-0815-to-be-found"
LOG_EVERYTHING = {"QT_LOGGING_RULES": "*=true", "QT_FORCE_STDERR_LOGGING": "1"}

# What is typed into which field of the sign-in dialog, one attempt after the other; only the last one may get in.
SIGN_INS = (
    {"API token": "token-Sentinel-0000-of-nobody"},
    {"Email": "ada@example.com", "Password": "password-Sentinel-of-nobody"},
    {"API token": TOKEN},
)


def private_key():
    command = ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def pem(sentinel):
    return f"-----BEGIN PRIVATE KEY-----\n{sentinel}\n-----END PRIVATE KEY-----\n"


def service_account_key(sentinel):
    return json.dumps(
        {"type": "service_account", "client_email": "a@example.iam.gserviceaccount.com", "private_key": pem(sentinel)}
    )


# Product, public fields, secret fields, choices by label, boxes to tick.
CREDENTIALS = (
    (
        "Amazon Web Services",
        {"Access key ID": "AKIAIOSFODNN7EXAMPLE", "Region": "us-east-1"},
        {"Secret access key": "Sentinel-aws/wJalrXUtnFEMI"},
    ),
    ("Microsoft Azure", {"Account": "plantfloor"}, {"Account key": "Sentinel-azure-Eby8vdM02xNOcq=="}),
    ("Google Cloud Platform", {}, {"Service account key": service_account_key("Sentinel0gcp")}),
    (
        "HTTP",
        {"URI match": "https://api.example.com/", "Public value": "X-Api-Key"},
        {"Secret value": "Sentinel-http-b6907d289e10"},
    ),
    (
        "HTTP",
        {"URI match": "https://api.example.com/", "Public value": (KEYS / "certificate.pem").read_text()},
        {"Secret value": pem("Sentinel0http0client")},
        {"Authentication method": "Client certificate"},
    ),
    ("SendGrid", {}, {"API key": "SG.Sentinel-sendgrid-ngeVfQFY"}),
    (
        "Twilio",
        {"Account SID": "ACb1c2d3e4f5061728394a5b6c7d8e9f", "API key SID": "SKb1c2d3e4f5061728394a5b6c7d8e9f"},
        {"API key secret": "Sentinel-twilio-aB3dE5gH7"},
    ),
    ("Loggly", {}, {"Customer token": "Sentinel-loggly-0f1e2d3c"}),
    ("JSON Web Token", {"Issuer": "https://auth.example.com/"}, {"Secret": "Sentinel-jwt-HS256"}),
    ("JSON Web Token", {}, {"Secret": pem("Sentinel0jwt0RS256")}, {"Algorithm": "RS256"}),
    ("WhatsApp", {"From number ID": "106540352242922"}, {"Access token": "Sentinel-whatsapp-EAAJZB4ZCq1Wg"}),
    (
        "SQL database",
        {"Host": "db.example.com", "Username": "reader"},
        {"Password": "Sentinel-sql-s3cret"},
        {"System": "PostgreSQL"},
        ["Secure connection"],
    ),
    ("MongoDB", {}, {"Connection URI": "mongodb+srv://app:Sentinel-mongodb@cluster0.example.net/events"}),
    ("Mailgun", {}, {"API key": "key-Sentinel-mailgun-3ax6"}),
    ("Snowflake", {"Host": "abc12345.snowflakecomputing.com", "Username": "LOSANT"}, {"Private key": private_key()}),
    (
        "Snowflake",
        {"Host": "abc12345.snowflakecomputing.com", "Username": "LOSANT"},
        {},
        {},
        ["Generate a private key"],
    ),
    ("Git", {"Clone URL": "git@github.com:acme/flows.git"}, {}, {}, ["Generate a private key"]),
    ("Git", {"Clone URL": "git@github.com:acme/flows.git"}, {"Secret value": pem("Sentinel0git0ssh")}),
    (
        "Git",
        {"Clone URL": "https://github.com/acme/flows.git", "Username": "bot"},
        {"Secret value": "ghp-Sentinel-git-http"},
        {"Credential kind": "HTTP password"},
    ),
    ("Datadog", {"Site": "datadoghq.eu"}, {"API key": "Sentinel-datadog-9775a026"}),
    (
        "Certificate key pair",
        {"Certificate": (KEYS / "certificate.pem").read_text()},
        {"Private key": (KEYS / "privatekey.pem").read_text()},
    ),
)
TYPES = 16


def sentinel_of(value):
    """The part of a secret to look for: not the words that frame it, nor what a public key may share with it."""
    marked = re.search(r"[\w.-]*Sentinel[\w.-]*", value)
    return marked.group() if marked else value.splitlines()[1][-16:]


def secrets_of_sign_in():
    return {value for attempt in SIGN_INS for label, value in attempt.items() if label in ("API token", "Password")}


SENTINELS = secrets_of_sign_in() | {
    sentinel_of(value) for _, _, secret, *_ in CREDENTIALS for value in secret.values()
}


class SentinelTest(unittest.TestCase):
    def setUp(self):
        logs = tempfile.TemporaryDirectory(dir="/tmp")
        self.addCleanup(logs.cleanup)
        self.log = pathlib.Path(logs.name) / "program.log"
        self.sandbox_log = pathlib.Path(logs.name) / "sandbox.log"
        with self.sandbox_log.open("ab") as log:
            server = subprocess.Popen(
                [SANDBOX, "--token", TOKEN], stdout=subprocess.PIPE, stderr=log, env={**os.environ, **LOG_EVERYTHING}
            )
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        self.port = int(re.search(rb"http://127\.0\.0\.1:(\d+)", server.stdout.readline()).group(1))
        self.recorder = places.Recorder(self.port)
        self.addCleanup(self.recorder.close)
        self.searches = 0
        self.read = {}

    def contents(self, program):
        """Place, where exactly, and what is to be read there."""
        yield "program's output", "", self.log.read_bytes()
        yield "sandbox's output", "", self.sandbox_log.read_bytes()
        for number, answers in enumerate(self.recorder.answered):
            yield "sandbox's answers", f"connection {number}", bytes(answers)
        for name, folder in places.FOLDERS.items():
            for path, content in places.files(folder):
                yield name, path, content
        for which in ("clipboard", "primary"):
            for target, content in places.selection(which):
                yield f"{which} selection", target, content
        for window, properties in places.window_properties():
            yield "window titles and properties", window, properties
        if program.process.poll() is None:
            for place, content in places.accessible_texts(program):
                yield "accessible texts", place, content
            yield "command line", "", places.command_line(program)

    def search(self, program, secrets):
        """The places where a secret is found."""
        self.searches += 1
        hits = set()
        for place, where, content in self.contents(program):
            self.read[place] = self.read.get(place, 0) + len(content)
            hits |= {(place, where, secret) for secret in places.found(content, secrets)}
        return hits

    def assert_nothing_is_found(self, program, when):
        self.assertEqual(self.search(program, SENTINELS), set(), when)

    def test_no_secret_is_left_behind(self):
        program = start(self, self.log, "--api-url", self.recorder.url, **LOG_EVERYTHING)
        self.sign_in(program)
        program.open_application("Smart meters")
        wait(lambda: program.status() == "0 of 0", "the application without credentials")

        for number, (product, public, secret, *more) in enumerate(CREDENTIALS, 1):
            name = f"{product} {number}"
            program.create(
                product, name, public, secret, *more, filled_in=lambda n=name: self.look_at_filled_in_form(program, n)
            )
            wait(lambda n=number: program.status() == f"1–{n} of {n}", f"{number} rows")
            self.assertIn((name, product), zip(program.column(0, number), program.column(1, number)))
            self.assert_nothing_is_found(program, f"after {name} was created")

        self.assert_everything_was_sent_once()
        self.assert_nothing_is_told_afterwards()
        self.assert_all_is_logged()
        self.assert_what_is_planted_is_found(program)
        self.assertEqual(program.quit(), 0)
        self.assert_nothing_is_found(program, "after the program has quit")
        for place in self.read:
            print(f"  {place}: {self.read[place]} bytes read in all")
        print(f"{len(SENTINELS)} sentinels, {len(self.read)} places, {self.searches} searches, 0 found")

    def sign_in(self, program):
        for attempt in SIGN_INS:
            dialog = program.window("Sign in")
            for label, value in attempt.items():
                program.fill_in(label, value, dialog)
            self.assert_nothing_is_found(program, "while a sign-in is filled in")
            program.press("Sign in", dialog)
            if attempt is not SIGN_INS[-1]:
                program.find("Error message", "label", dialog)
                self.assert_nothing_is_found(program, "after a sign-in was refused")
        program.window("Credenza")

    def look_at_filled_in_form(self, program, name):
        self.show_secrets(program)
        self.assert_nothing_is_found(program, f"while {name} is filled in")

    @staticmethod
    def show_secrets(program):
        for part in list(descendants(program.window("New credential"))):
            if part.get_name().startswith("Show ") and is_visible(part):
                Atspi.Action.do_action(part, 0)
                wait(lambda p=part: p.get_state_set().contains(Atspi.StateType.CHECKED), "the secret to be shown")

    def assert_everything_was_sent_once(self):
        """So that what was not found had been there to be found."""
        asked = b"\n".join(bytes(buffer) for buffer in self.recorder.asked)
        self.assertEqual(places.found(asked, SENTINELS), SENTINELS)
        self.assertEqual(asked.count(b"POST /applications/"), len(CREDENTIALS))
        self.assertEqual(len(set(re.findall(rb'"(\w+Config)":', asked))), TYPES)

    def assert_nothing_is_told_afterwards(self):
        def get(path):
            request = urllib.request.Request(
                f"http://127.0.0.1:{self.port}{path}", headers={"Authorization": f"Bearer {TOKEN}"}
            )
            with urllib.request.urlopen(request) as answer:
                return answer.read()

        applications = json.loads(get("/applications?perPage=100"))["items"]
        ids = [item["applicationId"] for item in applications if item["name"] == "Smart meters"]
        self.assertEqual(len(ids), 1)
        listed = get(f"/applications/{ids[0]}/credentials?perPage=100")
        answers = [listed] + [
            get(f"/applications/{ids[0]}/credentials/{item['id']}") for item in json.loads(listed)["items"]
        ]
        self.assertEqual(len(answers), 1 + len(CREDENTIALS))
        self.assertEqual(places.found(b"\n".join(answers), SENTINELS), set(), "in what the sandbox tells afterwards")

    def assert_all_is_logged(self):
        log = self.log.read_text(errors="replace")
        self.assertEqual(log.count("credenza.api: POST /applications/"), len(CREDENTIALS))
        self.assertIn("qt.", log)
        self.assertGreater(self.sandbox_log.stat().st_size, 0)

    def assert_what_is_planted_is_found(self, program):
        for path in (self.log, self.sandbox_log):
            with path.open("a") as log:
                log.write(f"a line with {PLANTED}\n")
        for folder in places.FOLDERS.values():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "planted").write_bytes(f"x{PLANTED}x".encode("utf-16-le"))
        for which in ("clipboard", "primary"):
            copy = ["xclip", "-i", "-selection", which]
            subprocess.run(copy, input=PLANTED.encode(), check=True, stdout=subprocess.DEVNULL)
        # A credential's name is told by the sandbox, and then by the window.
        program.create("Loggly", PLANTED, {}, {"Customer token": "Sentinel-loggly-0f1e2d3c"})
        rows = len(CREDENTIALS) + 1
        wait(lambda: PLANTED in program.column(0, rows), "the planted name in the table")
        window = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", "Credenza"], check=True, capture_output=True, text=True
        ).stdout.split()[0]
        title = ["xprop", "-id", window, "-f", "CREDENZA_TEST", "8u", "-set", "CREDENZA_TEST", PLANTED]
        subprocess.run(title, check=True)

        expected = set(self.read) | set(places.FOLDERS) | {"clipboard selection", "primary selection"}
        expected.remove("command line")
        self.assertEqual({place for place, _, _ in self.search(program, {PLANTED})}, expected)


if __name__ == "__main__":
    with_window_manager(lambda: unittest.main(verbosity=2))

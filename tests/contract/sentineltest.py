# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for every secret in every place that it could be left behind in: sentineltest.py CREDENZA CREDENZA-SANDBOX

Signs in, creates a credential of each type and changes some, all logging on, with a secret of its own in each secret
field. While a form is filled in and its secrets are shown, after it was sent and after the program has quit, all places
are searched. Then something is planted in each place, which has to be found there.
"""

import json
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import unittest

import places
from elsewhere import Elsewhere
from program import SANDBOX, Atspi, descendants, is_visible, looked_at, start, text_of, wait, with_window_manager

KEYS = pathlib.Path(__file__).parent.parent / "fixtures/keys"
TOKEN = "token-Sentinel-4711-of-the-account"
PLANTED = "Planted-0815-to-be-found"
PRIVATE_HALF = "Sentinel0private0half0of0a0generated0key"
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

# What is done to them afterwards, by their names: the first is edited, rotated and disabled, the last is deleted.
CHANGED, ROTATED, DELETED = "Amazon Web Services 1", "Git 18", "Datadog 20"
GENERATED_ANEW = ("Snowflake 15", "Git 17")
TYPED_IN_EDIT = {"Region": "eu-west-1", "Secret access key": "Sentinel-edit/je7MtGbClwBF"}
DISCARDED = {"Region": "ap-east-1", "Secret access key": "Sentinel-discarded/2dTEmPXc"}
NEW_KEY = {"Access key ID": "AKIAI44QH8DHBEXAMPLE", "Secret access key": "Sentinel-rotation/9yHkPq4"}
NEW_PEM = {"Secret value": pem("Sentinel0git0rotation")}
MINE = {"Region": "us-west-2", "Secret access key": "Sentinel-conflict-mine/x7Lr"}
THEIRS = {
    "description": "Changed by somebody else",
    "awsConfig": {
        "accessKeyId": "AKIAI44QH8DHBEXAMPLE",
        "region": "sa-east-1",
        "secretAccessKey": "Sentinel-conflict-theirs/b3",
    },
}
DROPPED = {"Description": "Changed here too", "Secret access key": "Sentinel-conflict-dropped/q8Wn"}
LOADED = {
    "awsConfig": {
        "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
        "region": "eu-north-1",
        "secretAccessKey": "Sentinel-conflict-loaded/k5",
    },
}
# Secret kept, secret typed, two rotations with a key and two that generate one, two upon a conflict, disabled, enabled.
PATCHES = 10


def sentinel_of(value):
    """The part of a secret to look for: not the words that frame it, nor what a public key may share with it."""
    marked = re.search(r"[\w.-]*Sentinel[\w.-]*", value)
    return marked.group() if marked else value.splitlines()[1][-16:]


def secrets_of_sign_in():
    return {value for attempt in SIGN_INS for label, value in attempt.items() if label in ("API token", "Password")}


def secrets_among(values):
    return {sentinel_of(value) for value in values.values() if "Sentinel" in value}


CREATED = {sentinel_of(value) for _, _, secret, *_ in CREDENTIALS for value in secret.values()}
SENT = CREATED.union(*(secrets_among(values) for values in (TYPED_IN_EDIT, NEW_KEY, NEW_PEM, MINE)))
NEVER_SENT = secrets_among(DISCARDED) | secrets_among(DROPPED)
NEVER_SENT |= secrets_among(THEIRS["awsConfig"]) | secrets_among(LOADED["awsConfig"]) | {PRIVATE_HALF}
SENTINELS = secrets_of_sign_in() | SENT | NEVER_SENT


class Talkative(places.Recorder):
    """Adds to each public key in an answer its private half, by the name that it has in a request."""

    ADDED = re.compile(rb'"(snowflake|git)Config":\{')
    told = 0

    def pass_on(self, source, sink, kept):
        if any(kept is asked for asked in self.asked):
            super().pass_on(source, sink, kept)
            return
        pending = b""
        with source:
            try:
                while data := source.recv(65536):
                    kept += data
                    pending += data
                    while size := self.size_of_first(pending):
                        sink.sendall(self.with_private_half(pending[:size]))
                        pending = pending[size:]
                sink.sendall(pending)
                sink.shutdown(socket.SHUT_WR)
            except OSError:  # the other side has closed
                pass

    @staticmethod
    def size_of_first(answers):
        """0: it is not whole yet. Without a length it has no body."""
        head, end, body = answers.partition(b"\r\n\r\n")
        told = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        length = int(told[1]) if told else 0
        return len(head + end) + length if end and len(body) >= length else 0

    def with_private_half(self, answer):
        head, _, body = answer.partition(b"\r\n\r\n")
        if b'"publicKey":' not in body:
            return answer
        names = {b"snowflake": b"privateKey", b"git": b"secretValue"}
        half = pem(PRIVATE_HALF).replace("\n", "\\n").encode()
        body = self.ADDED.sub(lambda part: part[0] + b'"%s":"%s",' % (names[part[1]], half), body)
        self.told += 1
        return re.sub(rb"(?i)(\r\ncontent-length: *)\d+", rb"\g<1>%d" % len(body), head) + b"\r\n\r\n" + body


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
        port = int(re.search(rb"http://127\.0\.0\.1:(\d+)", server.stdout.readline()).group(1))
        self.recorder = Talkative(port)
        self.elsewhere = Elsewhere(port, TOKEN)
        self.addCleanup(self.recorder.close)
        self.searches = 0
        self.read = {}
        self.searched = {}

    def contents(self, program):
        """Place, where exactly, and what is to be read there."""
        yield "program's output", "", self.rest_of(self.log)
        yield "sandbox's output", "", self.rest_of(self.sandbox_log)
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

    def rest_of(self, log):
        """What it has grown by since it was searched, and before that more than a secret is long."""
        begin = max(0, self.searched.get(log, 0) - 4096)
        with log.open("rb") as file:
            file.seek(begin)
            content = file.read()
        self.searched[log] = begin + len(content)
        return content

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

        self.change_credentials(program)
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

    def change_credentials(self, program):
        program.click(program.find("Name", "table column header"))
        wait(lambda: program.column(0, 1) == [CHANGED], "the rows in the order of their names")
        rows = len(CREDENTIALS)

        dialog = program.change(CHANGED, rows, "Edit", {"Description": "Its secret is kept"})
        self.look_at_filled_in_form(program, "a kept secret", dialog)
        self.finish(program, dialog, "Save")
        for action, name, values, button in (
            ("Edit", CHANGED, TYPED_IN_EDIT, "Save"),
            ("Rotate secret", CHANGED, NEW_KEY, "Rotate"),
            ("Rotate secret", ROTATED, NEW_PEM, "Rotate"),
        ):
            dialog = program.change(name, rows, action, values)
            self.look_at_filled_in_form(program, f"{name} for {action}", dialog)
            self.finish(program, dialog, button)

        for name in GENERATED_ANEW:
            self.generate_anew(program, name, rows)

        self.discard(program, rows)
        self.meet_a_conflict(program, rows, MINE, THEIRS)
        self.finish(program, program.window("Edit credential"), "Save anyway")
        self.meet_a_conflict(program, rows, DROPPED, LOADED)
        self.load_theirs(program)

        program.select(CHANGED, rows)
        subprocess.run(["xdotool", "key", "ctrl+shift+d"], check=True)
        program.wait_for_done(f"Disabled {CHANGED}")
        self.assert_nothing_is_found(program, "after one was disabled")
        program.press("Undo")
        program.wait_for_done(f"Enabled {CHANGED}")
        self.assert_nothing_is_found(program, "after that was undone")

        program.select(DELETED, rows)
        subprocess.run(["xdotool", "key", "Delete"], check=True)
        program.press("Delete", program.window("Delete credential"))
        program.wait_for_done(f"Deleted {DELETED}")
        wait(lambda: program.status() == f"1–{rows - 1} of {rows - 1}", "one row less")
        self.assert_nothing_is_found(program, "after one was deleted")

    def finish(self, program, dialog, button):
        title = dialog.get_name()
        program.press(button, dialog)
        wait(lambda: not program.has_window(title), f"{title} to close")
        program.wait_for_done("Saved")
        self.assert_nothing_is_found(program, f"after {title}")

    def discard(self, program, rows):
        dialog = program.change(CHANGED, rows, "Edit", DISCARDED)
        self.look_at_filled_in_form(program, "what is discarded", dialog)
        program.press("Cancel", dialog)
        program.press("Discard")
        wait(lambda: not program.has_window("Edit credential"), "the dialog to close")
        self.assert_nothing_is_found(program, "after an edit was discarded")

    def generate_anew(self, program, name, rows):
        dialog = program.change(name, rows, "Rotate secret", {})
        box = program.find("Generate a private key", "check box", dialog, showing=False)
        if not box.get_state_set().contains(Atspi.StateType.CHECKED):
            Atspi.Action.do_action(box, 0)
        told = self.recorder.told
        self.look_at_filled_in_form(program, f"{name} to get a new key", dialog)
        program.press("Rotate", dialog)
        self.assertRegex(text_of(program.find("Public key", "text", dialog)), "BEGIN PUBLIC KEY|^ssh-")
        self.assertGreater(self.recorder.told, told)
        program.press("Copy", dialog)
        self.assert_nothing_is_found(program, f"while the new public key of {name} is shown")
        program.press("Done", dialog)
        wait(lambda: not program.has_window("Rotate secret"), "the dialog to close")
        self.assert_nothing_is_found(program, f"after {name} got a new key")

    def meet_a_conflict(self, program, rows, mine, theirs):
        dialog = program.change(CHANGED, rows, "Edit", mine)
        path = self.elsewhere.path_of("Smart meters")
        listed = json.loads(self.elsewhere.ask(f"{path}?perPage=100"))["items"]
        credential = next(item["id"] for item in listed if item["name"] == CHANGED)
        self.elsewhere.ask(f"{path}/{credential}", "PATCH", theirs)
        program.press("Save", dialog)
        told = program.find("Error message", "label", dialog)
        wait(lambda: "meanwhile" in told.get_description(), "the conflict")
        self.look_at_filled_in_form(program, "what somebody else has changed", dialog)

    def load_theirs(self, program):
        dialog = program.window("Edit credential")
        program.press("Load theirs", dialog)
        field = program.find("Region", "text", dialog, showing=False)
        wait(lambda: text_of(field) == LOADED["awsConfig"]["region"], "their region")
        self.assertEqual(Atspi.Text.get_character_count(program.find("Secret access key", "password text", dialog)), 0)
        self.assert_nothing_is_found(program, "once theirs was loaded in place of it")
        self.finish(program, dialog, "Save")

    def look_at_filled_in_form(self, program, name, dialog=None):
        self.show_secrets(dialog or program.window("New credential"))
        self.assert_nothing_is_found(program, f"while {name} is filled in")

    @staticmethod
    def show_secrets(dialog):
        for part in looked_at(
            lambda: [part for part in descendants(dialog) if part.get_name().startswith("Show ") and is_visible(part)]
        ):
            Atspi.Action.do_action(part, 0)
            wait(lambda p=part: p.get_state_set().contains(Atspi.StateType.CHECKED), "the secret to be shown")

    def assert_everything_was_sent_once(self):
        """So that what was not found had been there to be found."""
        asked = b"\n".join(bytes(buffer) for buffer in self.recorder.asked)
        self.assertEqual(places.found(asked, SENTINELS), SENTINELS - NEVER_SENT)
        self.assertEqual({secret: asked.count(secret.encode()) for secret in SENT}, dict.fromkeys(SENT, 1))
        self.assertEqual(asked.count(b"POST /applications/"), len(CREDENTIALS))
        self.assertEqual(asked.count(b"PATCH /applications/"), PATCHES)
        self.assertEqual(asked.count(b"DELETE /applications/"), 1)
        self.assertEqual(len(set(re.findall(rb'"(\w+Config)":', asked))), TYPES)

    def assert_nothing_is_told_afterwards(self):
        path = self.elsewhere.path_of("Smart meters")
        listed = self.elsewhere.ask(f"{path}?perPage=100")
        answers = [listed] + [self.elsewhere.ask(f"{path}/{item['id']}") for item in json.loads(listed)["items"]]
        self.assertEqual(len(answers), 1 + len(CREDENTIALS) - 1)
        self.assertEqual(places.found(b"\n".join(answers), SENTINELS), set(), "in what the sandbox tells afterwards")

    def assert_all_is_logged(self):
        log = self.log.read_text(errors="replace")
        for method, count in (("POST", len(CREDENTIALS)), ("PATCH", PATCHES), ("DELETE", 1)):
            self.assertEqual(log.count(f"credenza.api: {method} /applications/"), count, method)
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
        rows = len(CREDENTIALS)  # one was deleted
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

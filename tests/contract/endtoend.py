# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses the real program as a person with a screen reader would, by the names in its accessible tree.

endtoend.py CREDENZA CREDENZA-SANDBOX. First from the sign-in dialog into the built-in sandbox, browsing; then against a
sandbox of its own, creating a credential of each type with all logging on. No secret may be found afterwards.
"""

import os
import pathlib
import re
import subprocess
import sys
import time
import unittest

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

CREDENZA, SANDBOX = sys.argv[1:3]
del sys.argv[1:3]
HOME = pathlib.Path(os.environ["HOME"])
TOKEN = "token-Sentinel-4711-of-the-account"
CERTIFICATE = (pathlib.Path(__file__).parent.parent / "fixtures/keys/certificate.pem").read_text()
PRIVATE_KEY = (pathlib.Path(__file__).parent.parent / "fixtures/keys/privatekey.pem").read_text()
SERVICE_ACCOUNT_KEY = (
    '{"type": "service_account", "client_email": "reader@example.iam.gserviceaccount.com",'
    ' "private_key": "-----BEGIN PRIVATE KEY-----\\nSentinel0gcp\\n-----END PRIVATE KEY-----\\n"}'
)

# Product: public fields, secret fields, choices by label, boxes to tick.
TYPES = {
    "Amazon Web Services": (
        {"Access key ID": "AKIAIOSFODNN7EXAMPLE", "Region": "us-east-1"},
        {"Secret access key": "Sentinel-aws/wJalrXUtnFEMI"},
    ),
    "Microsoft Azure": ({"Account": "plantfloor"}, {"Account key": "Sentinel-azure-Eby8vdM02xNOcq=="}),
    "Google Cloud Platform": ({}, {"Service account key": SERVICE_ACCOUNT_KEY}),
    "HTTP": (
        {"URI match": "https://api.example.com/", "Public value": "X-Api-Key"},
        {"Secret value": "Sentinel-http-b6907d289e10"},
    ),
    "SendGrid": ({}, {"API key": "SG.Sentinel-sendgrid-ngeVfQFY"}),
    "Twilio": (
        {"Account SID": "ACb1c2d3e4f5061728394a5b6c7d8e9f", "API key SID": "SKb1c2d3e4f5061728394a5b6c7d8e9f"},
        {"API key secret": "Sentinel-twilio-aB3dE5gH7"},
    ),
    "Loggly": ({}, {"Customer token": "Sentinel-loggly-0f1e2d3c"}),
    "JSON Web Token": ({"Issuer": "https://auth.example.com/"}, {"Secret": "Sentinel-jwt-HS256"}),
    "WhatsApp": ({"From number ID": "106540352242922"}, {"Access token": "Sentinel-whatsapp-EAAJZB4ZCq1Wg"}),
    "SQL database": (
        {"Host": "db.example.com", "Username": "reader"},
        {"Password": "Sentinel-sql-s3cret"},
        {"System": "PostgreSQL"},
        ["Secure connection"],
    ),
    "MongoDB": ({}, {"Connection URI": "mongodb+srv://app:Sentinel-mongodb@cluster0.example.net/events"}),
    "Mailgun": ({}, {"API key": "key-Sentinel-mailgun-3ax6"}),
    "Snowflake": (
        {"Host": "abc12345.eu-central-1.snowflakecomputing.com", "Username": "LOSANT"},
        {},
        {},
        ["Generate a private key"],
    ),
    "Git": ({"Clone URL": "git@github.com:acme/flows.git"}, {}, {}, ["Generate a private key"]),
    "Datadog": ({"Site": "datadoghq.eu"}, {"API key": "Sentinel-datadog-9775a026"}),
    "Certificate key pair": ({"Certificate": CERTIFICATE}, {"Private key": PRIVATE_KEY}),
}


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


def text_of(part):
    return Atspi.Text.get_text(part, 0, Atspi.Text.get_character_count(part))


class Program:
    """The program under test and what its accessible tree shows."""

    def __init__(self, arguments, environment, log):
        self.log = open(log, "wb")
        self.process = subprocess.Popen(
            [CREDENZA, *arguments], env={**os.environ, **environment}, stdout=self.log, stderr=subprocess.STDOUT
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
        return any(title in window.get_name() for window in self.windows())

    def find(self, name, role=None, window=None, showing=True):
        def look():
            for top in [window] if window else self.windows():
                for part in descendants(top):
                    if part.get_name() == name and (role is None or part.get_role_name() == role):
                        if not showing or is_showing(part):
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
        Atspi.Action.do_action(self.find(name, "push button", window), 0)

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
        return self.find("Page status", "label").get_description()

    def cell(self, table, row, column):
        cell = Atspi.Table.get_accessible_at(table, row, column)
        return cell.get_name() if cell else None

    def column(self, column, rows):
        table = self.find("Credentials", "table")
        return [self.cell(table, row, column) for row in range(rows)]

    def open_application(self, name):
        applications = next(
            part
            for part in descendants(self.window("Credenza"))
            if part.get_name() == "Applications" and is_showing(part)
        )
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


class EndToEnd(unittest.TestCase):
    def start(self, *arguments, **environment):
        self.log = HOME / f"{self._testMethodName}.log"
        for attempt in range(3):
            program = Program(arguments, environment, self.log)
            try:
                wait(lambda p=program: list(p.windows()), "a window on the accessibility bus", 10)
                break
            except AssertionError:  # the bus can miss a program that starts while it starts itself
                program.end()
                if attempt == 2:
                    raise
        self.addCleanup(program.end)
        return program

    def test_from_sign_in_through_the_sandbox(self):
        program = self.start()
        dialog = program.window("Sign in")
        self.assertTrue(program.find("API token", "password text", dialog))
        program.press("Open the sandbox", dialog)
        program.window("Credenza")

        program.open_application("Plant floor")
        wait(lambda: program.status() == "1–100 of 2,500", "the first page")
        program.press("Next page")
        wait(lambda: program.status() == "101–200 of 2,500", "the second page")

        program.click(program.find("Name", "table column header"))
        names = wait(
            lambda: (lambda n: n if n == sorted(n, key=str.casefold) else None)(program.column(0, 8)), "names in order"
        )
        self.assertEqual(len(names), 8)
        self.assertEqual(program.status(), "1–100 of 2,500")

        program.open_application("Warehouse")
        wait(lambda: program.status() == "1–41 of 41", "the warehouse's page")
        word = program.column(0, 1)[0].split()[0]
        Atspi.EditableText.set_text_contents(program.find("Filter credentials", "text"), f"{word}*")
        wait(lambda: "41" not in program.status() and program.status() != "0 of 0", "the filter")
        count = int(program.status().split()[-1])
        self.assertEqual([name for name in program.column(0, count) if not name.startswith(word)], [])
        program.press("Clear filter")
        wait(lambda: program.status() == "1–41 of 41", "all rows again")

        table = program.find("Credentials", "table")
        name = program.cell(table, 2, 0)
        program.click(Atspi.Table.get_accessible_at(table, 2, 0))
        details = program.find("Credential details", "panel")
        wait(lambda: text_of(program.find("Name", "text", details)) == name, "the details of the third row")

        self.assertEqual(program.quit(), 0)

    def test_each_type_is_created_and_no_secret_is_left_behind(self):
        server = subprocess.Popen(
            [SANDBOX, "--token", TOKEN], stdout=subprocess.PIPE, text=True, env={**os.environ, "QT_LOGGING_RULES": ""}
        )
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        url = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
        self.assertTrue(url, "the sandbox prints its URL")
        program = self.start(
            "--api-url", url.group(), LOSANT_API_TOKEN=TOKEN, QT_LOGGING_RULES="*=true", QT_FORCE_STDERR_LOGGING="1"
        )
        program.window("Credenza")
        program.open_application("Smart meters")
        wait(lambda: program.status() == "0 of 0", "the application without credentials")

        for number, (product, asked) in enumerate(TYPES.items(), 1):
            self.create(program, product, f"My {product}", *asked)
            wait(lambda n=number: program.status() == f"1–{n} of {n}", f"{number} rows")
            self.assertIn((f"My {product}", product), zip(program.column(0, number), program.column(1, number)))
        self.assertEqual(program.quit(), 0)
        self.assert_no_secret_is_left()

    def create(self, program, product, name, public, secret, choices={}, ticked=()):
        window = program.window("Credenza")
        toolbar = program.find("Actions", "tool bar", window)
        program.press("New credential", toolbar)
        dialog = program.window("New credential")
        program.click(program.find(product, "list item", dialog))
        fields = {"Name": name, **public, **secret}
        for label, choice in choices.items():
            combo = program.labelled(label, dialog)
            self.choose(program, combo, choice)
            wait(lambda c=combo, v=choice: c.get_name() == v, f"{label} to be {choice}")
        for label in ticked:
            Atspi.Action.do_action(program.find(label, "check box", dialog, showing=False), 0)
        for label, value in fields.items():
            role = "password text" if label in secret else "text"
            field = program.find(label, role, dialog, showing=False)
            self.assertTrue(Atspi.EditableText.set_text_contents(field, value), label)
            if role == "password text":
                self.assertNotIn("Sentinel", text_of(field))
        program.press("Create", dialog)
        if "Generate a private key" in ticked:
            shown = text_of(program.find("Public key", "text", dialog))
            self.assertRegex(shown, "BEGIN PUBLIC KEY|^ssh-")
            program.press("Done", dialog)
        wait(lambda: not program.has_window("New credential"), "the dialog to close")

    def choose(self, program, combo, choice):
        program.click(combo)
        time.sleep(0.3)  # the list takes keys once it is up
        subprocess.run(["xdotool", "type", "--delay", "50", choice[:4]], check=True)
        subprocess.run(["xdotool", "key", "Return"], check=True)

    def assert_no_secret_is_left(self):
        secrets = [TOKEN, PRIVATE_KEY.splitlines()[1]]
        for asked in TYPES.values():
            secrets += [v for v in asked[1].values() if v not in (PRIVATE_KEY, SERVICE_ACCOUNT_KEY)]
        secrets.append("Sentinel0gcp")
        (HOME / "planted").write_text(f"x{secrets[0]}x")
        places = [path for path in HOME.rglob("*") if path.is_file()]
        found = {
            (path.name, secret)
            for path in places
            for secret in secrets
            if secret.encode() in path.read_bytes()
        }
        self.assertEqual(found, {("planted", TOKEN)}, "secrets are nowhere but where one was planted")
        log = self.log.read_text(errors="replace")
        self.assertIn("credenza.api: POST /applications/", log)
        self.assertGreaterEqual(log.count("credenza.api: POST"), len(TYPES))
        print(f"searched {len(places)} files, {len(log)} characters of log, for {len(secrets)} secrets")


if __name__ == "__main__":
    window_manager = subprocess.Popen(["openbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        unittest.main(verbosity=2)
    finally:
        window_manager.kill()
        window_manager.wait()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Has the token store use a real gnome-keyring-daemon on a bus of its own, and looks from outside: keychain.py STEPS PROGRAM_TEST PATHS_TEST... [Keychain.NAME...]"""

import base64
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import uuid
from pathlib import Path

STEPS = sys.argv.pop(1) if len(sys.argv) > 1 else ""
PROGRAM_TEST = sys.argv.pop(1) if len(sys.argv) > 1 else ""
PATHS_TESTS = [argument for argument in sys.argv[1:] if "/" in argument]
sys.argv[1:] = sys.argv[1 + len(PATHS_TESTS) :]  # what remains are names of tests
TOOLS = ("dbus-daemon", "dbus-send", "gnome-keyring-daemon", "secret-tool")
SERVICE = "io.github.credenza.Credenza.test"
PROFILE = "9d2f0a6c-58f5-4a53-8a43-3e6f0d0a7a11"
# Nothing is started by the bus: what has gone stays away.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"""


class Keychain(unittest.TestCase):
    def setUp(self):
        # As random as a real token: found anywhere, it is this one.
        self.token = f"token-{uuid.uuid4().hex}{uuid.uuid4().hex}"
        self.proxy_password = f"proxy-{self.token}"
        self.home = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "LC_ALL": "C.UTF-8",
            "QTEST_DISABLE_STACK_DUMP": "1",
            "QT_LOGGING_RULES": "*=true",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.home}/bus",
            "QT_QPA_PLATFORM": "offscreen",
            "TEST_SERVICE": SERVICE,
            "TEST_TOKEN": self.token,
            # GLib holds things for the life of the process; others look for leaks.
            "ASAN_OPTIONS": f"{os.environ.get('ASAN_OPTIONS', '')}:detect_leaks=0",
        }
        for name in ("config", "data", "cache", "state", "runtime"):
            folder = self.home / name
            folder.mkdir(mode=0o700)
            self.environment["XDG_RUNTIME_DIR" if name == "runtime" else f"XDG_{name.upper()}_HOME"] = str(folder)
        self.environment["TMPDIR"] = str(self.home / "tmp")
        (self.home / "tmp").mkdir()
        (self.home / "bus.conf").write_text(BUS.format(folder=self.home), encoding="utf-8")
        self.start(["dbus-daemon", f"--config-file={self.home}/bus.conf", "--nofork"])
        self.until(lambda: (self.home / "bus").exists())
        self.output = ""
        print(f"\n--- {self.id().split('.')[-1]}", flush=True)

    def start(self, command, given=None):
        process = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        if given is not None:
            process.stdin.write(given.encode())
        process.stdin.close()
        return process

    def until(self, condition):
        deadline = time.monotonic() + 20
        while not condition():
            self.assertLess(time.monotonic(), deadline, "it takes too long")
            time.sleep(0.02)

    def start_keychain(self):
        """With a login keyring that is unlocked, as after a login with a password."""
        process = self.start(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"], "password of the login"
        )
        self.environment["TEST_KEYCHAIN_PID"] = str(process.pid)
        self.until(lambda: b"/collection/login" in self.dbus("ReadAlias", "string:default").stdout)
        return process

    def dbus(self, method, argument):
        command = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets"]
        command += ["/org/freedesktop/secrets", f"org.freedesktop.Secret.Service.{method}", argument]
        return subprocess.run(command, env=self.environment, capture_output=True, timeout=20, check=False)

    def lock(self):
        done = self.dbus("Lock", "array:objpath:/org/freedesktop/secrets/collection/login")
        self.assertEqual(done.returncode, 0, done.stderr)
        print("(the keyring is locked)", flush=True)

    def store_does(self, *steps):
        self.does(STEPS, *steps)

    def does(self, test, *steps):
        done = subprocess.run(
            [test, *steps],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )
        self.output += done.stdout
        self.assertEqual(done.returncode, 0, self.hidden(done.stdout))
        self.assertNotIn("SKIP", done.stdout)
        for line in done.stdout.splitlines():
            if line.startswith("PASS") and "TestCase" not in line:
                print(f"{Path(test).name}: {line.split('::')[-1].rstrip('()')}", flush=True)
            elif "what a write says" in line:
                print(self.hidden(line), flush=True)

    def secret_tool(self, *arguments):
        done = subprocess.run(
            ["secret-tool", *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=20,
            check=False,
        )
        print(f"$ secret-tool {' '.join(arguments)}")
        for line in self.hidden(done.stdout).splitlines():
            print(f"  {line}")
        print(f"  status {done.returncode}", flush=True)
        return done.stdout

    def lookup(self, name):
        """The secret of an entry, which names its owner first."""
        entry = self.secret_tool("lookup", "server", SERVICE, "user", f"{PROFILE}/{name}")
        if not entry:
            return entry
        origin, account, secret = entry.split(" ", 2)
        if name == "token":
            self.assertEqual((origin, account), ("https://api.example.com", "ada@example.com"))
        return secret

    def hidden(self, text):
        text = text.replace(self.proxy_password, f"<the proxy's password, {len(self.proxy_password)} characters>")
        return text.replace(self.token, f"<the token, {len(self.token)} characters>")

    def files_that_hold_the_token(self):
        return self.files_that_hold(self.token)

    def files_that_hold(self, text):
        """As it is, or in base64 from any of the three offsets."""
        token = text.encode()
        looks = [token, token.hex().encode(), text.encode("utf-16-le")]
        looks += [base64.b64encode(b"x" * offset + token)[4:-4] for offset in range(3)]
        files = [path for path in self.home.rglob("*") if path.is_file()]
        found = [path for path in files if any(look in path.read_bytes() for look in looks)]
        names = ", ".join(sorted(str(path.relative_to(self.home)) for path in files))
        print(f"searched {len(files)} files, {len(found)} hold the token: {names}", flush=True)
        return found

    def test_a_token_is_in_the_keychain_and_in_no_file(self):
        self.start_keychain()
        self.store_does("theSecretsAreWritten")
        self.assertEqual(self.lookup("token"), self.token)
        self.assertEqual(self.lookup("proxy-password"), self.proxy_password)
        self.secret_tool("search", "--all", "server", SERVICE)
        keyring = self.home / "data/keyrings/login.keyring"
        self.assertTrue(keyring.is_file())
        self.assertEqual(self.files_that_hold_the_token(), [])

        self.store_does("theSecretsAreRead")
        self.store_does("theSecretsAreRemoved")
        self.assertEqual(self.lookup("token"), "")
        self.assertEqual(self.lookup("proxy-password"), "")
        self.assertEqual(self.secret_tool("search", "--all", "server", SERVICE), "")
        self.assertEqual(self.files_that_hold_the_token(), [])
        self.assertNotIn(self.token, self.output)

    def test_the_search_finds_what_is_in_a_file(self):
        (self.home / "cache/plain").write_text(self.token, encoding="utf-8")
        (self.home / "config/encoded").write_bytes(base64.b64encode(f"me:{self.token}!".encode()))
        self.assertEqual(len(self.files_that_hold_the_token()), 2)

    def test_the_last_of_many_writes_stays(self):
        self.start_keychain()
        self.store_does("theLastOfManyWritesStays")
        self.assertEqual(self.lookup("token"), self.token)

    def test_nobody_who_has_gone_is_answered(self):
        self.start_keychain()
        self.store_does("theSecretsAreWritten", "nobodyWhoHasGoneIsAnswered", "theSecretsAreRead")

    def test_a_locked_keychain_refuses_and_keeps_what_it_has(self):
        keychain = self.start_keychain()
        self.store_does("theSecretsAreWritten")
        self.lock()
        self.store_does("thereIsAKeychain", "aLockedKeychainRefuses")
        keychain.terminate()
        keychain.wait(20)
        self.start_keychain()
        print("(the keyring is unlocked)", flush=True)
        self.assertEqual(self.lookup("token"), self.token)
        self.store_does("theSecretsAreRead", "theSecretsAreRemoved")
        self.assertEqual(self.lookup("token"), "")

    def test_a_keychain_that_goes_away_is_told(self):
        keychain = self.start_keychain()
        self.store_does("aKeychainThatGoesAwayIsTold")
        self.assertEqual(keychain.wait(20), -9)
        self.store_does("thereIsNone")
        self.assertEqual(self.files_that_hold_the_token(), [])
        self.start_keychain()
        self.assertEqual(self.lookup("token"), "the first")

    def test_a_keychain_that_is_silent_is_not_waited_for(self):
        self.start_keychain()
        self.store_does("aKeychainThatIsSilentIsNotWaitedFor")
        self.assertEqual(self.lookup("token"), "")
        self.store_does("thereIsNothingToRead")

    def test_a_forgotten_profile_leaves_no_token(self):
        self.start_keychain()
        self.does(PROGRAM_TEST, "aProfileForgottenFromTheSandboxLeavesNoToken")

    def test_a_token_that_is_still_there_is_told(self):
        self.start_keychain()
        self.does(PROGRAM_TEST, "aTokenThatIsStillInTheKeychainIsTold")

    def test_a_token_that_is_not_to_be_kept_leaves_none_behind(self):
        self.start_keychain()
        self.does(PROGRAM_TEST, "aTokenThatIsNotToBeKeptLeavesNoneBehind")

    def test_a_token_that_can_not_be_used_is_told(self):
        self.start_keychain()
        self.does(PROGRAM_TEST, "aTokenOfTheKeychainThatCannotBeUsedIsTold")

    def test_a_bus_without_a_keychain_is_none(self):
        began = time.monotonic()
        self.store_does("thereIsNone")
        self.assertLess(time.monotonic() - began, 3)


def functions(test):
    listed = subprocess.run([test, "-functions"], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
                            capture_output=True, text=True, check=True)
    return [line.rstrip("()") for line in listed.stdout.split()]


def path_test(test, function):
    def run(self):
        self.start_keychain()
        self.does(test, function)
        self.assertEqual(self.files_that_hold("token-of-the-"), [])

    return run


for path in PATHS_TESTS:
    for name in functions(path):
        setattr(Keychain, f"test_{Path(path).name}_{name}", path_test(path, name))


if __name__ == "__main__":
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        print(f"{', '.join(missing)}: missing")
        sys.exit(77)
    unittest.main(verbosity=2)

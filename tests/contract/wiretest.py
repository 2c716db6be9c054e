# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what the dialogs write, over TLS by HTTP/1.1 and by HTTP/2: wiretest.py CREDENZA CREDENZA-SANDBOX"""

import collections
import contextlib
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import unittest

import places
from elsewhere import Elsewhere
from nginx import Nginx
from program import SANDBOX, start, wait, with_window_manager

HOME = pathlib.Path(os.environ["HOME"])
TOKEN = "token-of-this-test"
CREDENTIAL = {
    "name": "S3 archive",
    "type": "aws",
    "awsConfig": {"accessKeyId": "AKIAIOSFODNN7EXAMPLE", "secretAccessKey": "of-aws", "region": "us-east-1"},
}
NEW_KEY = {"Access key ID": "AKIAI44QH8DHBEXAMPLE", "Secret access key": "another-of-aws"}
# What has no body is sent again by QNetworkAccessManager, where an HTTP/1.1 connection closes before its answer.
MOST_RESENT = 3


class Loser(places.Recorder):
    """Has the server carry out what writes, and then closes without its answer, so often for each method."""

    loses = 0

    def __init__(self, port):
        self.written = collections.Counter()
        super().__init__(port)

    def pass_on(self, source, sink, kept):
        if not any(kept is answer for answer in self.answered):
            super().pass_on(source, sink, kept)
            return
        with source:
            first = source.recv(65536)
            asked = next(asked for asked, answer in zip(self.asked, self.answered) if answer is kept)
            method = bytes(asked.partition(b" ")[0])
            self.written[method] += method in (b"PATCH", b"DELETE")
            if 0 < self.written[method] <= self.loses:
                sink.shutdown(socket.SHUT_RDWR)
                return
            kept += first
            with contextlib.suppress(OSError):  # the other side has closed
                sink.sendall(first)
            super().pass_on(source, sink, kept)


class Wire(unittest.TestCase):
    def start(self, is_http2, loses=0):
        command = [SANDBOX, "--token", TOKEN]
        sandbox = subprocess.Popen(command, stdout=subprocess.PIPE)
        self.addCleanup(sandbox.stdout.close)
        self.addCleanup(sandbox.wait)
        self.addCleanup(sandbox.kill)
        port = int(re.search(rb"http://127\.0\.0\.1:(\d+)", sandbox.stdout.readline()).group(1))
        self.path = Elsewhere(port, TOKEN).create("Smart meters", CREDENTIAL)
        recorder = Loser(port)
        recorder.loses = loses
        self.addCleanup(recorder.close)
        self.nginx = Nginx(self, recorder.url, is_http2)
        self.program = start(
            self,
            HOME / "program.log",
            "--api-url",
            self.nginx.url,
            LOSANT_API_TOKEN=TOKEN,
            SSL_CERT_FILE=self.nginx.authority,
        )
        self.program.open_application("Smart meters")
        wait(lambda: self.program.status() == "1–1 of 1", "the row")

    def written(self):
        """How often each method that writes has reached the server."""
        return collections.Counter(request[0] for request in self.nginx.requests() if request[0] != "GET")

    def change_everything(self):
        """By the dialogs; how often PATCH has been there after each, and DELETE at the end."""
        name = CREDENTIAL["name"]
        program = self.program
        patches = []
        for action, values, button, done in (
            ("Edit", {"Region": "eu-west-1"}, "Save", "Saved"),
            ("Rotate secret", NEW_KEY, "Rotate", "Saved"),
            ("Disable", {}, None, "Disabled"),
        ):
            if button:
                dialog = program.change(name, 1, action, values)
                program.press(button, dialog)
                wait(lambda d=dialog.get_name(): not program.has_window(d), f"{action} to close")
            else:
                program.select(name, 1)
                subprocess.run(["xdotool", "key", "ctrl+shift+d"], check=True)
            program.wait_for_done(f"{done} {name}")
            patches.append(self.written()["PATCH"])
        program.select(name, 1)
        subprocess.run(["xdotool", "key", "Delete"], check=True)
        program.press("Delete", program.window("Delete credential"))
        program.wait_for_done(f"Deleted {name}")
        wait(lambda: program.status() == "0 of 0", "no row")
        self.assertEqual(program.quit(), 0)
        return patches, self.written()["DELETE"]

    def assert_sent(self, protocol, most_deletes=1):
        patches, deletes = self.change_everything()
        print(f"  {protocol}: PATCH {patches}, DELETE {deletes}", flush=True)
        self.assertEqual(patches, [1, 2, 3])
        self.assertIn(deletes, range(1, most_deletes + 1))
        self.assertEqual(self.written(), {"PATCH": 3, "DELETE": deletes})
        self.assertEqual({path for method, path, *_ in self.nginx.requests() if method != "GET"}, {self.path})
        for request in self.nginx.requests():
            self.assertEqual(request[2], protocol)
            self.assertRegex(request[3], r"^TLSv1\.[23]$")

    def test_by_http1(self):
        self.start(is_http2=False)
        self.assert_sent("HTTP/1.1")

    def test_by_http2(self):
        self.start(is_http2=True)
        self.assert_sent("HTTP/2.0")

    def test_by_http1_with_the_first_answers_lost(self):
        self.start(is_http2=False, loses=1)
        self.assert_sent("HTTP/1.1", 2)

    def test_by_http1_with_all_answers_lost(self):
        self.start(is_http2=False, loses=100)
        self.assert_sent("HTTP/1.1", 1 + MOST_RESENT)

    def test_by_http2_with_all_answers_lost(self):
        self.start(is_http2=True, loses=100)
        self.assert_sent("HTTP/2.0")


if __name__ == "__main__":
    os.environ["PATH"] += ":/usr/sbin"  # nginx
    if not shutil.which("nginx"):
        print("nginx is missing")
        sys.exit(77)
    with_window_manager(lambda: unittest.main(verbosity=2))

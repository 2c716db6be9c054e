# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs measured from outside: how long they take to start, and what memory they hold."""

import os
import re
import selectors
import subprocess
import time

import bodies
from corpus import FIRST

PERF_LINE = re.compile(rb"credenza\.perf: (window-painted|page-painted)(?: \d+)?(?: (\d+))?\n")


class Program:
    """A program that was started; `painted` has the milliseconds from before its exec until it has painted what."""

    def __init__(self, command, environment):
        self.painted = {}
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        self.output = self.process.stderr
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.output, selectors.EVENT_READ)
        self.unread = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.selector.close()
        self.output.close()
        time.sleep(0.05)  # the display tidies up

    def await_painted(self, *events):
        """Until all of these have been painted since the last call."""
        missing = set(events)
        deadline = time.monotonic() + 20
        while missing:
            if not self.selector.select(deadline - time.monotonic()):
                raise RuntimeError(f"no {missing} after 20 s")
            part = os.read(self.output.fileno(), 65536)
            now = time.monotonic()
            if not part:
                raise RuntimeError(f"the program ended before {missing}: {self.unread}")
            self.unread += part
            end = 0
            for match in PERF_LINE.finditer(self.unread):
                event = " ".join(group.decode() for group in match.groups() if group)
                self.painted[event] = (now - self.started) * 1000
                missing.discard(event)
                end = match.end()
            self.unread = self.unread[end:]

    def resident(self):
        """MiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return int(next(line for line in file if line.startswith("VmRSS:")).split()[1]) / 1024


class Outside:
    def __init__(self, folder, build, servers):
        self.home = folder / "home"
        self.build = build
        self.servers = servers
        for name in ("config", "cache", "data", "state", "run"):
            (self.home / name).mkdir(mode=0o700, parents=True)
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "DISPLAY", "XAUTHORITY") if name in os.environ},
            **{f"XDG_{name.upper()}_HOME": str(self.home / name) for name in ("config", "cache", "data", "state")},
            "XDG_RUNTIME_DIR": str(self.home / "run"),
            "HOME": str(self.home),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "QT_QPA_PLATFORM": "xcb",
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
            "QT_LOGGING_RULES": "credenza.perf=true",
            "SSL_CERT_FILE": str(servers.authority),
            "LOSANT_API_TOKEN": "of-the-bench",
        }

    def run_empty(self):
        return Program((self.build / "tests" / "emptywindow",), self.environment)

    def run_credenza(self, rows, server="near", application=bodies.APPLICATION):
        settings = self.home / "config" / "Credenza" / "Credenza.conf"
        settings.parent.mkdir(exist_ok=True)
        settings.write_text(f"[browser]\npageSize={rows}\n", encoding="ascii")
        command = (
            self.build / "bin" / "credenza",
            "--api-url",
            self.servers.url(server),
            "--application",
            application,
        )
        return Program(command, self.environment)

    def start_empty(self):
        with self.run_empty() as program:
            program.await_painted("window-painted")
            return program.painted["window-painted"]

    def start_credenza(self, rows):
        """Until the window, and until it and its rows are painted."""
        with self.run_credenza(rows) as program:
            page = f"page-painted {rows}"
            program.await_painted("window-painted", page)
            return program.painted["window-painted"], max(program.painted.values())

    def starts(self, rows, pairs):
        """Pairs of (empty, (window, page)), after one that warms up."""
        found = [(self.start_empty(), self.start_credenza(rows)) for _ in range(pairs + 1)]
        return found[1:]

    def resident_empty(self):
        with self.run_empty() as program:
            program.await_painted("window-painted")
            time.sleep(1)
            return program.resident()

    def resident_credenza(self, turns=0):
        """With the first page of 100 rows, and after so many further ones by the keyboard."""
        with self.run_credenza(100) as program:
            program.await_painted("window-painted", "page-painted 100")
            time.sleep(1)
            first = program.resident()
            if turns:
                self.focus(program)
            for _ in range(turns):
                self.xdotool("key ctrl+Next")
                program.await_painted("page-painted 100")
            if turns:
                time.sleep(1)
                if ("100", str(turns), "-") not in self.servers.asked():
                    raise RuntimeError(f"page {turns} was never asked for")
            return first, program.resident()

    def resident_all(self):
        """With the credentials of all applications."""
        with self.run_credenza(100, "all", FIRST) as program:
            program.await_painted("window-painted", "page-painted 100")
            time.sleep(1)
            self.focus(program)
            before = len(self.servers.asked())
            self.xdotool("key ctrl+0")
            deadline = time.monotonic() + 60
            while self.servers.asked()[before:].count(("1000", "0", "-")) < self.servers.applications:
                if time.monotonic() > deadline:
                    raise RuntimeError("all applications were not asked for")
                time.sleep(0.2)
            return self.settled(program)

    @staticmethod
    def settled(program):
        """Once it has been the same for three seconds: rows are still made of the last answers, and freed memory goes
        back a while after that."""
        before = program.resident()
        for _ in range(10):
            time.sleep(3)
            now = program.resident()
            if abs(now - before) < 0.5:
                return now
            before = now
        raise RuntimeError("the memory does not come to rest")

    def focus(self, program):
        self.xdotool(f"search --onlyvisible --pid {program.process.pid} --name Credenza windowfocus --sync")

    def xdotool(self, arguments):
        subprocess.run(
            ("xdotool", *arguments.split()), env=self.environment, check=True, capture_output=True, timeout=20
        )

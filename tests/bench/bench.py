# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures Credenza against what stands beside it, and prints a table: bench.py BUILD-FOLDER [--short] [--only NAME]

The display is the caller's. The exit status is 0 only when every row reaches its bound.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path
from statistics import mean

import requests

import bodies
from allapplications import AllApplications
from outside import Outside
from servers import Servers
from table import Table

HEADERS = {
    "Accept": "application/json",
    "Accept-Version": "^1.30.0",
    "Authorization": "Bearer of-the-bench",
}
BURST = 500
NOTES = """
E: an empty QMainWindow with an empty QTableView. J: QJsonDocument::fromJson of the same body. P: Python's
requests.request() and .json(), a new connection each call. C: curl --parallel-max 6. All trust the system's
authorities and one more. Measured in turns on this machine; reached is the median of the pairs' ratios.
Xvfb without window manager, accessibility or D-Bus session. TLS 1.3 from nginx on loopback, HTTP/2 with Credenza
unless it says otherwise, HTTP/1.1 with P and C; a proxy delays both ways where the server is some way off.
"""


class Bench:
    def __init__(self, build, folder, is_short, only):
        self.build = build
        self.is_short = is_short
        self.only = only
        self.table = None
        self.forward = []
        self.servers = Servers(folder, Path(__file__).parent.parent / "fixtures", self.many(1000, 100))
        self.outside = Outside(folder, build, self.servers)

    def many(self, whole, short):
        return short if self.is_short else whole

    def run(self):
        self.introduce()
        self.table = Table(self.is_short)
        for measure in (
            self.measure_starts,
            self.measure_showing,
            self.measure_turning,
            self.measure_fetching,
            self.measure_bursts,
            self.measure_memory,
            self.measure_typing,
            *AllApplications(self).measures(),
        ):
            if self.only not in measure.__name__:
                continue
            try:
                measure()
            except (OSError, RuntimeError, ValueError, subprocess.SubprocessError) as error:
                self.table.row(f"{measure.__qualname__}: {error} ", "", "", "", "", False)
        if self.forward:
            frames = " ".join(f"{frame:.1f}" for frame in self.forward)
            print("\n" + textwrap.fill(f"Frames of the prefetched pages going forward, in ms: {frames}", 115))
        print(f"\n{self.table.passed} passed, {self.table.failed} failed")
        return self.table.failed == 0

    def introduce(self):
        lines = Path("/proc/cpuinfo").read_text(encoding="ascii").splitlines()
        processor = next((line.split(": ")[1] for line in lines if "model name" in line), "unknown")
        print(
            f"{os.cpu_count()} processors, {processor}; Qt {self.command('qt').stdout.strip()};"
            f" a credential is {self.servers.credential_size:.0f} bytes on average,"
            f" {self.servers.corpus_size:.0f} in all applications."
        )
        print(NOTES)

    def command(self, name, *arguments):
        """A command of credenzabench."""
        command = [str(part) for part in (self.build / "tests" / "credenzabench", name, *arguments)]
        environment = {**self.outside.environment, "QT_LOGGING_RULES": ""}
        return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True, timeout=300)

    def figures(self, name, *arguments):
        return json.loads(self.command(name, *arguments).stdout)

    def browse(self, name, server, *arguments):
        return self.figures(name, self.servers.url(server), self.servers.authority, bodies.APPLICATION, *arguments)

    def measure_starts(self):
        pairs = self.many(25, 6)
        starts = self.outside.starts(25, pairs)
        empty = [pair[0] for pair in starts]
        self.table.at_most("start → whole window painted", [pair[1][0] for pair in starts], "E", empty, 1.5)
        self.table.at_most("start → 25 rows painted", [pair[1][1] for pair in starts], "E", empty, 1.75)
        starts = self.outside.starts(1000, pairs)
        empty = [pair[0] for pair in starts]
        self.table.at_most("start → 1000 rows and window painted", [pair[1][1] for pair in starts], "E", empty, 2.15)

    def measure_showing(self):
        body = self.servers.body(1000)
        shown = self.browse("show", "near", body, self.many(30, 6))
        self.table.at_most(
            "1000-row answer arrived → painted", shown["ours"], "J", shown["theirs"], 1.5, note=", better 1.1"
        )
        read = self.figures("parse", body, self.many(200, 50))
        self.table.at_most("1000-row answer → CredentialPage", read["ours"], "J", read["theirs"], 0.25)

    def measure_turning(self):
        turned = self.browse("turn", "200", self.many(50, 8))
        self.forward = turned["forward"]
        self.table.every_frame(
            "prefetched page, server 200 ms away",
            turned["forward"] + turned["back"],
            16,
            f"{turned['progressBars'] or 'no'} spinner",
            turned["progressBars"] == 0,
        )
        scrolled = self.browse("scroll", "near", self.many(6, 3))
        self.table.most_frames("scrolling 1000 rows, a page a frame", scrolled["ours"], 8)

    def ask_as_python(self, server, rows):
        """Milliseconds of one page, the way the official Python client asks."""
        start = time.monotonic()
        answer = requests.request(
            "GET", self.servers.page_url(server, rows), headers=HEADERS, verify=str(self.servers.bundle), timeout=60
        )
        page = answer.json()
        taken = (time.monotonic() - start) * 1000
        if len(page["items"]) != rows:
            raise ValueError("the page is too short")
        return taken

    def measure_fetching(self):
        for rows, times, bound in ((25, self.many(200, 60), 8), (1000, self.many(60, 20), 3.5)):
            ours, theirs = [], []
            command = [self.build / "tests" / "credenzabench", "fetch", self.servers.url("near")]
            with subprocess.Popen(
                [*command, self.servers.authority, bodies.APPLICATION, str(rows)],
                env=self.outside.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            ) as client:
                for number in range(times + 3):
                    client.stdin.write("\n")
                    client.stdin.flush()
                    our = json.loads(client.stdout.readline())["ours"]
                    their = self.ask_as_python("near", rows)
                    if number >= 3:
                        ours.append(our)
                        theirs.append(their)
                client.stdin.close()
            self.table.times_faster(f"GET and parse, {rows} rows, warm TLS", ours, "P", theirs, bound)

    def measure_bursts(self):
        pages = self.servers.page_url("50-http1", 25, f"[0-{BURST - 1}]")
        ours, theirs = [], []
        for _ in range(self.many(4, 2)):
            ours.append(self.browse("burst", "50-http1", 25, BURST)["ours"])
            theirs.append(self.curl("--http1.1", "--output", "/dev/null", pages))
        self.table.at_most(f"{BURST} GETs, 50 ms away, HTTP/1.1, cold", ours, "C", theirs, 1.05)

        ours, theirs = [], []
        for _ in range(self.many(5, 3)):
            ours.append(self.browse("burst", "50", 25, BURST)["ours"])
            calls = [self.ask_as_python("50", 25) for _ in range(self.many(8, 5))]
            theirs.append(mean(calls) * BURST)
        self.table.times_faster(f"the same over HTTP/2 (P: {len(calls)}, scaled)", ours, "P", theirs, 50)

    def curl(self, *what):
        """Milliseconds of the whole command, which has six requests under way."""
        options = ["--fail", "--silent", "--parallel", "--parallel-max", "6", "--cacert", self.servers.bundle]
        for name, value in HEADERS.items():
            options += ["--header", f"{name}: {value}"]
        command = [str(part) for part in ("curl", *options, *what)]
        start = time.monotonic()
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (time.monotonic() - start) * 1000

    def measure_memory(self):
        pairs = [(self.outside.resident_credenza()[0], self.outside.resident_empty()) for _ in range(self.many(5, 2))]
        ours, theirs = zip(*pairs)
        self.table.at_most("RSS with the first page, 100 rows", ours, "E", theirs, 1.5, "MiB")
        first, last = zip(*(self.outside.resident_credenza(turns=200) for _ in range(self.many(3, 1))))
        self.table.at_most("RSS after 200 page turns", last, "1st", first, 1.1, "MiB")

    def measure_typing(self):
        requests_each, are_shown = [], True
        for _ in range(self.many(5, 2)):
            before = len(self.servers.asked())
            are_shown &= self.browse("type", "200", bodies.FILTER, bodies.FILTERED_BEGINNING)["isShown"]
            asked = self.servers.asked()[before:]
            requests_each.append(sum(1 for _, page, glob in asked if glob != "-" and page == "0"))
        self.table.row(
            "typing 12 letters into the filter",
            "/".join(str(number) for number in requests_each) + " requests",
            "",
            f"{max(requests_each)}",
            "≤ 2, the last rows " + ("shown" if are_shown else "NOT SHOWN"),
            max(requests_each) <= 2 and are_shown,
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("build", type=Path)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only", default="", help="measures whose name contains this, such as filling")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the servers end with it
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(given.build.resolve(), Path(folder), given.short, given.only)
        try:
            is_met = bench.run()
        finally:
            bench.servers.stop()
    print(f"measured in {time.monotonic() - started:.0f} s", file=sys.stderr)
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())

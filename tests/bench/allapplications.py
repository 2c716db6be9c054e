# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of the bench that are about all applications at once."""

import csv
import time

from corpus import EACH, FIRST

WORDS = ("osaka historian", "akiaexample0000", "gateway warehouse", "-milwaukee pune", "runbook 0012", "db-00 losant")


class AllApplications:
    def __init__(self, bench):
        self.bench = bench
        self.table = bench.table
        self.servers = bench.servers
        self.pages = self.servers.applications
        self.rows = self.pages * EACH

    def measures(self):
        yield self.measure_http1
        yield self.measure_http2
        yield self.measure_filling
        yield self.measure_searching
        yield self.measure_exporting
        if not self.bench.is_short:  # of few credentials the program itself is the greatest part
            yield self.measure_memory

    def figures(self, command, server, *arguments):
        where = (self.servers.url(server), self.servers.authority, FIRST)
        return self.bench.figures(command, *where, self.rows, *arguments)

    def measure_http1(self):
        self.measure_time("50-all-http1", "--http1.1", "HTTP/1.1")

    def measure_http2(self):
        self.measure_time("50-all", "--http2", "HTTP/2")

    def measure_time(self, server, option, protocol):
        urls = self.servers.folder / f"{server}.urls"
        urls.write_text(
            "".join(f'url = "{url}"\noutput = "/dev/null"\n' for url in self.servers.all_urls(server)), encoding="utf-8"
        )
        ours, theirs = [], []
        for _ in range(self.bench.many(3, 2)):
            ours.append(self.figures("fill", server)["ours"])
            theirs.append(self.bench.curl(option, "--config", urls))
        self.table.at_most(f"{self.pages} applications, 50 ms, {protocol}", ours, "C", theirs, 1.1)

    def measure_filling(self):
        filled = self.figures("fillwindow", "50-all", self.bench.many(5, 3))
        self.table.every_frame("first answer → first rows painted", filled["first"], 16, "of all applications", True)
        self.table.waits("events while it fills", filled["waits"], 16, 50)
        self.table.most_frames("scrolling while it fills, a page a frame", filled["scrolling"], 8)

    def measure_searching(self):
        found = self.figures("search", "all", self.bench.many(2, 1), *WORDS)
        rows = f"{self.rows:,} rows"
        self.table.median_and_most(f"{rows}: a letter → painted", found["letters"], 16, 33)
        self.table.every_frame(f"{rows}: another order → painted", found["orders"], 50, "each column", True)
        self.table.every_frame(f"{rows}: by key → painted", found["groupings"], 50, "on and off", True)

    def measure_exporting(self):
        """Beside Python's csv, which writes the same."""
        file = self.servers.folder / "export.csv"
        ours = self.figures("export", "all", 3, file)["ours"]
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines, strict=True))
        if len(rows) != self.rows + 1:
            raise RuntimeError(f"{len(rows)} lines were written")
        theirs = []
        for _ in ours:
            start = time.perf_counter()
            with file.open("w", encoding="utf-8", newline="") as lines:
                csv.writer(lines).writerows(rows)
            theirs.append(1000 * (time.perf_counter() - start))
        self.table.most_beside(f"{self.rows:,} rows written as CSV", ours, "P", theirs, 1000)

    def measure_memory(self):
        """Of the program itself, less an empty one's, for each credential."""
        outside = self.bench.outside
        bytes_each = []
        for _ in range(2):
            program, empty = outside.resident_all(), outside.resident_empty()
            bytes_each.append((program - empty) * 2**20 / self.rows)
        self.table.most("memory of a credential, above E", bytes_each, "B", 1000)

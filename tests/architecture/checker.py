# SPDX-License-Identifier: GPL-3.0-or-later
"""Says where the sources break a rule of the design. Run by CTest; prints a line for each break.

    checker.py ROOT [--qt-headers FOLDER] [--lupdate PROGRAM]
"""

import argparse
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

# Includes run downwards only.
LAYERS = {"domain": 0, "recognition": 1, "api": 2, "services": 3, "models": 4}
UI = 5
# Tables of data, which may be as long as they need.
DATA_TABLES = ("app/domain/credentialtypes.cpp", "app/sandbox/sampledata")
MOST_LINES = 500
MOST_LINES_OF_THE_MAIN_WINDOW = 400
# Modules that app/ must not know.
WINDOW_MODULES = ("QtGui", "QtWidgets", "QtSvg", "QtSvgWidgets", "QtOpenGL", "QtQuick")

# QMessageBox shows its informative text as markup, whatever its text format (Qt 6.4): MessageBox never does.
MARKUP_BOXES = ("QMessageBox", "QErrorMessage", "QInputDialog", "QProgressDialog")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
COMMENT_OR_STRING = re.compile(
    r'R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/', re.DOTALL
)
CALL = re.compile(r"(?<![\w~])(connect|singleShot)\s*\(")
COLOUR_NAMES = (
    "black|white|red|darkRed|green|darkGreen|blue|darkBlue|cyan|darkCyan|magenta|darkMagenta|yellow|darkYellow"
    "|gray|darkGray|lightGray"
)
COLOUR = re.compile(
    rf"\bQt::(?:{COLOUR_NAMES})\b"
    r"|\bQColor\s*[({]\s*(?:\d|0x|u?\"|Qt::)"
    r"|\bQColor\s+\w+\s*[({]\s*(?:\d|0x|u?\")"
    r"|\bQColorConstants\b|\bQColor::from|\bqRgba?\s*\("
    r"|\"[^\"\n]*#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b[^\"\n]*\""
    r"|\"[^\"\n]*\b(?:rgb|rgba|hsl|hsv)\s*\([^\"\n]*\""
)


def without(text, comments=True, strings=False):
    """The text with comments (and strings) blanked, its lines where they were."""

    def blank(match):
        token = match.group(0)
        is_comment = token.startswith("/")
        if (comments and is_comment) or (strings and not is_comment):
            return '""' + re.sub(r"[^\n]", " ", token)[2:] if not is_comment else re.sub(r"[^\n]", " ", token)
        return token

    return COMMENT_OR_STRING.sub(blank, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def arguments(text, start):
    """The arguments of the call whose parenthesis opens before `start`."""
    found, depth, begin = [], 0, start
    for position in range(start, len(text)):
        character = text[position]
        if character in "([{":
            depth += 1
        elif character in ")]}":
            if depth == 0:
                found.append(text[begin:position].strip())
                return found
            depth -= 1
        elif character == "," and depth == 0:
            found.append(text[begin:position].strip())
            begin = position + 1
    return found


def circle_through(start, includes):
    """The shortest way along includes from a node back to itself, or nothing."""
    came_from = {}
    queue = [start]
    for node in queue:
        for target in sorted(includes.get(node, ())):
            if target == start:
                way = [start]
                while node != start:
                    way.insert(1, node)
                    node = came_from[node]
                return way
            if target not in came_from:
                came_from[target] = node
                queue.append(target)
    return []


def circles(includes):
    """Circles that together pass through every node that is in one."""
    found, seen = [], set()
    for node in sorted(includes):
        if node not in seen:
            way = circle_through(node, includes)
            seen.update(way)
            if way:
                found.append(way)
    return found


class Checker:
    def __init__(self, root, qt_headers=None, lupdate=None):
        self.root = Path(root)
        self.lupdate = lupdate
        self.problems = []
        self.window_headers = set()
        for module in WINDOW_MODULES if qt_headers else ():
            folder = Path(qt_headers) / module
            if folder.is_dir():
                self.window_headers.update(entry.name for entry in folder.iterdir())

    def run(self):
        for path in self.files("app", ".cpp", ".h"):
            self.check_includes(path)
        for path in self.files("ui", ".cpp", ".h"):
            self.check_includes(path)
            self.check_colours(path)
            self.check_labels(path)
        for folder in ("app", "ui"):
            for path in self.files(folder, ".cpp", ".h"):
                self.check_connects(path)
        for folder in ("app", "ui", "tests"):
            for path in self.files(folder, ".cpp", ".h"):
                self.check_head(path)
                self.check_length(path)
        for folder in ("app", "ui", "tests", "packaging", ".ci"):
            for path in self.files(folder, ".py", ".sh", ".cmake", "CMakeLists.txt", ".ci/run"):
                self.check_licence(path, 3)
        self.check_circles()
        self.check_translations()
        return self.problems

    def files(self, folder, *endings):
        top = self.root / folder
        found = (path for path in top.rglob("*") if path.is_file() and str(path).endswith(endings))
        return sorted(found)

    def name(self, path):
        return path.relative_to(self.root).as_posix()

    def report(self, path, line, text):
        self.problems.append(f"{self.name(path)}:{line}: {text}")

    def check_includes(self, path):
        name = self.name(path)
        parts = name.split("/")
        in_app = parts[0] == "app"
        layer = parts[1] if in_app and len(parts) > 2 else None
        rank = LAYERS.get(layer, UI)
        if in_app and rank == UI and layer != "sandbox":
            self.report(path, 1, "is in none of the layers of app/, which LAYERS names")
        text = without(path.read_text(encoding="utf-8"))
        for match in INCLUDE.finditer(text):
            kind, header = match.groups()
            line = line_of(text, match.start(1))
            first = header.split("/")[0]
            if kind == "<":
                if header.split("/")[-1] in MARKUP_BOXES:
                    self.report(path, line, f"what a box says is plain text in a MessageBox, not in a {header}")
                if in_app and (first in WINDOW_MODULES or header in self.window_headers):
                    self.report(path, line, f"app/ must not know of windows, includes <{header}>")
                continue
            if first == "sandbox":
                if layer != "sandbox" and name != "ui/main.cpp":
                    self.report(path, line, f'only ui/main.cpp and tests may use the sandbox, includes "{header}"')
            elif first in LAYERS:
                if layer == "sandbox" and first != "domain":
                    self.report(path, line, f'the sandbox uses domain only, includes "{header}"')
                elif in_app and LAYERS[first] > rank:
                    self.report(path, line, f'{layer} includes "{header}", which is above it')
            elif in_app and (self.root / "ui" / header).exists():
                self.report(path, line, f'app/ includes "{header}" of ui/')
            elif in_app and "/" not in header and not header.endswith(".moc"):
                self.report(path, line, f'project includes name their folder, not so "{header}"')

    def check_circles(self):
        """No two files include each other, on whatever way, nor do two folders."""
        files, folders = {}, {}
        for top in ("app", "ui"):
            for path in self.files(top, ".cpp", ".h"):
                unit = self.unit(path)
                targets = files.setdefault(unit, set())
                for kind, header in INCLUDE.findall(without(path.read_text(encoding="utf-8"))):
                    found = [self.root / folder / header for folder in ("app", "ui")]
                    targets.update(self.unit(target) for target in found if kind == '"' and target.is_file())
                targets.discard(unit)
        for unit, targets in files.items():
            folder = self.folder(unit)
            folders.setdefault(folder, set()).update(self.folder(target) for target in targets)
            folders[folder].discard(folder)
        found = [("files", way) for way in circles(files)]
        found += [("folders", way) for way in circles(folders) if not files.keys() >= set(way)]
        for kind, way in found:
            text = " → ".join([*way, way[0]])
            self.problems.append(f"{way[0]}: {kind} include each other: {text}")

    def unit(self, path):
        """A header and its source are one."""
        return self.name(path.with_suffix(""))

    def folder(self, unit):
        """What lies in ui/ itself stands for itself: the program is above the pages, errortext below."""
        parts = unit.split("/")
        return "/".join(parts[:2])

    def check_colours(self, path):
        if path.as_posix().endswith("ui/widgets/tones.cpp"):
            return  # the one place that makes colours, out of those of the palette
        text = without(path.read_text(encoding="utf-8"))
        for match in COLOUR.finditer(text):
            self.report(path, line_of(text, match.start()), f"the palette decides on colours, not {match.group(0)}")

    def check_labels(self, path):
        """A QLabel takes what looks like markup for markup, unless it is told otherwise: PlainLabel never does."""
        name = path.relative_to(self.root).as_posix()
        if not name.startswith("ui/") or name.startswith("ui/widgets/plainlabel."):
            return
        text = without(path.read_text(encoding="utf-8"))
        for match in re.finditer(r"\bQLabel\b(?!>)", text):
            rest = text[match.end() :]
            if not rest.lstrip().startswith('(tr("<a href'):
                self.report(path, line_of(text, match.start()), "a label is a PlainLabel, not a QLabel")

    def check_connects(self, path):
        text = without(path.read_text(encoding="utf-8"), strings=True)
        for match in CALL.finditer(text):
            given = arguments(text, match.end())
            function = match.group(1)
            if function == "connect" and len(given) == 3 and not given[1].startswith("SIGNAL"):
                self.report(path, line_of(text, match.start()), "connect() to a function needs a context object")
            if function == "singleShot" and len(given) == 2:
                self.report(path, line_of(text, match.start()), "singleShot() needs a context object")

    def check_head(self, path):
        self.check_licence(path, 1)
        if path.suffix == ".h" and "#pragma once" not in path.read_text(encoding="utf-8").split("\n")[:3]:
            self.report(path, 1, "no #pragma once at the top")

    def check_licence(self, path, lines):
        head = path.read_text(encoding="utf-8").split("\n")[:lines]
        if not any("SPDX-License-Identifier: GPL-3.0-or-later" in line for line in head):
            self.report(path, 1, "no SPDX-License-Identifier: GPL-3.0-or-later at the top")

    def check_length(self, path):
        name = self.name(path)
        if name.startswith(DATA_TABLES):
            return
        lines = len(path.read_text(encoding="utf-8").splitlines())
        most = MOST_LINES_OF_THE_MAIN_WINDOW if name.startswith("ui/mainwindow.") else MOST_LINES
        if lines > most:
            self.report(path, most + 1, f"{lines} lines, {most} are the most")

    def check_translations(self):
        for path in self.files("translations", ".ts"):
            if not self.lupdate:
                self.report(path, 1, "can't be checked without lupdate")
                continue
            with tempfile.TemporaryDirectory() as folder:
                fresh = Path(folder) / path.name
                fresh.write_bytes(path.read_bytes())
                command = [self.lupdate, "-silent", "-locations", "none", "-disable-heuristic", "sametext"]
                command += ["-disable-heuristic", "similartext"]
                command += [str(folder) for folder in (self.root / "app", self.root / "ui") if folder.is_dir()]
                command += ["-ts", str(fresh)]
                done = subprocess.run(command, capture_output=True, text=True, check=False)
                if done.returncode != 0:
                    self.report(path, 1, f"lupdate failed: {done.stderr.strip()}")
                    continue
                self.compare_translations(path, fresh)

    def compare_translations(self, path, fresh):
        # English shows the source texts as they are, plural forms apart.
        plurals_only = ElementTree.parse(fresh).getroot().get("language", "").startswith("en")
        for context in ElementTree.parse(fresh).getroot().iter("context"):
            for message in context.iter("message"):
                if plurals_only and message.get("numerus") != "yes":
                    continue
                translation = message.find("translation")
                state = translation.get("type", "")
                forms = [form.text for form in translation.iter("numerusform")] or [translation.text]
                text = f"{context.findtext('name')}: {message.findtext('source')!r}"
                if state in ("vanished", "obsolete"):
                    self.report(path, 1, f"is not in the sources any more: {text}")
                elif state == "unfinished" or not all(forms):
                    self.report(path, 1, f"is not translated: {text}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root")
    parser.add_argument("--qt-headers")
    parser.add_argument("--lupdate")
    given = parser.parse_args()
    problems = Checker(given.root, given.qt_headers, given.lupdate).run()
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problem(s)")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""The README's recipe for the Debian package, to the letter, in a copy of the sources: debiantest.py SOURCES

Only `sudo` is another: it asks apt what it would do. The ccache that the sources are built with may know the copy's.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import hardened

SOURCES = pathlib.Path(sys.argv[1])
del sys.argv[1]
ID = "io.github.credenza.Credenza"
SUDO = """#!/bin/sh
[ "$1 $2" = "apt install" ] || { echo "not a part of the recipe: sudo $*" >&2; exit 1; }
shift 2
LC_ALL=C exec apt-get install --simulate "$@"
"""


def recipe():
    blocks = re.findall(r"^```sh\n(.*?)^```$", (SOURCES / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    (found,) = [block for block in blocks if ".deb" in block]
    return found


def copy_sources(folder):
    """What a clone has, with what is not committed yet."""
    git = ["git", "-c", f"safe.directory={SOURCES}", "-C", SOURCES, "ls-files", "-z"]
    names = subprocess.check_output([*git, "--cached", "--others", "--exclude-standard"]).decode().split("\0")
    for name in filter(None, names):
        if os.path.lexists(SOURCES / name):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(SOURCES / name, folder / name, follow_symlinks=False)


class DebianPackage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        folder = pathlib.Path(temporary.name).resolve()
        clone = folder / "credenza"
        copy_sources(clone)
        (folder / "bin").mkdir()
        (folder / "bin" / "sudo").write_text(SUDO)
        (folder / "bin" / "sudo").chmod(0o755)
        environment = {
            **os.environ,
            "PATH": f"{folder}/bin:{os.environ['PATH']}",
            "CCACHE_BASEDIR": str(clone),
            "CCACHE_NOHASHDIR": "true",
        }
        # As a shell does that someone pastes into.
        cls.recipe = subprocess.run(
            ["bash", "-c", recipe()], cwd=clone, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        cls.packages = list(clone.glob("build/*.deb"))
        cls.installed = folder / "installed"
        for package in cls.packages:
            subprocess.run(["dpkg-deb", "--extract", package, cls.installed], check=True)

    def setUp(self):
        self.assertEqual(self.recipe.returncode, 0, self.recipe.stdout.decode(errors="replace")[-5000:])
        self.assertEqual(len(self.packages), 1)

    def field(self, name):
        return subprocess.check_output(["dpkg-deb", "--field", self.packages[0], name]).decode().strip()

    def test_apt_would_install_it(self):
        self.assertRegex(self.recipe.stdout.decode(), r"(?m)^Inst credenza ")

    def test_it_names_what_the_programs_need(self):
        self.assertEqual(self.field("Package"), "credenza")
        needed = {entry.split()[0] for entry in self.field("Depends").split(",")}
        self.assertLessEqual({"libqt6widgets6", "libqt6svg6", "libsecret-1-0", "libc6"}, needed)

    def test_it_has_the_programs_and_what_a_desktop_needs_of_them(self):
        files = {str(path.relative_to(self.installed)) for path in self.installed.rglob("*") if path.is_file()}
        self.assertEqual(
            files,
            {
                "usr/bin/credenza",
                "usr/bin/credenza-sandbox",
                f"usr/share/applications/{ID}.desktop",
                f"usr/share/icons/hicolor/scalable/apps/{ID}.svg",
                f"usr/share/metainfo/{ID}.metainfo.xml",
                "usr/share/doc/credenza/CHANGELOG.md",
                "usr/share/doc/credenza/copyright",
            },
        )

    def test_it_is_roots_and_written_by_nobody_else(self):
        listed = subprocess.check_output(["dpkg-deb", "--contents", self.packages[0]]).decode()
        for line in listed.splitlines():
            self.assertRegex(line, r"^(drwxr-xr-x|-rw-r--r--|-rwxr-xr-x) root/root ")

    def test_its_menu_entry_names_a_program_and_an_icon_of_it(self):
        entry = (self.installed / f"usr/share/applications/{ID}.desktop").read_text("utf-8")
        for program in re.findall(r"(?m)^Exec=(\S+)", entry):
            self.assertTrue(os.access(self.installed / "usr/bin" / program, os.X_OK), program)
        self.assertIn(f"\nIcon={ID}\n", entry)

    def test_its_programs_run(self):
        for program in ("credenza", "credenza-sandbox"):
            said = subprocess.check_output([self.installed / "usr/bin" / program, "--version"]).decode()
            self.assertIn(self.field("Version"), said)

    def test_its_programs_are_hardened(self):
        for program in ("credenza", "credenza-sandbox"):
            self.assertEqual(hardened.missing(self.installed / "usr/bin" / program), [], program)


if __name__ == "__main__":
    for tool in ("apt-get", "dpkg-deb", "dpkg-shlibdeps", "git", "readelf"):
        if not shutil.which(tool):
            print(f"there is no {tool} here")
            sys.exit(77)
    unittest.main(verbosity=2)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripts that open the doors, their dependency list, and what the README points at."""

import os
import re
import shutil
import subprocess

from tap import SOURCE, Skip, check, run

SCRIPTS = ["build-aux/run", "build-aux/test", ".ci/run"]
LIST = SOURCE / "build-aux" / "dependencies"


@check
def executable():
    """each door is a bash script with its run bit set that stops at the first error"""
    for name in SCRIPTS:
        path = SOURCE / name
        text = path.read_text()
        assert os.access(path, os.X_OK), name
        assert text.startswith("#!/usr/bin/env bash\n") and "set -euo pipefail" in text, name


@check
def syntax():
    """bash can read each of them"""
    for name in [*SCRIPTS, "build-aux/common.sh"]:
        subprocess.run(["bash", "-n", SOURCE / name], check=True)


@check
def shellcheck():
    """shellcheck finds nothing"""
    if shutil.which("shellcheck") is None:
        raise Skip("shellcheck is not installed")
    result = subprocess.run(["shellcheck", "-x", *(SOURCE / name for name in SCRIPTS)],
                            capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


@check
def dependencies():
    """the dependency list has five columns, known groups, and no package twice"""
    rows = [line.split() for line in LIST.read_text().splitlines() if line and line[0] != "#"]
    assert len(rows) > 20
    assert all(len(row) == 5 and row[0] in ("build", "run", "test") for row in rows), rows
    debian = [row[2] for row in rows]
    assert len(debian) == len(set(debian))


@check
def every_dependency_is_listed():
    """each library that meson asks for has a package in the list"""
    asked = set()
    for path in [SOURCE / "meson.build", *(SOURCE / "src").rglob("meson.build")]:
        asked |= set(re.findall(r"dependency\('([^']+)'", path.read_text()))
    known = {"glib-2.0": "glib2", "gobject-2.0": "glib2", "gio-2.0": "glib2", "gio-unix-2.0": "glib2",
             "gtk4": "gtk4", "libadwaita-1": "libadwaita", "gtksourceview-5": "gtksourceview5",
             "libsoup-3.0": "libsoup3", "json-glib-1.0": "json-glib", "libcrypto": "openssl",
             "libsodium": "libsodium", "libsecret-1": "libsecret", "sqlite3": "sqlite",
             "zlib": "zlib"}
    assert asked <= set(known), asked - set(known)
    text = LIST.read_text()
    for library in asked:
        assert known[library] in text, library


def ensure_without_root(os_release):
    """What somebody who is not root and has no sudo reads on that distribution."""
    script = """
      . build-aux/common.sh
      os_release=<(printf '%s' "$1")
      id () { echo 1000; }
      sudo () { return 1; }
      missing_debian () { echo libgtk-4-dev; }
      missing_fedora () { echo gtk4-devel; }
      missing_arch () { echo gtk4; }
      ensure build
    """
    result = subprocess.run(["bash", "-euo", "pipefail", "-c", script, "bash", os_release],
                            cwd=SOURCE, text=True, stdin=subprocess.DEVNULL, capture_output=True,
                            env={"PATH": os.environ["PATH"]})
    assert result.returncode == 1 and result.stdout == "", result
    for words in ("apt-get install", "libgtk-4-dev", "dnf install", "gtk4-devel", "pacman -S", "libadwaita"):
        assert words in result.stderr, (words, result.stderr)
    return result.stderr


@check
def a_sentence_without_root():
    """who has neither root nor sudo is told so, and the packages of three distributions"""
    assert "neither is at hand" in ensure_without_root("ID=debian\nVERSION_ID=12\n")


@check
def a_sentence_elsewhere():
    """on another distribution nothing is installed, and the packages are named"""
    for os_release in ("ID=fedora\nVERSION_ID=44\nNAME=Fedora", "ID=arch\nNAME=Arch",
                       "ID=debian\nVERSION_ID=13", "ID=plan9\nNAME=Plan9", ""):
        assert "on Debian 12" in ensure_without_root(os_release)


@check
def every_test_is_built():
    """each test program is named in the meson.build of its folder"""
    missing = []
    for path in sorted((SOURCE / "tests").glob("*/test-*.*")):
        listed = (path.parent / "meson.build").read_text()
        name = path.stem.removeprefix("test-")
        if f"'{name}'" not in listed and path.name not in listed:
            missing.append(str(path.relative_to(SOURCE)))
    assert not missing, missing


@check
def readme_links():
    """the README names only files that exist"""
    text = (SOURCE / "README.md").read_text()
    links = re.findall(r"\]\(([^)#:]+)\)", text) + re.findall(r'(?:src|srcset)="([^":]+)"', text)
    missing = [link for link in links if not (SOURCE / link).exists()]
    assert links and not missing, missing


run()

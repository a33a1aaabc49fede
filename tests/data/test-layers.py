#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may know whom: the rules of the folders that the compiler alone cannot see."""

import os
import re
import subprocess

from tap import SOURCE, Skip, check, run

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^">]+)[">]', re.MULTILINE)
DISPLAY = re.compile(r"gtk|gdk|gsk|adw|libX11|xcb|wayland|EGL|libGL", re.IGNORECASE)

# What each folder may include of the others: arrows point down only.
BELOW = {
    "protocol": set(),
    "client": {"protocol"},
    "sandbox": {"protocol"},
    "profile": {"protocol"},
    "journal": {"protocol"},
    "workspace": {"protocol", "client", "sandbox", "profile", "journal"},
    "ui": {"protocol", "client", "sandbox", "profile", "journal", "workspace"},
    "cli": {"protocol", "client", "sandbox", "profile", "journal", "workspace"},
}


def sources():
    for path in sorted((SOURCE / "src").rglob("*.[ch]")):
        yield path.relative_to(SOURCE / "src"), path.read_text()


@check
def only_the_ui_includes_gtk():
    """no include of GTK, GDK or libadwaita outside src/ui"""
    found = [f"{path}: {name}" for path, text in sources() if path.parts[0] != "ui"
             for name in INCLUDE.findall(text) if re.match(r"(gtk|gdk|gsk|adwaita)\b", name)]
    assert not found, found


@check
def includes_point_down():
    """a folder includes headers of itself and of those below it"""
    home = {path.name: path.parts[0] for path, _ in sources() if path.suffix == ".h"}
    assert len(home) > 20, "the headers were not found"
    found = [f"{path}: {name}" for path, text in sources() for name in INCLUDE.findall(text)
             if name in home and home[name] != path.parts[0]
             and home[name] not in BELOW[path.parts[0]]]
    assert not found, found


@check
def private_headers_stay_home():
    """a -private.h is included in its own folder only"""
    home = {path.name: path.parts[0] for path, _ in sources()}
    found = [f"{path}: {name}" for path, text in sources() for name in INCLUDE.findall(text)
             if name.endswith("-private.h") and home.get(name, path.parts[0]) != path.parts[0]]
    assert not found, found


@check
def the_terminal_program_links_no_display():
    """broadcastctl links no display library, not even through another library"""
    program = os.environ["BROADCASTCTL"]
    output = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    assert "libglib-2.0" in output, output
    found = [line.strip() for line in output.splitlines() if DISPLAY.search(line.split()[0])]
    assert not found, found


@check
def the_desktop_program_would_be_caught():
    """the same look at broadcast finds GTK, so the check above can fail"""
    program = os.environ.get("BROADCAST")
    if not program:
        raise Skip("built without the desktop program")
    output = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    assert any(DISPLAY.search(line.split()[0]) for line in output.splitlines()), output


@check
def licenses():
    """every source file opens with its license"""
    folders = [SOURCE / name for name in ("src", "tests", "build-aux", "data", "po")]
    kinds = {".c", ".h", ".py", ".js", ".sh", ".build", ".ui", ".css", ".svg", ".in", ".xml"}
    found = [str(path.relative_to(SOURCE)) for folder in folders for path in sorted(folder.rglob("*"))
             if (path.suffix in kinds or path.name == "meson.build")
             and path.suffix != ".in" and "node_modules" not in path.parts
             and "SPDX-License-Identifier:" not in "".join(path.read_text().splitlines(True)[:4])]
    assert not found, found


run()

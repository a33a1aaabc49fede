#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may know whom: the rules of the folders that the compiler alone cannot see."""

import os
import re
import subprocess

from tap import BUILD, SOURCE, Skip, check, run

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^">]+)[">]', re.MULTILINE)
DISPLAY = re.compile(r"lib(gtk|gdk|gsk|adwaita|X|xcb|xkb|wayland|EGL|GL|GLX|epoxy|vulkan)[-.\w]*\.so")

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


def crossing_includes():
    """Each include that leaves its folder: the file, the header, and the folders that have it."""
    homes = {}
    for path, _ in sources():
        homes.setdefault(path.name, set()).add(path.parts[0])
    for path, text in sources():
        for name in INCLUDE.findall(text):
            if path.parts[0] not in homes.get(name, {path.parts[0]}):
                yield path, name, homes[name]


@check
def includes_point_down():
    """a folder includes headers of itself and of those below it"""
    crossing = list(crossing_includes())
    assert len(crossing) > 20, "the includes were not found"
    found = [f"{path}: {name}" for path, name, homes in crossing if not homes <= BELOW[path.parts[0]]]
    assert not found, found


@check
def private_headers_stay_home():
    """a -private.h is included in its own folder only"""
    found = [f"{path}: {name}" for path, name, _ in crossing_includes() if name.endswith("-private.h")]
    assert not found, found


@check
def no_name_is_taken_twice():
    """no two libraries define the same function: the linker would silently take either"""
    homes = {}
    for library in sorted((BUILD / "src").glob("*/*.a")):
        output = subprocess.run(["nm", "-g", "--defined-only", library],
                                check=True, capture_output=True, text=True).stdout
        for name in re.findall(r"^[0-9a-f]+ [TDBRV] (\w+)$", output, re.MULTILINE):
            homes.setdefault(name, []).append(library.stem)
    assert len(homes) > 100, "the libraries were not found"
    found = {name: where for name, where in homes.items() if len(where) > 1}
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
    kinds = {".c", ".h", ".py", ".js", ".sh", ".build", ".ui", ".css", ".svg", ".xml"}
    found = [str(path.relative_to(SOURCE)) for folder in folders for path in sorted(folder.rglob("*"))
             if (path.suffix in kinds or path.name == "meson.build")
             and "node_modules" not in path.parts
             and "SPDX-License-Identifier:" not in "".join(path.read_text().splitlines(True)[:4])]
    assert not found, found


@check
def every_test_is_run():
    """each folder of tests is built, with each test program in it"""
    folders = {path.parent.name for path in (SOURCE / "tests").glob("*/meson.build")}
    built = set(re.findall(r"^\s*subdir\('(\w+)'\)", (SOURCE / "tests" / "meson.build").read_text(), re.MULTILINE))
    assert folders == built, folders ^ built
    targets = subprocess.run(["meson", "introspect", "--targets", BUILD], check=True, capture_output=True,
                             text=True).stdout
    missing = [str(path.relative_to(SOURCE)) for path in (SOURCE / "tests").glob("*/test-*.c")
               if str(path) not in targets]
    assert not missing, missing


run()

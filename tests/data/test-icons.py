#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The icons are well-formed, of the right size, and all that the windows ask for are there."""

import re
import xml.etree.ElementTree as tree

from tap import SOURCE, check, run

THEME = SOURCE / "data" / "icons" / "hicolor"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(folder):
    paths = sorted((THEME / folder).rglob("*.svg"))
    assert paths, f"no icon in {folder}"
    return [(path, tree.parse(path).getroot()) for path in paths]


@check
def well_formed():
    """every icon is an SVG without scripts, pictures or links to elsewhere"""
    for path, root in drawn("."):
        assert root.tag == SVG + "svg", path
        for element in root.iter():
            assert element.tag not in (SVG + "script", SVG + "image", SVG + "text"), path
            assert not any("href" in name for name in element.attrib), path


@check
def app_icon():
    """the app icon is 128 pixels wide and high and has its symbolic sibling"""
    root = tree.parse(THEME / "scalable/apps/org.example.Broadcast.svg").getroot()
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("128", "128", "0 0 128 128")
    assert (THEME / "symbolic/apps/org.example.Broadcast-symbolic.svg").is_file()


@check
def symbolic():
    """symbolic icons are 16 pixels and only filled paths, so that any theme can colour them"""
    for path, root in drawn("symbolic"):
        assert path.stem.endswith("-symbolic"), path
        assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("16", "16", "0 0 16 16"), path
        for element in root:
            assert element.tag == SVG + "path", path
            assert element.get("fill") == "#2e3436" and element.get("stroke") is None, path


@check
def used_icons_exist():
    """every icon of our own that a window names is in the theme"""
    there = {path.stem for path, _ in drawn(".")}
    for path in (SOURCE / "src" / "ui").rglob("*.[cu]*"):
        wanted = set(re.findall(r'"?\b(broadcast-[a-z-]+-symbolic)\b', path.read_text()))
        assert wanted <= there, (path, wanted - there)


run()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak manifest parses, pins what it downloads, and asks for no more than it must."""

import json
import re

from tap import SOURCE, check, run

MANIFEST = json.loads((SOURCE / "org.example.Broadcast.json").read_text())
NEEDED = {
    "--share=network",                          # the servers that profiles name, and the sandbox
    "--share=ipc", "--socket=wayland", "--socket=fallback-x11", "--device=dri",   # a window
    "--talk-name=org.freedesktop.secrets",      # the keyring
}


@check
def identity():
    """it builds this program on a runtime with a version"""
    assert MANIFEST["id"] == "org.example.Broadcast"
    assert MANIFEST["runtime"] == "org.gnome.Platform" and MANIFEST["sdk"] == "org.gnome.Sdk"
    assert int(MANIFEST["runtime-version"]) >= 51
    assert MANIFEST["command"] == "broadcast"


@check
def permissions():
    """it asks for the permissions that are needed and for no other"""
    assert set(MANIFEST["finish-args"]) == NEEDED


@check
def sources():
    """each module is pinned by a digest, ours is this folder"""
    for module in MANIFEST["modules"]:
        assert module["sources"], module["name"]
        for source in module["sources"]:
            if module["name"] == "broadcast":
                assert source == {"type": "dir", "path": "."}, source
            else:
                assert source["type"] == "archive" and source["url"].startswith("https://"), source
                assert re.fullmatch("[0-9a-f]{64}", source["sha256"]), source
    assert MANIFEST["modules"][-1]["name"] == "broadcast"


@check
def offline():
    """no module may reach the network while it is built"""
    assert "--share=network" not in json.dumps([module.get("build-options", {})
                                                for module in MANIFEST["modules"]])


run()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of files with sentences for the user is complete. With --write it renews the list."""

import re
import subprocess
import sys

from tap import SOURCE, Skip, check, run

LIST = SOURCE / "po" / "POTFILES"
C_CALL = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext)\s*\(\s*"')
MARKED = re.compile(r'translatable="yes"|gettext-domain=')
DATA = ["data/org.example.Broadcast.desktop.in", "data/org.example.Broadcast.metainfo.xml.in"]


def translatable():
    """Every file that gettext must read."""
    found = list(DATA)
    for path in [*(SOURCE / "src").rglob("*"), *(SOURCE / "data").glob("*.xml")]:
        marks = {".c": C_CALL, ".h": C_CALL, ".ui": MARKED, ".xml": MARKED}.get(path.suffix)
        if marks and marks.search(path.read_text()):
            found.append(str(path.relative_to(SOURCE)))
    return sorted(found)


def listed():
    return [line for line in LIST.read_text().splitlines() if line and not line.startswith("#")]


@check
def complete():
    """po/POTFILES names every file with a translated sentence, in order"""
    wanted = translatable()
    assert len(wanted) > len(DATA), "no source was found"
    assert listed() == wanted, ("run tests/data/test-potfiles.py --write: missing %s, superfluous %s"
                                % (set(wanted) - set(listed()), set(listed()) - set(wanted)))


@check
def languages():
    """every language of po/LINGUAS is complete and its formats fit"""
    names = [line.strip() for line in (SOURCE / "po" / "LINGUAS").read_text().splitlines()
             if line.strip() and not line.startswith("#")]
    assert names == sorted(names)
    if not names:
        raise Skip("no translation yet")
    for name in names:
        result = subprocess.run(
            ["msgfmt", "--check", "--statistics", "-o", "/dev/null", SOURCE / "po" / f"{name}.po"],
            capture_output=True, text=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
        assert result.returncode == 0, result.stderr
        assert "untranslated" not in result.stderr and "fuzzy" not in result.stderr, result.stderr


if "--write" in sys.argv:
    head = [line for line in LIST.read_text().splitlines() if line.startswith("#")]
    LIST.write_text("\n".join([*head, *translatable()]) + "\n")
else:
    run()

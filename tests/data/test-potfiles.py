#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of files with sentences for the user is complete, and so are the translations. With --write it
renews the list."""

import pathlib
import re
import subprocess
import sys
import tempfile

from tap import SOURCE, Skip, check, run

LIST = SOURCE / "po" / "POTFILES"
C_CALL = re.compile(r'\b(?:_|N_|C_|NC_|ngettext)\s*\(\s*"|\bg_dngettext\s*\(')
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


def tool(*command):
    """What a tool of gettext prints; it must have nothing to complain of."""
    result = subprocess.run(command, capture_output=True, text=True, cwd=SOURCE,
                            env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
    assert result.returncode == 0 and "warning" not in result.stderr, result.stderr
    return result.stdout + result.stderr


@check
def languages():
    """every language of po/LINGUAS has each sentence of the sources, and its formats fit"""
    names = [line.strip() for line in (SOURCE / "po" / "LINGUAS").read_text().splitlines()
             if line.strip() and not line.startswith("#")]
    assert names == sorted(names)
    if not names:
        raise Skip("no translation yet")
    with tempfile.TemporaryDirectory() as folder:
        template, merged = pathlib.Path(folder, "template.pot"), pathlib.Path(folder, "merged.po")
        tool("xgettext", "--files-from=po/POTFILES", "--from-code=UTF-8", "--add-comments", f"--output={template}",
             *(f"--keyword={word}" for word in ("_", "N_", "C_:1c,2", "NC_:1c,2", "g_dngettext:2,3")),
             *(f"--flag={flag}" for flag in ("_:1:pass-c-format", "N_:1:pass-c-format", "C_:2:pass-c-format",
                                             "NC_:2:pass-c-format", "g_dngettext:2:pass-c-format")))
        for name in names:
            tool("msgmerge", "--quiet", "--no-fuzzy-matching", f"--output-file={merged}", f"po/{name}.po", template)
            missing = tool("msgattrib", "--untranslated", "--no-obsolete", merged) \
                + tool("msgattrib", "--only-fuzzy", "--no-obsolete", merged)
            assert not missing, missing
            tool("msgfmt", "--check", "--output-file=/dev/null", merged)


if "--write" in sys.argv:
    head = [line for line in LIST.read_text().splitlines() if line.startswith("#")]
    LIST.write_text("\n".join([*head, *translatable()]) + "\n")
else:
    run()

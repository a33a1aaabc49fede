#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The README's tutorial shows the very files of the app that test-masonite.py runs."""

import re

from tap import SOURCE, check, run

APP = SOURCE / "tests" / "interop" / "masonite"
FILES = ["config/broadcast.py", "app/broadcasts/OrderShipped.py", "app/controllers/OrderController.py",
         "routes/web.py"]


@check
def same():
    """each block of Python in the tutorial is the file that it names"""
    text = (SOURCE / "README.md").read_text()
    section = re.search(r"^## A Masonite app and the sandbox$(.*?)^## ", text, re.MULTILINE | re.DOTALL)[1]
    blocks = re.findall(r"`([\w/]+\.py)`[^`]*```python\n(.*?)```", section, re.DOTALL)
    assert [name for name, _ in blocks] == FILES, blocks
    assert section.count("```python") == len(FILES)
    for name, block in blocks:
        license_line, rest = (APP / name).read_text().split("\n", 1)
        assert license_line.startswith("# SPDX") and block == rest, name


run()

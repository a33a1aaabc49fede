# SPDX-License-Identifier: GPL-3.0-or-later
"""A small TAP harness for the checks of this folder."""

import os
import pathlib
import sys
import traceback

SOURCE = pathlib.Path(os.environ.get("BCAST_SOURCE_ROOT",
                                     pathlib.Path(__file__).resolve().parents[2]))
BUILD = pathlib.Path(os.environ.get("BCAST_BUILD_ROOT", "."))

_checks = []


class Skip(Exception):
    """Raised by a check that cannot be made here, with the reason."""


def check(function):
    """Registers a check; its docstring is its name, a failed assertion its failure."""
    _checks.append(function)
    return function


def run():
    """Runs every registered check and ends the program."""
    failed = 0
    print(f"1..{len(_checks)}")
    for number, function in enumerate(_checks, 1):
        name = function.__doc__.splitlines()[0]
        try:
            function()
            print(f"ok {number} {name}")
        except Skip as reason:
            print(f"ok {number} {name} # SKIP {reason}")
        except Exception:  # whatever a check stumbles over is its failure
            failed += 1
            print(f"not ok {number} {name}")
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="")
    sys.exit(1 if failed else 0)

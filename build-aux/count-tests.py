#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the test cases that meson ran, and says which should have run and did not.

Each argument is DIR:SUITES, a build folder and the suites that were left out on purpose, joined
by commas. A program that speaks TAP counts once for each of its cases, any other program as one.
The last line is "N passed, N failed"; the exit code tells whether all is well.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys

CASE = re.compile(r"^(not )?ok\b *\d* *-? *(.*)$")
GOOD = {"OK", "EXPECTEDFAIL"}


def planned(build, left_out):
    """Names of the tests that should have run, as meson writes them down with one suite or many."""
    text = subprocess.run(["meson", "introspect", "--tests", build], check=True,
                          capture_output=True, text=True).stdout
    for test in json.loads(text):
        project = test["suite"][0].split(":")[0]
        suites = [suite.split(":")[-1] for suite in test["suite"]]
        if not left_out & set(suites):
            yield test["name"], f"{project}:{'+'.join(suites)} / {test['name']}"


def results(build):
    """What meson wrote down of each test, by name."""
    log = pathlib.Path(build) / "meson-logs" / "testlog.json"
    found = {}
    if log.exists():
        for line in log.read_text(errors="replace").splitlines():
            result = json.loads(line)
            found[result["name"]] = result
    return found


def cases(result):
    """Passed, failed and skipped cases of one test program."""
    passed = failed = 0
    skipped = []
    for line in result.get("stdout", "").splitlines():
        match = CASE.match(line)
        if not match:
            continue
        directive = re.search(r"#\s*skip\b\S*\s*(.*)$", match[2], re.IGNORECASE)
        if match[1]:
            failed += 1
        elif directive:
            skipped.append((match[2].split("#")[0].strip(), directive[1]))
        else:
            passed += 1
    if result["result"] == "SKIP":
        return 0, 0, skipped or [(result["name"], "")]
    if result["result"] not in GOOD:
        return passed, max(failed, 1), skipped
    if passed + failed + len(skipped) == 0:
        passed = 1
    return passed, failed, skipped


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--failed-steps", type=int, default=0)
    parser.add_argument("builds", nargs="+", metavar="DIR:SUITES")
    arguments = parser.parse_args()

    passed = failed = skipped = 0
    for build, left_out in (argument.rsplit(":", 1) for argument in arguments.builds):
        found = results(build)
        for name, long_name in planned(build, set(filter(None, left_out.split(",")))):
            result = found.get(long_name, found.get(name))
            if result is None:
                print(f"Did not run: {long_name} in {build}")
                failed += 1
                continue
            good, bad, left = cases(result)
            passed += good
            failed += bad
            skipped += len(left)
            for case, why in left:
                print(f"Skipped: {name}: {case} {why}".rstrip())
            if bad:
                print(f"Failed: {name} in {build}: {result['result']}")

    if passed == 0:
        print("Nothing ran.")
    if failed == 0 and (passed == 0 or arguments.failed_steps > 0):
        failed = max(1, arguments.failed_steps)
    print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

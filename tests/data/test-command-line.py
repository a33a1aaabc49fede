#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages and the shell completion tell the commands and options that exist."""

import os
import re
import subprocess

from tap import SOURCE, check, run

PROGRAM = os.environ["BROADCASTCTL"]
PAGES = ["broadcast.1", "broadcastctl.1"]
COMPLETION = SOURCE / "data" / "broadcastctl.bash"


def help_of(*command):
    result = subprocess.run([PROGRAM, *command, "--help"], capture_output=True, text=True,
                            env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert result.returncode == 0, result
    return result.stdout


def commands():
    """The subcommands, as the program lists them."""
    text = help_of().split("Commands:", 1)[1]
    found = []
    for line in text.splitlines()[1:]:
        match = re.match(r"  ([a-z]+) +\S", line)
        if not match:
            break
        found.append(match[1])
    assert len(found) >= 7, found
    return found


def options(command):
    """The long options of one subcommand, as its --help lists them."""
    return set(re.findall(r"(?<![\w-])--([a-z][a-z-]+)", help_of(command))) - {"help"}


def complete(*words):
    """What bash offers for the last of the words."""
    line = " ".join(words)
    script = f"""
      source '{COMPLETION}'
      COMP_WORDS=({" ".join(f"'{word}'" for word in words)}) COMP_CWORD={len(words) - 1}
      COMP_LINE='{line}' COMP_POINT={len(line)} COMPREPLY=()
      _broadcastctl broadcastctl '{words[-1]}' '{words[-2]}'
      printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    result = subprocess.run(["bash", "--norc", "-c", script], check=True, capture_output=True, text=True)
    assert not result.stderr, result.stderr
    return {word.strip() for word in result.stdout.splitlines() if word.strip()}


@check
def pages_are_clean():
    """groff formats each manual page without a warning"""
    for page in PAGES:
        result = subprocess.run(["groff", "-man", "-ww", "-z", "-Tutf8", "-Kutf8", SOURCE / "data" / page],
                                capture_output=True, text=True)
        assert result.returncode == 0 and not result.stderr, result.stderr


@check
def page_tells_every_command_and_option():
    """broadcastctl.1 tells every command and every option"""
    text = (SOURCE / "data" / "broadcastctl.1").read_text().replace("\\-", "-")
    for command in commands():
        assert re.search(rf"^\.SS .*\b{command}\b", text, re.MULTILINE), command
        missing = {option for option in options(command) if f"--{option}" not in text}
        assert not missing, (command, missing)


@check
def page_tells_nothing_else():
    """broadcastctl.1 tells no option that does not exist"""
    text = (SOURCE / "data" / "broadcastctl.1").read_text().replace("\\-", "-")
    known = {"help", "version"}.union(*(options(command) for command in commands()))
    told = set(re.findall(r"(?<![\w-])--([a-z][a-z-]+)", text))
    assert told <= known, told - known


@check
def completion_knows_commands():
    """the completion offers exactly the commands"""
    offered = complete("broadcastctl", "")
    assert offered == set(commands()) | {"help", "--help", "--version"}, offered


@check
def completion_knows_options():
    """the completion offers exactly the options of each command"""
    for command in commands():
        offered = {word.lstrip("-").rstrip("=") for word in complete("broadcastctl", command, "--")}
        assert offered == options(command) | {"help"}, (command, offered ^ (options(command) | {"help"}))


run()

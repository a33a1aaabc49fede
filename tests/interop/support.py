# SPDX-License-Identifier: GPL-3.0-or-later
"""What the interop scripts in Python share: the virtual environment with the official libraries, and the
sandbox as `broadcastctl serve` starts it, with credentials that no other run has."""

import base64
import contextlib
import json
import os
import pathlib
import queue
import secrets
import subprocess
import sys
import tempfile
import threading

TIMEOUT_S = 15
PROGRAM = os.environ["BROADCASTCTL"]
PEERS = pathlib.Path(os.environ["BCAST_PYTHON_PEERS"])


def enter(*modules):
    """Goes on in the environment with the peers; without these modules says so and skips the script."""
    python = PEERS / "bin" / "python3"
    if python.exists() and pathlib.Path(sys.prefix) != PEERS:
        os.execv(python, [python, "-W", "ignore", *sys.argv])
    for module in modules:
        try:
            __import__(module)
        except ModuleNotFoundError as error:
            print(f"1..0 # SKIP {error.name} is not installed: build-aux/test fetches it where it can")
            sys.exit(0)


class Lines:
    """The lines that a program writes, which can be waited for in any order."""

    def __init__(self, stream, parse):
        self.kept = []
        self.fresh = queue.Queue()
        self.reader = threading.Thread(target=self.read, args=(stream, parse), daemon=True)
        self.reader.start()

    def read(self, stream, parse):
        for line in stream:
            self.fresh.put(parse(line))
        self.fresh.put(None)

    def wait(self, matches):
        """The first line that fits and that nobody else has waited for."""
        for index, line in enumerate(self.kept):
            if matches(line):
                return self.kept.pop(index)
        while True:
            try:
                line = self.fresh.get(timeout=TIMEOUT_S)
            except queue.Empty:
                raise AssertionError(f"no such line in {TIMEOUT_S} s; there were {self.kept}") from None
            assert line is not None, f"the program ended; before that there were {self.kept}"
            if matches(line):
                return line
            self.kept.append(line)


@contextlib.contextmanager
def running(command, *, stream="stdout", parse=json.loads, **options):
    """A program for as long as the block lasts, by its lines."""
    with subprocess.Popen(command, text=True, encoding="utf-8", **{stream: subprocess.PIPE},
                          **options) as process:
        lines = Lines(getattr(process, stream), parse)
        try:
            yield lines
        finally:
            process.terminate()
            lines.reader.join()


class Sandbox:
    """One `broadcastctl serve`."""

    def __init__(self, folder):
        self.app_id = str(100000 + secrets.randbelow(900000))
        self.key = "k" + secrets.token_hex(10)
        self.secret = "s" + secrets.token_hex(10)
        self.master_key = base64.b64encode(secrets.token_bytes(32)).decode()
        self.host, self.port = "127.0.0.1", 0
        self.files = {}
        for name, secret in [("secret", self.secret), ("master-key", self.master_key)]:
            self.files[name] = pathlib.Path(folder, name)
            self.files[name].touch(mode=0o600)
            self.files[name].write_text(secret + "\n")

    def connection(self):
        """What every command has to be told to find the sandbox."""
        return ["--host", self.host, "--port", str(self.port), "--app-id", self.app_id, "--key", self.key,
                "--secret-file", self.files["secret"], "--master-key-file", self.files["master-key"]]

    @contextlib.contextmanager
    def subscribed(self, *arguments):
        """`broadcastctl subscribe --json`, once it holds the channels among its arguments."""
        with running([PROGRAM, "subscribe", "--json", *self.connection(), *arguments]) as lines:
            for channel in arguments:
                if channel.startswith("-"):
                    break
                lines.wait(lambda line: line["type"] == "subscription" and line["channel"] == channel
                           and line["state"] == "subscribed")
            yield lines


@contextlib.contextmanager
def sandbox():
    """A sandbox on a free port, for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        self = Sandbox(folder)
        with running([PROGRAM, "serve", *self.connection(), "--json"]) as lines:
            self.port = lines.wait(lambda line: line.get("ready"))["port"]
            yield self


def event(lines, channel, name):
    """The data of the next event of that name, as it was on the wire."""
    return lines.wait(lambda line: line["type"] == "event" and line["channel"] == channel
                      and line["event"] == name)["data"]

# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window through accessibility, as a screen reader would.

Everything waits for a condition with a deadline; nothing sleeps for a fixed time and hopes.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

DEADLINE_S = float(os.environ.get("BROADCAST_UI_DEADLINE", "30"))


class Missing(AssertionError):
    """Something that should be in the window is not there."""


def wait(what, condition, deadline_s=DEADLINE_S):
    """Runs the main context until condition() gives something true, and returns that."""
    context = GLib.MainContext.default()
    end = time.monotonic() + deadline_s
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise Missing(f"waited {deadline_s:.0f} s for {what}")
        # A tick of the poll, not a sleep that something depends on.
        GLib.timeout_add(40, lambda: GLib.SOURCE_REMOVE)
        context.iteration(True)


def children(node):
    try:
        return [node.get_child_at_index(i) for i in range(node.get_child_count())]
    except GLib.Error:
        return []


def walk(node):
    """Every node below node, parents first."""
    stack = [node]
    while stack:
        current = stack.pop()
        if current is None:
            continue
        yield current
        stack.extend(reversed(children(current)))


def describe(node):
    try:
        return f"{node.get_role_name()} “{node.get_name()}”"
    except GLib.Error:
        return "(gone)"


def has_state(node, state):
    try:
        return node.get_state_set().contains(state)
    except GLib.Error:
        return False


def can(node, interface):
    try:
        return interface in node.get_interfaces()
    except GLib.Error:
        return False


def is_shown(node):
    """GTK 4.8 tells no "showing" state: what is visible and has a size is shown."""
    if not has_state(node, Atspi.StateType.VISIBLE) or not can(node, "Component"):
        return False
    try:
        shape = node.get_extents(Atspi.CoordType.WINDOW)
    except GLib.Error:
        return False
    return shape.width > 0 and shape.height > 0


def read(node):
    """What stands in an entry, editor or label."""
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def text_of(node):
    """What a person reads in a node and below it."""
    pieces = []
    for each in walk(node):
        try:
            if each.get_role() == Atspi.Role.PASSWORD_TEXT:
                continue  # a person sees dots
            piece = read(each) if can(each, "Text") else ""
            piece = piece or each.get_name()
            if piece:
                pieces.append(piece)
        except GLib.Error:
            continue
    return " ".join(pieces)


class Program:
    """A running Broadcast with folders of its own."""

    def __init__(self, executable, artefacts, home=None, arguments=(), environment=None):
        self.executable = executable
        self.artefacts = artefacts
        self.own_home = home is None
        self.home = home or tempfile.mkdtemp(prefix="broadcast-ui-")
        self.arguments = list(arguments)
        self.environment = environment or {}
        self.process = None
        self.root = None
        self.page = None

    def start(self):
        folders = {
            "HOME": self.home,
            "XDG_CONFIG_HOME": os.path.join(self.home, "config"),
            "XDG_DATA_HOME": os.path.join(self.home, "data"),
            "XDG_STATE_HOME": os.path.join(self.home, "state"),
            "XDG_CACHE_HOME": os.path.join(self.home, "cache"),
        }
        for folder in folders.values():
            os.makedirs(folder, exist_ok=True)
        environment = dict(os.environ, **folders)
        environment.update(
            GDK_BACKEND="x11",
            GSK_RENDERER="cairo",
            GTK_A11Y="atspi",
            GSETTINGS_BACKEND="keyfile",
            G_DEBUG="fatal-warnings",
            LC_ALL="C.UTF-8",
            LANGUAGE="",
        )
        environment.update(self.environment)
        self.log = open(os.path.join(self.home, "log"), "ab")
        self.process = subprocess.Popen(
            [self.executable, *self.arguments], env=environment, stdout=self.log, stderr=self.log
        )
        self.root = wait("the window", self._find_window)
        return self

    def _find_window(self):
        if self.process.poll() is not None:
            raise Missing(f"the program ended with {self.process.returncode}:\n{self.read_log()}")
        desktop = Atspi.get_desktop(0)
        for application in children(desktop):
            try:
                if application is not None and application.get_process_id() == self.process.pid:
                    windows = [w for w in children(application) if w is not None and w.get_child_count() > 0]
                    if windows:
                        return application
            except GLib.Error:
                continue
        return None

    def read_log(self):
        with open(os.path.join(self.home, "log"), encoding="utf-8", errors="replace") as log:
            return log.read()

    def stop(self):
        """Ends the program in good order and says what it wrote on its console."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        output = self.read_log()
        if self.own_home:
            shutil.rmtree(self.home, ignore_errors=True)
        return output

    def matches(self, name=None, role=None, shown=True):
        found = []
        for node in walk(self.page or self.root):
            try:
                if role is not None and node.get_role() != role:
                    continue
                if name is not None and not (name(node.get_name()) if callable(name) else node.get_name() == name):
                    continue
                if shown and not is_shown(node):
                    continue
            except GLib.Error:
                continue
            found.append(node)
        return found

    def find(self, name=None, role=None, shown=True):
        what = f"{role.value_nick if role else 'anything'} named {name!r}"
        return wait(what, lambda: (self.matches(name, role, shown) or [None])[0])

    def press(self, name, role=Atspi.Role.PUSH_BUTTON):
        """Does a control's first action: clicks a button, opens a menu."""
        node = self.find(name, role)
        for candidate in walk(node):
            if can(candidate, "Action") and Atspi.Action.get_n_actions(candidate) > 0:
                Atspi.Action.do_action(candidate, 0)
                return node
        raise Missing(f"{describe(node)} has no action")

    def click(self, node):
        """Clicks where a node is, for rows of lists, which tell accessibility of no action."""
        shape = node.get_extents(Atspi.CoordType.WINDOW)
        subprocess.run(["xdotool", "mousemove", str(shape.x + shape.width // 2), str(shape.y + shape.height // 2),
                        "click", "1", "mousemove", "0", "0"], check=True)

    def fill(self, name, text, role=Atspi.Role.TEXT):
        """Replaces what stands in an entry or editor."""
        node = self.find(name, role)
        for candidate in walk(node):
            if can(candidate, "EditableText") and has_state(candidate, Atspi.StateType.EDITABLE):
                Atspi.EditableText.set_text_contents(candidate, text)
                return candidate
        raise Missing(f"{describe(node)} cannot be edited")

    def wait_text(self, *pieces, node=None):
        """Waits until all pieces can be read in the window (or node)."""

        def condition():
            text = text_of(node or self.root)
            return all(piece in text for piece in pieces)

        return wait(f"the text {pieces!r}", condition)

    def dump(self):
        """The tree, for a person who looks for a name."""
        lines = []

        def add(node, depth):
            lines.append("  " * depth + describe(node) + ("" if is_shown(node) else " (hidden)"))
            for child in children(node):
                if child is not None:
                    add(child, depth + 1)

        add(self.root, 0)
        return "\n".join(lines)

    def show_page(self, title, widget):
        """Goes to a page; what is looked for from then on is looked for there.

        GTK 4.8 tells accessibility of pages that are not shown as if they were.
        """
        self.page = None
        self.press(title, Atspi.Role.PAGE_TAB)
        self.page = self.find(widget)

    def window_id(self):
        def condition():
            found = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                capture_output=True, text=True, check=False,
            ).stdout.split()
            return found[-1] if found else None

        return wait("the X window", condition)

    def resize(self, width, height):
        window = self.window_id()
        subprocess.run(["xdotool", "windowmove", window, "0", "0"], check=True)
        subprocess.run(["xdotool", "windowsize", window, str(width), str(height)], check=True)

        def condition():
            shape = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window],
                                   capture_output=True, text=True, check=True).stdout
            return f"WIDTH={width}" in shape and f"HEIGHT={height}" in shape

        wait(f"a window of {width}x{height}", condition, 5)

    def keys(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def screenshot(self, name):
        """Saves the window once two pictures in a row are the same, and gives the file's path."""
        os.makedirs(self.artefacts, exist_ok=True)
        path = os.path.join(self.artefacts, name + ".png")
        state = {"last": None}

        def condition():
            subprocess.run(["import", "-window", self.window_id(), "-define", "png:exclude-chunks=date,time", path], check=True)
            with open(path, "rb") as file:
                picture = file.read()
            # An X window that was just resized is blank for a moment.
            still = picture == state["last"] and len(picture) > 8192
            state["last"] = picture
            return still

        try:
            wait("the picture to stand still", condition, 10)
        except Missing:
            pass  # something blinks; the last picture is as good as any
        return path

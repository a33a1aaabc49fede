# SPDX-License-Identifier: GPL-3.0-or-later
"""The Channels page of the real window: what is occupied, who is connected, the log, and faults."""

import sys

import driver
import tap
from driver import Atspi, wait

PROGRAM, ARTEFACTS = sys.argv[1:3]
window = driver.Program(PROGRAM, ARTEFACTS)


def show_section(title, role=Atspi.Role.PAGE_TAB):
    window.page = None
    window.press("Channels", Atspi.Role.PAGE_TAB)
    window.page = window.find("BcastChannelsPage")
    window.press(title, role)


def plain(label):
    """Matches a button with a mnemonic: GTK 4.8 tells of its label as it is written, and of how it is shown."""
    return lambda name: name.replace("_", "") in (label, f"{label} {label}")


def row(*beginnings):
    return window.find(lambda name: all(each in name for each in beginnings))


@tap.check
def occupied():
    """The page lists what is occupied with its counts"""
    window.start()
    window.resize(1280, 800)
    window.wait_text("Connected in")
    show_section("Occupied")
    row("presence-lobby, Presence channel, 2 users")
    row("private-user.1, Private channel, 1 subscribed")
    row("releases, Public channel, 2 subscribed")
    window.screenshot("channels-occupied-light")


@tap.check
def appears():
    """A channel appears by itself when somebody subscribes, and the filter leaves the others out"""
    window.page = None
    window.show_page("Live", "BcastLivePage")
    window.fill("Channel to subscribe to", "news-today")
    window.press("Subscribe")
    show_section("Occupied")
    row("news-today, Public channel, 2 subscribed")
    window.fill("Beginning of the channel's name", "news", None)
    wait("the others to go", lambda: not window.matches(lambda name: name.startswith("releases, Public")))
    window.fill("Beginning of the channel's name", "nothing-", None)
    window.wait_text("No Such Channel", "begins with “nothing-”")
    window.press(plain("Show All"))
    row("releases, Public channel, 2 subscribed")


@tap.check
def members():
    """The chosen presence channel tells its users, and to end their connections asks first"""
    window.click(row("presence-lobby, Presence channel"))
    window.find("End all connections of alice")
    window.find("End all connections of bob")
    window.screenshot("channels-users-light")
    window.press("End all connections of alice")
    window.wait_text("End all connections that are signed in as “alice”", "End Connections")
    window.press("Close this message")


@tap.check
def connections():
    """Who is connected is told with address and library"""
    show_section("Connections")
    row("Alice (this window)", "127.0.0.1 · broadcast", "4 channels")
    row("Bob (this window)", "3 channels")
    window.wait_text("2 connections")


@tap.check
def log():
    """The log has a row for each thing that happened, and a kind that is switched off has none"""
    show_section("Log")
    row("Occupied", "news-today")
    row("Connection", "127.0.0.1, broadcast")
    window.screenshot("channels-log-light")
    window.fill("Filter the log", "NEWS-today", None)
    wait("the others to go", lambda: not window.matches(lambda name: "Connection,  " in name))
    window.fill("Filter the log", "", None)
    row("Connection", "127.0.0.1, broadcast")
    window.press(plain("Kinds"), None)
    window.page = None
    box = window.find("Occupied", Atspi.Role.CHECK_BOX)
    # A check button of GTK 4.8 has no action for accessibility: it is the fifth that the focus comes to.
    window.keys("Tab", "Tab", "Tab", "Tab", "space")
    wait("the switch to be off", lambda: not driver.has_state(box, Atspi.StateType.CHECKED))
    wait("the rows of the kind to go", lambda: not window.matches(lambda name: ", Occupied," in name))
    window.press(plain("All"))
    wait("the rows of the kind to come back", lambda: window.matches(lambda name: ", Occupied," in name))
    window.keys("Escape")


@tap.check
def fault():
    """A fault that is switched on has its effect, is told of in the window, and ends with all others"""
    show_section("Faults")
    window.press("The HTTP API fails", Atspi.Role.CHECK_BOX)
    window.page = None
    window.wait_text("The sandbox goes wrong on purpose: 1 fault is on.")
    window.screenshot("channels-faults-light")
    show_section("Occupied")
    window.wait_text("No Answer to Show")
    window.page = None
    window.press(plain("All Well"))
    wait("the banner to go", lambda: "goes wrong on purpose" not in driver.text_of(window.root))
    show_section("Occupied")
    window.press("Ask the server now")
    row("releases, Public channel, 2 subscribed")


@tap.check
def narrow():
    """All of it fits into 360 pixels"""
    window.resize(360, 720)
    for title in ("Occupied", "Connections", "Log", "Faults"):
        window.page = None
        window.page = window.find("BcastChannelsPage")
        window.press(title, Atspi.Role.PAGE_TAB)
        window.screenshot(f"channels-{title.lower()}-360")
        wait("a page of the window's width",
             lambda: window.page.get_extents(Atspi.CoordType.WINDOW).width <= 360, 5)


@tap.check
def console():
    """The program has written nothing on its console, and ends in good order"""
    log = window.stop()
    assert not log.strip(), log
    assert window.process.returncode == 0, window.process.returncode


tap.run()

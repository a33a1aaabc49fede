# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window on other servers than the sandbox: what they lack, and how they refuse."""

import base64
import os
import pathlib
import subprocess
import sys
import tempfile

import driver
import impostor
import tap
from driver import Atspi, wait

PROGRAM, ARTEFACTS, BROADCASTCTL = sys.argv[1:4]
HOME = tempfile.mkdtemp(prefix="broadcast-ui-")

reverb = impostor.Impostor(headers=impostor.REVERB, activity_timeout=30)
unknown = impostor.Impostor()
window = None


def write(name, text):
    path = pathlib.Path(HOME, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return str(path)


def add_profile(name, port):
    environment = dict(os.environ, HOME=HOME, XDG_CONFIG_HOME=os.path.join(HOME, "config"),
                       XDG_DATA_HOME=os.path.join(HOME, "data"), XDG_STATE_HOME=os.path.join(HOME, "state"))
    subprocess.run(
        [BROADCASTCTL, "profiles", "add", name, "--host", "127.0.0.1", "--port", str(port), "--app-id", "1",
         "--key", "app", "--secret-file", write("secret", "app-secret"), "--master-key-file",
         write("master-key", base64.b64encode(b"k" * 32).decode()), "--secret-place", "file"],
        env=environment, check=True, stdout=subprocess.DEVNULL)


def start(profile):
    global window
    window = driver.Program(PROGRAM, ARTEFACTS, home=HOME, arguments=["--profile", profile]).start()
    window.resize(1440, 900)
    window.wait_text("Connected in")


def edit_alice():
    window.press("What to do with Alice", None)
    window.press("Edit…", Atspi.Role.MENU_ITEM)
    window.page = window.find("Edit Client")
    return window.find("Sign in", Atspi.Role.CHECK_BOX)


def subscribe(channel):
    window.fill("Channel to subscribe to", channel)
    window.press("Subscribe")


@tap.check
def lacks():
    """The server is recognized, and what it lacks is greyed out with the reason"""
    add_profile("Like Reverb", reverb.port)
    add_profile("Like none", unknown.port)
    write("config/glib-2.0/settings/keyfile", "[org/example/Broadcast]\nsecret-place='file'\n")
    start("Like Reverb")
    switch = edit_alice()
    window.wait_text("Reverb has no user sign-in.", "there are no watchlist events")
    assert not driver.has_state(switch, Atspi.StateType.SENSITIVE)
    window.screenshot("lacks-light")
    window.press("Cancel")
    window.page = None
    wait("the dialog to close", lambda: not window.matches("Edit Client"))
    window.press(lambda name: name.startswith("The server is Reverb"))
    window.wait_text("What Reverb does not have", "Reverb sends no webhooks.")
    window.keys("Escape")


@tap.check
def no_client():
    """Where there is no client, the empty timeline offers to add one"""
    for name in ("Alice", "Bob"):
        window.press(f"What to do with {name}", None)
        window.press("Remove", Atspi.Role.MENU_ITEM)
    window.wait_text("No Clients", "Add a Client")
    log = window.stop()
    assert not log.strip(), log


@tap.check
def unknown_server():
    """A server that gives no clue is taken to have everything"""
    start("Like none")
    switch = edit_alice()
    assert driver.has_state(switch, Atspi.StateType.SENSITIVE)


@tap.check
def sign_in_refused():
    """A refused sign-in says in the client's row why, and what to do"""
    window.press("Sign in", Atspi.Role.CHECK_BOX)
    window.press("Save")
    window.page = None
    window.wait_text("Not signed in. The server refused the sign-in: “Who is that?”. Check the secret in the profile")


@tap.check
def undecryptable():
    """Data that cannot be decrypted stays as it came, and the channel's row says so"""
    subscribe("private-encrypted-room")
    window.wait_text("An event on “private-encrypted-room” stays encrypted", "different encryption master keys")
    window.wait_text("sealed", '"ciphertext"')


@tap.check
def forbidden():
    """A refused subscription tells the server's reason and what it usually means"""
    subscribe("private-forbidden")
    window.wait_text("The server refused “private-forbidden”: Not yours (code 403). This user may not join it")
    window.screenshot("refused-light")


@tap.check
def console():
    """The program has written nothing on its console, and ends in good order"""
    log = window.stop()
    assert not log.strip(), log
    assert window.process.returncode == 0, window.process.returncode


tap.run()

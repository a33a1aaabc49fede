# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job in the real window, click by click, from first start to a foreign event.

The checks build on one another, as a person's minutes with the program do. Pictures of light, dark
and narrow windows are left beside the build for people to look at.
"""

import configparser
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

import driver
import tap
from driver import Atspi, wait

KEY = "278d425bdf160c739803"
SECRET = "7ad3773142a6692b25b8"
# Vector A1 of the protocol: socket 1234.1234, channel private-foobar
DIGEST = "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"

PROGRAM, ARTEFACTS = sys.argv[1:3]
HOME = tempfile.mkdtemp(prefix="broadcast-ui-")

window = driver.Program(PROGRAM, ARTEFACTS, home=HOME)


def starts_with(text):
    return lambda name: name.startswith(text)


def status():
    return driver.text_of(window.root)


def compose(channel, event, data):
    window.fill("Channel", channel)
    window.fill(starts_with("Event"), event)
    window.fill("Data", data)


def rows():
    """The timeline's rows as text, oldest first."""
    lists = window.matches("Timeline", Atspi.Role.LIST)
    if not lists:
        return []
    return [driver.text_of(row) for row in driver.children(lists[0]) if row is not None]


def wait_row(*pieces):
    def condition():
        for row in rows():
            if all(piece in row for piece in pieces):
                return row
        return None

    return wait(f"a row with {pieces!r}", condition)


@tap.check
def first_start():
    """A first start is connected, with Alice and Bob subscribed, and nothing in the way"""
    window.start()
    window.resize(1600, 900)
    window.wait_text("Connected in", "2 clients", "5 subscriptions")
    for name in ("Alice, Connected", "Bob, Connected"):
        window.find(name)
    window.wait_text("Alice, Bob will receive it")
    assert not rows(), rows()


@tap.check
def keyring():
    """Without a keyring the user is told and can choose a file, which only the user can read"""
    window.press(lambda name: "Keep in a" in name and "File" in name)
    path = pathlib.Path(HOME, "config", "broadcast", "secrets.ini")
    wait("the file of secrets", path.exists)
    assert path.stat().st_mode & 0o777 == 0o600, oct(path.stat().st_mode)
    wait("the banner to go", lambda: not window.matches(lambda name: "Keep in a" in name))


@tap.check
def send():
    """Send gives a matched row with both badges"""
    window.press("Send")
    row = wait_row("ReleasePublished", "releases", "Alice", "Bob")
    assert re.search(r"✓ [\d.,]+ (ms|µs)", row), row
    window.wait_text("1 event", "median")


@tap.check
def typed_event():
    """An event typed by hand for a private channel reaches Alice alone"""
    window.press("Private")
    compose("user.1", "InvoicePaid", '{"invoice": 1043, "note": "über ☃"}')
    window.wait_text("Alice will receive it", "Valid JSON")
    window.press("Send")
    row = wait_row("InvoicePaid", "private-user.1", "über ☃", "Alice")
    assert "Bob" not in row, row


@tap.check
def inspector():
    """The inspector tells times, deliveries and the exact frames, and never the secret"""
    window.wait_text("Accepted", "200 in", "received in", "body_md5", "auth_signature")
    window.press("Frame")
    window.wait_text("POST /apps/", "auth_signature=", '"event":"InvoicePaid"')
    assert secret() not in status()
    window.press("Details")


@tap.check
def nobody():
    """An event that no client here is subscribed to says so"""
    compose("nobody", "Lost", "{}")
    window.wait_text("No client here")
    window.press("Send")
    wait_row("Lost", "No client here is subscribed to private-nobody", "200")


@tap.check
def near_miss():
    """A channel without its prefix is found out, and how to listen for the event can be copied"""
    compose("releases", r"App\Events\ReleasePublished", "{}")
    window.press("Send")
    wait_row(r"App\Events\ReleasePublished", "No client here is subscribed to private-releases")
    window.wait_text("Likely reason", "are subscribed to “releases”", "subscribe to “private-releases”")
    window.press("Listen")
    window.wait_text('.bind("App\\\\Events\\\\ReleasePublished"', 'Echo.private("releases")',
                     '.listen("ReleasePublished"', "new PrivateChannel('releases')",
                     'broadcast.channel("private-releases"')
    for name in ("pusher-js", "Laravel Echo", "Laravel Echo, another way", "Laravel", "Masonite"):
        window.find("Copy: " + name, Atspi.Role.PUSH_BUTTON)
    warnings = window.find("Names that are almost right")
    assert "are subscribed to “releases”" in driver.text_of(warnings)
    window.fill("Channel to subscribe to", "private-releases")
    window.press("Subscribe", Atspi.Role.PUSH_BUTTON)
    wait("the warning to go", lambda: "are subscribed to “releases”" not in status())
    window.press("Details")


@tap.check
def malformed_json():
    """Malformed JSON is explained with line and column, and what was typed stays"""
    before = len(rows())
    text = '{"a": 1,\n "b": }'
    compose("user.1", "Broken", text)
    window.wait_text("Line 2, column 7", "A value is expected here")
    window.press("Send")
    window.wait_text("Line 2, column 7")
    assert driver.read(window.find("Data", Atspi.Role.TEXT)) == text
    assert len(rows()) == before


@tap.check
def impossible_channel():
    """An impossible channel name is explained in place, and what was typed stays"""
    before = len(rows())
    compose("user 1/x", "Impossible", "{}")
    window.wait_text("A channel name cannot have")
    assert driver.read(window.find("Channel", Atspi.Role.TEXT)) == "user 1/x"
    assert len(rows()) == before


@tap.check
def oversize_data():
    """Data over the limit is told with both sizes, and cannot be sent"""
    before = len(rows())
    compose("user.1", "Large", json.dumps({"text": "x" * 11000}))
    window.wait_text("of 10 KB", "Shorten it")
    assert not driver.has_state(window.find("Send", Atspi.Role.PUSH_BUTTON), Atspi.StateType.SENSITIVE)
    compose("user.1", "Small", "{}")
    wait("Send to be possible again",
         lambda: driver.has_state(window.find("Send", Atspi.Role.PUSH_BUTTON), Atspi.StateType.SENSITIVE))
    assert len(rows()) == before


def secret():
    keep = configparser.RawConfigParser(delimiters=("=",), strict=False)
    keep.read(os.path.join(HOME, "config", "broadcast", "secrets.ini"))
    return keep["secrets"]["sandbox/secret"]


def profile():
    keep = configparser.RawConfigParser(delimiters=("=",), strict=False)
    keep.read(os.path.join(HOME, "config", "broadcast", "profiles.ini"))
    return dict(keep["profile sandbox"])


PUBLISH = """
const Pusher = require('pusher');
const [port, appId, key] = process.argv.slice(1);
const pusher = new Pusher({ appId, key, secret: process.env.PUSHER_SECRET, host: '127.0.0.1', port, useTLS: false });
pusher.trigger('releases', 'OrderCreated', { id: 881, total: '19.90' })
  .then(response => { if (response.status !== 200) process.exit(1); }, error => { console.error(error); process.exit(1); });
"""


@tap.check
def foreign_event():
    """An event that the official npm library triggers appears as a foreign row with both badges"""
    node = os.environ.get("NODE")
    if not node or not os.path.isdir(os.path.join(os.environ.get("NODE_PATH", ""), "pusher")):
        raise tap.Skip("the npm package pusher is not installed in the build folder")
    app = profile()
    port = re.search(r"127\.0\.0\.1:(\d+)", status()).group(1)
    subprocess.run([node, "-e", PUBLISH, port, app["app-id"], app["key"]], check=True, timeout=30,
                   env=dict(os.environ, PUSHER_SECRET=secret()))
    row = wait_row("OrderCreated", "releases", '{"id":881,"total":"19.90"}', "Alice", "Bob")
    assert "ms" not in row, row


def choose(client, item):
    """Chooses from a client's menu."""
    window.press(f"What to do with {client}", None)
    window.press(item, Atspi.Role.MENU_ITEM)


def sign_in_client(client):
    choose(client, "Edit…")
    window.page = window.find("Edit Client")
    window.press("Sign in", Atspi.Role.CHECK_BOX)


def save_client():
    window.press("Save")
    window.page = None
    wait("the dialog to close", lambda: not window.matches("Edit Client"))


@tap.check
def sign_in():
    """A client that is edited to sign in says so in its row, with who of its watchlist is online"""
    sign_in_client("Bob")
    save_client()
    window.wait_text("Signed in as bob")
    sign_in_client("Alice")
    window.fill("User ID", "al ice")
    window.wait_text("A user id cannot have a space")
    assert not driver.has_state(window.find("Save", Atspi.Role.PUSH_BUTTON), Atspi.StateType.SENSITIVE)
    window.fill("User ID", "alice")
    window.fill("Watchlist", "bob, nobody")
    save_client()
    window.wait_text("Signed in as alice", "Online: bob", "#server-to-user-alice")
    assert "Online: bob, nobody" not in status()
    window.screenshot("signed-in-light")


@tap.check
def history():
    """What became of a connection can be read step by step"""
    choose("Alice", "Connection History…")
    window.page = window.find("Connection of Alice")
    rows_of = driver.children(window.find("History of the connection", Atspi.Role.LIST))
    words = [re.sub(r"^[\d:.]+ ", "", driver.text_of(row)) for row in rows_of]
    found = [word for row in words for word in ("Connecting", "Connected", "Disconnected") if word in row]
    assert found == ["Connecting", "Connected", "Disconnected", "Connecting", "Connected"], words
    window.press("Copy")
    window.wait_text("Copied the history")
    window.keys("Escape")
    window.page = None
    wait("the window to close", lambda: not window.matches("Connection of Alice"))


@tap.check
def terminate():
    """Ending the connections of a user asks first, and disconnects who is signed in as that user"""
    choose("Bob", lambda name: name.startswith("End All Connections of bob"))
    window.wait_text("End all connections that are signed in as “bob”")
    window.find("Bob, Connected")
    window.press("End Connections")
    window.find("Bob, Disconnected")
    choose("Bob", "Connect")
    window.find("Bob, Connected")


@tap.check
def channel_types():
    """A full name sets the type by itself, also one of a cache channel"""
    entry = "Channel to subscribe to"
    for name, bare in (("private-encrypted-cache-news", "cache-news"), ("presence-cache-news", "cache-news"),
                       ("private-encrypted-news", "news"), ("cache-news", "news"), ("private-news", "news")):
        window.press("Public")
        window.fill(entry, "")
        window.fill(entry, name)
        window.wait_text(f"The channel is {name}")
        assert driver.read(window.find(entry, Atspi.Role.TEXT)) == bare
    window.press("Public")
    window.fill(entry, "")


@tap.check
def many_channels():
    """A pasted list becomes chips, tells how many requests it takes, and can be taken out and brought back"""
    compose("\n".join(f"room-{i}" for i in range(101)), "Everywhere", "{}")
    window.wait_text("Press Enter to add 101 channels")
    window.press("Add another channel")
    window.wait_text("101 channels, 2 requests")
    window.press("Take all of these channels out")
    wait("the channels to go", lambda: "101 channels" not in status())
    window.press(starts_with("Undo"))
    window.wait_text("101 channels, 2 requests")
    window.press("Take all of these channels out")
    wait("the channels to go again", lambda: "101 channels" not in status())


@tap.check
def counts_and_batch():
    """The counts asked for are told after sending, and events collected in a batch go out together"""
    before = len(rows())
    compose("releases\npresence-lobby\nroom-0", "Everywhere", "{}")
    window.press("Add another channel")
    window.wait_text("3 channels")
    window.press("Options")
    counts = window.find(starts_with("Ask for the number of _s"), Atspi.Role.CHECK_BOX)
    window.keys("alt+s", "Escape")
    wait("the question to be chosen", lambda: driver.has_state(counts, Atspi.StateType.CHECKED))
    window.press("Send")
    wait("a row for each channel", lambda: len(rows()) == before + 3)
    window.wait_text("releases: 2 subscribed", "room-0: 0 subscribed")
    window.keys("ctrl+b")
    window.wait_text("Batch: 3 events")
    window.press("Take all of these channels out")
    wait("the channels to go", lambda: "3 channels" not in status())
    compose("releases", "Since", "{}")
    window.keys("ctrl+b")
    window.wait_text("Batch: 4 events")
    window.press(starts_with("Undo"))
    window.wait_text("3 channels", "Batch: 4 events")
    window.keys("ctrl+shift+b")
    wait("a row for each event of the batch", lambda: len(rows()) == before + 7)
    wait("the batch to be empty", lambda: "Batch: 4" not in status())
    window.press("Take all of these channels out")
    wait("the channels to go", lambda: "3 channels" not in status())


def places():
    """Where the panes' handles stand, as told by what is beside them."""
    shapes = [node.get_extents(Atspi.CoordType.WINDOW)
              for node in (window.find("Timeline", Atspi.Role.LIST), window.find("Data", Atspi.Role.TEXT))]
    return [(shape.x, shape.y, shape.width, shape.height) for shape in shapes]


def columns():
    """The same but for the composer's height, which grows with what it has to say about the last event."""
    return [(x, width) for x, _, width, _ in places()]


@tap.check
def held_journal():
    """A journal that another program holds is told, and shows what it missed once it is free"""
    (path,) = pathlib.Path(HOME).glob("data/broadcast/journals/sandbox.journal")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    compose("user.1", "Held", "{}")
    window.press("Send")
    window.wait_text("is held by another program")
    other.execute("ROLLBACK")
    other.close()
    wait_row("Held", "private-user.1", "Alice")
    wait("the banner to go", lambda: "is held by another program" not in status())


@tap.check
def pictures():
    """The Live page stands in light and dark, wide and at 360 pixels, and takes its shape again after that"""
    window.screenshot("live-light")
    before = places()
    window.resize(360, 780)
    window.screenshot("live-light-360")
    window.find("Send", Atspi.Role.PUSH_BUTTON)
    window.resize(1600, 900)
    wait("the panes to be as before", lambda: places() == before)
    assert driver.has_state(window.find("Add client", Atspi.Role.PUSH_BUTTON), Atspi.StateType.SENSITIVE)


@tap.check
def signatures():
    """The Signatures page shows a signature equal to a published vector"""
    window.show_page("Signatures", "BcastSignaturesPage")
    window.press("Private")
    window.fill("Key", KEY)
    window.fill("Secret", SECRET, Atspi.Role.PASSWORD_TEXT)
    window.fill("Socket id", "1234.1234")
    window.fill("Channel", "private-foobar")
    window.wait_text("1234.1234:private-foobar", DIGEST, f"{KEY}:{DIGEST}")
    window.screenshot("signatures-light")


@tap.check
def wrong_socket_id():
    """A wrong input of a signature is explained in place"""
    window.fill("Socket id", "12")
    window.wait_text("two numbers with a dot between")


def settled(read):
    """What @read gives once it has given the same twice, as after a change of the layout."""
    last = []

    def condition():
        last.append(read())
        return len(last) > 1 and last[-1] == last[-2]

    wait("the layout to settle", condition)
    return last[-1]


def damage_batch():
    """Adds to the batch that is kept an event that nobody can send."""
    kept = pathlib.Path(HOME, "config", "glib-2.0", "settings", "keyfile")
    text = kept.read_text("utf-8")
    assert text.count("'batch': <[") == 1, text
    impossible = "{'channel': <'no channel'>, 'event': <'Lost'>, 'data': <''>}, "
    kept.write_text(text.replace("'batch': <[", "'batch': <[" + impossible), "utf-8")


def kept_clients(profile):
    """The file of a profile's clients, as text; empty when there is none."""
    path = pathlib.Path(HOME, "data", "broadcast", "clients", profile + ".json")
    if not path.exists():
        return ""
    assert path.stat().st_mode & 0o777 == 0o600, oct(path.stat().st_mode)
    return path.read_text(encoding="utf-8")


def is_subscribed(channel):
    return window.matches(lambda name: name.endswith(f" {channel}, subscribed"))


@tap.check
def own_client():
    """A client with a cookie of its own is remembered as it is added, but the cookie among the secrets"""
    window.show_page("Live", "BcastLivePage")
    window.page = None
    window.keys("ctrl+n")
    window.page = window.find("New Client")
    window.keys("alt+m")
    window.find("Sign in", Atspi.Role.CHECK_BOX)
    window.keys("alt+b")
    window.find("Your app, over HTTP")
    window.keys("Down", "Down", "Return")
    window.wait_text("no address of your app’s authorize route yet")
    window.fill("Cookies", "session=carols-own", Atspi.Role.PASSWORD_TEXT)
    window.press("Add")
    window.page = None
    window.find("Carol, Connected")
    choose("Carol", "Subscribe…")
    window.fill("Channel to subscribe to", "orders")
    window.press("Subscribe", Atspi.Role.PUSH_BUTTON)
    wait("the subscription", lambda: is_subscribed("orders"))
    wait("the client to be remembered", lambda: '"orders"' in kept_clients("sandbox"))
    kept = json.loads(kept_clients("sandbox"))
    assert [client["name"] for client in kept["clients"]] == ["Alice", "Bob", "Carol"], kept
    assert kept["clients"][2]["signer"] == "endpoint" and kept["clients"][2]["channels"] == ["orders"], kept
    assert kept["clients"][0]["signs_in"] and kept["clients"][0]["watchlist"] == ["bob", "nobody"], kept
    assert "server-to-user" not in kept_clients("sandbox") and "carols-own" not in kept_clients("sandbox")
    secrets = pathlib.Path(HOME, "config", "broadcast", "secrets.ini")
    wait("the cookie to be kept", lambda: 'sandbox/clients={"Carol":' in secrets.read_text("utf-8"))
    choose("Carol", "Subscribe…")
    window.fill("Channel to subscribe to", "invoices")
    window.press("Subscribe", Atspi.Role.PUSH_BUTTON)
    wait("the subscription to be asked for", lambda: window.matches(lambda name: " invoices, " in name))


@tap.check
def remembered():
    """A second start has the rows, the draft, the batch and the page of the first, and runs in dark"""
    window.show_page("Live", "BcastLivePage")
    for event in ("Collected", "CollectedToo"):
        compose("user.1", event, '{"über": "☃"}')
        window.keys("ctrl+b")
    window.wait_text("Batch: 2 events")
    compose("user.1", "Draft", '{"kept": true}')
    before = settled(columns)
    log = window.stop()
    assert not log.strip(), log
    damage_batch()
    again = driver.Program(PROGRAM, ARTEFACTS, home=HOME, environment={"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
    globals()["window"] = again
    again.start()
    again.resize(1600, 900)
    again.wait_text("Connected in")
    again.show_page("Live", "BcastLivePage")
    again.wait_text("Draft")
    wait_row("InvoicePaid", "private-user.1")
    assert driver.read(again.find("Data", Atspi.Role.TEXT)) == '{"kept": true}'
    wait("the panes to be as before", lambda: columns() == before)
    again.wait_text("Batch: 2 events", "1 event of the batch did not come back")
    again.keys("ctrl+shift+b")
    for event in ("Collected", "CollectedToo"):
        assert "Alice" in wait_row(event, "private-user.1", '"über":"☃"')
    wait("the batch to be empty", lambda: "Batch: 2" not in status())
    again.screenshot("live-dark")
    again.resize(360, 780)
    again.screenshot("live-dark-360")
    again.resize(1600, 900)
    again.show_page("Signatures", "BcastSignaturesPage")
    again.screenshot("signatures-dark")
    again.resize(360, 780)
    again.screenshot("signatures-dark-360")


@tap.check
def same_clients():
    """A second start has the clients of the first with their subscriptions, their sign-in and their cookies"""
    window.show_page("Live", "BcastLivePage")
    window.resize(1600, 900)
    for name in ("Alice, Connected", "Bob, Connected", "Carol, Connected"):
        window.find(name)
    window.wait_text("Signed in as alice", "Online: bob", "#server-to-user-alice")
    wait("the subscriptions", lambda: all(is_subscribed(name) for name in ("orders", "invoices", "private-user.1")))
    assert json.loads(kept_clients("sandbox"))["clients"][2]["channels"] == ["orders", "invoices"]
    window.page = None
    choose("Carol", "Edit…")
    window.page = window.find("Edit Client")
    window.wait_text("no address of your app’s authorize route yet")
    assert driver.read(window.find("Cookies", Atspi.Role.PASSWORD_TEXT)) == "session=carols-own"
    window.keys("Escape")
    window.page = None
    wait("the dialog to close", lambda: not window.matches("Edit Client"))


def start_again(scheme):
    """Ends the program in good order and starts it in light or dark."""
    log = window.stop()
    assert not log.strip(), log
    globals()["window"] = driver.Program(PROGRAM, ARTEFACTS, home=HOME,
                                         environment={"ADW_DEBUG_COLOR_SCHEME": scheme})
    window.start()
    window.resize(1600, 900)
    window.show_page("Live", "BcastLivePage")


@tap.check
def unread_secrets():
    """Secrets of clients that could not be read are told, and never written over"""
    secrets = pathlib.Path(HOME, "config", "broadcast", "secrets.ini")
    before = secrets.read_text("utf-8")
    secrets.chmod(0o644)
    start_again("prefer-dark")
    window.page = None
    window.find("Bob, Connected")
    choose("Bob", "Edit…")
    window.page = window.find("Edit Client")
    window.keys("alt+b")
    window.find("Your app, over HTTP")
    window.keys("Down", "Down", "Return")
    window.wait_text("no address of your app’s authorize route yet")
    window.fill("Cookies", "session=bobs-own", Atspi.Role.PASSWORD_TEXT)
    save_client()
    window.wait_text("secrets of the clients could not be read when the profile was opened")
    assert secrets.read_text("utf-8") == before
    secrets.chmod(0o600)


@tap.check
def no_clients():
    """Who removes all clients has none at the next start, either, and can bring the first two back"""
    assert not window.matches("Bring Alice and Bob back")
    for name in ("Carol", "Bob", "Alice"):
        choose(name, "Remove")
        wait("the client to go", lambda: not window.matches(starts_with(f"{name}, ")))
    window.find("Bring Alice and Bob back")
    window.screenshot("no-clients-dark")
    start_again("prefer-light")
    window.find("Bring Alice and Bob back")
    window.find("Add client")
    window.page = None
    assert not driver.has_state(window.find("Connect", Atspi.Role.PUSH_BUTTON), Atspi.StateType.SENSITIVE)
    window.screenshot("no-clients-light")
    assert json.loads(kept_clients("sandbox"))["clients"] == []
    assert "sandbox/clients" not in pathlib.Path(HOME, "config", "broadcast", "secrets.ini").read_text("utf-8")
    window.press("Bring Alice and Bob back")
    for name in ("Alice, Connected", "Bob, Connected"):
        window.find(name)
    wait("the subscriptions", lambda: all(is_subscribed(name) for name in ("releases", "presence-lobby")))
    wait("the offer to go", lambda: not window.matches("Bring Alice and Bob back"))
    assert driver.has_state(window.find("Disconnect", Atspi.Role.PUSH_BUTTON), Atspi.StateType.SENSITIVE)
    # What is changed last must not be lost, however soon the window is closed.
    window.fill("Channel to subscribe to", "last-moment")
    window.press("Subscribe", Atspi.Role.PUSH_BUTTON)
    wait("the subscription to be asked for", lambda: window.matches(lambda name: " last-moment, " in name))
    start_again("prefer-dark")
    wait("the last subscription", lambda: is_subscribed("last-moment"))
    window.find("Bob, Connected")
    assert "Carol" not in status()


@tap.check
def damaged_clients():
    """Clients that cannot be read are told and kept aside, and Alice and Bob are there"""
    folder = pathlib.Path(HOME, "data", "broadcast", "clients")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sandbox.json").write_text('{"version":1,"cl', encoding="utf-8")
    start_again("prefer-dark")
    window.wait_text("could not be brought back: it is no JSON", "and Alice and Bob are here instead")
    window.find("Alice, Connected")
    (aside,) = folder.glob("sandbox.json.damaged-*")
    assert aside.read_text(encoding="utf-8") == '{"version":1,"cl'


@tap.check
def dead_host():
    """A profile whose host is dead says so at once, and hides none of its clients' subscriptions"""
    window.page = None
    window.resize(1600, 900)
    window.keys("ctrl+shift+n")
    window.page = window.find("New Profile")
    window.press("Own server")
    for name, text in (("Name", "Dead"), ("Host", "127.0.0.1"), ("Port", "1"), ("App id", "3"), ("Key", KEY)):
        window.fill(name, text)
    window.fill("Secret", SECRET, Atspi.Role.PASSWORD_TEXT)
    window.press("Add and Open")
    window.page = None
    window.show_page("Live", "BcastLivePage")
    window.wait_text("Nothing listens on 127.0.0.1 port 1", "Connecting…", "No client here is connected")
    tree = window.find("Clients", Atspi.Role.LIST)
    wait("all rows of the clients to have a place",
         lambda: [driver.is_shown(row) for row in driver.children(tree)] == [True] * 7)
    bottom = tree.get_extents(Atspi.CoordType.WINDOW)
    last = driver.children(tree)[-1].get_extents(Atspi.CoordType.WINDOW)
    assert last.y + last.height <= bottom.y + bottom.height, "the list is shorter than its rows"
    window.press("Send")
    wait_row("✗ refused", "Nothing listens on 127.0.0.1 port 1")


def seconds_left():
    """What Alice's row counts down, None when it does not."""
    row = driver.children(window.find("Clients", Atspi.Role.LIST))[0]
    found = re.search(r"Retrying in (\d+) s", driver.text_of(row))
    return int(found.group(1)) if found else None


@tap.check
def countdown():
    """A client that waits for its next attempt counts the seconds, and can be told not to wait"""
    window.page = None
    seen = []

    def ticks():
        left = seconds_left()
        if left is not None and (not seen or left != seen[-1]):
            seen.append(left)
        return len(seen) > 1 and seen[-1] == seen[-2] - 1

    wait("the countdown to tick", ticks)
    choose("Alice", "Connection History…")
    steps = window.find("Connection of Alice")
    window.wait_text("Tries again in", node=steps)
    wait("a long delay", lambda: (seconds_left() or 0) >= 4)
    before = driver.text_of(steps).count("Tries again in")
    window.press("Retry Now")
    wait("another attempt", lambda: driver.text_of(steps).count("Tries again in") > before, 2)
    window.screenshot("retrying-dark")
    window.page = steps
    window.keys("Escape")
    window.page = None
    wait("the window to close", lambda: not window.matches("Connection of Alice"))


@tap.check
def production():
    """A profile in production connects to nothing by itself, and sending there asks first"""
    window.page = None
    window.keys("ctrl+shift+e")
    window.page = window.find("Edit Profile")
    window.press("Production", Atspi.Role.CHECK_BOX)
    window.press("Save")
    window.page = None
    window.show_page("Live", "BcastLivePage")
    before = len(rows())
    window.press("Send")
    window.wait_text("“Dead” is marked as production", "to its users?")
    assert len(rows()) == before
    window.press("Send to Production")
    wait("the event to be sent", lambda: len(rows()) > before)


@tap.check
def authorization():
    """The editor keeps what the user's app is sent, and says what is wrong with it where it stands"""
    kept = pathlib.Path(HOME, "config", "broadcast", "secrets.ini")
    window.page = None
    window.keys("ctrl+shift+e")
    window.page = window.find("Edit Profile")
    window.press("Make a random encryption key")
    window.keys("alt+v")
    window.press("Save")
    window.wait_text("The channel endpoint is missing")
    window.fill("Channel endpoint", "http://localhost:8000/broadcasting/auth")
    window.fill("Additional headers", "X-Tenant acme")
    window.press("Save")
    window.wait_text("Line 1 of the headers has no colon")
    window.fill("Additional headers", "X-Tenant: acme")
    window.fill("Cookies", "session=abc", Atspi.Role.PASSWORD_TEXT)
    window.press("Save")
    wait("what the app is sent to be kept",
         lambda: '"headers":[["X-Tenant","acme"]],"params":[],"cookies":"session=abc"' in kept.read_text("utf-8"))
    assert "/master-key=" in kept.read_text("utf-8")
    profiles = pathlib.Path(HOME, "config", "broadcast", "profiles.ini")
    wait("the profile to be saved", lambda: "authorizer=endpoint" in profiles.read_text("utf-8"))
    assert "acme" not in profiles.read_text("utf-8")
    window.page = None
    wait("the editor to close", lambda: not window.matches("Edit Profile"))


@tap.check
def deleted():
    """The secrets of a deleted profile are gone at once, and come back with an undo"""
    def count_kept():
        text = pathlib.Path(HOME, "config", "broadcast", "secrets.ini").read_text(encoding="utf-8")
        return sum(part in text for part in (SECRET, "X-Tenant"))

    assert count_kept() == 2
    window.page = None
    window.keys("ctrl+p")
    delete = wait("a profile that can be deleted",
                  lambda: [button for button in window.matches("Delete", Atspi.Role.PUSH_BUTTON)
                           if driver.has_state(button, Atspi.StateType.SENSITIVE)])
    Atspi.Action.do_action(delete[0], 0)
    wait("the secrets to go", lambda: count_kept() == 0)
    window.press(starts_with("Undo"))
    wait("the secrets to come back", lambda: count_kept() == 2)


@tap.check
def console():
    """The program has written nothing on its console, and ends in good order"""
    log = window.stop()
    assert not log.strip(), log
    assert window.process.returncode == 0, window.process.returncode


tap.run()

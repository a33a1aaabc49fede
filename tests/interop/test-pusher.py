#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""PyPI's `pusher`, every public method of it, against the sandbox and Broadcast's own client."""

import base64
import contextlib
import hashlib
import hmac
import http.server
import inspect
import json
import os
import threading
import time
import urllib.parse

import support

support.enter("pusher", "nacl")

import pusher
import pusher.errors
from tap import check, run

ENCRYPTED = "private-encrypted-orders"
SHIPPED = {"order": 7, "note": "über ☃ \U0001f389", "list": [1, 2.5, None, True], "nested": {"deep": {}}}
used = set()


class Remembering(type):
    def __getattribute__(cls, name):
        used.add(name)
        return super().__getattribute__(name)


class Pusher(pusher.Pusher, metaclass=Remembering):
    """The library, which remembers what of it was used."""

    def __getattribute__(self, name):
        used.add(name)
        return super().__getattribute__(name)


def server(sandbox, **options):
    return Pusher(**{"app_id": sandbox.app_id, "key": sandbox.key, "secret": sandbox.secret, "ssl": False,
                     "host": sandbox.host, "port": sandbox.port,
                     "encryption_master_key_base64": sandbox.master_key, **options})


def wire(payload):
    """What the library makes of a payload."""
    return json.dumps(payload, ensure_ascii=False)


def refusal(kind, call):
    """The words with which the server refused a call."""
    try:
        call()
    except kind as error:
        return str(error)
    raise AssertionError("the server accepted it")


@contextlib.contextmanager
def signing(answer):
    """A user's own app: an HTTP server that answers a form with JSON."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            body = json.dumps(answer({name: values[0] for name, values in form.items()})).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as app:
        threading.Thread(target=app.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{app.server_port}/"
        finally:
            app.shutdown()


@check
def trigger():
    """trigger: the data arrives to the byte, on one channel and on several"""
    with support.sandbox() as sandbox, sandbox.subscribed("orders", "private-orders") as lines:
        library = server(sandbox)
        for payload in [SHIPPED, [1, [2, [3]]], {}, 42]:
            assert library.trigger("orders", "shipped", payload) == {}
            assert support.event(lines, "orders", "shipped") == wire(payload)
        assert library.trigger("orders", "shipped", "no JSON at all") == {}
        assert support.event(lines, "orders", "shipped") == "no JSON at all"

        assert library.trigger(["orders", "private-orders"], "packed", SHIPPED) == {}
        for channel in ["orders", "private-orders"]:
            assert support.event(lines, channel, "packed") == wire(SHIPPED)


@check
def trigger_past_one_socket():
    """trigger: the socket that is left out does not receive it"""
    with support.sandbox() as sandbox, sandbox.subscribed("orders") as left, \
            sandbox.subscribed("orders") as right:
        socket_id = left.wait(lambda line: line["type"] == "state" and line.get("socket_id"))["socket_id"]
        library = server(sandbox)
        library.trigger("orders", "shipped", {"n": 1}, socket_id)
        assert support.event(right, "orders", "shipped") == '{"n": 1}'
        library.trigger("orders", "shipped", {"n": 2})
        assert support.event(left, "orders", "shipped") == '{"n": 2}'


@check
def trigger_sealed():
    """trigger: what is sealed for an encrypted channel is opened, and was not readable on the way"""
    with support.sandbox() as sandbox, sandbox.subscribed(ENCRYPTED) as lines:
        for payload in [SHIPPED, [1, 2], 42, {"fill": "ü" * 3000}]:
            server(sandbox).trigger(ENCRYPTED, "shipped", payload)
            assert support.event(lines, ENCRYPTED, "shipped") == wire(payload)
        server(sandbox).trigger(ENCRYPTED, "shipped", "bare words")
        assert support.event(lines, ENCRYPTED, "shipped") == "bare words"

        stranger = server(sandbox, encryption_master_key_base64=base64.b64encode(bytes(32)).decode())
        stranger.trigger(ENCRYPTED, "forged", {"n": 1})
        server(sandbox).trigger(ENCRYPTED, "shipped", {"n": 2})
        assert support.event(lines, ENCRYPTED, "shipped") == '{"n": 2}'
        assert not [line for line in lines.kept if line.get("event") == "forged"
                    and '"n"' in (line["data"] or "")]


@check
def trigger_batch():
    """trigger_batch: each event arrives on its channel, in order, and past the socket it leaves out"""
    with support.sandbox() as sandbox, sandbox.subscribed("orders", ENCRYPTED) as lines:
        socket_id = lines.wait(lambda line: line["type"] == "state" and line.get("socket_id"))["socket_id"]
        library = server(sandbox)
        assert library.trigger_batch([
            {"channel": "orders", "name": "shipped", "data": {"n": 1}, "socket_id": socket_id},
            {"channel": "orders", "name": "shipped", "data": {"n": 2}},
            {"channel": ENCRYPTED, "name": "shipped", "data": {"n": 3}},
            {"channel": "orders", "name": "shipped", "data": "plain"},
        ]) == {}
        assert [support.event(lines, "orders", "shipped") for _ in range(2)] == ['{"n": 2}', "plain"]
        assert support.event(lines, ENCRYPTED, "shipped") == '{"n": 3}'

        library.trigger_batch([{"channel": "orders", "name": "done", "data": '{"n":4}'}], already_encoded=True)
        assert support.event(lines, "orders", "done") == '{"n":4}'


@check
def channels_info():
    """channels_info: the occupied channels, by prefix and with counts"""
    with support.sandbox() as sandbox, \
            sandbox.subscribed("orders", "private-orders", "presence-lobby", "--user-id", "alice"):
        library = server(sandbox)
        assert library.channels_info() == {"channels": {"orders": {}, "private-orders": {},
                                                        "presence-lobby": {}}}
        assert library.channels_info("presence-", ["user_count"]) == {
            "channels": {"presence-lobby": {"user_count": 1}}}
        assert "presence" in refusal(pusher.errors.PusherBadRequest,
                                     lambda: library.channels_info(attributes=["user_count"]))


@check
def channel_info():
    """channel_info: whether somebody listens, how many, and what a cache channel keeps"""
    with support.sandbox() as sandbox, sandbox.subscribed("orders"), sandbox.subscribed("orders"):
        library = server(sandbox)
        assert library.channel_info("orders", ["subscription_count"]) == {"occupied": True,
                                                                          "subscription_count": 2}
        assert library.channel_info("nobody")["occupied"] is False
        library.trigger("cache-prices", "price", {"eur": 9.5})
        answer = library.channel_info("cache-prices", ["cache"])
        assert answer["occupied"] is False and answer["cache"]["data"] == '{"eur": 9.5}', answer


@check
def users_info():
    """users_info: each user of a presence channel once"""
    with support.sandbox() as sandbox, sandbox.subscribed("presence-lobby", "--user-id", "alice"), \
            sandbox.subscribed("presence-lobby", "--user-id", "bob"), \
            sandbox.subscribed("presence-lobby", "--user-id", "bob"):
        library = server(sandbox)
        users = library.users_info("presence-lobby")["users"]
        assert sorted(user["id"] for user in users) == ["alice", "bob"]
        assert "presence" in refusal(pusher.errors.PusherBadRequest, lambda: library.users_info("orders"))


@check
def authenticate():
    """authenticate: an app that signs with it gets its users into private, presence and encrypted channels"""
    member = {"user_id": "7", "user_info": {"name": "Zoë", "tags": ["ü", 1]}}
    with support.sandbox() as sandbox, sandbox.subscribed("presence-lobby", "--user-id", "bob") as bob:
        library = server(sandbox)

        def answer(form):
            is_presence = form["channel_name"].startswith("presence-")
            signed = library.authenticate(form["channel_name"], form["socket_id"],
                                          member if is_presence else None)
            return {name: value.decode() if isinstance(value, bytes) else value
                    for name, value in signed.items()}

        channels = ["private-orders", "presence-lobby", ENCRYPTED]
        with signing(answer) as url, sandbox.subscribed(*channels, "--auth-endpoint", url) as lines:
            assert json.loads(support.event(bob, "presence-lobby", "pusher:member_added")) == member
            for channel in channels:
                library.trigger(channel, "shipped", SHIPPED)
                assert support.event(lines, channel, "shipped") == wire(SHIPPED)


@check
def authenticate_as_another_app():
    """authenticate: what another secret signed is refused, and nothing arrives"""
    with support.sandbox() as sandbox:
        stranger = server(sandbox, secret="not-the-secret")

        def answer(form):
            return stranger.authenticate(form["channel_name"], form["socket_id"])

        with signing(answer) as url, sandbox.subscribed("--auth-endpoint", url, "private-orders") as lines:
            failed = lines.wait(lambda line: line["type"] == "subscription" and line["state"] == "refused")
            assert failed["channel"] == "private-orders" and "signature" in failed["error"], failed
            assert sandbox.secret not in json.dumps(failed)


@check
def authenticate_user():
    """authenticate_user and send_to_user: who is signed in with it hears what is sent to that user"""
    with support.sandbox() as sandbox:
        library = server(sandbox)

        def answer(form):
            return library.authenticate_user(form["socket_id"], {"id": "alice", "watchlist": ["bob"]})

        with signing(answer) as url, sandbox.subscribed("--sign-in", "--user-auth-endpoint", url) as lines:
            signed = lines.wait(lambda line: line["type"] == "sign_in" and line["state"] == "signed-in")
            assert signed["user_id"] == "alice"
            mine = "#server-to-user-alice"
            lines.wait(lambda line: line["type"] == "subscription" and line["channel"] == mine)
            assert library.send_to_user("bob", "shipped", {"n": 1}) == {}
            assert library.send_to_user("alice", "shipped", SHIPPED) == {}
            assert support.event(lines, mine, "shipped") == wire(SHIPPED)
            with sandbox.subscribed("lobby", "--user-id", "bob", "--sign-in"):
                came = lines.wait(lambda line: line["type"] == "watchlist" and line["online"])
                assert came["online"] == ["bob"]


@check
def terminate_user_connections():
    """terminate_user_connections: the library leaves the app out of the path, and the server says so"""
    with support.sandbox() as sandbox, sandbox.subscribed("lobby", "--user-id", "alice", "--sign-in") as lines:
        words = refusal(pusher.errors.PusherBadStatus,
                        lambda: server(sandbox).terminate_user_connections("alice"))
        assert words.startswith("404") and "/apps/" in words, words
        server(sandbox).trigger("lobby", "still", {"here": True})
        assert support.event(lines, "lobby", "still") == '{"here": true}'


@check
def validate_webhook():
    """validate_webhook: what the app's secret signed is told, anything else is not"""
    with support.sandbox() as sandbox:
        library = server(sandbox)

        def sign(body, secret=sandbox.secret):
            return hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()

        told = {"time_ms": int(time.time() * 1000),
                "events": [{"name": "channel_occupied", "channel": "orders"}]}
        body = json.dumps(told)
        assert library.validate_webhook(sandbox.key, sign(body), body) == told
        assert library.validate_webhook(sandbox.key, sign(body), body + " ") is None
        assert library.validate_webhook(sandbox.key, sign(body, "not-the-secret"), body) is None
        assert library.validate_webhook("another-key", sign(body), body) is None
        late = json.dumps({**told, "time_ms": told["time_ms"] - 301_000})
        assert library.validate_webhook(sandbox.key, sign(late), late) is None


@check
def from_url():
    """from_url and from_env: a PUSHER_URL reaches the sandbox, with the port beside it"""
    with support.sandbox() as sandbox, sandbox.subscribed("orders") as lines:
        url = f"http://{sandbox.key}:{sandbox.secret}@{sandbox.host}/apps/{sandbox.app_id}"
        Pusher.from_url(url, port=sandbox.port).trigger("orders", "by-url", {"n": 1})
        assert support.event(lines, "orders", "by-url") == '{"n": 1}'
        os.environ["PUSHER_URL"] = url
        Pusher.from_env(port=sandbox.port).trigger("orders", "by-env", {"n": 2})
        assert support.event(lines, "orders", "by-env") == '{"n": 2}'


@check
def refusals():
    """another secret, another key and another app are refused with a sentence, and nothing arrives"""
    with support.sandbox() as sandbox, sandbox.subscribed("orders") as lines:
        for kind, word, options in [
                (pusher.errors.PusherBadAuth, "signature", {"secret": "not-the-secret"}),
                (pusher.errors.PusherBadAuth, "key", {"key": "unknown"}),
                (pusher.errors.PusherBadStatus, "404", {"app_id": "1"})]:
            library = server(sandbox, **options)
            words = refusal(kind, lambda: library.trigger("orders", "forged", {}))
            assert word in words and sandbox.secret not in words, words
        words = refusal(pusher.errors.PusherBadStatus,
                        lambda: server(sandbox).trigger("orders", "forged", "x" * 10241))
        assert words.startswith("413") and "10240" in words, words
        server(sandbox).trigger("orders", "shipped", {})
        assert support.event(lines, "orders", "shipped") == "{}"
        assert not [line for line in lines.kept if line.get("event") == "forged"]


@check
def everything_was_used():
    """no public method of the library was left out"""
    public = {name for name, member in inspect.getmembers(pusher.Pusher, callable) if name[0] != "_"}
    assert len(public) >= 12, public
    assert not public - used, f"not covered: {public - used}"


run()

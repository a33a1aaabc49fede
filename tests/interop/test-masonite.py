#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Masonite app, the one of the README, with the sandbox as its Pusher: its broadcasting is used unchanged."""

import contextlib
import hashlib
import hmac
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

import support

support.enter("pusher", "masonite.broadcasting")

from tap import Skip, check, run

HERE = pathlib.Path(__file__).resolve().parent
APP = HERE / "masonite"
RUNNING = re.compile(r"Running on (http://\S+)")
CARRIER = "Björn & Söhne ☃"


@contextlib.contextmanager
def app(sandbox, **settings):
    """The app on a free port, with its settings in the environment as a .env file would have them."""
    environment = {**os.environ, "PUSHER_CLIENT": sandbox.key, "PUSHER_APP_ID": sandbox.app_id,
                   "PUSHER_SECRET": sandbox.secret, "PUSHER_HOST": sandbox.host,
                   "PUSHER_PORT": str(sandbox.port), "PYTHONDONTWRITEBYTECODE": "1", **settings}
    command = [sys.executable, "-W", "ignore", "craft", "serve", "--port", "0", "--dont-reload"]
    with support.running(command, stream="stderr", parse=str.rstrip, cwd=APP, env=environment,
                         stdout=subprocess.DEVNULL) as lines:
        yield RUNNING.search(lines.wait(RUNNING.search))[1]


def post(url, form, **headers):
    """Status and body of the answer to a form."""
    request = urllib.request.Request(url, urllib.parse.urlencode(form).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=support.TIMEOUT_S) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def ship(url, order, **headers):
    assert post(f"{url}/orders/{order}/ship", {"carrier": CARRIER}, **headers) == (
        200, json.dumps({"shipped": order}))


@check
def broadcasts():
    """Broadcast.channel: an event class and a name with a dictionary arrive as the app gave them"""
    with support.sandbox() as sandbox, app(sandbox) as url, sandbox.subscribed(
            "orders", "shipments", "private-order.7",
            "--auth-endpoint", f"{url}/broadcasting/authorize") as lines:
        ship(url, 7, **{"X-User": "alice"})

        shipped = json.dumps({"order": 7, "carrier": CARRIER}, ensure_ascii=False)
        assert support.event(lines, "orders", "OrderShipped") == shipped
        assert support.event(lines, "private-order.7", "OrderShipped") == shipped
        assert support.event(lines, "shipments", "shipped") == '{"order": 7}'


@check
def without_a_user():
    """Broadcast.channel: while nobody is signed in Masonite passes private channels over, and those alone"""
    with support.sandbox() as sandbox, app(sandbox) as url, sandbox.subscribed(
            "orders", "shipments", "private-order.7",
            "--auth-endpoint", f"{url}/broadcasting/authorize") as lines:
        ship(url, 7)

        assert json.loads(support.event(lines, "orders", "OrderShipped"))["order"] == 7
        assert support.event(lines, "shipments", "shipped") == '{"order": 7}'
        assert not [line for line in lines.kept if line.get("event") == "OrderShipped"]


@check
def pusher_js():
    """/broadcasting/authorize: pusher-js is let into a private channel, and hears what the app broadcasts"""
    node = shutil.which("node")
    if not node or not pathlib.Path(os.environ["NODE_PATH"], "pusher-js").exists():
        raise Skip("pusher-js is not installed: build-aux/test fetches it")
    with support.sandbox() as sandbox, app(sandbox) as url, support.running(
            [node, HERE / "listen.js", sandbox.host, str(sandbox.port), sandbox.key,
             f"{url}/broadcasting/authorize", "orders", "private-order.7"]) as lines:
        for channel in ["orders", "private-order.7"]:
            lines.wait(lambda line: line["channel"] == channel
                       and line["event"] == "pusher:subscription_succeeded")
        ship(url, 7, **{"X-User": "alice"})

        for channel in ["orders", "private-order.7"]:
            line = lines.wait(lambda line: line["channel"] == channel and line["event"] == "OrderShipped")
            assert line["data"] == {"order": 7, "carrier": CARRIER}


@check
def authorizes():
    """/broadcasting/authorize: it answers with the signature alone, for a form and for a query"""
    with support.sandbox() as sandbox, app(sandbox) as url:
        form = {"socket_id": "12.34", "channel_name": "private-order.7"}
        digest = hmac.new(sandbox.secret.encode(), b"12.34:private-order.7", hashlib.sha256).hexdigest()
        wanted = 200, json.dumps({"auth": f"{sandbox.key}:{digest}"})
        assert post(f"{url}/broadcasting/authorize", form) == wanted
        assert post(f"{url}/broadcasting/authorize?{urllib.parse.urlencode(form)}", {}) == wanted
        assert post(f"{url}/broadcasting/authorize", {**form, "socket_id": "x"})[0] == 500


@check
def what_it_cannot_authorize():
    """/broadcasting/authorize: presence and encrypted channels fail with a sentence that tells why"""
    with support.sandbox() as sandbox, app(sandbox) as url:
        for channel, word in [("presence-lobby", "channel_data"), ("private-encrypted-orders", "500")]:
            with sandbox.subscribed("--auth-endpoint", f"{url}/broadcasting/authorize", channel) as lines:
                why = lines.wait(lambda line: line["type"] == "subscription" and line["state"] == "refused")
                assert why["channel"] == channel and word in why["error"], why


@check
def another_secret():
    """Broadcast.channel: what the sandbox refuses the app's developer reads in full"""
    with support.sandbox() as sandbox, app(sandbox, PUSHER_SECRET="not-the-secret") as url:
        status, body = post(f"{url}/orders/7/ship", {"carrier": CARRIER}, Accept="application/json")
        message = json.loads(body)["message"]
        assert status == 500 and message.startswith("Invalid signature: you should have sent "), message
        assert sandbox.secret not in body


run()

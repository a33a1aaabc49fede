# SPDX-License-Identifier: GPL-3.0-or-later
"""A server on loopback that answers as other kinds of server do, for what the sandbox cannot show.

It confirms every subscription but that of `private-forbidden`, sends data that nobody can decrypt on
encrypted channels, and refuses each sign-in.
"""

import base64
import hashlib
import json
import socketserver
import struct
import threading

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
REVERB = {"X-Powered-By": "Laravel Reverb"}


class Impostor(socketserver.ThreadingTCPServer):
    """One server; `headers` go with every answer, `activity_timeout` into the greeting."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, headers=None, activity_timeout=100):
        super().__init__(("127.0.0.1", 0), Connection)
        self.headers = headers or {}
        self.activity_timeout = activity_timeout
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Connection(socketserver.StreamRequestHandler):
    """A request, or a WebSocket until the client closes it."""

    def handle(self):
        self.rfile.readline()
        given = {}
        while (line := self.rfile.readline().strip()):
            name, _, value = line.partition(b":")
            given[name.strip().lower()] = value.strip()
        if b"sec-websocket-key" in given:
            accept = base64.b64encode(hashlib.sha1(given[b"sec-websocket-key"] + GUID).digest()).decode()
            self.answer("101 Switching Protocols", {"Upgrade": "websocket", "Connection": "Upgrade",
                                                    "Sec-WebSocket-Accept": accept})
            self.talk()
        else:
            self.rfile.read(int(given.get(b"content-length", 0)))
            self.answer("200 OK", {"Content-Type": "application/json", "Content-Length": "2"}, b"{}")

    def answer(self, status, headers, body=b""):
        lines = [f"HTTP/1.1 {status}"]
        lines += [f"{name}: {value}" for name, value in {**self.server.headers, **headers}.items()]
        self.wfile.write("\r\n".join([*lines, "", ""]).encode() + body)

    def send(self, event, data, channel=None):
        frame = {"event": event, "data": data}
        if channel is not None:
            frame["channel"] = channel
        payload = json.dumps(frame).encode()
        size = bytes([len(payload)]) if len(payload) < 126 else b"\x7e" + struct.pack(">H", len(payload))
        self.wfile.write(b"\x81" + size + payload)

    def receive(self):
        """The next frame's opcode and payload; clients always mask."""
        head = self.rfile.read(2)
        if len(head) < 2:
            return 8, b""
        length = head[1] & 0x7F
        if length == 126:
            (length,) = struct.unpack(">H", self.rfile.read(2))
        mask = self.rfile.read(4)
        return head[0] & 0x0F, bytes(byte ^ mask[i % 4] for i, byte in enumerate(self.rfile.read(length)))

    def talk(self):
        self.send("pusher:connection_established", json.dumps(
            {"socket_id": f"{self.client_address[1]}.1", "activity_timeout": self.server.activity_timeout}))
        while True:
            opcode, payload = self.receive()
            if opcode == 8:
                return
            if opcode == 1:
                frame = json.loads(payload)
                self.react(frame["event"], frame.get("data") or {})

    def react(self, event, data):
        if event == "pusher:ping":
            self.send("pusher:pong", "{}")
        elif event == "pusher:signin":
            self.send("pusher:error", {"code": 4009, "message": "Who is that?"})
        elif event == "pusher:subscribe":
            self.subscribe(data["channel"], data)

    def subscribe(self, channel, data):
        if channel == "private-forbidden":
            self.send("pusher:subscription_error", {"type": "AuthError", "error": "Not yours", "status": 403}, channel)
            return
        answer = {}
        if channel.startswith("presence-"):
            member = json.loads(data["channel_data"])
            answer["presence"] = {"count": 1, "ids": [member["user_id"]],
                                  "hash": {member["user_id"]: member.get("user_info")}}
        self.send("pusher_internal:subscription_succeeded", json.dumps(answer), channel)
        if "encrypted" in channel:
            sealed = {"nonce": base64.b64encode(b"n" * 24).decode(), "ciphertext": base64.b64encode(b"x" * 40).decode()}
            self.send("sealed", json.dumps(sealed), channel)

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Listens with pusher-js, authorized by somebody's own app, and prints each event as a line of JSON.
// Usage: node listen.js HOST PORT KEY ENDPOINT CHANNEL…
'use strict';

const PusherJs = require('pusher-js');

const [host, port, key, endpoint, ...channels] = process.argv.slice(2);
const print = (channel, event, data) => console.log(JSON.stringify({ channel, event, data }));
const socket = new PusherJs(key, {
  cluster: 'mt1', wsHost: host, wsPort: Number(port), forceTLS: false, enabledTransports: ['ws'],
  channelAuthorization: { endpoint, transport: 'ajax' },
});

for (const name of channels) {
  socket.subscribe(name).bind_global((event, data) => print(name, event, data));
}

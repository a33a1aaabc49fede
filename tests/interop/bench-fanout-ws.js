// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the sandbox is measured against: a server made with `ws` that takes the same requests and sends
// the same frames. It checks no signature, keeps no history, and knows nothing but what it must.
//
// Usage: node bench-fanout-ws.js send|share
//   send   as the documentation of ws shows it: client.send() of one buffer for all
//   share  makes the bytes of the frame once as well, and writes them past ws to its sockets
'use strict';

const http = require('node:http');
const { Sender, WebSocket, WebSocketServer } = require('ws');

const isShared = process.argv[2] === 'share';
const channels = new Map();
let nSockets = 0;

function sendToAll(channel, frame, except) {
  const clients = channels.get(channel);
  if (clients === undefined) return;

  const buffer = Buffer.from(frame);
  if (isShared) {
    const bytes = Buffer.concat(Sender.frame(buffer, {
      fin: true, rsv1: false, opcode: 1, mask: false, readOnly: true,
    }));
    for (const client of clients) {
      if (client !== except && client.readyState === WebSocket.OPEN) client._socket.write(bytes);
    }
  } else {
    for (const client of clients) {
      if (client !== except && client.readyState === WebSocket.OPEN) client.send(buffer, { binary: false });
    }
  }
}

function publish({ name, channel, data }) {
  sendToAll(channel, JSON.stringify({ event: name, channel, data }));
}

function publishBody(path, body) {
  const request = JSON.parse(body);
  if (path.includes('/batch_events')) {
    for (const event of request.batch) publish(event);
  } else {
    for (const channel of request.channels) publish({ name: request.name, channel, data: request.data });
  }
}

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    publishBody(request.url, Buffer.concat(chunks).toString());
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 2 });
    response.end('{}');
  });
});

const sockets = new WebSocketServer({ server, perMessageDeflate: false });

sockets.on('connection', (client) => {
  client.on('error', () => {});
  client.on('close', () => { for (const clients of channels.values()) clients.delete(client); });
  client.on('message', (message) => {
    const { event, channel, data } = JSON.parse(message);
    if (event === 'pusher:subscribe') {
      if (!channels.has(data.channel)) channels.set(data.channel, new Set());
      channels.get(data.channel).add(client);
      client.send(JSON.stringify({
        event: 'pusher_internal:subscription_succeeded', channel: data.channel, data: '{}',
      }));
    } else if (event.startsWith('client-')) {
      sendToAll(channel, JSON.stringify({ event, channel, data }), client);
    }
  });
  nSockets += 1;
  client.send(JSON.stringify({
    event: 'pusher:connection_established',
    data: JSON.stringify({ socket_id: `1.${nSockets}`, activity_timeout: 120 }),
  }));
});

process.stdin.resume();
process.on('SIGTERM', () => process.exit(0));
server.listen({ host: '127.0.0.1', port: 0, backlog: 511 }, () => {
  console.log(JSON.stringify({ port: server.address().port }));
});

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Receives N frames with pusher-js and prints what it took, as one line of JSON.
// Usage: node bench-pusher-js.js PORT N
'use strict';

const PusherJs = require('pusher-js');

const [port, wanted] = process.argv.slice(2).map(Number);
const socket = new PusherJs('bench', {
  cluster: 'mt1', wsHost: '127.0.0.1', wsPort: port, forceTLS: false,
  enabledTransports: ['ws'], disableStats: true,
});

socket.connection.bind('connected', () => {
  const channel = socket.subscribe('flood');
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  let received = 0;

  channel.bind('OrderShipped', () => {
    received += 1;
    if (received < wanted) return;
    const wallS = Number(process.hrtime.bigint() - start) / 1e9;
    const { user, system } = process.cpuUsage(cpu);
    console.log(JSON.stringify({ wall_s: wallS, cpu_s: (user + system) / 1e6 }));
    process.exit(0);
  });
});

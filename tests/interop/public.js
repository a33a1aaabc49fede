// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { assert, once, run, subscribed, test } = require('./support');

const PAYLOADS = [
  ['an object', { version: '4.2', title: 'Faster cold starts', list: [1, 2.5, null, true] }],
  ['text beyond ASCII', { note: 'über ☃ 🎉 \u0000 "quoted" \\ /' }],
  ['plain text', 'no JSON at all'],
  ['an empty object', {}],
  ['an array', [1, [2, [3]]]],
];

for (const [what, payload] of PAYLOADS) {
  test(`${what} arrives as it was sent`, async (sandbox) => {
    const socket = await sandbox.client();
    const channel = await subscribed(socket, 'releases');
    const received = once(channel, 'ReleasePublished');

    const response = await sandbox.server().trigger('releases', 'ReleasePublished', payload);

    assert.equal(response.status, 200);
    assert.deepEqual(await received, payload);
  });
}

test('every subscriber receives it, nobody else does', async (sandbox) => {
  const [alice, bob, carol] = await Promise.all([sandbox.client(), sandbox.client(), sandbox.client()]);
  const channels = [await subscribed(alice, 'releases'), await subscribed(bob, 'releases')];
  const other = await subscribed(carol, 'other');
  other.bind('news', () => assert.fail('the other channel received it'));

  const received = Promise.all(channels.map((channel) => once(channel, 'news')));
  await sandbox.server().trigger('releases', 'news', { id: 7 });

  assert.deepEqual(await received, [{ id: 7 }, { id: 7 }]);
});

test('after unsubscribing nothing arrives any more', async (sandbox) => {
  const socket = await sandbox.client();
  const channel = await subscribed(socket, 'releases');
  channel.bind('news', () => assert.fail('an event arrived on a channel that was left'));
  const barrier = await subscribed(socket, 'barrier');

  socket.unsubscribe('releases');
  await subscribed(socket, 'after');
  const passed = once(barrier, 'done');
  await sandbox.server().trigger('releases', 'news', {});
  await sandbox.server().trigger('barrier', 'done', {});
  await passed;
});

test('events of one sender arrive in order', async (sandbox) => {
  const socket = await sandbox.client();
  const channel = await subscribed(socket, 'counter');
  const seen = [];
  channel.bind('tick', ({ n }) => seen.push(n));
  const last = once(channel, 'tick', ({ n }) => n === 49);

  const server = sandbox.server();
  for (let n = 0; n < 50; n++) await server.trigger('counter', 'tick', { n });
  await last;

  assert.deepEqual(seen, Array.from({ length: 50 }, (_, n) => n));
});

test('an unknown key is refused for good', async (sandbox) => {
  const socket = sandbox.openClient({ key: 'nobody-knows-me' });
  const disconnected = once(socket.connection, 'disconnected');
  const { error } = await once(socket.connection, 'error');
  await disconnected;

  assert.equal(error.data.code, 4001);
  assert.match(error.data.message, /\w+ \w+/);
});

run();

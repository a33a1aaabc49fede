// SPDX-License-Identifier: GPL-3.0-or-later
//
// The build of pusher-js for Node has encryption in it.
'use strict';

const { assert, json, once, run, subscribed, test } = require('./support');

const CHANNEL = 'private-encrypted-orders';

const PAYLOADS = [
  ['an object', { order: 7, list: [1, 2.5, null, true], nested: { deep: {} } }],
  ['text beyond ASCII', { note: 'über ☃ 🎉 \u0000 "quoted" \\ /' }],
  ['plain text', 'no JSON at all'],
  ['text that looks like a number', '123'],
  ['a number', 42],
  ['an array', [1, [2, [3]]]],
  ['an empty object', {}],
  ['much', { fill: 'ü'.repeat(3000) }],
];

for (const [what, payload] of PAYLOADS) {
  test(`${what} arrives as it was sealed`, async (sandbox) => {
    const channel = await subscribed(await sandbox.client(), CHANNEL);
    const received = once(channel, 'shipped');

    await sandbox.server().trigger(CHANNEL, 'shipped', payload);

    assert.deepEqual(await received, payload);
  });
}

test('nothing of it is readable on the way', async (sandbox) => {
  const socket = await sandbox.client();
  const channel = await subscribed(socket, CHANNEL);
  const frame = once(socket.connection, 'message', ({ event }) => event === 'shipped');
  const received = once(channel, 'shipped');

  await sandbox.server().trigger(CHANNEL, 'shipped', { plain: 'readable' });

  const { data } = await frame;
  assert.deepEqual(Object.keys(data).sort(), ['ciphertext', 'nonce']);
  assert.doesNotMatch(JSON.stringify(data), /readable/);
  assert.deepEqual(await received, { plain: 'readable' });
});

test('the route answers as the server library does', async (sandbox) => {
  const form = new URLSearchParams({ socket_id: '12.34', channel_name: CHANNEL });
  const answer = await fetch(`http://${sandbox.host}:${sandbox.port}/broadcasting/authorize`,
                             { method: 'POST', body: form });

  assert.deepEqual(await answer.json(), sandbox.server().authorizeChannel('12.34', CHANNEL));
});

test('another master key opens nothing', async (sandbox) => {
  const channel = await subscribed(await sandbox.client(), CHANNEL);
  channel.bind('forged', () => assert.fail('it was opened'));
  const received = once(channel, 'shipped');
  const stranger = sandbox.server({ encryptionMasterKeyBase64: Buffer.alloc(32, 1).toString('base64') });

  await stranger.trigger(CHANNEL, 'forged', { n: 1 });
  await sandbox.server().trigger(CHANNEL, 'shipped', { n: 2 });

  assert.deepEqual(await received, { n: 2 });
});

test('a batch may have encrypted events among others', async (sandbox) => {
  const socket = await sandbox.client();
  const [sealed, open] = [await subscribed(socket, CHANNEL), await subscribed(socket, 'orders')];
  const received = Promise.all([once(sealed, 'e'), once(open, 'e')]);

  const answer = await json(sandbox.server().triggerBatch([
    { channel: CHANNEL, name: 'e', data: { sealed: true } },
    { channel: 'orders', name: 'e', data: { sealed: false } },
  ]));

  assert.deepEqual(answer, {});
  assert.deepEqual(await received, [{ sealed: true }, { sealed: false }]);
});

run();

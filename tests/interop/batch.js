// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { assert, json, once, refusal, run, subscribed, test } = require('./support');

test('the events of a batch arrive, each on its channel and in order', async (sandbox) => {
  const socket = await sandbox.client();
  const log = [];
  const channels = {};
  for (const name of ['a', 'private-b']) {
    channels[name] = await subscribed(socket, name);
    channels[name].bind('e', (data) => log.push([name, data]));
  }
  const last = once(channels.a, 'e', ({ n }) => n === 3);

  const answer = await json(sandbox.server().triggerBatch([
    { channel: 'a', name: 'e', data: { n: 1, note: 'über ☃' } },
    { channel: 'private-b', name: 'e', data: 'plain text' },
    { channel: 'a', name: 'e', data: { n: 3 } },
  ]));
  await last;

  assert.deepEqual(answer, {});
  assert.deepEqual(log, [['a', { n: 1, note: 'über ☃' }], ['private-b', 'plain text'], ['a', { n: 3 }]]);
});

test('each event gets the counts that it asks for', async (sandbox) => {
  const [alice, bob] = [await sandbox.client(sandbox.as('alice', {})), await sandbox.client(sandbox.as('bob', {}))];
  for (const socket of [alice, bob]) await subscribed(socket, 'presence-lobby');
  await subscribed(alice, 'releases');

  const { batch } = await json(sandbox.server().triggerBatch([
    { channel: 'releases', name: 'e', data: {}, info: 'subscription_count' },
    { channel: 'releases', name: 'e', data: {} },
    { channel: 'presence-lobby', name: 'e', data: {}, info: 'user_count' },
    { channel: 'nobody', name: 'e', data: {}, info: 'subscription_count' },
  ]));

  assert.deepEqual(batch, [{ subscription_count: 1 }, {}, { user_count: 2 }, { subscription_count: 0 }]);
});

test('the socket that an event excludes does not receive it', async (sandbox) => {
  const [alice, bob] = await Promise.all([sandbox.client(), sandbox.client()]);
  const [left, right] = [await subscribed(alice, 'a'), await subscribed(bob, 'a')];
  const log = [];
  left.bind('e', ({ n }) => log.push(n));
  const received = Promise.all([once(left, 'e', ({ n }) => n === 2), once(right, 'e', ({ n }) => n === 1)]);

  await sandbox.server().triggerBatch([
    { channel: 'a', name: 'e', data: { n: 1 }, socket_id: alice.connection.socket_id },
    { channel: 'a', name: 'e', data: { n: 2 } },
  ]);
  await received;

  assert.deepEqual(log, [2]);
});

test('ten events pass and eleven are refused', async (sandbox) => {
  const events = (length) => Array.from({ length }, (_, n) => ({ channel: `c${n}`, name: 'e', data: {} }));

  assert.equal((await sandbox.server().triggerBatch(events(10))).status, 200);
  const { status, body } = await refusal(sandbox.server().triggerBatch(events(11)));
  assert.equal(status, 400);
  assert.match(body, /11.*10/);
});

test('one event that is wrong holds back all', async (sandbox) => {
  const channel = await subscribed(await sandbox.client(), 'a');
  channel.bind('e', () => assert.fail('it was sent'));
  const barrier = once(channel, 'done');

  const { status, body } = await refusal(sandbox.server().triggerBatch([
    { channel: 'a', name: 'e', data: {} }, { channel: 'a', name: 'e', data: 'x'.repeat(10241) },
  ]));
  assert.equal(status, 413);
  assert.match(body, /Event 2.*10241.*10240/);

  await sandbox.server().trigger('a', 'done', {});
  await barrier;
});

run();

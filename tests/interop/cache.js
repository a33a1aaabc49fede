// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { assert, json, once, run, subscribed, test } = require('./support');

const CHANNELS = ['cache-scores', 'private-cache-scores', 'presence-cache-scores',
                  'private-encrypted-cache-scores'];

for (const name of CHANNELS) {
  test(`${name}: a miss, and then the last event for who comes later`, async (sandbox) => {
    const early = await sandbox.client(sandbox.as('early', {}));
    const order = [];
    const first = early.subscribe(name);
    for (const event of ['pusher:subscription_succeeded', 'pusher:cache_miss']) {
      first.bind(event, () => order.push(event));
    }
    await once(first, 'pusher:cache_miss');
    assert.deepEqual(order, ['pusher:subscription_succeeded', 'pusher:cache_miss']);

    const seen = once(first, 'goal', ({ minute }) => minute === 88);
    await sandbox.server().trigger(name, 'goal', { minute: 12, by: 'Älice' });
    await sandbox.server().trigger(name, 'goal', { minute: 88, by: 'Bob ☃' });
    assert.deepEqual(await seen, { minute: 88, by: 'Bob ☃' });

    const late = await sandbox.client(sandbox.as('late', {}));
    const second = late.subscribe(name);
    const events = [];
    second.bind('goal', (data) => events.push(data));
    second.bind('pusher:cache_miss', () => assert.fail('something was cached'));
    await once(second, 'goal');
    await subscribed(late, 'barrier');
    assert.deepEqual(events, [{ minute: 88, by: 'Bob ☃' }]);
  });
}

test('what is remembered outlives its subscribers, and the HTTP API tells it', async (sandbox) => {
  const server = sandbox.server();
  const asked = { path: '/channels/cache-scores', params: { info: 'cache' } };

  assert.deepEqual(await json(server.get(asked)), { occupied: false, cache: null });
  await server.trigger('cache-scores', 'goal', { minute: 3 });

  const { occupied, cache } = await json(server.get(asked));
  assert.equal(occupied, false);
  assert.equal(cache.data, '{"minute":3}');
  assert.ok(cache.ttl > 1700 && cache.ttl <= 1800, `ttl is ${cache.ttl}`);
});

test('client events are not remembered', async (sandbox) => {
  const [alice, bob] = await Promise.all([sandbox.client(), sandbox.client()]);
  const sender = await subscribed(alice, 'private-cache-scores');
  const receiver = await subscribed(bob, 'private-cache-scores');
  const received = once(receiver, 'client-goal');
  sender.trigger('client-goal', { minute: 4 });
  assert.deepEqual(await received, { minute: 4 });

  const late = (await sandbox.client()).subscribe('private-cache-scores');
  late.bind('client-goal', () => assert.fail('it was cached'));
  await once(late, 'pusher:cache_miss');
});

run();

// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { assert, json, once, run, subscribed, test } = require('./support');

test('one trigger reaches several channels', async (sandbox) => {
  const socket = await sandbox.client();
  const names = ['one', 'two', 'private-three'];
  const channels = [];
  for (const name of names) channels.push(await subscribed(socket, name));
  const received = Promise.all(channels.map((channel) => once(channel, 'all')));

  await sandbox.server().trigger(names, 'all', { n: 3 });

  assert.deepEqual(await received, [{ n: 3 }, { n: 3 }, { n: 3 }]);
});

test('the socket that is excluded does not receive it', async (sandbox) => {
  const [alice, bob] = await Promise.all([sandbox.client(), sandbox.client()]);
  const left = await subscribed(alice, 'releases');
  const right = await subscribed(bob, 'releases');
  left.bind('news', () => assert.fail('the excluded socket received it'));
  const received = once(right, 'news');
  const barrier = once(left, 'done');

  await sandbox.server().trigger('releases', 'news', { n: 1 }, { socket_id: alice.connection.socket_id });
  assert.deepEqual(await received, { n: 1 });

  await sandbox.server().trigger('releases', 'done', {});
  await barrier;
});

test('a trigger answers with the counts it was asked for', async (sandbox) => {
  const alice = await sandbox.client(sandbox.as('alice', {}));
  await subscribed(alice, 'presence-lobby');
  await subscribed(alice, 'releases');

  const answer = await json(sandbox.server().trigger(['presence-lobby', 'releases', 'empty'], 'x', {},
                                                     { info: 'user_count,subscription_count' }));

  assert.deepEqual(answer.channels, {
    'presence-lobby': { user_count: 1 },
    releases: { subscription_count: 1 },
    empty: { subscription_count: 0 },
  });
});

test('a trigger without questions answers with an empty object', async (sandbox) => {
  assert.deepEqual(await json(sandbox.server().trigger('nobody', 'x', {})), {});
});

test('the channels that are occupied are listed', async (sandbox) => {
  const alice = await sandbox.client(sandbox.as('alice', {}));
  for (const name of ['releases', 'private-a', 'presence-lobby']) await subscribed(alice, name);
  const server = sandbox.server();

  assert.deepEqual(Object.keys((await json(server.get({ path: '/channels' }))).channels).sort(),
                   ['presence-lobby', 'private-a', 'releases']);
  assert.deepEqual((await json(server.get({
    path: '/channels', params: { filter_by_prefix: 'presence-', info: 'user_count' },
  }))).channels, { 'presence-lobby': { user_count: 1 } });
});

test('one channel tells its counts', async (sandbox) => {
  const [alice, bob] = await Promise.all([sandbox.client(), sandbox.client()]);
  await subscribed(alice, 'releases');
  await subscribed(bob, 'releases');
  const server = sandbox.server();

  assert.deepEqual(await json(server.get({ path: '/channels/releases',
                                           params: { info: 'subscription_count' } })),
                   { occupied: true, subscription_count: 2 });
  assert.equal((await json(server.get({ path: '/channels/nobody' }))).occupied, false);
});

test('a presence channel tells its users once each', async (sandbox) => {
  for (const [user, times] of [['alice', 1], ['bob', 2]]) {
    for (let n = 0; n < times; n++) {
      await subscribed(await sandbox.client(sandbox.as(user, {})), 'presence-lobby');
    }
  }

  const { users } = await json(sandbox.server().get({ path: '/channels/presence-lobby/users' }));

  assert.deepEqual(users.map(({ id }) => id).sort(), ['alice', 'bob']);
});

run();

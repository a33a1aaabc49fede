// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { assert, json, once, run, subscribed, test } = require('./support');

const COUNT = 'pusher:subscription_count';

for (const name of ['releases', 'private-releases', 'private-encrypted-releases']) {
  test(`${name}: every subscriber learns of each change`, async (sandbox) => {
    const [alice, bob] = await Promise.all([sandbox.client(), sandbox.client()]);
    const first = alice.subscribe(name);
    assert.deepEqual(await once(first, COUNT), { subscription_count: 1 });

    const second = bob.subscribe(name);
    const both = Promise.all([once(first, COUNT), once(second, COUNT)]);
    assert.deepEqual(await both, [{ subscription_count: 2 }, { subscription_count: 2 }]);
    assert.equal(first.subscriptionCount, 2);
    assert.equal((await json(sandbox.server().get({
      path: `/channels/${name}`, params: { info: 'subscription_count' },
    }))).subscription_count, 2);

    const left = once(first, COUNT);
    bob.disconnect();
    assert.deepEqual(await left, { subscription_count: 1 });
    assert.equal(first.subscriptionCount, 1);
  });
}

test('one user with two sockets counts twice', async (sandbox) => {
  const [first, second] = [await sandbox.client(sandbox.as('alice', {})),
                           await sandbox.client(sandbox.as('alice', {}))];
  await subscribed(first, 'releases');
  const channel = second.subscribe('releases');

  assert.deepEqual(await once(channel, COUNT), { subscription_count: 2 });
});

test('presence channels tell their members instead', async (sandbox) => {
  const [alice, bob] = [await sandbox.client(sandbox.as('alice', {})),
                        await sandbox.client(sandbox.as('bob', {}))];
  const lobby = await subscribed(alice, 'presence-lobby');
  lobby.bind(COUNT, () => assert.fail('a presence channel was counted'));
  const added = once(lobby, 'pusher:member_added');
  await subscribed(bob, 'presence-lobby');
  await added;
  await subscribed(alice, 'barrier');
  assert.equal(lobby.members.count, 2);
});

run();

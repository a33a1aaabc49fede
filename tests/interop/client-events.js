// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { assert, once, onceWithMetadata, run, subscribed, test } = require('./support');

test('a client event reaches everybody but its sender', async (sandbox) => {
  const [alice, bob] = await Promise.all([sandbox.client(), sandbox.client()]);
  const [sender, receiver] = [await subscribed(alice, 'private-chat'),
                              await subscribed(bob, 'private-chat')];
  sender.bind('client-typing', () => assert.fail('the sender received its own event'));
  const received = once(receiver, 'client-typing');
  const barrier = once(sender, 'done');

  assert.equal(sender.trigger('client-typing', { typing: true, who: 'Älice' }), true);
  assert.deepEqual(await received, { typing: true, who: 'Älice' });

  await sandbox.server().trigger('private-chat', 'done', {});
  await barrier;
});

test('on a presence channel the server says who sent it', async (sandbox) => {
  const alice = await sandbox.client(sandbox.as('alice', {}));
  const bob = await sandbox.client(sandbox.as('bob', {}));
  const sender = await subscribed(alice, 'presence-chat');
  const receiver = await subscribed(bob, 'presence-chat');
  const received = onceWithMetadata(receiver, 'client-typing');

  sender.trigger('client-typing', { on: true });
  const [data, metadata] = await received;

  assert.deepEqual(data, { on: true });
  assert.equal(metadata.user_id, 'alice');
});

test('more than ten a second are refused with 4301 and the connection stays', async (sandbox) => {
  const [alice, bob] = await Promise.all([sandbox.client(), sandbox.client()]);
  const sender = await subscribed(alice, 'private-chat');
  await subscribed(bob, 'private-chat');
  const refused = once(alice.connection, 'error');

  for (let n = 0; n < 30; n++) sender.trigger('client-flood', { n });

  assert.equal((await refused).data.code, 4301);
  assert.equal(alice.connection.state, 'connected');
});

test('on a public channel a client event is refused', async (sandbox) => {
  const [alice, bob] = await Promise.all([sandbox.client(), sandbox.client()]);
  const sender = await subscribed(alice, 'releases');
  const receiver = await subscribed(bob, 'releases');
  receiver.bind('client-x', () => assert.fail('it was delivered'));
  const refused = once(alice.connection, 'error');

  sender.trigger('client-x', {});

  assert.match((await refused).data.message, /\w+ \w+/);
});

run();

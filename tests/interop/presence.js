// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { assert, once, run, subscribed, test } = require('./support');

test('two users see each other come and go', async (sandbox) => {
  const alice = await sandbox.client(sandbox.as('alice', { name: 'Alice' }));
  const lobby = await subscribed(alice, 'presence-lobby');

  assert.equal(lobby.firstMembers.count, 1);
  assert.deepEqual(lobby.firstMembers.me, { id: 'alice', info: { name: 'Alice' } });

  const added = once(lobby, 'pusher:member_added');
  const bob = await sandbox.client(sandbox.as('bob', { name: 'Bob', tags: ['ü', 1] }));
  const seen = await subscribed(bob, 'presence-lobby');

  assert.deepEqual(await added, { id: 'bob', info: { name: 'Bob', tags: ['ü', 1] } });
  assert.deepEqual(seen.firstMembers.members,
                   { alice: { name: 'Alice' }, bob: { name: 'Bob', tags: ['ü', 1] } });
  assert.equal(seen.firstMembers.count, 2);

  const removed = once(lobby, 'pusher:member_removed');
  bob.disconnect();

  assert.equal((await removed).id, 'bob');
  assert.equal(lobby.members.count, 1);
});

test('a second tab of one user is one member', async (sandbox) => {
  const watcher = await sandbox.client(sandbox.as('watcher', {}));
  const lobby = await subscribed(watcher, 'presence-lobby');
  const log = [];
  lobby.bind('pusher:member_added', (member) => log.push(`+${member.id}`));
  lobby.bind('pusher:member_removed', (member) => log.push(`-${member.id}`));

  const first = await sandbox.client(sandbox.as('bob', {}));
  await subscribed(first, 'presence-lobby');
  const second = await sandbox.client(sandbox.as('bob', {}));
  const seen = await subscribed(second, 'presence-lobby');
  assert.equal(seen.firstMembers.count, 2);

  const removed = once(lobby, 'pusher:member_removed');
  first.unsubscribe('presence-lobby');
  await subscribed(first, 'barrier');
  second.unsubscribe('presence-lobby');
  await removed;

  assert.deepEqual(log, ['+bob', '-bob']);
});

test('the sandbox\'s own route names the user it was told', async (sandbox) => {
  const socket = await sandbox.client();
  const lobby = await subscribed(socket, 'presence-lobby');

  assert.equal(lobby.firstMembers.count, 1);
  assert.equal(typeof lobby.firstMembers.me.id, 'string');
  assert.notEqual(lobby.firstMembers.me.id, '');
});

test('an event reaches the members of a presence channel', async (sandbox) => {
  const alice = await sandbox.client(sandbox.as('alice', {}));
  const lobby = await subscribed(alice, 'presence-lobby');
  const received = once(lobby, 'announcement');

  await sandbox.server().trigger('presence-lobby', 'announcement', { text: 'hello' });

  assert.deepEqual(await received, { text: 'hello' });
});

run();

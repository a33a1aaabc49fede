// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { assert, once, run, signedIn, subscribed, test } = require('./support');

/** Resolves once the library has subscribed to what is sent to its user, as it does by itself. */
const listening = (socket) => once(socket.user.serverToUserChannel, 'pusher:subscription_succeeded');

test('the sandbox\'s own route signs in whom it was told', async (sandbox) => {
  const socket = await sandbox.client(sandbox.user('alice', { info: { name: 'Älice' } }));

  assert.deepEqual(await signedIn(socket), { id: 'alice', user_info: { name: 'Älice' } });
  await socket.user.signinDonePromise;
  assert.deepEqual(socket.user.user_data, { id: 'alice', user_info: { name: 'Älice' } });
});

test('a signature of the server library is accepted', async (sandbox) => {
  const user = { id: 'u-1', user_info: { tags: ['ü', 1] }, watchlist: [] };
  const socket = await sandbox.client({
    userAuthentication: {
      customHandler: ({ socketId }, answer) =>
        answer(null, sandbox.server().authenticateUser(socketId, user)),
    },
  });

  assert.deepEqual(await signedIn(socket), user);
});

test('what is sent to a user reaches all of its sockets and nobody else', async (sandbox) => {
  const [first, second, other] = [
    await sandbox.client(sandbox.user('alice')), await sandbox.client(sandbox.user('alice')),
    await sandbox.client(sandbox.user('bob')),
  ];
  for (const socket of [first, second, other]) {
    await signedIn(socket);
    await listening(socket);
  }
  other.user.bind_global((event) => assert.fail(`bob received ${event}`));
  const received = Promise.all([once(first.user, 'order-shipped'), once(second.user, 'order-shipped')]);

  await sandbox.server().sendToUser('alice', 'order-shipped', { order: 7, note: 'über ☃' });

  assert.deepEqual(await received, [{ order: 7, note: 'über ☃' }, { order: 7, note: 'über ☃' }]);
  await subscribed(other, 'barrier');
});

test('who is signed in needs no channel_data on presence channels', async (sandbox) => {
  const socket = await sandbox.client({
    ...sandbox.user('alice', { info: { name: 'Alice' } }),
    channelAuthorization: {
      customHandler: ({ socketId, channelName }, answer) =>
        answer(null, sandbox.server().authorizeChannel(socketId, channelName)),
    },
  });
  await signedIn(socket);

  const lobby = await subscribed(socket, 'presence-lobby');

  assert.deepEqual(lobby.firstMembers.me, { id: 'alice', info: { name: 'Alice' } });
  assert.deepEqual(lobby.firstMembers.members, { alice: { name: 'Alice' } });
});

test('those who watch a user see it come and go', async (sandbox) => {
  const bob = await sandbox.client(sandbox.user('bob', { watchlist: ['alice', 'carol', 'dave'] }));
  const carol = await sandbox.client(sandbox.user('carol', { watchlist: ['bob'] }));
  const carolSees = once(carol.user.watchlist, 'offline');
  await signedIn(carol);
  assert.deepEqual((await carolSees).user_ids, ['bob']);

  const states = Promise.all([once(bob.user.watchlist, 'online'), once(bob.user.watchlist, 'offline')]);
  const bobComes = once(carol.user.watchlist, 'online');
  await signedIn(bob);
  assert.deepEqual(await states, [{ name: 'online', user_ids: ['carol'] },
                                  { name: 'offline', user_ids: ['alice', 'dave'] }]);
  assert.deepEqual((await bobComes).user_ids, ['bob']);

  const log = [];
  bob.user.watchlist.bind_global((name, { user_ids: ids }) => log.push(`${name} ${ids}`));
  const alice = await sandbox.client(sandbox.user('alice'));
  const again = await sandbox.client(sandbox.user('alice'));
  await signedIn(alice);
  await signedIn(again);
  alice.disconnect();
  await subscribed(again, 'barrier');
  const gone = once(bob.user.watchlist, 'offline');
  again.disconnect();
  assert.deepEqual((await gone).user_ids, ['alice']);
  assert.deepEqual(log, ['online alice', 'offline alice']);
});

test('more than 100 watched users are told as 4302, and the user is signed in', async (sandbox) => {
  const watchlist = Array.from({ length: 101 }, (_, n) => `w${n}`);
  const socket = await sandbox.client(sandbox.user('alice', { watchlist }));
  const warned = once(socket.connection, 'error');
  const offline = once(socket.user.watchlist, 'offline');

  assert.equal((await signedIn(socket)).id, 'alice');
  assert.equal((await warned).data.code, 4302);
  assert.deepEqual((await offline).user_ids, watchlist.slice(0, 100));
  assert.equal(socket.connection.state, 'connected');
});

test('terminateUserConnections closes the sockets of that user alone', async (sandbox) => {
  const [alice, bob] = [await sandbox.client(sandbox.user('alice')),
                        await sandbox.client(sandbox.user('bob', { watchlist: ['alice'] }))];
  await signedIn(alice);
  await signedIn(bob);
  const told = once(alice.connection, 'error', ({ data }) => data?.code === 4009);
  const closed = once(alice.connection, 'disconnected');
  const gone = once(bob.user.watchlist, 'offline');

  const response = await sandbox.server().terminateUserConnections('alice');

  assert.deepEqual(await response.json(), {});
  assert.match((await told).data.message, /disconnected by the app/);
  await closed;
  assert.deepEqual((await gone).user_ids, ['alice']);
  assert.equal(bob.connection.state, 'connected');
});

test('a signature made with another secret is refused with 4009', async (sandbox) => {
  const socket = await sandbox.client({
    userAuthentication: {
      customHandler: ({ socketId }, answer) =>
        answer(null, sandbox.server({ secret: 'not-the-secret' }).authenticateUser(socketId, { id: 'alice' })),
    },
  });
  const refused = once(socket.connection, 'error');
  socket.connection.bind('message', ({ event }) => assert.notEqual(event, 'pusher:signin_success'));

  socket.signin();

  const { data } = await refused;
  assert.equal(data.code, 4009);
  assert.ok(!data.message.includes(sandbox.secret), 'the message tells the secret');
  assert.equal(socket.connection.state, 'connected');
  assert.equal(socket.user.user_data, null);
});

run();

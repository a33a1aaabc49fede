// SPDX-License-Identifier: GPL-3.0-or-later
//
// What pusher-js can do beside the channels that the other scripts look at one by one: every type of channel in
// one connection, leaving them, handlers, states, pings, errors, and each way to be authorized.
'use strict';

const { assert, json, once, run, signedIn, subscribed, test } = require('./support');

/** One of each type of channel, and one of no type whose name looks like one. */
const CHANNELS = [
  'orders', 'private-orders', 'presence-orders', 'cache-orders', 'private-cache-orders', 'presence-cache-orders',
  'private-encrypted-orders', 'private-encrypted-cache-orders', 'privatefoo', 'my-cache-orders',
];
const SHIPPED = { order: 7, note: 'über ☃ 🎉', list: [1, 2.5, null, true] };

const endpoint = (sandbox, path) => `http://${sandbox.host}:${sandbox.port}${path}`;
const occupied = async (sandbox) =>
  Object.keys((await json(sandbox.server().get({ path: '/channels' }))).channels).sort();

test('every type of channel is subscribed as soon as there is a connection, and hears its events', async (sandbox) => {
  const socket = sandbox.openClient(sandbox.user('alice'));
  const channels = CHANNELS.map((name) => socket.subscribe(name));
  await Promise.all(channels.map((channel) => once(channel, 'pusher:subscription_succeeded')));
  assert.deepEqual(socket.allChannels(), channels);
  assert.deepEqual(await occupied(sandbox), [...CHANNELS].sort());

  for (const channel of channels) {
    const received = once(channel, 'shipped');
    await sandbox.server().trigger(channel.name, 'shipped', { ...SHIPPED, channel: channel.name });
    assert.deepEqual(await received, { ...SHIPPED, channel: channel.name });
    assert.equal(socket.channel(channel.name), channel);
  }

  await signedIn(socket);
  await once(socket.user.serverToUserChannel, 'pusher:subscription_succeeded');
  const received = once(socket.user, 'shipped');
  await sandbox.server().sendToUser('alice', 'shipped', SHIPPED);
  assert.deepEqual(await received, SHIPPED);
});

test('every type of channel can be left, also before the server has answered', async (sandbox) => {
  const socket = await sandbox.client();
  const barrier = await subscribed(socket, 'barrier');
  for (const name of CHANNELS) {
    await subscribed(socket, name);
    socket.unsubscribe(name);
    assert.equal(socket.channel(name), undefined);
  }
  const answered = once(socket.connection, 'message', ({ channel }) => channel === 'private-hasty');
  socket.subscribe('private-hasty').bind('pusher:subscription_succeeded', () => assert.fail('it was left'));
  socket.unsubscribe('private-hasty');
  await answered;
  await subscribed(socket, 'last');
  const done = once(barrier, 'done');
  await sandbox.server().trigger([...CHANNELS.filter((name) => !/encrypted/.test(name)), 'barrier'], 'done', {});
  await done;

  assert.deepEqual(await occupied(sandbox), ['barrier', 'last']);
  assert.deepEqual(socket.allChannels().map(({ name }) => name), ['barrier', 'last']);
});

test('handlers for all events hear each event once, and nothing after they were removed', async (sandbox) => {
  const socket = await sandbox.client();
  const channel = await subscribed(socket, 'orders');
  const log = [];
  const keep = (where) => (event, data) => log.push([where, event, data]);
  const [onSocket, onChannel] = [keep('socket'), keep('channel')];
  const onEvent = (data) => log.push(['event', 'shipped', data]);
  socket.bind_global(onSocket).bind('shipped', onEvent);
  channel.bind_global(onChannel).bind('shipped', onEvent);

  const trigger = async (n) => {
    const arrived = once(channel, 'done', (data) => data.n === n);
    await sandbox.server().trigger('orders', 'shipped', { n });
    await sandbox.server().trigger('orders', 'done', { n });
    await arrived;
  };
  await trigger(1);
  assert.deepEqual(log.filter(([, event]) => event === 'shipped'), [
    ['channel', 'shipped', { n: 1 }], ['event', 'shipped', { n: 1 }],
    ['socket', 'shipped', { n: 1 }], ['event', 'shipped', { n: 1 }],
  ]);

  log.length = 0;
  socket.unbind_global(onSocket).unbind('shipped', onEvent);
  channel.unbind_global(onChannel).unbind('shipped', onEvent);
  await trigger(2);
  assert.deepEqual(log, []);

  channel.bind('shipped', onEvent).bind_global(onChannel).unbind_all();
  channel.unbind_global();
  await trigger(3);
  assert.deepEqual(log, []);
});

test('the states of a connection, and a new socket id with each', async (sandbox) => {
  const socket = sandbox.openClient();
  const states = [];
  socket.connection.bind('state_change', ({ previous, current }) => states.push(`${previous}-${current}`));
  const { socket_id: first } = await once(socket.connection, 'connected');
  assert.match(first, /^\d+\.\d+$/);
  assert.equal(socket.connection.socket_id, first);
  const channel = await subscribed(socket, 'orders');

  socket.disconnect();
  assert.equal(channel.subscribed, false);
  socket.connect();
  const { socket_id: second } = await once(socket.connection, 'connected');
  await once(channel, 'pusher:subscription_succeeded');
  assert.notEqual(second, first);

  socket.switchCluster({ appKey: sandbox.key, cluster: 'eu' });
  const { socket_id: third } = await once(socket.connection, 'connected');
  await once(channel, 'pusher:subscription_succeeded');
  assert.equal(new Set([first, second, third]).size, 3);

  const received = once(channel, 'shipped');
  await sandbox.server().trigger('orders', 'shipped', SHIPPED, { socket_id: second });
  assert.deepEqual(await received, SHIPPED);
  assert.deepEqual(states, ['connecting-connected', 'connected-disconnected', 'disconnected-connecting',
                            'connecting-connected', 'connected-connecting', 'connecting-connected']);
});

test('silence is asked about after the seconds that were advertised, and an answer is enough', async (sandbox) => {
  const socket = await sandbox.client({ pongTimeout: 500 });
  const id = socket.connection.socket_id;
  const began = process.hrtime.bigint();

  for (let n = 0; n < 2; n++) {
    const { data } = await once(socket.connection, 'message', ({ event }) => event === 'pusher:pong');
    assert.ok(data === undefined || Object.keys(data).length === 0, JSON.stringify(data));
  }
  assert.ok(process.hrtime.bigint() - began >= 1900000000n, 'it was asked too early');

  const pong = once(socket.connection, 'message', ({ event }) => event === 'pusher:pong');
  socket.send_event('pusher:ping', {});
  await pong;
  assert.deepEqual([socket.connection.state, socket.connection.socket_id], ['connected', id]);
}, { serve: ['--activity-timeout', '1'] });

test('what cannot be subscribed or sent is told as pusher:error, and the connection stays', async (sandbox) => {
  const socket = await sandbox.client();
  const told = once(socket.connection, 'error');
  socket.subscribe('not/a/channel').bind('pusher:subscription_succeeded', () => assert.fail('it was accepted'));
  const { type, data } = await told;
  assert.equal(type, 'PusherError');
  assert.match(data.message, /not\/a\/channel|channel/);

  const channel = await subscribed(socket, 'private-orders');
  assert.throws(() => channel.trigger('typing', {}), /does not start with 'client-'/);
  const sealed = await subscribed(socket, 'private-encrypted-orders');
  assert.throws(() => sealed.trigger('client-typing', {}), /not currently supported/);
  const foreign = once(socket.connection, 'error');
  socket.send_event('client-typing', {}, 'private-never-joined');
  assert.match((await foreign).data.message, /\w+ \w+/);
  assert.equal(socket.connection.state, 'connected');
});

test('members can be asked for, one by one and all', async (sandbox) => {
  const alice = await sandbox.client(sandbox.as('alice', { name: 'Älice' }));
  const lobby = await subscribed(alice, 'presence-lobby');
  const added = once(lobby, 'pusher:member_added');
  await subscribed(await sandbox.client(sandbox.as('7', { name: 'Bob' })), 'presence-lobby');
  assert.deepEqual(await added, { id: '7', info: { name: 'Bob' } });

  const { members } = lobby;
  assert.deepEqual(members.get('7'), { id: '7', info: { name: 'Bob' } });
  assert.equal(members.get('nobody'), null);
  assert.deepEqual([members.count, members.myID, members.me],
                   [2, 'alice', { id: 'alice', info: { name: 'Älice' } }]);
  const seen = [];
  members.each(({ id }) => seen.push(id));
  assert.deepEqual(seen.sort(), ['7', 'alice']);
});

const me = async (sandbox, options) => {
  const lobby = await subscribed(await sandbox.client(options), 'presence-lobby');
  return lobby.firstMembers.me;
};

test('ajax authorization: parameters and headers, fixed and asked for each time, reach the route', async (sandbox) => {
  const route = endpoint(sandbox, '/broadcasting/authorize');
  const alice = { id: 'alice', info: { name: 'Älice & Söhne' } };
  const params = { user_id: 'alice', user_info: JSON.stringify(alice.info) };
  const ajax = (options) => ({ channelAuthorization: { endpoint: route, transport: 'ajax', ...options } });

  assert.deepEqual(await me(sandbox, ajax({ params })), alice);
  assert.deepEqual(await me(sandbox, ajax({ paramsProvider: () => params })), alice);
  assert.equal((await me(sandbox, ajax({ headers: { 'X-Broadcast-User': 'bob' } }))).id, 'bob');
  assert.equal((await me(sandbox, ajax({ headersProvider: () => ({ 'X-Broadcast-User': 'eve' }) }))).id, 'eve');
  assert.deepEqual(await me(sandbox, { channelAuthorization: null, authEndpoint: route,
                                       authTransport: 'ajax', auth: { params } }), alice);
});

test('custom authorization: a handler, the old spelling of one, and one that refuses', async (sandbox) => {
  const server = sandbox.server();
  assert.deepEqual(await me(sandbox, sandbox.as('alice', { n: 1 })), { id: 'alice', info: { n: 1 } });
  const authorizer = (channel) => ({
    authorize: (socketId, answer) => answer(null, server.authorizeChannel(socketId, channel.name, { user_id: 'bob' })),
  });
  assert.equal((await me(sandbox, { channelAuthorization: null, authorizer })).id, 'bob');

  const socket = await sandbox.client({
    channelAuthorization: { customHandler: (question, answer) => setImmediate(answer, new Error('not today'), null) },
  });
  const refused = once(socket.subscribe('private-orders'), 'pusher:subscription_error');
  assert.deepEqual(await refused, { type: 'AuthError', error: 'not today' });
  assert.deepEqual(await occupied(sandbox), ['presence-lobby']);
});

test('jsonp authorization is for browsers: in Node the library refuses it itself', async (sandbox) => {
  assert.throws(() => sandbox.openClient({
    channelAuthorization: { endpoint: endpoint(sandbox, '/broadcasting/authorize'), transport: 'jsonp' },
  }), (error) => /jsonp/.test(error));
});

test('a key that opens nothing is asked for once more, and the event is opened', async (sandbox) => {
  let asked = 0;
  const socket = await sandbox.client({
    channelAuthorization: {
      customHandler: ({ socketId, channelName }, answer) => {
        const stale = { encryptionMasterKeyBase64: Buffer.alloc(32, 1).toString('base64') };
        answer(null, sandbox.server(asked++ === 0 ? stale : {}).authorizeChannel(socketId, channelName));
      },
    },
  });
  const channel = await subscribed(socket, 'private-encrypted-orders');
  const received = once(channel, 'shipped');
  await sandbox.server().trigger('private-encrypted-orders', 'shipped', SHIPPED);
  assert.deepEqual(await received, SHIPPED);
  assert.equal(asked, 2);
});

test('what is sent to a user can be heard by name and as a whole, until the handlers are removed', async (sandbox) => {
  const socket = await sandbox.client(sandbox.user('alice'));
  await signedIn(socket);
  await once(socket.user.serverToUserChannel, 'pusher:subscription_succeeded');
  const log = [];
  const byName = (data) => log.push(['name', data.n]);
  socket.user.bind('shipped', byName);
  socket.user.bind_global((event, data) => event === 'shipped' && log.push(['global', data.n]));

  const send = async (n) => {
    const arrived = once(socket.user, 'done');
    await sandbox.server().sendToUser('alice', 'shipped', { n });
    await sandbox.server().sendToUser('alice', 'done', {});
    await arrived;
  };
  await send(1);
  socket.user.unbind('shipped', byName);
  await send(2);
  assert.deepEqual(log.sort(), [['global', 1], ['global', 2], ['name', 1]]);
});

test('a route that refuses to sign in is told on the user, and the connection stays', async (sandbox) => {
  const socket = await sandbox.client({
    userAuthentication: { endpoint: endpoint(sandbox, '/no/such/route'), transport: 'ajax' },
  });
  const failed = once(socket.user, 'pusher:signin_error');
  socket.signin();
  const { type, status } = await failed;
  assert.deepEqual([type, status, socket.connection.state], ['AuthError', 404, 'connected']);
});

run();

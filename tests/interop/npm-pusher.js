// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every public method of npm pusher, with what it does to clients that are connected with pusher-js.
'use strict';

const crypto = require('node:crypto');
const http = require('node:http');
const net = require('node:net');

const { Pusher, assert, json, once, run, signedIn, subscribed, test } = require('./support');

const ENCRYPTED = 'private-encrypted-orders';
const SHIPPED = { order: 7, note: 'über ☃ 🎉', list: [1, 2.5, null, true], nested: { deep: {} } };

const used = new Set();

/** An object of the library, or the library itself, that remembers which of its members were used. */
function remembering(target) {
  return new Proxy(target, {
    get(object, name) {
      used.add(name);
      return object[name];
    },
  });
}

const Library = remembering(Pusher);
const library = (sandbox, options) => remembering(sandbox.server(options));

const hmac = (secret, text) => crypto.createHmac('sha256', secret).update(text).digest('hex');

test('trigger: one channel and several, past one socket, with the counts that were asked for', async (sandbox) => {
  const [alice, bob] = await Promise.all([sandbox.client(), sandbox.client()]);
  const [left, right] = [await subscribed(alice, 'orders'), await subscribed(bob, 'orders')];
  left.bind('shipped', () => assert.fail('the socket that was left out received it'));
  const received = once(right, 'shipped');

  const answer = await library(sandbox).trigger('orders', 'shipped', SHIPPED, {
    socket_id: alice.connection.socket_id, info: 'subscription_count' });

  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), { channels: { orders: { subscription_count: 2 } } });
  assert.deepEqual(await received, SHIPPED);

  const others = [await subscribed(bob, 'private-orders'), right];
  const all = Promise.all(others.map((channel) => once(channel, 'packed')));
  assert.deepEqual(await json(library(sandbox).trigger(['private-orders', 'orders'], 'packed', SHIPPED)), {});
  assert.deepEqual(await all, [SHIPPED, SHIPPED]);
});

test('triggerBatch: each event arrives, in the order of the batch', async (sandbox) => {
  const socket = await sandbox.client();
  const log = [];
  for (const name of ['orders', ENCRYPTED]) {
    (await subscribed(socket, name)).bind('shipped', (data) => log.push([name, data]));
  }
  const last = once(socket.channel('orders'), 'shipped', (data) => data === 'last');

  assert.deepEqual(await json(library(sandbox).triggerBatch([
    { channel: 'orders', name: 'shipped', data: SHIPPED },
    { channel: ENCRYPTED, name: 'shipped', data: SHIPPED },
    { channel: 'orders', name: 'shipped', data: 'last', info: 'subscription_count' },
  ])), { batch: [{}, {}, { subscription_count: 1 }] });

  await last;
  assert.deepEqual(log, [['orders', SHIPPED], [ENCRYPTED, SHIPPED], ['orders', 'last']]);
});

test('authenticateUser, sendToUser, terminateUserConnections: one user is signed in, told and sent away',
     async (sandbox) => {
  const user = { id: 'alice', user_info: { name: 'Älice' }, watchlist: ['bob'] };
  const server = library(sandbox);
  const alice = await sandbox.client({
    userAuthentication: {
      customHandler: ({ socketId }, answer) => {
        const signed = server.authenticateUser(socketId, user);
        assert.deepEqual(signed, {
          auth: `${sandbox.key}:${hmac(sandbox.secret, `${socketId}::user::${JSON.stringify(user)}`)}`,
          user_data: JSON.stringify(user),
        });
        answer(null, signed);
      },
    },
  });
  assert.deepEqual(await signedIn(alice), user);
  await once(alice.user.serverToUserChannel, 'pusher:subscription_succeeded');
  const bob = await sandbox.client(sandbox.user('bob'));
  await signedIn(bob);
  bob.user.bind_global((event) => assert.fail(`bob received ${event}`));

  const received = once(alice.user, 'shipped');
  assert.deepEqual(await json(server.sendToUser('alice', 'shipped', SHIPPED)), {});
  assert.deepEqual(await received, SHIPPED);

  const closed = once(alice.connection, 'disconnected');
  assert.deepEqual(await json(server.terminateUserConnections('alice')), {});
  await closed;
  await subscribed(bob, 'barrier');
  assert.equal(bob.connection.state, 'connected');
});

for (const method of ['authorizeChannel', 'authenticate']) {
  test(`${method}: what it signs lets clients into private, presence and encrypted channels`, async (sandbox) => {
    const server = library(sandbox);
    const member = { user_id: '7', user_info: { name: 'Zoë "Z"', slash: 'a/b' } };
    const data = JSON.stringify(member);
    const socket = await sandbox.client({
      channelAuthorization: {
        customHandler: ({ socketId, channelName }, answer) => {
          const isPresence = channelName.startsWith('presence-');
          const signed = server[method](socketId, channelName, isPresence ? member : undefined);
          const text = `${socketId}:${channelName}${isPresence ? `:${data}` : ''}`;
          assert.equal(signed.auth, `${sandbox.key}:${hmac(sandbox.secret, text)}`);
          assert.equal(signed.channel_data, isPresence ? data : undefined);
          answer(null, signed);
        },
      },
    });

    for (const name of ['private-orders', 'presence-lobby', ENCRYPTED]) {
      const channel = await subscribed(socket, name);
      const received = once(channel, 'shipped');
      await server.trigger(name, 'shipped', SHIPPED);
      assert.deepEqual(await received, SHIPPED);
    }
    assert.deepEqual(socket.channel('presence-lobby').members.me, { id: '7', info: member.user_info });
  });
}

test('channelSharedSecret: it is what the sandbox\'s own route hands out', async (sandbox) => {
  const form = new URLSearchParams({ socket_id: '12.34', channel_name: ENCRYPTED });
  const answer = await fetch(`http://${sandbox.host}:${sandbox.port}/broadcasting/authorize`,
                             { method: 'POST', body: form });

  assert.equal((await answer.json()).shared_secret,
               library(sandbox).channelSharedSecret(ENCRYPTED).toString('base64'));
});

test('get: channels, one channel and its users, each with parameters', async (sandbox) => {
  await subscribed(await sandbox.client(sandbox.as('alice', {})), 'presence-lobby');
  await subscribed(await sandbox.client(), 'orders');
  const server = library(sandbox);
  const get = (path, params) => json(server.get({ path, params }));

  assert.deepEqual(await get('/channels', { filter_by_prefix: 'presence-', info: 'user_count' }),
                   { channels: { 'presence-lobby': { user_count: 1 } } });
  assert.deepEqual(await get('/channels/orders', { info: 'subscription_count' }),
                   { occupied: true, subscription_count: 1 });
  assert.deepEqual(await get('/channels/presence-lobby/users'), { users: [{ id: 'alice' }] });
  assert.throws(() => server.get({ path: '/channels', params: { auth_key: 'x' } }), /auth_key is a required/);
});

test('post: an event by hand arrives as it was written', async (sandbox) => {
  const channel = await subscribed(await sandbox.client(), 'orders');
  const received = once(channel, 'by-hand');

  assert.deepEqual(await json(library(sandbox).post({
    path: '/events', body: { name: 'by-hand', channel: 'orders', data: JSON.stringify(SHIPPED) },
  })), {});

  assert.deepEqual(await received, SHIPPED);
});

test('createSignedQueryString: a request that somebody else sends is accepted', async (sandbox) => {
  const channel = await subscribed(await sandbox.client(), 'orders');
  const received = once(channel, 'signed');
  const path = `/apps/${sandbox.appId}/events`;
  const body = JSON.stringify({ name: 'signed', data: JSON.stringify(SHIPPED), channels: ['orders'] });
  const query = library(sandbox).createSignedQueryString({ method: 'POST', path, body });

  const answer = await fetch(`http://${sandbox.host}:${sandbox.port}${path}?${query}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body,
  });

  assert.equal(answer.status, 200);
  assert.deepEqual(await received, SHIPPED);
});

test('webhook: a body that the app\'s secret signed is valid, and nothing else', async (sandbox) => {
  const told = {
    time_ms: 1700000000123,
    events: [{ name: 'channel_occupied', channel: 'orders' },
             { name: 'client_event', channel: 'presence-lobby', event: 'client-typing', data: '{"on":true}',
               socket_id: '12.34', user_id: 'alice' }],
  };
  const body = JSON.stringify(told);
  const hook = ({ rawBody = body, secret = sandbox.secret, key = sandbox.key, type = 'application/json' } = {}) =>
    library(sandbox).webhook({
      rawBody,
      headers: { 'x-pusher-key': key, 'x-pusher-signature': hmac(secret, body), 'content-type': type },
    });

  assert.equal(hook().isValid(), true);
  assert.deepEqual(hook().getData(), told);
  assert.deepEqual(hook().getEvents(), told.events);
  assert.deepEqual(hook().getTime(), new Date(told.time_ms));

  assert.equal(hook({ rawBody: `${body} ` }).isValid(), false);
  assert.equal(hook({ secret: 'not-the-secret' }).isValid(), false);
  assert.equal(hook({ key: 'another' }).isValid(), false);
  assert.equal(hook({ key: 'another', secret: 'old' }).isValid(new Library.Token('another', 'old')), true);
  const wrong = hook({ type: 'text/plain' });
  assert.equal(wrong.isValid(), false);
  assert.throws(() => wrong.getData(), (error) => error instanceof Library.WebHookError
                && error.body === body && error.contentType === 'text/plain');
});

test('forURL and forCluster: both reach the sandbox', async (sandbox) => {
  const channel = await subscribed(await sandbox.client(), 'orders');
  const byUrl = Library.forURL(
    `http://${sandbox.key}:${sandbox.secret}@${sandbox.host}:${sandbox.port}/apps/${sandbox.appId}`);
  let received = once(channel, 'by-url');
  await byUrl.trigger('orders', 'by-url', SHIPPED);
  assert.deepEqual(await received, SHIPPED);

  /* A cluster is a host name, which is led to the sandbox here. */
  const lookup = (name, { all }, found) => {
    assert.equal(name, 'api-eu.pusher.com');
    if (all) found(null, [{ address: sandbox.host, family: 4 }]);
    else found(null, sandbox.host, 4);
  };
  const agent = new http.Agent({ lookup });
  const byCluster = Library.forCluster('eu', {
    appId: sandbox.appId, key: sandbox.key, secret: sandbox.secret, port: String(sandbox.port), agent });
  received = once(channel, 'by-cluster');
  await byCluster.trigger('orders', 'by-cluster', SHIPPED);
  assert.deepEqual(await received, SHIPPED);
});

test('RequestError: it tells what was answered, or why nothing was', async (sandbox) => {
  const refused = await library(sandbox, { secret: 'not-the-secret' }).trigger('orders', 'e', {})
    .then(() => assert.fail('it was accepted'), (error) => error);
  assert.ok(refused instanceof Library.RequestError);
  assert.deepEqual([refused.name, refused.message, refused.status, refused.error],
                   ['PusherRequestError', 'Unexpected status code 401', 401, undefined]);
  assert.match(refused.body, /^Invalid signature: you should have sent HmacSHA256Hex/);
  assert.match(refused.url, new RegExp(`^http://127.0.0.1:${sandbox.port}/apps/${sandbox.appId}/events\\?`));

  const deaf = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => deaf.once('listening', resolve));
  const { port } = deaf.address();
  const late = await library(sandbox, { port: String(port), timeout: 50 }).trigger('orders', 'e', {})
    .then(() => assert.fail('it was accepted'), (error) => error);
  assert.ok(late instanceof Library.RequestError);
  assert.deepEqual([late.status, late.error.type], [undefined, 'aborted']);
  deaf.close();
});

test('what the library refuses itself never reaches the sandbox', async (sandbox) => {
  const server = library(sandbox);
  for (const call of [
    () => server.trigger('no/channel', 'e', {}), () => server.trigger('c'.repeat(201), 'e', {}),
    () => server.trigger(Array.from({ length: 101 }, (_, n) => `c${n}`), 'e', {}),
    () => server.trigger('c', 'e'.repeat(201), {}), () => server.trigger('c', 'e', {}, { socket_id: 'x' }),
    () => server.trigger([ENCRYPTED, 'c'], 'e', {}), () => server.sendToUser('', 'e', {}),
    () => server.authorizeChannel('x', 'private-c'), () => server.authenticateUser('1.2', { id: '' }),
  ]) assert.throws(call, Error);
  assert.deepEqual(await json(server.get({ path: '/channels' })), { channels: {} });
});

test('no public member of the library was left out', async () => {
  const members = [...Object.getOwnPropertyNames(Pusher.prototype), ...Object.keys(Pusher)]
    .filter((name) => name !== 'constructor');
  assert.ok(members.length >= 17, members.join());
  assert.deepEqual(members.filter((name) => !used.has(name)), []);
});

run();

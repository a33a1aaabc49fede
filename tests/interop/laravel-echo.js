// SPDX-License-Identifier: GPL-3.0-or-later
//
// Laravel Echo over pusher-js, with the routes and event names that a Laravel app has.
'use strict';

const http = require('node:http');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const { PusherJs, assert, find, json, once, run, subscribed, test } = require('./support');

const SHIPPED = { order: 7, note: 'über ☃ 🎉' };

/* The package has no build that Node can require, only one to import. */
const file = path.join(path.dirname(find('laravel-echo')), 'echo.js');

/** A connected Echo, as a Laravel app's own page makes it. */
async function echo(sandbox, { id = 'alice', ...options } = {}) {
  const { default: Echo } = await import(pathToFileURL(file));
  const self = new Echo({
    broadcaster: 'pusher', Pusher: PusherJs, key: sandbox.key, cluster: 'mt1',
    wsHost: sandbox.host, wsPort: sandbox.port, forceTLS: false, enabledTransports: ['ws'],
    authEndpoint: `http://${sandbox.host}:${sandbox.port}/broadcasting/auth`,
    auth: { headers: { 'X-Broadcast-User': id } },
    ...options,
  });
  sandbox.sockets.push(self);
  await once(self.connector.pusher.connection, 'connected');
  return self;
}

/** A Laravel app for one case: what it answers to each request, given the headers and the form. */
async function app(answer) {
  const server = http.createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = await answer(request.headers, new URLSearchParams(Buffer.concat(parts).toString()));
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once({ bind: server.on.bind(server), unbind: server.off.bind(server) }, 'listening');
  server.unref();
  return `http://127.0.0.1:${server.address().port}`;
}

/** Resolves once the server has taken up the subscription. */
const ready = (channel) => new Promise((resolve, reject) => {
  channel.subscribed(resolve).error((error) => reject(new Error(JSON.stringify(error))));
});

/** What the first event of a kind brings, which `listen` is told to hand to its argument. */
const first = (listen) => new Promise((resolve) => { listen(resolve); });

for (const [what, open, name] of [
  ['channel', (self) => self.channel('orders'), 'orders'],
  ['private', (self) => self.private('orders'), 'private-orders'],
  ['join', (self) => self.join('orders'), 'presence-orders'],
  ['encryptedPrivate', (self) => self.encryptedPrivate('orders'), 'private-encrypted-orders'],
]) {
  test(`${what}: events arrive by class, by a name with a dot, and as a whole`, async (sandbox) => {
    const self = await echo(sandbox);
    const channel = open(self);
    await ready(channel);
    const server = sandbox.server();

    const byClass = first((heard) => channel.listen('OrderShipped', heard));
    await server.trigger(name, 'App\\Events\\OrderShipped', SHIPPED);
    assert.deepEqual(await byClass, SHIPPED);

    const byName = first((heard) => channel.listen('.order.shipped', heard));
    await server.trigger(name, 'order.shipped', SHIPPED);
    assert.deepEqual(await byName, SHIPPED);

    const log = [];
    channel.listenToAll((event, data) => log.push([event, data]));
    const done = first((heard) => channel.listen('.done', heard));
    await server.trigger(name, 'App\\Events\\OrderShipped', SHIPPED);
    await server.trigger(name, 'done', {});
    await done;
    assert.deepEqual(log, [['OrderShipped', SHIPPED], ['.done', {}]]);
  });
}

test('listen: one call on the instance, and a namespace of one\'s own', async (sandbox) => {
  const self = await echo(sandbox, { namespace: 'Shop.Events' });
  const heard = first((resolve) => self.listen('orders', 'OrderShipped', resolve));
  await ready(self.channel('orders'));

  await sandbox.server().trigger('orders', 'Shop\\Events\\OrderShipped', SHIPPED);

  assert.deepEqual(await heard, SHIPPED);
});

for (const [what, open] of [
  ['private', (self) => self.private('chat')], ['join', (self) => self.join('chat')],
]) {
  test(`whisper on ${what}: the others hear it, until they stop listening`, async (sandbox) => {
    const [alice, bob] = [await echo(sandbox), await echo(sandbox, { id: 'bob' })];
    const [from, to] = [open(alice), open(bob)];
    await Promise.all([ready(from), ready(to)]);
    from.listenForWhisper('typing', () => assert.fail('the sender heard itself'));
    const log = [];
    to.listenForWhisper('typing', (data) => log.push(data));
    const whisper = async (data, barrier) => {
      const heard = first((resolve) => to.listenForWhisper(barrier, resolve));
      from.whisper('typing', data).whisper(barrier, {});
      await heard;
    };

    await whisper({ on: true, who: 'Älice' }, 'one');
    to.stopListeningForWhisper('typing');
    await whisper({ on: false }, 'two');

    assert.deepEqual(log, [{ on: true, who: 'Älice' }]);
  });
}

test('here, joining, leaving: who is in a presence channel, by what the route said of them', async (sandbox) => {
  const options = (id) => ({
    id, channelAuthorization: {
      endpoint: `http://${sandbox.host}:${sandbox.port}/broadcasting/auth`, transport: 'ajax',
      params: { user_id: id, user_info: JSON.stringify({ name: id, tags: ['ü'] }) },
    },
  });
  const info = (id) => ({ name: id, tags: ['ü'] });
  const alice = await echo(sandbox, options('alice'));
  const lobby = alice.join('lobby');
  assert.deepEqual(await first((seen) => lobby.here(seen)), [info('alice')]);

  const joining = first((seen) => lobby.joining(seen));
  const bob = await echo(sandbox, options('bob'));
  const here = await first((seen) => bob.join('lobby').here(seen));
  assert.deepEqual(here.map(({ name }) => name).sort(), ['alice', 'bob']);
  assert.deepEqual(await joining, info('bob'));

  const leaving = first((seen) => lobby.leaving(seen));
  bob.leave('lobby');
  assert.deepEqual(await leaving, info('bob'));
});

test('notification: what Laravel broadcasts as one arrives, until it is no longer listened for', async (sandbox) => {
  const user = (await echo(sandbox)).private('App.Models.User.1');
  await ready(user);
  const log = [];
  user.notification((data) => log.push(data));
  const notify = async (data, barrier) => {
    const heard = first((resolve) => user.listen(`.${barrier}`, resolve));
    await sandbox.server().trigger(user.name, 'Illuminate\\Notifications\\Events\\BroadcastNotificationCreated', data);
    await sandbox.server().trigger(user.name, barrier, {});
    await heard;
  };
  const invoice = { id: 'a1', type: 'App\\Notifications\\InvoicePaid', amount: '12.00' };

  await notify(invoice, 'one');
  user.stopListeningForNotification();
  await notify({ id: 'a2' }, 'two');

  assert.deepEqual(log, [invoice]);
});

test('stopListening: one handler, then all of an event', async (sandbox) => {
  const self = await echo(sandbox);
  const channel = self.channel('orders');
  await ready(channel);
  const log = [];
  const [one, two] = [(data) => log.push(['one', data.n]), (data) => log.push(['two', data.n])];
  channel.listen('OrderShipped', one).listen('OrderShipped', two);
  const send = async (n) => {
    const done = first((resolve) => channel.listen(`.done-${n}`, resolve));
    await sandbox.server().trigger('orders', 'App\\Events\\OrderShipped', { n });
    await sandbox.server().trigger('orders', `done-${n}`, {});
    await done;
  };

  await send(1);
  channel.stopListening('OrderShipped', one);
  await send(2);
  channel.stopListening('OrderShipped');
  await send(3);
  assert.deepEqual(log, [['one', 1], ['two', 1], ['two', 2]]);
});

test('leave, leaveChannel, leaveAllChannels: the server forgets what was left', async (sandbox) => {
  const self = await echo(sandbox);
  let asked = 0;
  const held = async () => {
    await subscribed(self.connector.pusher, `barrier-${asked++}`);
    const { channels } = await json(sandbox.server().get({ path: '/channels' }));
    return Object.keys(channels).filter((name) => !name.startsWith('barrier-')).sort();
  };
  await Promise.all([self.channel('a'), self.private('a'), self.join('a'), self.encryptedPrivate('a'),
                     self.channel('b')].map(ready));

  assert.deepEqual(await held(), ['a', 'b', 'presence-a', 'private-a', 'private-encrypted-a']);
  self.leaveChannel('private-a');
  assert.deepEqual(await held(), ['a', 'b', 'presence-a', 'private-encrypted-a']);
  self.leave('a');
  assert.deepEqual(await held(), ['b']);
  self.leaveAllChannels();
  assert.deepEqual(await held(), []);
});

test('toOthers: by the X-Socket-ID that Echo puts on requests the page that made one is left out', async (sandbox) => {
  const url = await app(({ 'x-socket-id': socketId }) => sandbox.server().trigger(
    'private-orders', 'App\\Events\\OrderShipped', SHIPPED, { socket_id: socketId }).then(() => ({ socketId })));
  const interceptors = [];
  globalThis.axios = Object.assign(() => {}, { interceptors: { request: { use: (it) => interceptors.push(it) } } });
  const alice = await echo(sandbox);
  delete globalThis.axios;
  const bob = await echo(sandbox, { id: 'bob' });
  const [here, there] = [alice.private('orders'), bob.private('orders')];
  await Promise.all([ready(here), ready(there)]);
  here.listen('OrderShipped', () => assert.fail('the page that made the request heard it'));
  const heard = first((resolve) => there.listen('OrderShipped', resolve));

  const { headers } = interceptors[0]({ headers: {} });
  const answer = await fetch(url, { method: 'POST', headers });

  assert.match(alice.socketId(), /^\d+\.\d+$/);
  assert.deepEqual(await answer.json(), { socketId: alice.socketId() });
  assert.deepEqual(await heard, SHIPPED);
  const done = first((resolve) => here.listen('.done', resolve));
  await sandbox.server().trigger('private-orders', 'done', {});
  await done;
});

test('a bearer token and a CSRF token go to the route, and the states can be followed', async (sandbox) => {
  const seen = [];
  const url = await app((headers, form) => {
    seen.push([headers.authorization, headers['x-csrf-token']]);
    return sandbox.server().authorizeChannel(form.get('socket_id'), form.get('channel_name'));
  });
  const self = await echo(sandbox, { authEndpoint: `${url}/broadcasting/auth`, auth: { headers: {} },
                                     bearerToken: 't0ken', csrfToken: 'c5rf' });
  const states = new Set();
  self.connector.onConnectionChange((state) => states.add(state));

  await ready(self.private('orders'));
  assert.deepEqual(seen, [['Bearer t0ken', 'c5rf']]);
  assert.equal(self.connectionStatus(), 'connected');
  self.disconnect();
  assert.deepEqual([...states], ['disconnected']);
});

run();

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sandbox goes away and comes back on its port; pusher-js comes back by itself, with all that it had.
'use strict';

const { assert, once, run, signedIn, test } = require('./support');

const CHANNELS = ['orders', 'private-orders', 'private-encrypted-orders', 'cache-orders', 'presence-lobby'];

/* A library that finds nobody at the port asks again after 15 s. */
const PATIENCE_MS = 40000;

/** A signed-in client that holds all channels and writes down its states. */
async function member(sandbox, id) {
  const socket = await sandbox.client({
    ...sandbox.user(id),
    channelAuthorization: {
      endpoint: `http://${sandbox.host}:${sandbox.port}/broadcasting/authorize`, transport: 'ajax',
      params: { user_id: id, user_info: JSON.stringify({ name: id.toUpperCase() }) },
    },
  });
  const states = [];
  socket.connection.bind('state_change', ({ current }) => states.push(current));
  const channels = Object.fromEntries(CHANNELS.map((name) => [name, socket.subscribe(name)]));
  const all = () => Promise.all(CHANNELS.map((name) => once(channels[name], 'pusher:subscription_succeeded')));
  await all();
  await signedIn(socket);
  return { socket, states, channels, all, first: socket.connection.socket_id };
}

for (const [signal, how] of [['SIGKILL', 'crashes'], ['SIGTERM', 'is stopped']]) {
  test(`the sandbox ${how} and is started again: channels, members, users and events are back`, async (sandbox) => {
    await sandbox.server().trigger('cache-orders', 'price', { eur: 9.5 });
    const [alice, bob] = [await member(sandbox, 'alice'), await member(sandbox, 'bob')];
    const both = [alice, bob];
    assert.equal(alice.channels['presence-lobby'].members.count, 2);

    const back = Promise.all(both.map((each) => Promise.all([
      once(each.socket.connection, 'connecting'), each.all(),
      once(each.channels['cache-orders'], 'pusher:cache_miss'),
      once(each.socket.connection, 'message', ({ event }) => event === 'pusher:signin_success'),
    ])));
    const met = Promise.race(both.map((each) => once(each.channels['presence-lobby'], 'pusher:member_added')));
    await sandbox.restart(signal);
    await Promise.all([back, met]);

    for (const { socket, states, channels, first } of both) {
      assert.deepEqual(states.filter((state) => state !== 'unavailable'), ['connecting', 'connected']);
      assert.notEqual(socket.connection.socket_id, first);
      assert.deepEqual(channels['presence-lobby'].members.members,
                       { alice: { name: 'ALICE' }, bob: { name: 'BOB' } });
      assert.equal(channels['presence-lobby'].members.count, 2);
    }

    for (const name of CHANNELS) {
      const received = Promise.all(both.map(({ channels }) => once(channels[name], 'shipped')));
      await sandbox.server().trigger(name, 'shipped', { on: name, note: 'über ☃' });
      assert.deepEqual(await received, [{ on: name, note: 'über ☃' }, { on: name, note: 'über ☃' }]);
    }
    const mine = once(bob.socket.user, 'shipped');
    await sandbox.server().sendToUser('bob', 'shipped', { order: 7 });
    assert.deepEqual(await mine, { order: 7 });
    const typing = once(bob.channels['private-orders'], 'client-typing');
    alice.channels['private-orders'].trigger('client-typing', { on: true });
    assert.deepEqual(await typing, { on: true });
  }, { timeout: PATIENCE_MS });
}

run();

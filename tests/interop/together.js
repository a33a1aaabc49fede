// SPDX-License-Identifier: GPL-3.0-or-later
//
// Broadcast's own client and pusher-js in the same channels of one sandbox: what one does the other sees,
// and both see the same.
'use strict';

const { spawn } = require('node:child_process');
const path = require('node:path');
const readline = require('node:readline');

const { assert, once, run, signedIn, subscribed, test } = require('./support');

const ENCRYPTED = 'private-encrypted-orders';

/** What every command has to be told to find the sandbox. */
const connection = (sandbox) => [
  '--host', sandbox.host, '--port', String(sandbox.port), '--app-id', sandbox.appId, '--key', sandbox.key,
  '--secret-file', path.join(sandbox.folder, 'secret'),
  '--master-key-file', path.join(sandbox.folder, 'master-key'),
];

/** `broadcastctl subscribe --json`, whose lines can be waited for in any order. */
class Listener {
  constructor(sandbox, ...args) {
    this.lines = [];
    this.waiting = [];
    this.process = spawn(process.env.BROADCASTCTL, ['subscribe', '--json', ...connection(sandbox), ...args],
                         { stdio: ['ignore', 'pipe', 'inherit'] });
    this.exited = new Promise((resolve) => this.process.once('exit', resolve));
    readline.createInterface({ input: this.process.stdout }).on('line', (line) => this.take(JSON.parse(line)));
  }

  take(line) {
    const index = this.waiting.findIndex(({ matches }) => matches(line));
    if (index < 0) this.lines.push(line);
    else this.waiting.splice(index, 1)[0].resolve(line);
  }

  /** The first line for which `matches` holds that nobody else has waited for. */
  line(matches) {
    const index = this.lines.findIndex(matches);
    if (index >= 0) return Promise.resolve(this.lines.splice(index, 1)[0]);
    return new Promise((resolve) => this.waiting.push({ matches, resolve }));
  }

  subscribed(channel) {
    return this.line((line) => line.type === 'subscription' && line.channel === channel
                               && line.state === 'subscribed');
  }

  async event(channel, event) {
    const line = await this.line((each) => each.type === 'event' && each.channel === channel
                                           && each.event === event);
    return line.data;
  }

  async stop() {
    this.process.kill('SIGINT');
    await this.exited;
  }
}

function broadcastctl(...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.env.BROADCASTCTL, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (data) => { output += data; });
    child.once('exit', (code) => (code === 0 ? resolve(output) : reject(new Error(`exit code ${code}`))));
  });
}

test('both are members of one presence channel, under the names they gave', async (sandbox) => {
  const alice = new Listener(sandbox, 'presence-lobby', '--user-id', 'alice', '--user-info', '{"name":"Älice"}');
  await alice.subscribed('presence-lobby');
  const lobby = await subscribed(await sandbox.client(sandbox.as('bob', { name: 'Bob' })), 'presence-lobby');
  assert.deepEqual(lobby.firstMembers.members, { alice: { name: 'Älice' }, bob: { name: 'Bob' } });
  assert.deepEqual(JSON.parse(await alice.event('presence-lobby', 'pusher:member_added')),
                   { user_id: 'bob', user_info: { name: 'Bob' } });

  const received = once(lobby, 'hello');
  await broadcastctl('trigger', 'presence-lobby', '-e', 'hello', '-d', '{"to":"ünd"}', ...connection(sandbox));
  assert.deepEqual(await received, { to: 'ünd' });
  assert.deepEqual(JSON.parse(await alice.event('presence-lobby', 'hello')), { to: 'ünd' });

  lobby.trigger('client-typing', { on: true });
  const typing = await alice.line((line) => line.event === 'client-typing');
  assert.deepEqual([JSON.parse(typing.data), typing.user_id], [{ on: true }, 'bob']);

  const removed = once(lobby, 'pusher:member_removed');
  await alice.stop();
  assert.equal((await removed).id, 'alice');
});

test('what npm pusher seals the client opens', async (sandbox) => {
  const alice = new Listener(sandbox, ENCRYPTED);
  await alice.subscribed(ENCRYPTED);
  const payloads = [{ order: 7, note: 'über ☃' }, 'no JSON', [1, 2], 42, { fill: 'ü'.repeat(3000) }];

  for (const [index, payload] of payloads.entries()) {
    await sandbox.server().trigger(ENCRYPTED, `shipped-${index}`, payload);
    assert.deepEqual(JSON.parse(await alice.event(ENCRYPTED, `shipped-${index}`)), payload);
  }
  await alice.stop();
});

test('what the client seals pusher-js opens', async (sandbox) => {
  const channel = await subscribed(await sandbox.client(), ENCRYPTED);
  const payloads = [{ order: 7, note: 'über ☃' }, [1, 2], 42, { fill: 'ü'.repeat(3000) }];

  for (const [index, payload] of payloads.entries()) {
    const received = once(channel, `placed-${index}`);
    await broadcastctl('trigger', ENCRYPTED, '-e', `placed-${index}`, '-d', JSON.stringify(payload),
                       ...connection(sandbox));
    assert.deepEqual(await received, payload);
  }
});

test('both are given the last event of a cache channel, or told that there is none', async (sandbox) => {
  const early = new Listener(sandbox, 'cache-prices', 'private-cache-prices', 'presence-cache-prices');
  for (const channel of ['cache-prices', 'private-cache-prices', 'presence-cache-prices'])
    await early.event(channel, 'pusher:cache_miss');

  await sandbox.server().trigger(['cache-prices', 'private-cache-prices'], 'price', { eur: 9.5 });
  assert.deepEqual(JSON.parse(await early.event('cache-prices', 'price')), { eur: 9.5 });

  const late = new Listener(sandbox, 'cache-prices', 'private-cache-prices');
  assert.deepEqual(JSON.parse(await late.event('cache-prices', 'price')), { eur: 9.5 });
  assert.deepEqual(JSON.parse(await late.event('private-cache-prices', 'price')), { eur: 9.5 });
  const channel = (await sandbox.client()).subscribe('cache-prices');
  assert.deepEqual(await once(channel, 'price'), { eur: 9.5 });
  await early.stop();
  await late.stop();
});

test('signed in as one user both hear what is sent to that user', async (sandbox) => {
  const mine = '#server-to-user-alice';
  const alice = new Listener(sandbox, 'lobby', '--user-id', 'alice', '--sign-in', '--watch', 'bob');
  const signIn = await alice.line((line) => line.type === 'sign_in' && line.state === 'signed-in');
  assert.equal(signIn.user_id, 'alice');
  await alice.subscribed(mine);

  const socket = await sandbox.client(sandbox.user('alice'));
  await signedIn(socket);
  await once(socket.user.serverToUserChannel, 'pusher:subscription_succeeded');
  const received = once(socket.user, 'shipped');
  await sandbox.server().sendToUser('alice', 'shipped', { order: 7 });
  assert.deepEqual(await received, { order: 7 });
  assert.deepEqual(JSON.parse(await alice.event(mine, 'shipped')), { order: 7 });

  const again = once(socket.user, 'shipped');
  await broadcastctl('trigger', '--to-user', 'alice', '-e', 'shipped', '-d', '{"order":8}', ...connection(sandbox));
  assert.deepEqual(await again, { order: 8 });

  const bob = await sandbox.client(sandbox.user('bob'));
  await signedIn(bob);
  const online = await alice.line((line) => line.type === 'watchlist' && line.online.length === 1);
  assert.deepEqual(online.online, ['bob']);
  await alice.stop();
});

run();

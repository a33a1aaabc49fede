// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the interop scripts share: a small TAP harness, and the sandbox as `broadcastctl serve`
// starts it, with credentials that no other run has.
'use strict';

const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const readline = require('node:readline');

const CASE_TIMEOUT_MS = 15000;

/** Where a library is; without it says so and skips the script. */
function find(name) {
  try {
    return require.resolve(name);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    console.log(`1..0 # SKIP ${name} is not installed: build-aux/test fetches it`);
    process.exit(0);
  }
}

const Pusher = require(find('pusher'));
const PusherJs = require(find('pusher-js'));

const cases = [];
let timeoutMs = CASE_TIMEOUT_MS;

/** Registers one case; cases run one after the other, each with a sandbox of their own, started with `serve`. */
function test(name, body, { timeout = CASE_TIMEOUT_MS, serve = [] } = {}) {
  cases.push({ name, body, timeout, serve });
}

function withDeadline(promise, what) {
  let timer;
  const deadline = new Promise((_, reject) => {
    const ms = timeoutMs;
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms`)), ms);
  });
  return Promise.race([promise, deadline]).finally(() => clearTimeout(timer));
}

/** What comes with the first event for which `matches` holds: its data and its metadata. */
function onceWithMetadata(emitter, event, matches = () => true) {
  return withDeadline(new Promise((resolve) => {
    const handler = (...values) => {
      if (!matches(...values)) return;
      emitter.unbind(event, handler);
      resolve(values);
    };
    emitter.bind(event, handler);
  }), `waiting for ${event}`);
}

/** The data of the first event for which `matches` holds. */
async function once(emitter, event, matches) {
  return (await onceWithMetadata(emitter, event, matches))[0];
}

/** One `broadcastctl serve`, and the official libraries pointed at it. */
class Sandbox {
  static async start(...extra) {
    const self = new Sandbox();
    self.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'interop-'));
    self.appId = String(crypto.randomInt(100000, 999999));
    self.key = crypto.randomBytes(10).toString('hex');
    self.secret = crypto.randomBytes(10).toString('hex');
    self.masterKey = crypto.randomBytes(32).toString('base64');
    self.sockets = [];

    const keep = (name, secret) => {
      const file = path.join(self.folder, name);
      fs.writeFileSync(file, `${secret}\n`, { mode: 0o600 });
      return file;
    };
    self.arguments = [
      '--app-id', self.appId, '--key', self.key, '--secret-file', keep('secret', self.secret),
      '--master-key-file', keep('master-key', self.masterKey), ...extra,
    ];
    await self.serve(0);
    return self;
  }

  async serve(port) {
    this.process = spawn(process.env.BROADCASTCTL,
                         ['serve', '--json', '--host', '127.0.0.1', '--port', String(port), ...this.arguments],
                         { stdio: ['ignore', 'pipe', 'inherit'] });
    this.exited = new Promise((resolve) => this.process.once('exit', resolve));

    const lines = readline.createInterface({ input: this.process.stdout });
    const first = new Promise((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('close', () => reject(new Error('broadcastctl serve ended before it was ready')));
    });
    const ready = JSON.parse(await withDeadline(first, 'starting broadcastctl serve'));
    assert.equal(ready.ready, true);
    this.host = ready.host;
    this.port = ready.port;
  }

  /** Ends the program by a signal and starts it again, with the same credentials on the same port. */
  async restart(signal) {
    this.process.kill(signal);
    await withDeadline(this.exited, 'stopping broadcastctl serve');
    await this.serve(this.port);
  }

  /** The server library, with this sandbox's credentials or with others. */
  server(options = {}) {
    return new Pusher({
      appId: this.appId, key: this.key, secret: this.secret,
      host: this.host, port: String(this.port), useTLS: false,
      encryptionMasterKeyBase64: this.masterKey, ...options,
    });
  }

  /** A connected browser library. */
  async client(options = {}) {
    const socket = this.openClient(options);
    await once(socket.connection, 'connected');
    return socket;
  }

  /** The browser library, authorized by the sandbox's own route unless told otherwise; null is not at all. */
  openClient({ channelAuthorization, ...options } = {}) {
    const route = { endpoint: `http://${this.host}:${this.port}/broadcasting/authorize`, transport: 'ajax' };
    const socket = new PusherJs(options.key ?? this.key, {
      cluster: 'mt1', wsHost: this.host, wsPort: this.port, forceTLS: false,
      enabledTransports: ['ws'], disableStats: true,
      ...(channelAuthorization !== null && { channelAuthorization: channelAuthorization ?? route }),
      ...options,
    });
    this.sockets.push(socket);
    return socket;
  }

  /** pusher-js options that make a client one presence user, signed by the server library. */
  as(userId, userInfo) {
    return {
      channelAuthorization: {
        customHandler: ({ socketId, channelName }, answer) => answer(
          null, this.server().authorizeChannel(socketId, channelName,
                                               { user_id: userId, user_info: userInfo })),
      },
    };
  }

  /** pusher-js options that let a client sign in as a user, by the sandbox's own route. */
  user(id, { info, watchlist } = {}) {
    const params = { user_id: id };
    if (info !== undefined) params.user_info = JSON.stringify(info);
    if (watchlist !== undefined) params.watchlist = JSON.stringify(watchlist);
    return {
      userAuthentication: {
        endpoint: `http://${this.host}:${this.port}/pusher/user-auth`, transport: 'ajax', params,
      },
    };
  }

  async stop() {
    for (const socket of this.sockets) socket.disconnect();
    this.process.kill('SIGTERM');
    await withDeadline(this.exited, 'stopping broadcastctl serve');
    fs.rmSync(this.folder, { recursive: true });
  }
}

/** Subscribes and waits for the server's word. */
async function subscribed(socket, name) {
  const channel = socket.subscribe(name);
  channel.bind('pusher:subscription_error', (error) => {
    console.log(`# ${name} was refused: ${JSON.stringify(error)}`);
  });
  const members = await once(channel, 'pusher:subscription_succeeded');
  return Object.assign(channel, { firstMembers: members });
}

/** Signs in and waits for the server's word. */
async function signedIn(socket) {
  const succeeded = once(socket.connection, 'message', ({ event }) => event === 'pusher:signin_success');
  socket.signin();
  return JSON.parse((await succeeded).data.user_data);
}

/** The body of the answer to an HTTP API call. */
async function json(promise) {
  return (await promise).json();
}

/** What an HTTP API call was refused with: its status and body. */
async function refusal(promise) {
  const error = await promise.then(() => assert.fail('the server accepted it'), (reason) => reason);
  assert.equal(error.name, 'PusherRequestError', String(error));
  return { status: error.status, body: error.body };
}

async function run() {
  /* What fails in a handler, or before it is waited for, fails its case and leaves no sandbox behind. */
  let fail;
  process.on('uncaughtException', (error) => fail(error));
  process.on('unhandledRejection', (error) => fail(error));

  console.log(`1..${cases.length}`);
  for (const [index, { name, body, timeout, serve }] of cases.entries()) {
    let sandbox;
    timeoutMs = timeout;
    fail = (error) => console.log(`# ${error.stack}`);
    try {
      sandbox = await Sandbox.start(...serve);
      const strayed = new Promise((_, reject) => { fail = reject; });
      await Promise.race([withDeadline(body(sandbox), name), strayed]);
      await sandbox.stop();
      console.log(`ok ${index + 1} ${name}`);
    } catch (error) {
      console.log(`not ok ${index + 1} ${name}`);
      console.log(String(error.stack).replace(/^/gm, '# '));
      process.exitCode = 1;
      sandbox?.process.kill('SIGKILL');
    }
  }
  process.exit();
}

module.exports = {
  Pusher, PusherJs, assert, find, json, once, onceWithMetadata, refusal, run, signedIn, subscribed, test,
};

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The official libraries over TLS. Node reads which authorities it trusts when it starts, so that each
// case has the libraries in a program of its own: this one, run as a peer.
'use strict';

const { execFile } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { promisify } = require('node:util');

const { assert, once, refusal, run, subscribed, test } = require('./support');
const Pusher = require('pusher');
const PusherJs = require('pusher-js');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'interop-tls-'));
const certificate = path.join(folder, 'certificate.pem');
const PAYLOAD = { version: '4.2', note: 'über ☃' };

process.on('exit', () => fs.rmSync(folder, { recursive: true }));

function server({ appId, key, secret, port }, useTLS) {
  return new Pusher({ appId, key, secret, host: 'localhost', port: String(port), useTLS });
}

function client({ key, port }, forceTLS) {
  return new PusherJs(key, {
    cluster: 'mt1', wsHost: 'localhost', wsPort: port, wssPort: port, forceTLS,
    enabledTransports: ['ws', 'wss'], disableStats: true,
    channelAuthorization: { endpoint: `https://localhost:${port}/broadcasting/authorize`, transport: 'ajax' },
  });
}

/** What a peer does; each returns what the case looks at. */
const peers = {
  /** One event on a private channel, all of it over TLS. */
  async deliver(sandbox, forceTLS) {
    const socket = client(sandbox, forceTLS);
    await once(socket.connection, 'connected');
    const channel = await subscribed(socket, 'private-releases');
    const received = once(channel, 'news');
    await server(sandbox, true).trigger('private-releases', 'news', PAYLOAD);
    return { data: await received, usingTLS: socket.connection.usingTLS };
  },

  async fail(sandbox) {
    return server(sandbox, true).trigger('releases', 'news', {}).catch(({ error }) => ({ code: error.code }));
  },

  async plain(sandbox) {
    return refusal(server(sandbox, false).trigger('releases', 'news', {}));
  },
};

async function peer(sandbox, name, { trusted = true, argument } = {}) {
  const { appId, key, secret, port } = sandbox;
  const { stdout } = await promisify(execFile)(process.execPath, [__filename, name], {
    env: {
      ...process.env,
      TLS_PEER: JSON.stringify({ sandbox: { appId, key, secret, port }, argument }),
      ...(trusted ? { NODE_EXTRA_CA_CERTS: certificate } : {}),
    },
  });
  return JSON.parse(stdout);
}

const SAVING = { serve: ['--save-certificate', certificate] };
const ONLY = { serve: ['--save-certificate', certificate, '--tls-only'] };

async function main() {
  if (process.argv.length > 2) {
    const { sandbox, argument } = JSON.parse(process.env.TLS_PEER);
    process.stdout.write(JSON.stringify(await peers[process.argv[2]](sandbox, argument)), () => process.exit());
    return;
  }

  test('what is sent with TLS arrives with TLS', async (sandbox) => {
    assert.deepEqual(await peer(sandbox, 'deliver', { argument: true }), { data: PAYLOAD, usingTLS: true });
  }, SAVING);

  test('a plain client receives what is sent with TLS', async (sandbox) => {
    const channel = await subscribed(await sandbox.client(), 'private-releases');
    const received = once(channel, 'news');
    await peer(sandbox, 'deliver', { argument: true });
    assert.deepEqual(await received, PAYLOAD);
  }, SAVING);

  test('nobody trusts a certificate that they were not told of', async (sandbox) => {
    const { code } = await peer(sandbox, 'fail', { trusted: false });
    assert.match(code, /SELF_SIGNED/);
  }, SAVING);

  test('where TLS is demanded a plain client changes to it by itself', async (sandbox) => {
    assert.deepEqual(await peer(sandbox, 'deliver', { argument: false }), { data: PAYLOAD, usingTLS: true });
  }, ONLY);

  test('where TLS is demanded a plain trigger is told so', async (sandbox) => {
    const { status, body } = await peer(sandbox, 'plain');
    assert.equal(status, 400);
    assert.match(body, /TLS connections only/);
  }, ONLY);

  run();
}

main();

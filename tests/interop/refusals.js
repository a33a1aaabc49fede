// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { assert, refusal, run, test } = require('./support');

const SENTENCE = /^\W*[A-Z].* .*\w/s;

/** Makes the library believe that it is another time, for one call. */
function atTime(offsetMs, call) {
  const { now } = Date;
  Date.now = () => now() + offsetMs;
  try {
    return call();
  } finally {
    Date.now = now;
  }
}

const REFUSALS = [
  ['another secret', 401, /signature/i,
    (sandbox) => sandbox.server({ secret: 'not-the-secret' }).trigger('c', 'e', {})],
  ['another key', 401, /key/i, (sandbox) => sandbox.server({ key: 'unknown' }).trigger('c', 'e', {})],
  ['a clock that is late', 401, /time/i,
    (sandbox) => atTime(-700e3, () => sandbox.server().trigger('c', 'e', {}))],
  ['a clock that is early', 401, /time/i,
    (sandbox) => atTime(700e3, () => sandbox.server().trigger('c', 'e', {}))],
  ['a channel name that cannot be', 400, /channel/i, (sandbox) => sandbox.server().post({
    path: '/events', body: { name: 'e', data: '{}', channels: ['not/a/channel'] } })],
  ['no channel', 400, /channel/i, (sandbox) => sandbox.server().post({
    path: '/events', body: { name: 'e', data: '{}' } })],
  ['no event name', 400, /name/i, (sandbox) => sandbox.server().post({
    path: '/events', body: { data: '{}', channels: ['c'] } })],
  ['more than 100 channels', 400, /100/, (sandbox) => sandbox.server().post({
    path: '/events',
    body: { name: 'e', data: '{}', channels: Array.from({ length: 101 }, (_, n) => `c${n}`) } })],
  ['data of more than 10 KB', 413, /10/, (sandbox) => sandbox.server().trigger('c', 'e', 'x'.repeat(10241))],
  ['users of a channel without members', 400, /presence/i,
    (sandbox) => sandbox.server().get({ path: '/channels/releases/users' })],
];

for (const [what, status, words, call] of REFUSALS) {
  test(`${what}: refused with ${status} and a sentence`, async (sandbox) => {
    const answer = await refusal(call(sandbox));

    assert.equal(answer.status, status, answer.body);
    assert.match(answer.body, SENTENCE);
    assert.match(answer.body, words);
    assert.ok(!answer.body.includes(sandbox.secret), 'the answer tells the secret');
  });
}

test('a body other than the one that was signed: refused with 401 and a sentence', async (sandbox) => {
  const path = `/apps/${sandbox.appId}/events`;
  const query = sandbox.server().createSignedQueryString({
    method: 'POST', path, body: JSON.stringify({ name: 'e', data: '{}', channels: ['signed'] }),
  });
  const answer = await fetch(`http://${sandbox.host}:${sandbox.port}${path}?${query}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'e', data: '{}', channels: ['other'] }),
  });

  assert.equal(answer.status, 401);
  assert.match(await answer.text(), /body/i);
});

test('data of exactly 10 KB passes', async (sandbox) => {
  assert.equal((await sandbox.server().trigger('c', 'e', 'x'.repeat(10240))).status, 200);
});

run();

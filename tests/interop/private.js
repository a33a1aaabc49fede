// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { assert, once, run, subscribed, test } = require('./support');

test('the sandbox\'s own route authorizes a private channel', async (sandbox) => {
  const socket = await sandbox.client();
  const channel = await subscribed(socket, 'private-user.1');
  const received = once(channel, 'InvoicePaid');

  await sandbox.server().trigger('private-user.1', 'InvoicePaid', { invoice: 1043, amount: '12.00' });

  assert.deepEqual(await received, { invoice: 1043, amount: '12.00' });
});

test('the route signs what the server library signs', async (sandbox) => {
  const form = new URLSearchParams({ socket_id: '12.34', channel_name: 'private-user.1' });
  const answer = await fetch(`http://${sandbox.host}:${sandbox.port}/broadcasting/authorize`,
                             { method: 'POST', body: form });

  assert.equal(answer.status, 200);
  assert.equal((await answer.json()).auth,
               sandbox.server().authorizeChannel('12.34', 'private-user.1').auth);
});

test('a signature of the server library is accepted', async (sandbox) => {
  const server = sandbox.server();
  const socket = await sandbox.client({
    channelAuthorization: {
      customHandler: ({ socketId, channelName }, answer) =>
        answer(null, server.authorizeChannel(socketId, channelName)),
    },
  });
  const channel = await subscribed(socket, 'private-orders');
  const received = once(channel, 'shipped');

  await server.trigger('private-orders', 'shipped', { order: 77 });

  assert.deepEqual(await received, { order: 77 });
});

for (const [what, sign] of [
  ['another secret', (sandbox, socketId, name) =>
    sandbox.server({ secret: 'not-the-secret' }).authorizeChannel(socketId, name)],
  ['another socket id', (sandbox, socketId, name) => sandbox.server().authorizeChannel('1.1', name)],
  ['another channel', (sandbox, socketId) => sandbox.server().authorizeChannel(socketId, 'private-x')],
]) {
  test(`a signature made with ${what} is refused`, async (sandbox) => {
    const socket = await sandbox.client({
      channelAuthorization: {
        customHandler: ({ socketId, channelName }, answer) =>
          answer(null, sign(sandbox, socketId, channelName)),
      },
    });
    const channel = socket.subscribe('private-orders');
    channel.bind('pusher:subscription_succeeded', () => assert.fail('it was accepted'));

    const error = await once(channel, 'pusher:subscription_error');

    assert.equal(error.status, 401);
    assert.match(error.error, /\w+ \w+/);
    assert.doesNotMatch(JSON.stringify(error), new RegExp(sandbox.secret));
  });
}

run();

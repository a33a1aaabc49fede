/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "channels-fixture.h"

/* A confirmation that nobody asked for confirms nothing. */
static void
test_confirmed_too_early (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (TRUE);
  BcastSubscription *subscription;

  bcast_client_subscribe_async (fixture.client, "presence-a", NULL, NULL, NULL);
  subscription = bcast_client_find_subscription (fixture.client, "presence-a");
  peer_succeed (fixture.peer, "presence-a", "{\"presence\":{\"hash\":{\"x\":{}}}}");
  channels_fixture_settle (&fixture);
  g_assert_cmpint (bcast_subscription_get_state (subscription), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  g_assert_null (bcast_member_list_find (bcast_subscription_get_members (subscription), "x"));
  slow_authorizer_refuse (fixture.authorizer);
  channels_fixture_expect_refused (&fixture, "presence-a", BCAST_ERROR_FORBIDDEN, "Not");
  channels_fixture_tear_down (&fixture);
}

static void
test_unsubscribe_while_authorizing (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (TRUE);

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.authorizer) == 1);
  g_assert_cmpstr (slow_authorizer_get_asked (fixture.authorizer), ==, "1234.1234 private-a u1 {\"n\":1}");
  bcast_client_unsubscribe (fixture.client, "private-a");
  slow_authorizer_sign (fixture.authorizer, NULL);
  channels_fixture_settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 0);
  channels_fixture_tear_down (&fixture);
}

static void
test_authorizer_refuses (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (TRUE);
  Outcome outcome = { NULL, NULL };
  g_autoptr(GError) error = NULL;

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, outcome_cb, &outcome);
  slow_authorizer_refuse (fixture.authorizer);
  WAIT_FOR (outcome.result != NULL);
  g_assert_false (bcast_client_subscribe_finish (fixture.client, outcome.result, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_FORBIDDEN);
  outcome_clear (&outcome);
  channels_fixture_expect_refused (&fixture, "private-a", BCAST_ERROR_FORBIDDEN, "Not for you");
  channels_fixture_settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 0);

  /* Asked for again, it is tried again. */
  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  g_assert_cmpint (channels_fixture_get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  g_assert_null (bcast_subscription_get_error (bcast_client_find_subscription (fixture.client, "private-a")));
  slow_authorizer_sign (fixture.authorizer, NULL);
  WAIT_FOR (peer_find_received (fixture.peer, "\"auth\":\"key:sig\"") != NULL);
  channels_fixture_tear_down (&fixture);
}

static void
test_nobody_to_sign (void)
{
  Peer *peer = peer_new ();
  g_autoptr(BcastApp) app = peer_dup_app (peer);
  ChannelsFixture fixture = { peer, bcast_client_new (app, NULL), NULL };

  connect_client (fixture.client);
  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  channels_fixture_expect_refused (&fixture, "private-a", BCAST_ERROR_UNAUTHORIZED, "nobody to sign");
  subscribe_client (fixture.client, "a");
  channels_fixture_tear_down (&fixture);
}

static void
test_presence_without_data (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (TRUE);

  bcast_client_subscribe_async (fixture.client, "presence-a", NULL, NULL, NULL);
  slow_authorizer_sign (fixture.authorizer, NULL);
  channels_fixture_expect_refused (&fixture, "presence-a", BCAST_ERROR_UNAUTHORIZED, "channel_data");
  channels_fixture_settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 0);
  channels_fixture_tear_down (&fixture);
}

static void
test_presence_without_user (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (FALSE);

  bcast_client_set_user (fixture.client, NULL, NULL);
  bcast_client_subscribe_async (fixture.client, "presence-a", NULL, NULL, NULL);
  channels_fixture_expect_refused (&fixture, "presence-a", BCAST_ERROR_INVALID, "user id");
  channels_fixture_tear_down (&fixture);
}

/* A signature for the old socket id must not be used on the new connection. */
static void
test_reconnect_while_authorizing (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (TRUE);

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.authorizer) == 1);
  soup_websocket_connection_close (fixture.peer->websocket, 4200, NULL);
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.authorizer) == 2);
  g_assert_cmpstr (slow_authorizer_get_asked (fixture.authorizer), ==, "5.6 private-a u1 {\"n\":1}");
  slow_authorizer_sign (fixture.authorizer, NULL);
  channels_fixture_settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 0);
  slow_authorizer_sign (fixture.authorizer, NULL);
  WAIT_FOR (peer_count_received (fixture.peer, "pusher:subscribe") == 1);
  channels_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/authorize/confirmed-too-early", test_confirmed_too_early);
  g_test_add_func ("/client/authorize/unsubscribe-while-authorizing", test_unsubscribe_while_authorizing);
  g_test_add_func ("/client/authorize/authorizer-refuses", test_authorizer_refuses);
  g_test_add_func ("/client/authorize/nobody-to-sign", test_nobody_to_sign);
  g_test_add_func ("/client/authorize/presence-without-data", test_presence_without_data);
  g_test_add_func ("/client/authorize/presence-without-user", test_presence_without_user);
  g_test_add_func ("/client/authorize/reconnect-while-authorizing", test_reconnect_while_authorizing);

  return g_test_run ();
}

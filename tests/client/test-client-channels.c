/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "channels-fixture.h"

typedef struct
{
  const char *channel;
  const char *frame;
} Subscribed;

static const Subscribed subscribed[] = {
  { "ch-1", "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"\",\"channel\":\"ch-1\"}}" },
  { "cache-1", "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"\",\"channel\":\"cache-1\"}}" },
  { "private-foobar", "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"" PEER_KEY
    ":58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4\",\"channel\":"
    "\"private-foobar\"}}" },
  { "presence-a", "\"channel_data\":\"{\\\"user_id\\\":\\\"u1\\\",\\\"user_info\\\":{\\\"name\\\":"
    "\\\"Alice\\\"}}\"" },
};

static void
changed_cb (BcastClient       *client,
            BcastSubscription *subscription,
            GString           *log)
{
  g_string_append_printf (log, "%s%s", log->len > 0 ? " " : "",
                          bcast_subscription_state_to_nick (bcast_subscription_get_state (subscription)));
}

static void
test_subscribe (gconstpointer data)
{
  const Subscribed *row = data;
  ChannelsFixture fixture = channels_fixture_set_up (FALSE);
  g_autoptr(GString) log = g_string_new (NULL);
  Outcome outcome = { NULL, NULL };
  GListModel *model = bcast_client_get_subscriptions (fixture.client);

  g_signal_connect (fixture.client, "subscription-changed", G_CALLBACK (changed_cb), log);
  bcast_client_subscribe_async (fixture.client, row->channel, NULL, outcome_cb, &outcome);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  WAIT_FOR (fixture.peer->received->len == 1);
  g_assert_nonnull (peer_find_received (fixture.peer, row->frame));
  g_assert_cmpint (channels_fixture_get_state (&fixture, row->channel), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  g_assert_null (outcome.result);

  peer_succeed (fixture.peer, row->channel, "{\"presence\":{\"hash\":[]}}");
  WAIT_FOR (outcome.result != NULL);
  g_assert_true (bcast_client_subscribe_finish (fixture.client, outcome.result, NULL));
  g_assert_cmpint (channels_fixture_get_state (&fixture, row->channel), ==, BCAST_SUBSCRIPTION_SUBSCRIBED);
  g_assert_cmpstr (log->str, ==, "subscribing subscribed");
  outcome_clear (&outcome);

  /* Once more is done at once, and nothing is sent. */
  subscribe_client (fixture.client, row->channel);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);

  bcast_client_unsubscribe (fixture.client, row->channel);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);
  g_assert_null (bcast_client_find_subscription (fixture.client, row->channel));
  WAIT_FOR (fixture.peer->received->len == 2);
  g_assert_nonnull (peer_find_received (fixture.peer,
                                        "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\""));
  bcast_client_unsubscribe (fixture.client, row->channel);
  channels_fixture_tear_down (&fixture);
}

static void
test_before_connected (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  Outcome outcomes[2] = { 0 };

  bcast_client_subscribe_async (client, "private-a", NULL, outcome_cb, &outcomes[0]);
  bcast_client_subscribe_async (client, "private-a", NULL, outcome_cb, &outcomes[1]);
  bcast_client_subscribe_async (client, "b", NULL, NULL, NULL);
  g_assert_cmpint (bcast_subscription_get_state (bcast_client_find_subscription (client, "b")), ==,
                   BCAST_SUBSCRIPTION_WAITING);
  connect_client (client);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      WAIT_FOR (outcomes[i].result != NULL);
      g_assert_true (bcast_client_subscribe_finish (client, outcomes[i].result, NULL));
      outcome_clear (&outcomes[i]);
    }
  WAIT_FOR (peer->received->len == 2);
  g_assert_cmpuint (peer_count_received (peer, "private-a"), ==, 1);
  end_client (client);
  peer_free (peer);
}

static const struct { const char *channel; BcastError code; } impossible[] = {
  { "", BCAST_ERROR_INVALID },
  { "a b", BCAST_ERROR_INVALID },
  { "private-", BCAST_ERROR_INVALID },
  { "#server-to-user-1", BCAST_ERROR_INVALID },
  { "\xff", BCAST_ERROR_INVALID },
};

static void
test_impossible (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (impossible); i++)
    {
      Outcome outcome = { NULL, NULL };
      g_autoptr(GError) error = NULL;

      bcast_client_subscribe_async (fixture.client, impossible[i].channel, NULL, outcome_cb, &outcome);
      WAIT_FOR (outcome.result != NULL);
      g_assert_false (bcast_client_subscribe_finish (fixture.client, outcome.result, &error));
      g_assert_error (error, BCAST_ERROR, (int) impossible[i].code);
      g_assert_null (bcast_client_find_subscription (fixture.client, impossible[i].channel));
      outcome_clear (&outcome);
    }
  channels_fixture_tear_down (&fixture);
}

/* While the server has not answered nothing is sent; its answer is followed by a goodbye. */
static void
test_unsubscribe_while_pending (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (FALSE);
  Outcome outcome = { NULL, NULL };
  g_autoptr(GError) error = NULL;

  bcast_client_subscribe_async (fixture.client, "a", NULL, outcome_cb, &outcome);
  WAIT_FOR (fixture.peer->received->len == 1);
  bcast_client_unsubscribe (fixture.client, "a");
  g_assert_null (bcast_client_find_subscription (fixture.client, "a"));
  WAIT_FOR (outcome.result != NULL);
  g_assert_false (bcast_client_subscribe_finish (fixture.client, outcome.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  outcome_clear (&outcome);
  channels_fixture_settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 1);

  peer_succeed (fixture.peer, "a", "{}");
  WAIT_FOR (peer_find_received (fixture.peer, "pusher:unsubscribe") != NULL);
  g_assert_null (bcast_client_find_subscription (fixture.client, "a"));

  /* The next answer is to nothing. */
  peer_succeed (fixture.peer, "a", "{}");
  channels_fixture_settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 2);
  channels_fixture_tear_down (&fixture);
}

/* Who comes back while the answer is still under way needs no second request. */
static void
test_back_while_leaving (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (FALSE);

  bcast_client_subscribe_async (fixture.client, "a", NULL, NULL, NULL);
  WAIT_FOR (fixture.peer->received->len == 1);
  bcast_client_unsubscribe (fixture.client, "a");
  bcast_client_subscribe_async (fixture.client, "a", NULL, NULL, NULL);
  g_assert_cmpint (channels_fixture_get_state (&fixture, "a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  channels_fixture_settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 1);
  peer_succeed (fixture.peer, "a", "{}");
  WAIT_FOR (channels_fixture_get_state (&fixture, "a") == BCAST_SUBSCRIPTION_SUBSCRIBED);
  channels_fixture_settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 1);
  channels_fixture_tear_down (&fixture);
}

static void
event_cb (BcastClient *client,
          BcastFrame  *frame,
          gint64       received_us,
          guint       *n_events)
{
  (*n_events)++;
}

static void
test_events_while_leaving (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (FALSE);
  guint n_events = 0;

  g_signal_connect (fixture.client, "event", G_CALLBACK (event_cb), &n_events);
  bcast_client_subscribe_async (fixture.client, "a", NULL, NULL, NULL);
  WAIT_FOR (fixture.peer->received->len == 1);
  bcast_client_unsubscribe (fixture.client, "a");
  peer_send (fixture.peer, "{\"event\":\"e\",\"channel\":\"a\",\"data\":\"d\"}");
  peer_succeed (fixture.peer, "a", "{}");
  peer_send (fixture.peer, "{\"event\":\"e\",\"channel\":\"a\",\"data\":\"d\"}");
  channels_fixture_settle (&fixture);
  g_assert_cmpuint (n_events, ==, 0);
  channels_fixture_tear_down (&fixture);
}

/* On a new connection everything is signed anew, for the new socket id, and rosters start empty. */
static void
test_reconnect (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (FALSE);
  BcastMemberList *members;

  fixture.peer->confirm = TRUE;
  subscribe_client (fixture.client, "a");
  subscribe_client (fixture.client, "private-foobar");
  subscribe_client (fixture.client, "presence-a");
  members = bcast_subscription_get_members (bcast_client_find_subscription (fixture.client, "presence-a"));
  peer_succeed (fixture.peer, "presence-a", "{\"presence\":{\"hash\":{\"x\":{},\"y\":null}}}");
  WAIT_FOR (g_list_model_get_n_items (G_LIST_MODEL (members)) == 2);

  fixture.peer->confirm = FALSE;
  soup_websocket_connection_close (fixture.peer->websocket, 4200, NULL);
  WAIT_FOR (bcast_client_get_state (fixture.client) == BCAST_CLIENT_CONNECTING);
  g_assert_cmpint (channels_fixture_get_state (&fixture, "a"), ==, BCAST_SUBSCRIPTION_WAITING);
  g_assert_cmpint (channels_fixture_get_state (&fixture, "presence-a"), ==, BCAST_SUBSCRIPTION_WAITING);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (members)), ==, 0);

  WAIT_FOR (fixture.peer->n_connections == 2 && fixture.peer->received->len == 3);
  g_assert_nonnull (peer_find_received (fixture.peer, "\"channel\":\"a\""));
  /* openssl dgst -sha256 -hmac 7ad3773142a6692b25b8 of 5.6:private-foobar */
  g_assert_nonnull (peer_find_received (fixture.peer, ":bed71e83a5099ef69b3f7812be53b447644f8215b7220526f1895ec64d7a1430"));
  g_assert_nonnull (peer_find_received (fixture.peer, "\"channel\":\"presence-a\""));
  peer_succeed (fixture.peer, "private-foobar", "{}");
  WAIT_FOR (channels_fixture_get_state (&fixture, "private-foobar") == BCAST_SUBSCRIPTION_SUBSCRIBED);
  channels_fixture_tear_down (&fixture);
}

/* What was refused is tried again on the next connection; what waited for an explicit disconnect
 * is told so, and stays wanted. */
static void
test_disconnect (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (TRUE);
  Outcome outcome = { NULL, NULL };
  g_autoptr(GError) error = NULL;

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  slow_authorizer_refuse (fixture.authorizer);
  bcast_client_subscribe_async (fixture.client, "b", NULL, outcome_cb, &outcome);
  channels_fixture_expect_refused (&fixture, "private-a", BCAST_ERROR_FORBIDDEN, "Not");
  bcast_client_disconnect_async (fixture.client, NULL, NULL, NULL);
  WAIT_FOR (outcome.result != NULL);
  g_assert_false (bcast_client_subscribe_finish (fixture.client, outcome.result, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_NOT_CONNECTED);
  outcome_clear (&outcome);
  g_assert_cmpint (channels_fixture_get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_REFUSED);
  g_assert_cmpint (channels_fixture_get_state (&fixture, "b"), ==, BCAST_SUBSCRIPTION_WAITING);

  connect_client (fixture.client);
  g_assert_cmpint (channels_fixture_get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  g_assert_cmpint (channels_fixture_get_state (&fixture, "b"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  slow_authorizer_refuse (fixture.authorizer);
  channels_fixture_expect_refused (&fixture, "private-a", BCAST_ERROR_FORBIDDEN, "Not");
  channels_fixture_tear_down (&fixture);
}

static void
test_cancel (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (FALSE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  Outcome outcome = { NULL, NULL };

  /* Nobody else wants "a": it is taken back. "b" was wanted before. */
  bcast_client_subscribe_async (fixture.client, "b", NULL, NULL, NULL);
  bcast_client_subscribe_async (fixture.client, "a", cancellable, outcome_cb, &outcome);
  bcast_client_subscribe_async (fixture.client, "b", cancellable, NULL, NULL);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (outcome.result != NULL);
  g_assert_false (bcast_client_subscribe_finish (fixture.client, outcome.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  outcome_clear (&outcome);
  channels_fixture_settle (&fixture);
  g_assert_null (bcast_client_find_subscription (fixture.client, "a"));
  g_assert_cmpint (channels_fixture_get_state (&fixture, "b"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  channels_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (subscribed); i++)
    {
      g_autofree char *path = g_strconcat ("/client/channels/subscribe/", subscribed[i].channel, NULL);

      g_test_add_data_func (path, &subscribed[i], test_subscribe);
    }
  g_test_add_func ("/client/channels/before-connected", test_before_connected);
  g_test_add_func ("/client/channels/impossible", test_impossible);
  g_test_add_func ("/client/channels/unsubscribe-while-pending", test_unsubscribe_while_pending);
  g_test_add_func ("/client/channels/back-while-leaving", test_back_while_leaving);
  g_test_add_func ("/client/channels/events-while-leaving", test_events_while_leaving);
  g_test_add_func ("/client/channels/reconnect", test_reconnect);
  g_test_add_func ("/client/channels/disconnect", test_disconnect);
  g_test_add_func ("/client/channels/cancel", test_cancel);

  return g_test_run ();
}

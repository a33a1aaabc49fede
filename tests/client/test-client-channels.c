/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "peer.h"

#include <string.h>

#include "slow-authorizer.h"

/* A connected client with a peer that confirms nothing by itself. */
typedef struct
{
  Peer           *peer;
  BcastClient    *client;
  SlowAuthorizer *authorizer; /* NULL: signs with the secret */
} Fixture;

static Fixture
set_up (gboolean slow)
{
  Fixture fixture = { peer_new (), NULL, NULL };
  g_autoptr(BcastApp) app = peer_dup_app (fixture.peer);

  fixture.peer->confirm = FALSE;
  fixture.peer->greetings[1] = "{\"event\":\"pusher:connection_established\","
                               "\"data\":{\"socket_id\":\"5.6\",\"activity_timeout\":120}}";
  if (slow)
    {
      fixture.authorizer = slow_authorizer_new ();
      fixture.client = bcast_client_new (app, BCAST_AUTHORIZER (fixture.authorizer));
      bcast_client_set_user (fixture.client, "u1", "{\"n\":1}");
    }
  else
    fixture.client = peer_new_client (fixture.peer);
  connect_client (fixture.client);
  return fixture;
}

static void
tear_down (Fixture *fixture)
{
  end_client (fixture->client);
  if (fixture->authorizer != NULL)
    g_assert_finalize_object (fixture->authorizer);
  peer_free (fixture->peer);
}

static BcastSubscriptionState
get_state (Fixture    *fixture,
           const char *channel)
{
  BcastSubscription *subscription = bcast_client_find_subscription (fixture->client, channel);

  g_assert_nonnull (subscription);
  return bcast_subscription_get_state (subscription);
}

static void
expect_refused (Fixture    *fixture,
                const char *channel,
                BcastError  code,
                const char *part)
{
  BcastSubscription *subscription = bcast_client_find_subscription (fixture->client, channel);
  const GError *error;

  WAIT_FOR (bcast_subscription_get_state (subscription) == BCAST_SUBSCRIPTION_REFUSED);
  error = bcast_subscription_get_error (subscription);
  g_assert_error (error, BCAST_ERROR, (int) code);
  if (strstr (error->message, part) == NULL)
    g_error ("Expected “%s” in “%s”", part, error->message);
}

/* Runs the main context until what was sent before has arrived at the peer. */
static void
settle (Fixture *fixture)
{
  peer_send (fixture->peer, "{\"event\":\"pusher:ping\",\"data\":{}}");
  WAIT_FOR (peer_find_received (fixture->peer, "pusher:pong") != NULL);
  g_ptr_array_remove_index (fixture->peer->received, fixture->peer->received->len - 1);
}

typedef struct
{
  const char *channel;
  const char *frame;
} Subscribed;

static const Subscribed subscribed[] = {
  { "ch-1", "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"\",\"channel\":\"ch-1\"}}" },
  { "cache-1", "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"\",\"channel\":\"cache-1\"}}" },
  { "private-foobar", "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"" PEER_KEY
    ":58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4\",\"channel\":\"private-foobar\"}}" },
  { "presence-a", "\"channel_data\":\"{\\\"user_id\\\":\\\"u1\\\",\\\"user_info\\\":{\\\"name\\\":\\\"Alice\\\"}}\"" },
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
  Fixture fixture = set_up (FALSE);
  g_autoptr(GString) log = g_string_new (NULL);
  Outcome outcome = { NULL, NULL };
  GListModel *model = bcast_client_get_subscriptions (fixture.client);

  g_signal_connect (fixture.client, "subscription-changed", G_CALLBACK (changed_cb), log);
  bcast_client_subscribe_async (fixture.client, row->channel, NULL, outcome_cb, &outcome);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  WAIT_FOR (fixture.peer->received->len == 1);
  g_assert_nonnull (peer_find_received (fixture.peer, row->frame));
  g_assert_cmpint (get_state (&fixture, row->channel), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  g_assert_null (outcome.result);

  peer_succeed (fixture.peer, row->channel, "{\"presence\":{\"hash\":[]}}");
  WAIT_FOR (outcome.result != NULL);
  g_assert_true (bcast_client_subscribe_finish (fixture.client, outcome.result, NULL));
  g_assert_cmpint (get_state (&fixture, row->channel), ==, BCAST_SUBSCRIPTION_SUBSCRIBED);
  g_assert_cmpstr (log->str, ==, "subscribing subscribed");
  outcome_clear (&outcome);

  /* Once more is done at once, and nothing is sent. */
  subscribe_client (fixture.client, row->channel);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);

  bcast_client_unsubscribe (fixture.client, row->channel);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);
  g_assert_null (bcast_client_find_subscription (fixture.client, row->channel));
  WAIT_FOR (fixture.peer->received->len == 2);
  g_assert_nonnull (peer_find_received (fixture.peer, "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\""));
  bcast_client_unsubscribe (fixture.client, row->channel);
  tear_down (&fixture);
}

static void
test_before_connected (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = peer_new_client (peer);
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
  Fixture fixture = set_up (FALSE);

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
  tear_down (&fixture);
}

/* While the server has not answered nothing is sent; its answer is followed by a goodbye. */
static void
test_unsubscribe_while_pending (void)
{
  Fixture fixture = set_up (FALSE);
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
  settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 1);

  peer_succeed (fixture.peer, "a", "{}");
  WAIT_FOR (peer_find_received (fixture.peer, "pusher:unsubscribe") != NULL);
  g_assert_null (bcast_client_find_subscription (fixture.client, "a"));

  /* The next answer is to nothing. */
  peer_succeed (fixture.peer, "a", "{}");
  settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 2);
  tear_down (&fixture);
}

/* Who comes back while the answer is still under way needs no second request. */
static void
test_back_while_leaving (void)
{
  Fixture fixture = set_up (FALSE);

  bcast_client_subscribe_async (fixture.client, "a", NULL, NULL, NULL);
  WAIT_FOR (fixture.peer->received->len == 1);
  bcast_client_unsubscribe (fixture.client, "a");
  bcast_client_subscribe_async (fixture.client, "a", NULL, NULL, NULL);
  g_assert_cmpint (get_state (&fixture, "a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 1);
  peer_succeed (fixture.peer, "a", "{}");
  WAIT_FOR (get_state (&fixture, "a") == BCAST_SUBSCRIPTION_SUBSCRIBED);
  settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 1);
  tear_down (&fixture);
}

static void
test_unsubscribe_while_authorizing (void)
{
  Fixture fixture = set_up (TRUE);

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.authorizer) == 1);
  g_assert_cmpstr (slow_authorizer_get_asked (fixture.authorizer), ==, "1234.1234 private-a u1 {\"n\":1}");
  bcast_client_unsubscribe (fixture.client, "private-a");
  slow_authorizer_sign (fixture.authorizer, NULL);
  settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 0);
  tear_down (&fixture);
}

static void
test_authorizer_refuses (void)
{
  Fixture fixture = set_up (TRUE);
  Outcome outcome = { NULL, NULL };
  g_autoptr(GError) error = NULL;

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, outcome_cb, &outcome);
  slow_authorizer_refuse (fixture.authorizer);
  WAIT_FOR (outcome.result != NULL);
  g_assert_false (bcast_client_subscribe_finish (fixture.client, outcome.result, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_FORBIDDEN);
  outcome_clear (&outcome);
  expect_refused (&fixture, "private-a", BCAST_ERROR_FORBIDDEN, "Not for you");
  settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 0);

  /* Asked for again, it is tried again. */
  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  g_assert_cmpint (get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  g_assert_null (bcast_subscription_get_error (bcast_client_find_subscription (fixture.client, "private-a")));
  slow_authorizer_sign (fixture.authorizer, NULL);
  WAIT_FOR (peer_find_received (fixture.peer, "\"auth\":\"key:sig\"") != NULL);
  tear_down (&fixture);
}

static void
test_nobody_to_sign (void)
{
  Peer *peer = peer_new ();
  g_autoptr(BcastApp) app = peer_dup_app (peer);
  Fixture fixture = { peer, bcast_client_new (app, NULL), NULL };

  connect_client (fixture.client);
  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  expect_refused (&fixture, "private-a", BCAST_ERROR_UNAUTHORIZED, "nobody to sign");
  subscribe_client (fixture.client, "a");
  tear_down (&fixture);
}

static void
test_presence_without_data (void)
{
  Fixture fixture = set_up (TRUE);

  bcast_client_subscribe_async (fixture.client, "presence-a", NULL, NULL, NULL);
  slow_authorizer_sign (fixture.authorizer, NULL);
  expect_refused (&fixture, "presence-a", BCAST_ERROR_UNAUTHORIZED, "channel_data");
  settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 0);
  tear_down (&fixture);
}

static void
test_presence_without_user (void)
{
  Fixture fixture = set_up (FALSE);

  bcast_client_set_user (fixture.client, NULL, NULL);
  bcast_client_subscribe_async (fixture.client, "presence-a", NULL, NULL, NULL);
  expect_refused (&fixture, "presence-a", BCAST_ERROR_INVALID, "user id");
  tear_down (&fixture);
}

typedef struct
{
  const char *what;
  const char *frame;
  BcastError  code;
  const char *part;
} ServerError;

/* How the servers refuse: soketi by name; Reverb with a string; Sockudo, laravel-websockets and
 * hosted Pusher (which gives no code) without telling the channel. */
static const ServerError server_errors[] = {
  { "soketi", "{\"event\":\"pusher:subscription_error\",\"channel\":\"private-a\",\"data\":"
    "{\"type\":\"AuthError\",\"error\":\"The connection is unauthorized.\",\"status\":401}}",
    BCAST_ERROR_UNAUTHORIZED, "The connection is unauthorized." },
  { "soketi-limit", "{\"event\":\"pusher:subscription_error\",\"channel\":\"private-a\",\"data\":"
    "\"{\\\"type\\\":\\\"LimitReached\\\",\\\"error\\\":\\\"Too many\\\",\\\"status\\\":4100}\"}",
    BCAST_ERROR_BUSY, "Too many (code 4100)" },
  { "no-data", "{\"event\":\"pusher:subscription_error\",\"channel\":\"private-a\"}",
    BCAST_ERROR_REFUSED, "no reason given" },
  { "soketi-error", "{\"event\":\"pusher:error\",\"channel\":\"private-a\",\"data\":"
    "{\"code\":4009,\"message\":\"The connection is unauthorized.\"}}", BCAST_ERROR_UNAUTHORIZED, "(code 4009)" },
  { "reverb", "{\"event\":\"pusher:error\",\"data\":\"{\\\"code\\\":4009,\\\"message\\\":\\\"Connection is unauthorized\\\"}\"}",
    BCAST_ERROR_UNAUTHORIZED, "Connection is unauthorized" },
  { "sockudo", "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"Invalid signature\"}}",
    BCAST_ERROR_UNAUTHORIZED, "Invalid signature" },
  { "hosted", "{\"event\":\"pusher:error\",\"data\":{\"code\":null,\"message\":\"Auth value for subscription to private-a is invalid\"}}",
    BCAST_ERROR_REFUSED, "Auth value" },
};

static void
test_server_refuses (gconstpointer data)
{
  const ServerError *row = data;
  Fixture fixture = set_up (FALSE);
  Outcome outcome = { NULL, NULL };
  g_autoptr(GError) error = NULL;

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, outcome_cb, &outcome);
  bcast_client_subscribe_async (fixture.client, "public", NULL, NULL, NULL);
  WAIT_FOR (fixture.peer->received->len == 2);
  peer_send (fixture.peer, row->frame);
  expect_refused (&fixture, "private-a", row->code, row->part);
  WAIT_FOR (outcome.result != NULL);
  g_assert_false (bcast_client_subscribe_finish (fixture.client, outcome.result, &error));
  g_assert_error (error, BCAST_ERROR, (int) row->code);
  outcome_clear (&outcome);
  g_assert_cmpint (get_state (&fixture, "public"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  g_assert_cmpint (bcast_client_get_state (fixture.client), ==, BCAST_CLIENT_CONNECTED);
  tear_down (&fixture);
}

#define NO_AUTH "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"no\"}}"

/* An error without a channel says nothing about which of several subscriptions it means. */
static void
test_which_one (void)
{
  Fixture fixture = set_up (FALSE);

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  bcast_client_subscribe_async (fixture.client, "private-b", NULL, NULL, NULL);
  WAIT_FOR (fixture.peer->received->len == 2);
  peer_send (fixture.peer, NO_AUTH);
  settle (&fixture);
  g_assert_cmpint (get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  g_assert_cmpint (get_state (&fixture, "private-b"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);

  /* Once one is confirmed it must be the other. */
  peer_succeed (fixture.peer, "private-a", "{}");
  expect_refused (&fixture, "private-b", BCAST_ERROR_UNAUTHORIZED, "no");
  g_assert_cmpint (get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBED);

  /* Later errors hit nobody who is subscribed or refused. */
  peer_send (fixture.peer, NO_AUTH);
  bcast_client_subscribe_async (fixture.client, "private-c", NULL, NULL, NULL);
  bcast_client_subscribe_async (fixture.client, "private-d", NULL, NULL, NULL);
  settle (&fixture);
  g_assert_cmpint (get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBED);
  tear_down (&fixture);
}

static void
test_all_of_them (void)
{
  Fixture fixture = set_up (FALSE);

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  bcast_client_subscribe_async (fixture.client, "presence-b", NULL, NULL, NULL);
  WAIT_FOR (fixture.peer->received->len == 2);
  peer_send (fixture.peer, NO_AUTH);
  peer_send (fixture.peer, NO_AUTH);
  expect_refused (&fixture, "private-a", BCAST_ERROR_UNAUTHORIZED, "no");
  expect_refused (&fixture, "presence-b", BCAST_ERROR_UNAUTHORIZED, "no");

  /* The server is right in the end. */
  peer_succeed (fixture.peer, "private-a", "{}");
  WAIT_FOR (get_state (&fixture, "private-a") == BCAST_SUBSCRIPTION_SUBSCRIBED);
  tear_down (&fixture);
}

/* Errors about other things, such as a client event, refuse nothing. */
static void
test_other_error (void)
{
  Fixture fixture = set_up (FALSE);

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  WAIT_FOR (fixture.peer->received->len == 1);
  peer_send (fixture.peer, "{\"event\":\"pusher:error\",\"data\":{\"code\":4301,\"message\":\"rate\"}}");
  peer_send (fixture.peer, "{\"event\":\"pusher:error\",\"data\":{\"code\":null,\"message\":\"Invalid event\"}}");
  settle (&fixture);
  g_assert_cmpint (get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  tear_down (&fixture);
}

/* On a new connection everything is signed anew, for the new socket id, and rosters start empty. */
static void
test_reconnect (void)
{
  Fixture fixture = set_up (FALSE);
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
  g_assert_cmpint (get_state (&fixture, "a"), ==, BCAST_SUBSCRIPTION_WAITING);
  g_assert_cmpint (get_state (&fixture, "presence-a"), ==, BCAST_SUBSCRIPTION_WAITING);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (members)), ==, 0);

  WAIT_FOR (fixture.peer->n_connections == 2 && fixture.peer->received->len == 3);
  g_assert_nonnull (peer_find_received (fixture.peer, "\"channel\":\"a\""));
  /* openssl dgst -sha256 -hmac 7ad3773142a6692b25b8 of 5.6:private-foobar */
  g_assert_nonnull (peer_find_received (fixture.peer,
                                        ":bed71e83a5099ef69b3f7812be53b447644f8215b7220526f1895ec64d7a1430\",\"channel\":\"private-foobar\""));
  g_assert_nonnull (peer_find_received (fixture.peer, "\"channel\":\"presence-a\""));
  peer_succeed (fixture.peer, "private-foobar", "{}");
  WAIT_FOR (get_state (&fixture, "private-foobar") == BCAST_SUBSCRIPTION_SUBSCRIBED);
  tear_down (&fixture);
}

/* A signature for the old socket id must not be used on the new connection. */
static void
test_reconnect_while_authorizing (void)
{
  Fixture fixture = set_up (TRUE);

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.authorizer) == 1);
  soup_websocket_connection_close (fixture.peer->websocket, 4200, NULL);
  WAIT_FOR (slow_authorizer_get_n_asked (fixture.authorizer) == 2);
  g_assert_cmpstr (slow_authorizer_get_asked (fixture.authorizer), ==, "5.6 private-a u1 {\"n\":1}");
  slow_authorizer_sign (fixture.authorizer, NULL);
  settle (&fixture);
  g_assert_cmpuint (fixture.peer->received->len, ==, 0);
  slow_authorizer_sign (fixture.authorizer, NULL);
  WAIT_FOR (peer_count_received (fixture.peer, "pusher:subscribe") == 1);
  tear_down (&fixture);
}

/* What was refused is tried again on the next connection; what waited for an explicit disconnect
 * is told so, and stays wanted. */
static void
test_disconnect (void)
{
  Fixture fixture = set_up (TRUE);
  Outcome outcome = { NULL, NULL };
  g_autoptr(GError) error = NULL;

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  slow_authorizer_refuse (fixture.authorizer);
  bcast_client_subscribe_async (fixture.client, "b", NULL, outcome_cb, &outcome);
  expect_refused (&fixture, "private-a", BCAST_ERROR_FORBIDDEN, "Not");
  bcast_client_disconnect_async (fixture.client, NULL, NULL, NULL);
  WAIT_FOR (outcome.result != NULL);
  g_assert_false (bcast_client_subscribe_finish (fixture.client, outcome.result, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_NOT_CONNECTED);
  outcome_clear (&outcome);
  g_assert_cmpint (get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_REFUSED);
  g_assert_cmpint (get_state (&fixture, "b"), ==, BCAST_SUBSCRIPTION_WAITING);

  connect_client (fixture.client);
  g_assert_cmpint (get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  g_assert_cmpint (get_state (&fixture, "b"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  slow_authorizer_refuse (fixture.authorizer);
  expect_refused (&fixture, "private-a", BCAST_ERROR_FORBIDDEN, "Not");
  tear_down (&fixture);
}

static void
test_cancel (void)
{
  Fixture fixture = set_up (FALSE);
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
  settle (&fixture);
  g_assert_null (bcast_client_find_subscription (fixture.client, "a"));
  g_assert_cmpint (get_state (&fixture, "b"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  tear_down (&fixture);
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
  for (guint i = 0; i < G_N_ELEMENTS (server_errors); i++)
    {
      g_autofree char *path = g_strconcat ("/client/channels/server-refuses/", server_errors[i].what, NULL);

      g_test_add_data_func (path, &server_errors[i], test_server_refuses);
    }
  g_test_add_func ("/client/channels/before-connected", test_before_connected);
  g_test_add_func ("/client/channels/impossible", test_impossible);
  g_test_add_func ("/client/channels/unsubscribe-while-pending", test_unsubscribe_while_pending);
  g_test_add_func ("/client/channels/back-while-leaving", test_back_while_leaving);
  g_test_add_func ("/client/channels/unsubscribe-while-authorizing", test_unsubscribe_while_authorizing);
  g_test_add_func ("/client/channels/authorizer-refuses", test_authorizer_refuses);
  g_test_add_func ("/client/channels/nobody-to-sign", test_nobody_to_sign);
  g_test_add_func ("/client/channels/presence-without-data", test_presence_without_data);
  g_test_add_func ("/client/channels/presence-without-user", test_presence_without_user);
  g_test_add_func ("/client/channels/which-one", test_which_one);
  g_test_add_func ("/client/channels/all-of-them", test_all_of_them);
  g_test_add_func ("/client/channels/other-error", test_other_error);
  g_test_add_func ("/client/channels/reconnect", test_reconnect);
  g_test_add_func ("/client/channels/reconnect-while-authorizing", test_reconnect_while_authorizing);
  g_test_add_func ("/client/channels/disconnect", test_disconnect);
  g_test_add_func ("/client/channels/cancel", test_cancel);

  return g_test_run ();
}

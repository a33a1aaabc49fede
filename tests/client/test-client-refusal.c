/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "channels-fixture.h"

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
  { "soketi-name", "{\"event\":\"pusher:subscription_error\",\"channel\":\"private-a\",\"data\":"
    "{\"type\":\"LimitReached\",\"error\":\"Too long a name.\",\"status\":4009}}",
    BCAST_ERROR_TOO_LARGE, "over a limit of the server: Too long a name" },
  { "no-data", "{\"event\":\"pusher:subscription_error\",\"channel\":\"private-a\"}",
    BCAST_ERROR_REFUSED, "gave no reason. Its own log" },
  { "forbidden", "{\"event\":\"pusher:subscription_error\",\"channel\":\"private-a\",\"data\":"
    "{\"type\":\"AuthError\",\"error\":\"Not yours\",\"status\":403}}",
    BCAST_ERROR_FORBIDDEN, "Not yours (code 403). This user may not join it" },
  { "soketi-error", "{\"event\":\"pusher:error\",\"channel\":\"private-a\",\"data\":"
    "{\"code\":4009,\"message\":\"The connection is unauthorized.\"}}", BCAST_ERROR_UNAUTHORIZED,
    "(code 4009)" },
  { "reverb", "{\"event\":\"pusher:error\",\"data\":\"{\\\"code\\\":4009,\\\"message\\\":"
    "\\\"Connection is unauthorized\\\"}\"}",
    BCAST_ERROR_UNAUTHORIZED, "Connection is unauthorized" },
  { "sockudo", "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"Invalid signature\"}}",
    BCAST_ERROR_UNAUTHORIZED, "Invalid signature" },
  { "hosted", "{\"event\":\"pusher:error\",\"data\":{\"code\":null,\"message\":\"Auth value for "
    "subscription to private-a is invalid\"}}",
    BCAST_ERROR_REFUSED, "Auth value" },
};

static void
test_server_refuses (gconstpointer data)
{
  const ServerError *row = data;
  ChannelsFixture fixture = channels_fixture_set_up (FALSE);
  Outcome outcome = { NULL, NULL };
  g_autoptr(GError) error = NULL;

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, outcome_cb, &outcome);
  bcast_client_subscribe_async (fixture.client, "public", NULL, NULL, NULL);
  WAIT_FOR (fixture.peer->received->len == 2);
  peer_send (fixture.peer, row->frame);
  channels_fixture_expect_refused (&fixture, "private-a", row->code, row->part);
  WAIT_FOR (outcome.result != NULL);
  g_assert_false (bcast_client_subscribe_finish (fixture.client, outcome.result, &error));
  g_assert_error (error, BCAST_ERROR, (int) row->code);
  outcome_clear (&outcome);
  g_assert_cmpint (channels_fixture_get_state (&fixture, "public"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  g_assert_cmpint (bcast_client_get_state (fixture.client), ==, BCAST_CLIENT_CONNECTED);
  channels_fixture_tear_down (&fixture);
}

#define NO_AUTH "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"no\"}}"

/* An error without a channel says nothing about which of several subscriptions it means. */
static void
test_which_one (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (FALSE);

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  bcast_client_subscribe_async (fixture.client, "private-b", NULL, NULL, NULL);
  WAIT_FOR (fixture.peer->received->len == 2);
  peer_send (fixture.peer, NO_AUTH);
  channels_fixture_settle (&fixture);
  g_assert_cmpint (channels_fixture_get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  g_assert_cmpint (channels_fixture_get_state (&fixture, "private-b"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);

  /* Once one is confirmed it must be the other. */
  peer_succeed (fixture.peer, "private-a", "{}");
  channels_fixture_expect_refused (&fixture, "private-b", BCAST_ERROR_UNAUTHORIZED, "no");
  g_assert_cmpint (channels_fixture_get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBED);

  /* Later errors hit nobody who is subscribed or refused, nor who asks afterwards. */
  peer_send (fixture.peer, NO_AUTH);
  channels_fixture_settle (&fixture);
  bcast_client_subscribe_async (fixture.client, "private-c", NULL, NULL, NULL);
  channels_fixture_settle (&fixture);
  g_assert_cmpint (channels_fixture_get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBED);
  g_assert_cmpint (channels_fixture_get_state (&fixture, "private-c"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  channels_fixture_tear_down (&fixture);
}

static void
test_all_of_them (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (FALSE);

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  bcast_client_subscribe_async (fixture.client, "presence-b", NULL, NULL, NULL);
  WAIT_FOR (fixture.peer->received->len == 2);
  peer_send (fixture.peer, NO_AUTH);
  peer_send (fixture.peer, NO_AUTH);
  channels_fixture_expect_refused (&fixture, "private-a", BCAST_ERROR_UNAUTHORIZED, "no");
  channels_fixture_expect_refused (&fixture, "presence-b", BCAST_ERROR_UNAUTHORIZED, "no");

  /* The server is right in the end. */
  peer_succeed (fixture.peer, "private-a", "{}");
  WAIT_FOR (channels_fixture_get_state (&fixture, "private-a") == BCAST_SUBSCRIPTION_SUBSCRIBED);
  channels_fixture_tear_down (&fixture);
}

/* Errors about other things, such as a client event, refuse nothing. */
static void
test_other_error (void)
{
  ChannelsFixture fixture = channels_fixture_set_up (FALSE);

  bcast_client_subscribe_async (fixture.client, "private-a", NULL, NULL, NULL);
  WAIT_FOR (fixture.peer->received->len == 1);
  peer_send (fixture.peer, "{\"event\":\"pusher:error\",\"data\":{\"code\":4301,\"message\":\"rate\"}}");
  peer_send (fixture.peer, "{\"event\":\"pusher:error\",\"data\":{\"code\":null,\"message\":\"Invalid event\"}}");
  channels_fixture_settle (&fixture);
  g_assert_cmpint (channels_fixture_get_state (&fixture, "private-a"), ==, BCAST_SUBSCRIPTION_SUBSCRIBING);
  channels_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (server_errors); i++)
    {
      g_autofree char *path = g_strconcat ("/client/refusal/server/", server_errors[i].what, NULL);

      g_test_add_data_func (path, &server_errors[i], test_server_refuses);
    }
  g_test_add_func ("/client/refusal/which-one", test_which_one);
  g_test_add_func ("/client/refusal/all-of-them", test_all_of_them);
  g_test_add_func ("/client/refusal/other-error", test_other_error);

  return g_test_run ();
}

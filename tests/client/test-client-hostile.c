/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "client-under-test.h"

#include <string.h>

#include "bcast-client-private.h"

/* Whatever a server sends, the client tells of it once and goes on: what comes next is received. */

typedef struct
{
  Peer        *peer;
  BcastClient *client;
  guint        n_errors;
  char        *error;
  guint        n_good;
} Fixture;

static void
event_cb (BcastClient *client,
          BcastFrame  *frame,
          gint64       received_us,
          Fixture     *fixture)
{
  fixture->n_good += g_str_equal (bcast_frame_get_event (frame), "good");
  g_assert_cmpuint (strlen (bcast_frame_get_event (frame)), >, 0);
}

static void
error_cb (BcastClient  *client,
          const GError *error,
          Fixture      *fixture)
{
  g_assert_true (error->domain == BCAST_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 4000);
  fixture->n_errors++;
  g_free (fixture->error);
  fixture->error = g_strdup (error->message);
}

static void
set_up (Fixture *fixture)
{
  *fixture = (Fixture) { peer_new (), NULL };
  fixture->client = new_client (fixture->peer);
  connect_client (fixture->client);
  subscribe_client (fixture->client, "a");
  subscribe_client (fixture->client, "left");
  subscribe_client (fixture->client, "presence-p");
  subscribe_client (fixture->client, "private-encrypted-e");
  bcast_client_unsubscribe (fixture->client, "left");
  g_signal_connect (fixture->client, "event", G_CALLBACK (event_cb), fixture);
  g_signal_connect (fixture->client, "error", G_CALLBACK (error_cb), fixture);
}

static void
tear_down (Fixture *fixture)
{
  end_client (fixture->client);
  peer_free (fixture->peer);
  g_free (fixture->error);
}

/* Everything that was sent before has been seen, and what is good still arrives. */
static void
expect_good (Fixture *fixture)
{
  guint n_good = fixture->n_good;

  peer_send (fixture->peer, "{\"event\":\"good\",\"channel\":\"a\",\"data\":\"{}\"}");
  WAIT_FOR (fixture->n_good == n_good + 1);
  g_assert_cmpint (bcast_client_get_state (fixture->client), ==, BCAST_CLIENT_CONNECTED);
  g_assert_cmpuint (fixture->peer->n_connections, ==, 1);
}

/* Nothing is kept of what came. */
static void
expect_bounded (Fixture *fixture)
{
  BcastSubscription *presence = bcast_client_find_subscription (fixture->client, "presence-p");

  g_assert_cmpuint (fixture->client->refusals->len, ==, 0);
  g_assert_cmpuint (g_hash_table_size (fixture->client->online), ==, 0);
  g_assert_cmpuint (g_hash_table_size (fixture->client->holds), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (bcast_client_get_subscriptions (fixture->client)), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bcast_subscription_get_members (presence))), <=, 1);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(BcastSubscription) subscription = NULL;

      subscription = g_list_model_get_item (bcast_client_get_subscriptions (fixture->client), i);
      g_assert_cmpint (bcast_subscription_get_state (subscription), ==, BCAST_SUBSCRIPTION_SUBSCRIBED);
    }
}

typedef struct
{
  const char *what;
  const char *frame;
  const char *error; /* a part of what is told, %NULL for nothing */
} Row;

#define IN_A(event, data) "{\"event\":\"" event "\",\"channel\":\"a\",\"data\":" data "}"
#define IN_P(event, data) "{\"event\":\"" event "\",\"channel\":\"presence-p\",\"data\":" data "}"
#define NO_FRAME          "is no frame of the protocol"

static const Row rows[] = {
  { "empty", "", NO_FRAME },
  { "blank", "  \n\t ", NO_FRAME },
  { "no-json", "<html><body>502 Bad Gateway</body></html>", NO_FRAME },
  { "half", "{\"event\":\"e\",\"channel\":\"a\",\"data\":{\"x\":", NO_FRAME },
  { "two", "{\"event\":\"e\"}{\"event\":\"e\"}", NO_FRAME },
  { "array", "[{\"event\":\"e\"}]", NO_FRAME },
  { "string", "\"e\"", NO_FRAME },
  { "number", "17", NO_FRAME },
  { "null", "null", NO_FRAME },
  { "byte-order-mark", "\xef\xbb\xbf{\"event\":\"e\"}", NO_FRAME },
  { "control-character", "{\"event\":\"e\x01\"}", NO_FRAME },
  { "no-event", "{\"channel\":\"a\",\"data\":\"{}\"}", NO_FRAME },
  { "event-null", "{\"event\":null,\"channel\":\"a\"}", NO_FRAME },
  { "event-number", "{\"event\":1,\"channel\":\"a\"}", NO_FRAME },
  { "event-object", "{\"event\":{},\"channel\":\"a\"}", NO_FRAME },
  { "event-empty", "{\"event\":\"\",\"channel\":\"a\"}", NO_FRAME },
  { "event-nul", "{\"event\":\"\\u0000\",\"channel\":\"a\"}", NULL },
  { "event-surrogate", "{\"event\":\"\\ud800\",\"channel\":\"a\"}", NULL },
  { "event-twice", "{\"event\":\"pusher:ping\",\"event\":\"e\",\"channel\":\"a\"}", NULL },
  { "channel-number", "{\"event\":\"e\",\"channel\":7}", NO_FRAME },
  { "channel-array", "{\"event\":\"e\",\"channel\":[\"a\"]}", NO_FRAME },
  { "channel-null", "{\"event\":\"e\",\"channel\":null}", NULL },
  { "channel-nul", "{\"event\":\"e\",\"channel\":\"a\\u0000\"}", NULL },
  { "user-id-object", "{\"event\":\"e\",\"channel\":\"a\",\"user_id\":{}}", NULL },
  { "data-number", IN_A ("e", "1e999"), NULL },
  { "data-true", IN_A ("e", "true"), NULL },
  { "data-surrogate", IN_A ("e", "\"\\udfff\\u0000\""), NULL },
  { "unknown-protocol", "{\"event\":\"pusher:news\",\"data\":\"{}\"}", NULL },
  { "unknown-internal", IN_A ("pusher_internal:news", "[]"), NULL },
  { "nobodys-channel", "{\"event\":\"e\",\"channel\":\"never\"}", NULL },
  { "left-channel", "{\"event\":\"e\",\"channel\":\"left\"}", NULL },
  { "left-success", "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"left\"}", NULL },
  { "left-member", "{\"event\":\"pusher_internal:member_added\",\"channel\":\"left\",\"data\":[]}", NULL },
  { "greeting-again", PEER_HELLO, NULL },
  { "greeting-odd", "{\"event\":\"pusher:connection_established\",\"data\":[]}", NULL },
  { "success-again", IN_A ("pusher_internal:subscription_succeeded", "\"{}\""), NULL },
  { "success-odd", IN_A ("pusher_internal:subscription_succeeded", "[[1]]"), NULL },
  { "success-no-channel", "{\"event\":\"pusher_internal:subscription_succeeded\"}", NULL },
  { "late-refusal", IN_A ("pusher:subscription_error", "{\"status\":403,\"error\":\"no\"}"), NULL },
  { "refusal-odd", IN_A ("pusher:subscription_error", "17"), NULL },
  { "error-array", "{\"event\":\"pusher:error\",\"data\":[1,2]}", "reports an error" },
  { "error-number", "{\"event\":\"pusher:error\",\"data\":4009}", "reports an error" },
  { "error-huge-code", "{\"event\":\"pusher:error\",\"data\":{\"code\":1e300,\"message\":\"m\"}}", "m" },
  { "error-negative", "{\"event\":\"pusher:error\",\"data\":{\"code\":-4009,\"message\":\"m\"}}", "m" },
  { "error-texts", "{\"event\":\"pusher:error\",\"data\":{\"code\":\"4009\",\"message\":7}}", "reports an error" },
  { "error-auth", "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"m\"}}", "m (code 4009)" },
  { "error-bidi", "{\"event\":\"pusher:error\",\"data\":{\"message\":\"a\\u0000\\u001b[2Jb\"}}", "reports an error" },
  { "roster-list", IN_P ("pusher_internal:subscription_succeeded", "\"[]\""), "list of members" },
  { "roster-absent", "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"presence-p\"}",
    "list of members" },
  { "roster-no-hash", IN_P ("pusher_internal:subscription_succeeded", "{\"presence\":{\"ids\":[1]}}"),
    "list of members" },
  { "roster-hash-text", IN_P ("pusher_internal:subscription_succeeded", "{\"presence\":{\"hash\":\"x\"}}"),
    "list of members" },
  { "roster-odd-infos", IN_P ("pusher_internal:subscription_succeeded",
    "{\"presence\":{\"hash\":{\"1\":[[]]},\"count\":-5,\"ids\":{}}}"), NULL },
  { "member-no-data", "{\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-p\"}", "a member of" },
  { "member-no-id", IN_P ("pusher_internal:member_added", "{\"user_info\":{}}"), "a member of" },
  { "member-id-empty", IN_P ("pusher_internal:member_added", "{\"user_id\":\"\"}"), "a member of" },
  { "member-id-object", IN_P ("pusher_internal:member_added", "{\"user_id\":{}}"), "a member of" },
  { "member-id-null", IN_P ("pusher_internal:member_removed", "{\"user_id\":null}"), "a member of" },
  { "member-unknown", IN_P ("pusher_internal:member_removed", "{\"user_id\":\"nobody\"}"), NULL },
  { "member-of-public", IN_A ("pusher_internal:member_added", "{\"user_id\":\"x\"}"), NULL },
  { "count-text", IN_A ("pusher_internal:subscription_count", "{\"subscription_count\":\"3\"}"), NULL },
  { "count-negative", IN_A ("pusher_internal:subscription_count", "{\"subscription_count\":-3}"), NULL },
  { "count-huge", IN_A ("pusher_internal:subscription_count", "{\"subscription_count\":99999999999999999999}"),
    NULL },
  { "count-list", IN_A ("pusher_internal:subscription_count", "[3]"), NULL },
  { "count-no-data", "{\"event\":\"pusher_internal:subscription_count\",\"channel\":\"a\"}", NULL },
  { "cache-miss-odd", IN_A ("pusher:cache_miss", "17"), NULL },
  { "signed-in-unasked", "{\"event\":\"pusher:signin_success\",\"data\":{\"user_data\":\"{\\\"id\\\":\\\"x\\\"}\"}}",
    NULL },
  { "watchlist-unasked", "{\"event\":\"pusher_internal:watchlist_events\",\"data\":{\"events\":[{\"name\":"
    "\"online\",\"user_ids\":[\"x\"]}]}}", NULL },
  { "ping-odd", "{\"event\":\"pusher:ping\",\"channel\":\"a\",\"data\":[[]]}", NULL },
  { "pong-unasked", "{\"event\":\"pusher:pong\"}", NULL },
  { "subscribe", "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"never\"}}", NULL },
  { "sealed-plain", "{\"event\":\"e\",\"channel\":\"private-encrypted-e\",\"data\":\"{}\"}", "stays encrypted" },
  { "sealed-absent", "{\"event\":\"e\",\"channel\":\"private-encrypted-e\"}", "stays encrypted" },
  { "sealed-numbers", "{\"event\":\"e\",\"channel\":\"private-encrypted-e\",\"data\":{\"nonce\":1,"
    "\"ciphertext\":2}}", "stays encrypted" },
  { "sealed-short", "{\"event\":\"e\",\"channel\":\"private-encrypted-e\",\"data\":{\"nonce\":\"AAAA\","
    "\"ciphertext\":\"AAAA\"}}", "stays encrypted" },
  { "sealed-wrong", "{\"event\":\"e\",\"channel\":\"private-encrypted-e\",\"data\":{\"nonce\":"
    "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"ciphertext\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}}",
    "stays encrypted" },
};

/* The same over and over is told of once. */
static void
test_row (gconstpointer data)
{
  const Row *row = data;
  Fixture fixture;

  set_up (&fixture);
  for (guint i = 0; i < 3; i++)
    peer_send (fixture.peer, row->frame);
  expect_good (&fixture);
  WAIT_FOR (bcast_client_find_hold (fixture.client, "private-encrypted-e")->sealed == NULL);
  expect_bounded (&fixture);

  g_assert_cmpuint (fixture.n_errors, ==, row->error != NULL ? 1 : 0);
  if (row->error != NULL && strstr (fixture.error, row->error) == NULL)
    g_error ("Expected “%s” in “%s”", row->error, fixture.error);
  if (row->error != NULL)
    g_test_message ("%s", fixture.error);
  tear_down (&fixture);
}

/* Texts that are long in one way or another; each is within the size of a message. */
static const struct { const char *what; const char *before; const char *part; const char *after; guint n; } long_ones[] = {
  { "event", "{\"event\":\"", "x", "\",\"channel\":\"a\"}", 1000000 },
  { "channel", "{\"event\":\"e\",\"channel\":\"", "x", "\"}", 1000000 },
  { "deep", "{\"event\":\"e\",\"channel\":\"a\",\"data\":", "[", "", 1000000 },
  { "members", "{\"event\":\"e\",\"channel\":\"a\"", ",\"k\":1", "}", 100000 },
  { "events", "{\"event\":\"e\",\"channel\":\"a\"", ",\"event\":\"e\"", "}", 80000 },
  { "escapes", "{\"event\":\"e\",\"channel\":\"a\",\"data\":\"", "\\ud83d\\ude00", "\"}", 80000 },
  { "error", "{\"event\":\"pusher:error\",\"data\":{\"code\":1,\"message\":\"", "☃ ", "\"}}", 200000 },
  { "refusal", "{\"event\":\"pusher:error\",\"channel\":\"a\",\"data\":\"", "y", "\"}", 1000000 },
  { "member-id", "{\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-p\",\"data\":{\"user_id\":\"",
    "7", "\"}}", 1000000 },
  { "nonsense", "", "?", "", 1000000 },
};

static void
test_long (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(GString) text = g_string_new (long_ones[i].before);
  Fixture fixture;

  for (guint n = 0; n < long_ones[i].n; n++)
    g_string_append (text, long_ones[i].part);
  g_string_append (text, long_ones[i].after);

  set_up (&fixture);
  for (guint n = 0; n < 3; n++)
    peer_send (fixture.peer, text->str);
  expect_good (&fixture);
  expect_bounded (&fixture);
  g_assert_cmpuint (fixture.n_errors, <=, 1);
  tear_down (&fixture);
}

/* Many different mistakes are not told one by one. */
static void
test_many_mistakes (void)
{
  Fixture fixture;

  set_up (&fixture);
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"event\":\"pusher:error\",\"data\":{\"message\":\"no. %u\"}}", i);

      peer_send (fixture.peer, text);
    }
  expect_good (&fixture);
  g_assert_cmpuint (fixture.n_errors, ==, BCAST_REPORTS_MOST);
  g_assert_nonnull (strstr (fixture.error, "one mistake after the other"));
  tear_down (&fixture);
}

/* On a new connection the same mistake is worth a word again. */
static void
test_told_again (void)
{
  Fixture fixture;

  set_up (&fixture);
  peer_send (fixture.peer, "nonsense");
  WAIT_FOR (fixture.n_errors == 1);
  soup_websocket_connection_close (fixture.peer->websocket, 4200, NULL);
  WAIT_FOR (fixture.peer->n_connections == 2
            && bcast_client_get_state (fixture.client) == BCAST_CLIENT_CONNECTED);
  peer_send (fixture.peer, "nonsense");
  WAIT_FOR (fixture.n_errors == 2);
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/client/hostile/frame/", rows[i].what, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  for (guint i = 0; i < G_N_ELEMENTS (long_ones); i++)
    {
      g_autofree char *path = g_strconcat ("/client/hostile/long/", long_ones[i].what, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_long);
    }
  g_test_add_func ("/client/hostile/many-mistakes", test_many_mistakes);
  g_test_add_func ("/client/hostile/told-again", test_told_again);

  return g_test_run ();
}

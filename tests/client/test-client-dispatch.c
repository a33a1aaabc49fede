/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "client-under-test.h"

#include <string.h>

/* A connected client that is subscribed to "a" and "presence-p", and what it tells. */
typedef struct
{
  Peer        *peer;
  BcastClient *client;
  GString     *events;
  GString     *frames;
  GString     *errors;
  GString     *members;
} Fixture;

static void
event_cb (BcastClient *client,
          BcastFrame  *frame,
          gint64       received_us,
          Fixture     *fixture)
{
  g_assert_cmpint (received_us, <=, g_get_monotonic_time ());
  g_string_append_printf (fixture->events, "%s@%s %s %s\n", bcast_frame_get_event (frame),
                          bcast_frame_get_channel (frame), bcast_frame_get_data (frame),
                          bcast_frame_get_user_id (frame));
}

static void
frame_cb (BcastClient *client,
          BcastFrame  *frame,
          gint64       received_us,
          Fixture     *fixture)
{
  g_string_append_printf (fixture->frames, "%s\n", bcast_frame_get_raw (frame, NULL));
}

static void
error_cb (BcastClient  *client,
          const GError *error,
          Fixture      *fixture)
{
  g_assert_true (error->domain == BCAST_ERROR);
  g_string_append_printf (fixture->errors, "%s: %s\n", bcast_error_code_to_nick (error->code), error->message);
}

static void
changed_cb (BcastClient       *client,
            BcastSubscription *subscription,
            Fixture           *fixture)
{
  GListModel *members = G_LIST_MODEL (bcast_subscription_get_members (subscription));

  g_string_append_c (fixture->members, '[');
  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr(BcastMember) member = g_list_model_get_item (members, i);
      g_autofree char *name = bcast_member_dup_name (member);

      g_string_append_printf (fixture->members, "%s%s", i > 0 ? " " : "", name);
    }
  g_string_append_c (fixture->members, ']');
}

static void
reset (Fixture *fixture)
{
  g_string_truncate (fixture->events, 0);
  g_string_truncate (fixture->frames, 0);
  g_string_truncate (fixture->errors, 0);
  g_string_truncate (fixture->members, 0);
}

static void
set_up (Fixture *fixture)
{
  *fixture = (Fixture) {
    peer_new (), NULL, g_string_new (NULL), g_string_new (NULL), g_string_new (NULL), g_string_new (NULL)
  };
  fixture->client = new_client (fixture->peer);
  connect_client (fixture->client);
  subscribe_client (fixture->client, "a");
  subscribe_client (fixture->client, "presence-p");
  g_signal_connect (fixture->client, "event", G_CALLBACK (event_cb), fixture);
  g_signal_connect (fixture->client, "frame", G_CALLBACK (frame_cb), fixture);
  g_signal_connect (fixture->client, "error", G_CALLBACK (error_cb), fixture);
  g_signal_connect (fixture->client, "subscription-changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture)
{
  end_client (fixture->client);
  peer_free (fixture->peer);
  g_string_free (fixture->events, TRUE);
  g_string_free (fixture->frames, TRUE);
  g_string_free (fixture->errors, TRUE);
  g_string_free (fixture->members, TRUE);
}

/* Sends @frame and runs the main context until the client has seen it and what came before. */
static void
deliver (Fixture    *fixture,
         const char *frame)
{
  if (frame != NULL)
    peer_send (fixture->peer, frame);
  peer_send (fixture->peer, "{\"event\":\"pusher:pong\"}");
  WAIT_FOR (g_str_has_suffix (fixture->frames->str, "{\"event\":\"pusher:pong\"}\n"));
}

typedef struct
{
  const char *what;
  const char *frame;
  const char *event; /* "": API users see nothing */
} Seen;

static const Seen seen[] = {
  { "string", "{\"event\":\"e\",\"channel\":\"a\",\"data\":\"{\\\"x\\\":1}\"}", "e@a {\"x\":1} (null)\n" },
  { "object", "{\"event\":\"e\",\"channel\":\"a\",\"data\":{\"x\": 1}}", "e@a {\"x\": 1} (null)\n" },
  { "no-data", "{\"event\":\"e\",\"channel\":\"a\"}", "e@a (null) (null)\n" },
  { "client-event", "{\"event\":\"client-e\",\"channel\":\"presence-p\",\"data\":\"{}\",\"user_id\":"
    "\"u2\"}",
    "client-e@presence-p {} u2\n" },
  { "pusher-like-name", "{\"event\":\"pusherish\",\"channel\":\"a\",\"data\":\"d\"}",
    "pusherish@a d (null)\n" },
  { "count", "{\"event\":\"pusher_internal:subscription_count\",\"channel\":\"a\",\"data\":"
    "\"{\\\"subscription_count\\\":3}\"}",
    "pusher:subscription_count@a {\"subscription_count\":3} (null)\n" },
  { "cache-miss", "{\"event\":\"pusher:cache_miss\",\"channel\":\"a\"}",
    "pusher:cache_miss@a (null) (null)\n" },
  { "subscription-error", "{\"event\":\"pusher:subscription_error\",\"channel\":\"a\",\"data\":"
    "{\"status\":401}}",
    "pusher:subscription_error@a {\"status\":401} (null)\n" },
  { "not-held", "{\"event\":\"e\",\"channel\":\"b\",\"data\":\"d\"}", "" },
  { "not-held-internal", "{\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-b\","
    "\"data\":\"{\\\"user_id\\\":\\\"1\\\"}\"}", "" },
  { "not-asked-for", "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"b\","
    "\"data\":\"{}\"}", "" },
  { "no-channel", "{\"event\":\"e\",\"data\":\"d\"}", "" },
  { "unknown", "{\"event\":\"pusher:whatever\",\"data\":\"d\"}", "" },
};

static void
test_seen (gconstpointer data)
{
  const Seen *row = data;
  Fixture fixture;

  set_up (&fixture);
  deliver (&fixture, row->frame);
  g_assert_cmpstr (fixture.events->str, ==, row->event);
  g_assert_true (g_str_has_prefix (fixture.frames->str, row->frame));
  g_assert_cmpstr (fixture.errors->str, ==, "");
  g_assert_cmpuint (g_list_model_get_n_items (bcast_client_get_subscriptions (fixture.client)), ==, 2);
  tear_down (&fixture);
}

static void
test_left_channel (void)
{
  Fixture fixture;

  set_up (&fixture);
  bcast_client_unsubscribe (fixture.client, "a");
  deliver (&fixture, "{\"event\":\"e\",\"channel\":\"a\",\"data\":\"d\"}");
  g_assert_cmpstr (fixture.events->str, ==, "");
  g_assert_cmpstr (fixture.errors->str, ==, "");
  tear_down (&fixture);
}

static void
leave_cb (BcastClient       *client,
          BcastSubscription *subscription,
          gpointer           user_data)
{
  if (user_data != NULL)
    bcast_client_unsubscribe (client, bcast_subscription_get_channel (subscription));
  else
    bcast_client_disconnect_async (client, NULL, NULL, NULL);
}

/* Who leaves on hearing of a change hears no more, not even of the event that told of it. */
static void
test_left_inside (gconstpointer leaves)
{
  Fixture fixture;

  set_up (&fixture);
  g_signal_connect (fixture.client, "subscription-changed", G_CALLBACK (leave_cb), (gpointer) leaves);
  peer_send (fixture.peer, "{\"event\":\"pusher_internal:subscription_count\",\"channel\":\"a\","
                           "\"data\":{\"subscription_count\":3}}");
  WAIT_FOR (fixture.members->len > 0);
  g_assert_cmpstr (fixture.events->str, ==, "");
  tear_down (&fixture);
}

static void
test_ping (void)
{
  Fixture fixture;

  set_up (&fixture);
  deliver (&fixture, "{\"event\":\"pusher:ping\"}");
  WAIT_FOR (peer_find_received (fixture.peer, "{\"event\":\"pusher:pong\",\"data\":{}}") != NULL);
  g_assert_cmpstr (fixture.events->str, ==, "");
  tear_down (&fixture);
}

typedef struct
{
  const char *what;
  const char *frame;
  const char *error;
} Told;

/* None of these ends the connection, whatever its code says. */
static const Told told[] = {
  { "reverb-4200", "{\"event\":\"pusher:error\",\"data\":\"{\\\"code\\\":4200,\\\"message\\\":"
    "\\\"Invalid message format\\\"}\"}",
    "refused: The server reports an error: Invalid message format (code 4200)\n" },
  { "4001", "{\"event\":\"pusher:error\",\"data\":{\"code\":4001}}",
    "not-found: The server reports an error: " },
  { "4301", "{\"event\":\"pusher:error\",\"data\":{\"code\":4301,\"message\":\"Slow\\ndown\"}}",
    "busy: The server reports an error: Slow down (code 4301)\n" },
  { "no-code", "{\"event\":\"pusher:error\",\"data\":{\"code\":null,\"message\":\"m\"}}",
    "refused: The server reports an error: m\n" },
  { "no-data", "{\"event\":\"pusher:error\"}", "refused: The server reports an error: no reason given\n" },
  { "no-json", "nonsense", "protocol: A message is no frame of the protocol (byte 1)" },
  { "half", "{\"event\":\"e\",\"chan", "protocol: A message is no frame" },
  { "no-event", "{}", "protocol: A message is no frame" },
  { "bad-member", "{\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-p\",\"data\":\"{}\"}",
    "protocol: The server told of a member of “presence-p”" },
  { "no-member", "{\"event\":\"pusher_internal:member_removed\",\"channel\":\"presence-p\"}",
    "protocol: The server told of a member" },
  { "bad-roster", "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"presence-p\","
    "\"data\":\"[]\"}",
    "protocol: The server's list of members" },
};

static void
test_told (gconstpointer data)
{
  const Told *row = data;
  Fixture fixture;

  set_up (&fixture);
  deliver (&fixture, row->frame);
  if (!g_str_has_prefix (fixture.errors->str, row->error))
    g_error ("Expected “%s”, got “%s”", row->error, fixture.errors->str);
  g_assert_cmpint (bcast_client_get_state (fixture.client), ==, BCAST_CLIENT_CONNECTED);
  g_assert_cmpuint (fixture.peer->n_connections, ==, 1);
  tear_down (&fixture);
}

static void
test_binary (void)
{
  Fixture fixture;

  set_up (&fixture);
  soup_websocket_connection_send_binary (fixture.peer->websocket, "{}", 2);
  deliver (&fixture, NULL);
  g_assert_true (g_str_has_prefix (fixture.errors->str, "protocol: The server sent a binary message"));
  g_assert_cmpint (bcast_client_get_state (fixture.client), ==, BCAST_CLIENT_CONNECTED);
  tear_down (&fixture);
}

/* Bytes that libsoup would not send by itself. */
static const struct { const char *what; guint8 bytes[8]; gsize length; } broken[] = {
  { "no-utf-8", { 0x81, 0x02, 0xff, 0xfe }, 4 },
  { "masked", { 0x81, 0x82, 1, 2, 3, 4, 5, 6 }, 8 },
  { "reserved-bits", { 0xf1, 0x01, 'a' }, 3 },
  { "lost-fragment", { 0x80, 0x01, 'a' }, 3 },
};

static void
test_broken (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  Fixture fixture;
  GIOStream *stream;

  set_up (&fixture);
  stream = soup_websocket_connection_get_io_stream (fixture.peer->websocket);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (stream), broken[i].bytes,
                                            broken[i].length, NULL, NULL, NULL));
  WAIT_FOR (bcast_client_get_state (fixture.client) == BCAST_CLIENT_CONNECTING);
  g_assert_error (bcast_client_get_error (fixture.client), BCAST_ERROR, BCAST_ERROR_PROTOCOL);
  tear_down (&fixture);
}

static const struct { const char *frame; const char *members; } membership[] = {
  { "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"presence-p\",\"data\":"
    "\"{\\\"presence\\\":{\\\"count\\\":2,\\\"ids\\\":[\\\"u1\\\",\\\"u2\\\"],\\\"hash\\\":"
    "{\\\"u1\\\":{\\\"name\\\":\\\"A\\\"},\\\"u2\\\":null}}}\"}", "[A u2]" },
  { "{\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-p\",\"data\":"
    "\"{\\\"user_id\\\":3,\\\"user_info\\\":{\\\"name\\\":\\\"C\\\"}}\"}", "[A u2 C]" },
  { "{\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-p\",\"data\":"
    "{\"user_id\":\"3\",\"user_info\":{\"name\":\"Cc\"}}}", "[A u2 Cc]" },
  { "{\"event\":\"pusher_internal:member_removed\",\"channel\":\"presence-p\",\"data\":"
    "\"{\\\"user_id\\\":\\\"u1\\\"}\"}", "[u2 Cc]" },
  { "{\"event\":\"pusher_internal:member_removed\",\"channel\":\"presence-p\",\"data\":"
    "\"{\\\"user_id\\\":\\\"nobody\\\"}\"}", "" },
  { "{\"event\":\"pusher_internal:member_added\",\"channel\":\"a\",\"data\":"
    "\"{\\\"user_id\\\":\\\"x\\\"}\"}", "" },
  { "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"presence-p\",\"data\":"
    "\"{\\\"presence\\\":{\\\"count\\\":0,\\\"ids\\\":[],\\\"hash\\\":[]}}\"}", "[]" },
};

static void
test_members (void)
{
  Fixture fixture;

  set_up (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (membership); i++)
    {
      reset (&fixture);
      deliver (&fixture, membership[i].frame);
      g_assert_cmpstr (fixture.members->str, ==, membership[i].members);
      g_assert_true (g_str_has_prefix (fixture.events->str, "pusher:"));
    }
  tear_down (&fixture);
}

static void
test_count (void)
{
  Fixture fixture;
  BcastSubscription *subscription;

  set_up (&fixture);
  subscription = bcast_client_find_subscription (fixture.client, "a");
  g_assert_cmpint (bcast_subscription_get_count (subscription), ==, -1);
  reset (&fixture);
  peer_send (fixture.peer, "{\"event\":\"pusher_internal:subscription_count\",\"channel\":\"a\","
                           "\"data\":\"{\\\"subscription_count\\\":3}\"}");
  WAIT_FOR (bcast_subscription_get_count (subscription) == 3);
  g_assert_cmpstr (fixture.events->str, ==, "pusher:subscription_count@a {\"subscription_count\":3} (null)\n");
  peer_send (fixture.peer, "{\"event\":\"pusher_internal:subscription_count\",\"channel\":\"a\",\"data\":{}}");
  peer_send (fixture.peer, "{\"event\":\"pusher_internal:subscription_count\",\"channel\":\"a\","
                           "\"data\":{\"subscription_count\":7}}");
  WAIT_FOR (bcast_subscription_get_count (subscription) == 7);
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    {
      g_autofree char *path = g_strconcat ("/client/dispatch/seen/", seen[i].what, NULL);

      g_test_add_data_func (path, &seen[i], test_seen);
    }
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autofree char *path = g_strconcat ("/client/dispatch/told/", told[i].what, NULL);

      g_test_add_data_func (path, &told[i], test_told);
    }
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = g_strconcat ("/client/dispatch/broken/", broken[i].what, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_broken);
    }
  g_test_add_func ("/client/dispatch/left-channel", test_left_channel);
  g_test_add_data_func ("/client/dispatch/left-inside/channel", "", test_left_inside);
  g_test_add_data_func ("/client/dispatch/left-inside/connection", NULL, test_left_inside);
  g_test_add_func ("/client/dispatch/ping", test_ping);
  g_test_add_func ("/client/dispatch/binary", test_binary);
  g_test_add_func ("/client/dispatch/members", test_members);
  g_test_add_func ("/client/dispatch/count", test_count);

  return g_test_run ();
}

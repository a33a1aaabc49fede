/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-hub-private.h"
#include "bcast-peer-private.h"
#include "bcast-peer-socket-private.h"

#include <string.h>

#include "bcast-signature.h"

#define KEY    "key"
#define SECRET "secret"

/* Peers whose socket is a piece of memory: nothing is read, and what is written can be looked at. */
typedef struct
{
  BcastHub     *hub;
  BcastFlusher *flusher;
} Fixture;

typedef struct
{
  BcastPeer           *peer;
  GMemoryOutputStream *output;
  gsize                seen;
} Side;

static void
flush (gpointer socket)
{
  bcast_peer_socket_flush (socket);
}

/* @data: NULL or a limit of members */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const BcastAppOptions options = { .app_id = "1", .key = KEY, .secret = SECRET, .ws_host = "127.0.0.1" };
  BcastHubOptions hub_options = BCAST_HUB_OPTIONS_DEFAULT;
  BcastApp *app = bcast_app_new (&options, NULL);

  if (data != NULL)
    hub_options.max_members = GPOINTER_TO_UINT (data);
  fixture->flusher = bcast_flusher_new (NULL, flush);
  fixture->hub = bcast_hub_new (app, &hub_options);
  bcast_app_unref (app);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  bcast_hub_stop (fixture->hub, 4200, "bye");
  g_assert_cmpuint (bcast_hub_count_peers (fixture->hub), ==, 0);
  g_autoptr(GPtrArray) channels = bcast_hub_list_channels (fixture->hub, NULL);
  g_assert_cmpuint (channels->len, ==, 0);
  g_assert_finalize_object (fixture->hub);
  bcast_flusher_free (fixture->flusher);
}

/* The next frame that was written, as `opcode:text`; empty when there is none. */
static char *
next_frame (Fixture *fixture,
            Side    *side)
{
  bcast_flusher_run (fixture->flusher);

  const guint8 *bytes = g_memory_output_stream_get_data (side->output);
  gsize size = g_memory_output_stream_get_data_size (side->output);

  if (side->seen == size)
    return g_strdup ("");

  bytes += side->seen;
  gsize length = bytes[1];
  gsize header = 2;

  if (length == 126)
    {
      length = (gsize) bytes[2] << 8 | bytes[3];
      header = 4;
    }
  side->seen += header + length;
  return g_strdup_printf ("%x:%.*s", bytes[0] & 0xf, (int) length, bytes + header);
}

static void
expect (Fixture    *fixture,
        Side       *side,
        const char *pattern)
{
  g_autofree char *frame = next_frame (fixture, side);

  if (!g_pattern_match_simple (pattern, frame))
    g_assert_cmpstr (frame, ==, pattern);
}

static void
join (Fixture *fixture,
      Side    *side)
{
  g_autoptr(GInputStream) input = g_memory_input_stream_new ();
  g_autoptr(GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr(GIOStream) stream = g_simple_io_stream_new (input, output);

  side->output = G_MEMORY_OUTPUT_STREAM (g_object_ref (output));
  side->seen = 0;
  side->peer = bcast_peer_new (fixture->hub, stream, fixture->flusher);
  expect (fixture, side, "1:{\"event\":\"pusher:connection_established\",*");
}

static void
part (Side *side)
{
  g_clear_object (&side->output);
  g_clear_object (&side->peer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, part)

static void
subscribe (Fixture    *fixture,
           Side       *side,
           const char *channel,
           const char *user_id)
{
  g_autoptr(GError) error = NULL;

  bcast_hub_subscribe (fixture->hub, side->peer, channel, user_id, NULL, &error);
  g_assert_no_error (error);
  expect (fixture, side, "1:*subscription_succeeded*");
}

static void
test_liveness (Fixture       *fixture,
               gconstpointer  data)
{
  g_auto(Side) side = { NULL, NULL, 0 };
  gint64 now_us = g_get_monotonic_time ();

  join (fixture, &side);
  bcast_hub_check_liveness (fixture->hub, now_us + 119 * G_USEC_PER_SEC);
  expect (fixture, &side, "");
  bcast_hub_check_liveness (fixture->hub, now_us + 121 * G_USEC_PER_SEC);
  expect (fixture, &side, "9:");
  bcast_hub_check_liveness (fixture->hub, now_us + 150 * G_USEC_PER_SEC);
  expect (fixture, &side, "");
  bcast_hub_check_liveness (fixture->hub, now_us + 152 * G_USEC_PER_SEC);
  expect (fixture, &side, "8:\x10\x69Pong*");
  bcast_hub_check_liveness (fixture->hub, now_us + 600 * G_USEC_PER_SEC);
  expect (fixture, &side, "");
}

static void
test_rate (Fixture       *fixture,
           gconstpointer  data)
{
  g_auto(Side) side = { NULL, NULL, 0 };

  join (fixture, &side);
  for (gint64 i = 0; i < 10; i++)
    g_assert_true (bcast_peer_take_client_event (side.peer, i * 50000));
  g_assert_false (bcast_peer_take_client_event (side.peer, 500000));
  g_assert_false (bcast_peer_take_client_event (side.peer, 999999));
  /* The first of the ten is a second old, the next not yet. */
  g_assert_true (bcast_peer_take_client_event (side.peer, 1000000));
  g_assert_false (bcast_peer_take_client_event (side.peer, 1000001));
  g_assert_true (bcast_peer_take_client_event (side.peer, 1050000));
}

static void
test_signed_frame (Fixture       *fixture,
                   gconstpointer  data)
{
  g_auto(Side) side = { NULL, NULL, 0 };
  g_autofree char *string = NULL, *auth = NULL, *text = NULL;

  join (fixture, &side);
  string = g_strdup_printf ("%s:private-x", bcast_peer_get_socket_id (side.peer));
  auth = bcast_signature_auth (KEY, SECRET, string);
  text = g_strdup_printf ("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"private-x\",\"auth\":\"%s\"}}", auth);
  bcast_peer_handle_message (side.peer, text, strlen (text), 0);
  expect (fixture, &side, "1:{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"private-x\",\"data\":\"{}\"}");

  /* The signature is that of this channel and socket alone. */
  g_auto(Side) other = { NULL, NULL, 0 };
  join (fixture, &other);
  bcast_peer_handle_message (other.peer, text, strlen (text), 0);
  expect (fixture, &other, "1:*subscription_error*AuthError*");
}

static void
test_deep_json (Fixture       *fixture,
                gconstpointer  data)
{
  g_auto(Side) side = { NULL, NULL, 0 };
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *text = g_strconcat ("{\"event\":\"client-x\",\"data\":", deep, NULL);

  join (fixture, &side);
  bcast_peer_handle_message (side.peer, text, strlen (text), 0);
  expect (fixture, &side, "1:{\"event\":\"pusher:error\",\"data\":{\"code\":null,*");
}

static void
test_channels_come_and_go (Fixture       *fixture,
                           gconstpointer  data)
{
  g_auto(Side) a = { NULL, NULL, 0 };
  g_auto(Side) b = { NULL, NULL, 0 };
  g_auto(Side) c = { NULL, NULL, 0 };

  join (fixture, &a);
  join (fixture, &b);
  join (fixture, &c);
  subscribe (fixture, &a, "ch", NULL);
  subscribe (fixture, &b, "ch", NULL);
  subscribe (fixture, &c, "ch", NULL);
  g_assert_cmpuint (bcast_hub_channel_count_peers (bcast_hub_find_channel (fixture->hub, "ch")), ==, 3);

  /* The first leaves; the others are still found. */
  bcast_hub_unsubscribe (fixture->hub, a.peer, "ch");
  bcast_hub_publish (fixture->hub, "ch", "e", "1", bcast_peer_get_socket_id (c.peer));
  expect (fixture, &a, "");
  expect (fixture, &b, "1:*\"data\":\"1\"}");
  expect (fixture, &c, "");

  bcast_hub_unsubscribe (fixture->hub, c.peer, "ch");
  bcast_peer_drop (b.peer);
  g_assert_null (bcast_hub_find_channel (fixture->hub, "ch"));
  g_assert_cmpuint (bcast_hub_count_peers (fixture->hub), ==, 2);
}

static void
test_members (Fixture       *fixture,
              gconstpointer  data)
{
  Side sides[BCAST_LIMIT_PRESENCE_MEMBERS] = { 0, };
  g_auto(Side) one_more = { NULL, NULL, 0 };
  g_auto(Side) second_socket = { NULL, NULL, 0 };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autofree char *user_id = g_strdup_printf ("u%u", i);
      join (fixture, &sides[i]);
      subscribe (fixture, &sides[i], "presence-r", user_id);
    }
  join (fixture, &one_more);
  g_assert_false (bcast_hub_subscribe (fixture->hub, one_more.peer, "presence-r", "late", NULL, &error));
  g_assert_nonnull (strstr (error->message, "100"));

  /* Another socket of a member takes no place. */
  join (fixture, &second_socket);
  subscribe (fixture, &second_socket, "presence-r", "u0");

  /* A place that is free is for the next. */
  bcast_peer_drop (sides[7].peer);
  for (guint i = 1; i < G_N_ELEMENTS (sides); i++)
    expect (fixture, &sides[0], "1:*member_added*");
  expect (fixture, &sides[0], "1:*member_removed*\\\"user_id\\\":\\\"u7\\\"*");
  subscribe (fixture, &one_more, "presence-r", "late");
  expect (fixture, &sides[0], "1:*member_added*late*");

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    part (&sides[i]);
}

/* More than are documented, for those who allow it. */
static void
test_many_members (Fixture       *fixture,
                   gconstpointer  data)
{
  guint n_members = GPOINTER_TO_UINT (data);
  g_autofree Side *sides = g_new0 (Side, n_members);
  g_autofree char *count = g_strdup_printf ("{\"presence\":{\"count\":%u,*", n_members);

  for (guint i = 0; i < n_members; i++)
    {
      g_autofree char *user_id = g_strdup_printf ("u%u", i);

      join (fixture, &sides[i]);
      subscribe (fixture, &sides[i], "presence-r", user_id);
    }

  BcastHubChannel *channel = bcast_hub_find_channel (fixture->hub, "presence-r");
  g_autofree char *roster = bcast_hub_channel_format_roster (channel);

  g_assert_true (g_pattern_match_simple (count, roster));
  for (guint i = 0; i < n_members; i += 2)
    bcast_hub_unsubscribe (fixture->hub, sides[i].peer, "presence-r");
  g_assert_cmpuint (bcast_hub_channel_get_members (channel)->len, ==, n_members / 2);
  for (guint i = 0; i < n_members; i++)
    {
      g_autofree char *user_id = g_strdup_printf ("u%u", i);

      g_assert_true ((bcast_hub_channel_find_member (channel, user_id) != NULL) == (i % 2 == 1));
      part (&sides[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/peer/liveness", Fixture, NULL, set_up, test_liveness, tear_down);
  g_test_add ("/peer/rate", Fixture, NULL, set_up, test_rate, tear_down);
  g_test_add ("/peer/signed-frame", Fixture, NULL, set_up, test_signed_frame, tear_down);
  g_test_add ("/peer/deep-json", Fixture, NULL, set_up, test_deep_json, tear_down);
  g_test_add ("/hub/channels-come-and-go", Fixture, NULL, set_up, test_channels_come_and_go, tear_down);
  g_test_add ("/hub/members", Fixture, NULL, set_up, test_members, tear_down);
  g_test_add ("/hub/many-members", Fixture, GUINT_TO_POINTER (1000), set_up, test_many_members, tear_down);

  return g_test_run ();
}

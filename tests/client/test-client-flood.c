/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "client-under-test.h"

#include <string.h>

#include "bcast-local-authorizer.h"
#include "flood-peer.h"

/* A server that sends without a pause: nothing piles up, everybody else still gets a turn, and what comes
 * at the end arrives. */

#ifdef __SANITIZE_ADDRESS__
#define N_CHUNKS     20
#define HAS_OWN_HEAP TRUE /* freed memory is kept back, so that its size says nothing */
#else
#define N_CHUNKS     200
#define HAS_OWN_HEAP FALSE
#endif

#define FRAMES_PER_CHUNK 5000
#define MOST_GROWTH      (24 * 1024 * 1024)
#define SUCCESS(channel) "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"" channel "\"," \
                         "\"data\":\"{\\\"presence\\\":{\\\"hash\\\":{}}}\"}"
#define GOOD             "{\"event\":\"good\",\"channel\":\"a\",\"data\":\"{}\"}"

typedef struct
{
  FloodPeer   *peer;
  BcastClient *client;
  guint64      n_events;
  guint64      n_frames;
  guint        n_errors;
  guint        n_good;
  guint        n_ticks;
  gint64       ticked_us;
  gint64       longest_us;
} Fixture;

static gsize
get_resident_bytes (void)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) fields = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  fields = g_strsplit (text, " ", 3);
  return (gsize) g_ascii_strtoull (fields[1], NULL, 10) * 4096;
}

static void
event_cb (BcastClient *client,
          BcastFrame  *frame,
          gint64       received_us,
          Fixture     *fixture)
{
  fixture->n_events += g_str_equal (bcast_frame_get_event (frame), "e");
  fixture->n_good += g_str_equal (bcast_frame_get_event (frame), "good");
}

static void
frame_cb (BcastClient *client,
          BcastFrame  *frame,
          gint64       received_us,
          Fixture     *fixture)
{
  fixture->n_frames++;
}

static void
error_cb (BcastClient  *client,
          const GError *error,
          Fixture      *fixture)
{
  fixture->n_errors++;
}

static gboolean
tick_cb (gpointer data)
{
  Fixture *fixture = data;
  gint64 now_us = g_get_monotonic_time ();

  fixture->longest_us = MAX (fixture->longest_us, now_us - fixture->ticked_us);
  fixture->ticked_us = now_us;
  fixture->n_ticks++;
  return G_SOURCE_CONTINUE;
}

/* Subscribes to @channel beside "a", with a peer that sends @frame in a flood, as often as @n_chunks says. */
static void
set_up (Fixture    *fixture,
        guint8      first,
        const char *frame,
        guint       n_chunks,
        const char *success)
{
  g_autoptr(GByteArray) chunk = g_byte_array_new ();
  g_autoptr(GByteArray) last = g_byte_array_new ();

  for (guint i = 0; i < FRAMES_PER_CHUNK; i++)
    {
      g_autofree char *numbered = g_strdup_printf ("%u", i);
      g_autoptr(GString) text = g_string_new (frame);

      g_string_replace (text, "{n}", numbered, 1);
      flood_append_frame (chunk, first, text->str, text->len);
    }
  flood_append_frame (last, 0x81, SUCCESS ("a"), strlen (SUCCESS ("a")));
  flood_append_frame (last, 0x81, GOOD, strlen (GOOD));
  if (success != NULL)
    {
      g_autoptr(GByteArray) begun = g_byte_array_new ();

      flood_append_frame (begun, 0x81, success, strlen (success));
      g_byte_array_prepend (chunk, begun->data, begun->len);
    }

  g_autoptr(GBytes) chunk_bytes = g_bytes_new (chunk->data, chunk->len);
  g_autoptr(GBytes) last_bytes = g_bytes_new (last->data, last->len);

  *fixture = (Fixture) { flood_peer_new (chunk_bytes, n_chunks, last_bytes), NULL };

  g_autoptr(BcastApp) app = flood_peer_dup_app (fixture->peer);
  g_autoptr(BcastAuthorizer) authorizer = bcast_local_authorizer_new (app);

  fixture->client = bcast_client_new (app, authorizer);
  bcast_client_set_user (fixture->client, "u1", NULL);
  g_signal_connect (fixture->client, "event", G_CALLBACK (event_cb), fixture);
  g_signal_connect (fixture->client, "frame", G_CALLBACK (frame_cb), fixture);
  g_signal_connect (fixture->client, "error", G_CALLBACK (error_cb), fixture);
  bcast_client_subscribe_async (fixture->client, "a", NULL, NULL, NULL);
  bcast_client_subscribe_async (fixture->client, "presence-p", NULL, NULL, NULL);
  connect_client (fixture->client);
}

/* The last frame comes, and meanwhile a timer of the same context goes on. */
static void
expect_end (Fixture *fixture)
{
  gsize before = get_resident_bytes ();
  guint id = g_timeout_add (5, tick_cb, fixture);

  fixture->ticked_us = g_get_monotonic_time ();
  WAIT_FOR (fixture->n_good == 1);
  tick_cb (fixture);
  g_source_remove (id);
  g_assert_cmpint (bcast_client_get_state (fixture->client), ==, BCAST_CLIENT_CONNECTED);
  g_assert_cmpint (g_atomic_int_get (&fixture->peer->n_connections), ==, 1);
  g_assert_cmpint (fixture->longest_us, <, G_USEC_PER_SEC);

  gsize after = get_resident_bytes ();

  g_test_message ("%u ticks, longest pause %" G_GINT64_FORMAT " us, %zd KiB more", fixture->n_ticks,
                  fixture->longest_us, ((gssize) after - (gssize) before) / 1024);
  if (!HAS_OWN_HEAP)
    g_assert_cmpint ((gssize) after - (gssize) before, <, MOST_GROWTH);
}

static void
tear_down (Fixture *fixture)
{
  end_client (fixture->client);
  flood_peer_free (fixture->peer);
}

static const guint64 n_all = (guint64) N_CHUNKS * FRAMES_PER_CHUNK;

static void
test_events (void)
{
  Fixture fixture;

  set_up (&fixture, 0x81, "{\"event\":\"e\",\"channel\":\"a\",\"data\":\"{n}\"}", N_CHUNKS, NULL);
  expect_end (&fixture);
  g_assert_cmpuint (fixture.n_events, ==, n_all);
  g_assert_cmpuint (fixture.n_errors, ==, 0);
  tear_down (&fixture);
}

static void
test_foreign_events (void)
{
  Fixture fixture;

  set_up (&fixture, 0x81, "{\"event\":\"e\",\"channel\":\"{n}\",\"data\":\"{}\"}", N_CHUNKS, NULL);
  expect_end (&fixture);
  g_assert_cmpuint (fixture.n_events, ==, 0);
  g_assert_cmpuint (fixture.n_frames, >, n_all);
  tear_down (&fixture);
}

/* Any kind of small frame, and how many errors are told at most. */
static const struct { const char *what; guint8 first; const char *frame; guint n_errors; gboolean in_presence; } small[] = {
  { "nonsense", 0x81, "x", 1, FALSE },
  { "numbered-nonsense", 0x81, "{\"a\":{n}", 20, FALSE },
  { "errors", 0x81, "{\"event\":\"pusher:error\",\"data\":{\"code\":4301,\"message\":\"{n}\"}}", 20, FALSE },
  { "auth-errors", 0x81, "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"m\"}}", 1, FALSE },
  { "binary", 0x82, "x", 1, FALSE },
  { "empty", 0x81, "", 1, FALSE },
  { "pong-frames", 0x8a, "x", 0, FALSE },
  { "members", 0x81, "{\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-p\",\"data\":"
    "{\"user_id\":\"{n}\",\"user_info\":{\"x\":\"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\"}}}",
    0, TRUE },
};

static void
test_small (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  gint64 start_us = g_get_monotonic_time ();
  guint n_windows;
  Fixture fixture;

  set_up (&fixture, small[i].first, small[i].frame, N_CHUNKS / (small[i].in_presence ? 4 : 1),
          small[i].in_presence ? SUCCESS ("presence-p") : NULL);
  expect_end (&fixture);

  /* A slow machine may need longer than the ten seconds in which nothing is said twice. */
  n_windows = (guint) ((g_get_monotonic_time () - start_us) / (10 * G_USEC_PER_SEC)) + 1;
  g_assert_cmpuint (fixture.n_errors, <=, small[i].n_errors * n_windows);
  tear_down (&fixture);
}

/* A server that asks without a pause and never reads the answers: they pile up only so far, and then the
 * connection is given up although there is still something to read. */
static void
test_deaf_server (gconstpointer frame)
{
  Fixture fixture;
  const GError *error;

  set_up (&fixture, 0x81, frame, G_MAXUINT, NULL);
  WAIT_FOR (bcast_client_get_state (fixture.client) == BCAST_CLIENT_CONNECTING);
  error = bcast_client_get_error (fixture.client);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "does not read"));
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/flood/events", test_events);
  g_test_add_func ("/client/flood/foreign-events", test_foreign_events);
  for (guint i = 0; i < G_N_ELEMENTS (small); i++)
    {
      g_autofree char *path = g_strconcat ("/client/flood/", small[i].what, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_small);
    }
  g_test_add_data_func ("/client/flood/deaf-server", "{\"event\":\"pusher:ping\"}", test_deaf_server);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "client-under-test.h"

#include <string.h>
#include <zlib.h>

#include "bcast-client-private.h"

/* Messages up to 1 MiB are taken, however they come; above that the connection is given up with a word
 * about it, and made anew. */

#define LIMIT    BCAST_LIMIT_MESSAGE_BYTES
#define FRAGMENT 1000
#define GOOD     "{\"event\":\"good\",\"channel\":\"a\",\"data\":\"{}\"}"

typedef struct
{
  Peer        *peer;
  BcastClient *client;
  gsize        longest;
  guint        n_good;
  guint        n_errors;
} Fixture;

static void
event_cb (BcastClient *client,
          BcastFrame  *frame,
          gint64       received_us,
          Fixture     *fixture)
{
  gsize length;

  bcast_frame_get_raw (frame, &length);
  if (g_str_equal (bcast_frame_get_event (frame), "e"))
    fixture->longest = MAX (fixture->longest, length);
  fixture->n_good += g_str_equal (bcast_frame_get_event (frame), "good");
}

static void
error_cb (BcastClient  *client,
          const GError *error,
          Fixture      *fixture)
{
  fixture->n_errors++;
}

static void
set_up (Fixture *fixture)
{
  *fixture = (Fixture) { peer_new (), NULL };
  fixture->client = new_client (fixture->peer);
  connect_client (fixture->client);
  subscribe_client (fixture->client, "a");
  g_assert_true (bcast_socket_is_deflated (fixture->client->socket));
  g_signal_connect (fixture->client, "event", G_CALLBACK (event_cb), fixture);
  g_signal_connect (fixture->client, "error", G_CALLBACK (error_cb), fixture);
}

static void
tear_down (Fixture *fixture)
{
  end_client (fixture->client);
  peer_free (fixture->peer);
}

/* The client reads in between, as it is in the same thread. Ends early when it hangs up. */
static void
write_bytes (Fixture      *fixture,
             gconstpointer bytes,
             gsize         length)
{
  GIOStream *stream = soup_websocket_connection_get_io_stream (fixture->peer->websocket);
  GPollableOutputStream *output = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (stream));
  gsize at = 0;

  while (at < length && fixture->peer->n_connections == 1)
    {
      g_autoptr(GError) error = NULL;
      gssize written = g_pollable_output_stream_write_nonblocking (output, (const guint8 *) bytes + at, length - at,
                                                                   NULL, &error);

      if (written > 0)
        at += written;
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        g_main_context_iteration (NULL, FALSE);
      else
        break;
    }
}

static void
write_frame (Fixture      *fixture,
             guint8        first,
             gconstpointer payload,
             gsize         length)
{
  guint8 head[10] = { first, 127 };

  for (guint i = 0; i < 8; i++)
    head[2 + i] = (guint8) ((guint64) length >> (8 * (7 - i)));
  if (length >= 65536)
    write_bytes (fixture, head, sizeof head);
  else if (length >= 126)
    {
      guint8 middle[4] = { first, 126, (guint8) (length >> 8), (guint8) length };

      write_bytes (fixture, middle, sizeof middle);
    }
  else
    {
      head[1] = (guint8) length;
      write_bytes (fixture, head, 2);
    }
  write_bytes (fixture, payload, length);
}

static void
write_message (Fixture    *fixture,
               guint8      flags,
               const void *bytes,
               gsize       length,
               gboolean    in_fragments)
{
  if (!in_fragments)
    {
      write_frame (fixture, 0x81 | flags, bytes, length);
      return;
    }

  for (gsize at = 0; at < length; at += FRAGMENT)
    {
      guint8 first = at == 0 ? 0x01 | flags : 0x00;

      if (at + FRAGMENT >= length)
        first |= 0x80;
      write_frame (fixture, first, (const guint8 *) bytes + at, MIN (FRAGMENT, length - at));
    }
}

/* As RFC 7692 has it: a block that ends at a byte, without its last four. */
static guint8 *
deflate_bytes (const char *text,
               gsize       length,
               gsize      *deflated_length)
{
  gsize room = length + length / 1000 + 1024;
  guint8 *bytes = g_malloc (room);
  z_stream stream = { 0 };

  g_assert_cmpint (deflateInit2 (&stream, 1, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  stream.next_in = (Bytef *) text;
  stream.avail_in = length;
  stream.next_out = bytes;
  stream.avail_out = room;
  g_assert_cmpint (deflate (&stream, Z_SYNC_FLUSH), ==, Z_OK);
  g_assert_cmpuint (stream.avail_in, ==, 0);
  *deflated_length = room - stream.avail_out - 4;
  deflateEnd (&stream);
  return bytes;
}

static char *
make_text (gsize length)
{
  static const char before[] = "{\"event\":\"e\",\"channel\":\"a\",\"data\":\"";
  char *text = g_strnfill (length, 'x');

  memcpy (text, before, strlen (before));
  memcpy (text + length - 2, "\"}", 2);
  return text;
}

static void
expect_too_large (Fixture *fixture)
{
  WAIT_FOR (bcast_client_get_state (fixture->client) == BCAST_CLIENT_CONNECTING);
  g_assert_error (bcast_client_get_error (fixture->client), BCAST_ERROR, BCAST_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (bcast_client_get_error (fixture->client)->message, "1048576"));
  g_assert_cmpuint (fixture->n_errors, ==, 0);

  /* The user need not wait for the next attempt. */
  connect_client (fixture->client);
  WAIT_FOR (bcast_subscription_get_state (bcast_client_find_subscription (fixture->client, "a"))
            == BCAST_SUBSCRIPTION_SUBSCRIBED);
  peer_send (fixture->peer, GOOD);
  WAIT_FOR (fixture->n_good == 1);
  g_assert_cmpuint (fixture->peer->n_connections, ==, 2);
}

typedef struct
{
  const char *what;
  gsize       length;
  gboolean    in_fragments;
  gboolean    is_deflated;
} Row;

static const Row rows[] = {
  { "under", LIMIT - 1, FALSE, FALSE },
  { "exact", LIMIT, FALSE, FALSE },
  { "over", LIMIT + 1, FALSE, FALSE },
  { "ten-times", 10 * LIMIT, FALSE, FALSE },
  { "fragments-under", LIMIT - 1, TRUE, FALSE },
  { "fragments-exact", LIMIT, TRUE, FALSE },
  { "fragments-over", LIMIT + 1, TRUE, FALSE },
  { "fragments-ten-times", 10 * LIMIT, TRUE, FALSE },
  { "deflated-under", LIMIT - 1, FALSE, TRUE },
  { "deflated-exact", LIMIT, FALSE, TRUE },
  { "deflated-over", LIMIT + 1, FALSE, TRUE },
  { "deflated-thousand-times", 1000 * (gsize) LIMIT / 4, FALSE, TRUE },
  { "deflated-fragments-under", LIMIT - 1, TRUE, TRUE },
  { "deflated-fragments-exact", LIMIT, TRUE, TRUE },
  { "deflated-fragments-over", LIMIT + 1, TRUE, TRUE },
  { "deflated-fragments-ten-times", 10 * LIMIT, TRUE, TRUE },
};

static void
test_size (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *text = make_text (row->length);
  g_autofree guint8 *deflated = NULL;
  gsize length = row->length;
  Fixture fixture;

  set_up (&fixture);
  if (row->is_deflated)
    deflated = deflate_bytes (text, row->length, &length);
  write_message (&fixture, row->is_deflated ? 0x40 : 0, row->is_deflated ? (gconstpointer) deflated : text, length,
                 row->in_fragments);

  if (row->length > LIMIT)
    expect_too_large (&fixture);
  else
    {
      /* Not by libsoup, whose deflater does not know what was written past it. */
      write_frame (&fixture, 0x81, GOOD, strlen (GOOD));
      WAIT_FOR (fixture.n_good == 1);
      g_assert_cmpuint (fixture.longest, ==, row->length);
      g_assert_cmpuint (fixture.peer->n_connections, ==, 1);
    }
  tear_down (&fixture);
}

/* What is announced is refused before it comes; so is what no machine could hold. */
static void
test_announced (gconstpointer data)
{
  guint8 heads[2][10] = {
    { 0x81, 127, 0, 0, 0, 0, 0, 0xa0, 0, 0 },
    { 0x81, 127, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
  };
  Fixture fixture;

  set_up (&fixture);
  write_bytes (&fixture, heads[GPOINTER_TO_UINT (data)], 10);
  expect_too_large (&fixture);
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/client/sizes/", rows[i].what, NULL);

      g_test_add_data_func (path, &rows[i], test_size);
    }
  g_test_add_data_func ("/client/sizes/announced/ten-times", GUINT_TO_POINTER (0), test_announced);
  g_test_add_data_func ("/client/sizes/announced/endless", GUINT_TO_POINTER (1), test_announced);

  return g_test_run ();
}

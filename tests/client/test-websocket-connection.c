/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire-pair.h"

#include <string.h>

#include <zlib.h>

#include "bcast-error.h"
#include "bcast-limits.h"
#include "bcast-websocket-writer-private.h"

static void
test_messages (void)
{
  WirePair *pair = wire_pair_new (FALSE);

  wire_pair_write (pair, "\x81\x05hello\x81\x00\x82\x01\xff\x01\x02he\x89\x01p\x80\x03llo", 24);
  wire_pair_write (pair, "\x8a\x00\x81\x01x", 5);
  WAIT_FOR (g_str_has_suffix (pair->log->str, "1:x"));
  g_assert_cmpstr (pair->log->str, ==, "1:hello 1: 2:\xff alive 1:hello alive 1:x");
  wire_pair_expect (pair, BCAST_WEBSOCKET_PONG, 0, "p");
  wire_pair_free (pair);
}

static void
test_send (void)
{
  WirePair *pair = wire_pair_new (FALSE);

  bcast_websocket_connection_send (pair->connection, "é");
  bcast_websocket_connection_send (pair->connection, "");
  wire_pair_expect (pair, BCAST_WEBSOCKET_TEXT, 0, "é");
  wire_pair_expect (pair, BCAST_WEBSOCKET_TEXT, 0, "");
  wire_pair_free (pair);
}

/* A message of the largest size is taken, whole and in fragments; the pieces of it are signs of life. */
static void
test_largest (void)
{
  WirePair *pair = wire_pair_new (FALSE);
  g_autofree char *text = g_strnfill (BCAST_LIMIT_MESSAGE_BYTES, 'x');

  wire_pair_write_frame (pair, 0x81, text, BCAST_LIMIT_MESSAGE_BYTES);
  WAIT_FOR (pair->n_messages == 1);
  g_assert_true (g_str_has_prefix (pair->log->str, "alive "));
  wire_pair_write_frame (pair, 0x01, text, 1000);
  wire_pair_write_frame (pair, 0x80, text, BCAST_LIMIT_MESSAGE_BYTES - 1000);
  WAIT_FOR (pair->n_messages == 2);
  g_assert_cmpuint (pair->longest, ==, BCAST_LIMIT_MESSAGE_BYTES);
  g_assert_true (bcast_websocket_connection_is_open (pair->connection));
  wire_pair_free (pair);
}

static void
expect_refusal (WirePair   *pair,
                BcastError  code,
                guint       close_code,
                const char *part)
{
  WAIT_FOR (pair->error != NULL);
  g_assert_error (pair->error, BCAST_ERROR, (int) code);
  g_assert_nonnull (strstr (pair->error->message, part));
  g_assert_false (bcast_websocket_connection_is_open (pair->connection));
  wire_pair_expect (pair, BCAST_WEBSOCKET_CLOSE, close_code, NULL);
}

typedef struct
{
  const char *what;
  const char *bytes;
  gsize       length;
  guint       close_code;
  const char *part;
} Breach;

static const Breach breaches[] = {
  { "masked", "\x81\x81\1\2\3\4x", 7, 1002, "is masked" },
  { "deflated", "\xc1\x01x", 3, 1002, "not agreed on" },
  { "bad-utf-8", "\x81\x01\xff", 3, 1007, "not valid UTF-8" },
  { "out-of-order", "\x80\x00", 2, 1002, "out of order" },
  { "bad-close", "\x88\x01\x03", 3, 1002, "malformed" },
};

/* Said at once and once, and then the connection has a second to be closed by the other end. */
static void
test_breach (gconstpointer data)
{
  const Breach *breach = data;
  WirePair *pair = wire_pair_new (FALSE);
  gint64 start_us;

  wire_pair_write (pair, breach->bytes, breach->length);
  wire_pair_write (pair, "\x81\x01x", 3);
  expect_refusal (pair, BCAST_ERROR_PROTOCOL, breach->close_code, breach->part);
  g_assert_cmpstr (pair->log->str, ==, "failed");
  start_us = g_get_monotonic_time ();
  WAIT_FOR (g_str_has_suffix (pair->log->str, "gone"));
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 3 * G_USEC_PER_SEC);
  g_assert_cmpstr (pair->log->str, ==, "failed gone");
  wire_pair_free (pair);
}

/* libsoup 3.2 bounds each fragment, but not all of them together. */
static void
test_fragments_too_large (void)
{
  WirePair *pair = wire_pair_new (FALSE);
  g_autofree char *text = g_strnfill (BCAST_LIMIT_MESSAGE_BYTES / 2, 'x');

  wire_pair_write_frame (pair, 0x01, text, BCAST_LIMIT_MESSAGE_BYTES / 2);
  wire_pair_write_frame (pair, 0x00, text, BCAST_LIMIT_MESSAGE_BYTES / 2);
  wire_pair_write_frame (pair, 0x80, text, 1);
  expect_refusal (pair, BCAST_ERROR_TOO_LARGE, 1009, "too large to be an event");
  g_assert_cmpuint (pair->n_messages, ==, 0);
  wire_pair_free (pair);
}

static GByteArray *
deflate_fill (gsize length)
{
  g_autofree char *text = g_strnfill (length, 'x');
  GByteArray *out = g_byte_array_new ();
  z_stream stream = { .next_in = (Bytef *) text, .avail_in = length };

  g_byte_array_set_size (out, 8192);
  stream.next_out = out->data;
  stream.avail_out = out->len;
  g_assert_cmpint (deflateInit2 (&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY), ==, Z_OK);
  g_assert_cmpint (deflate (&stream, Z_SYNC_FLUSH), ==, Z_OK);
  g_assert_cmpuint (stream.avail_in, ==, 0);
  g_byte_array_set_size (out, out->len - stream.avail_out - 4);
  deflateEnd (&stream);
  return out;
}

static void
test_deflated (void)
{
  WirePair *pair = wire_pair_new (TRUE);
  g_autoptr(GByteArray) largest = deflate_fill (BCAST_LIMIT_MESSAGE_BYTES);
  g_autoptr(GByteArray) too_large = deflate_fill (BCAST_LIMIT_MESSAGE_BYTES + 1);

  wire_pair_write (pair, "\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00\xc1\x05\xf2\x00\x11\x00\x00\x81\x05plain", 23);
  WAIT_FOR (g_strcmp0 (pair->log->str, "1:Hello 1:Hello 1:plain") == 0);
  wire_pair_write_frame (pair, 0xc1, largest->data, largest->len);
  WAIT_FOR (pair->longest == BCAST_LIMIT_MESSAGE_BYTES);
  wire_pair_write_frame (pair, 0xc1, too_large->data, too_large->len);
  expect_refusal (pair, BCAST_ERROR_TOO_LARGE, 1009, "too large to be an event");
  wire_pair_free (pair);
}

/* One read can bring many messages that inflate to very much: others get their turn in between. */
static void
test_turns (void)
{
  WirePair *pair = wire_pair_new (TRUE);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(GByteArray) payload = deflate_fill (BCAST_LIMIT_MESSAGE_BYTES);

  for (guint i = 0; i < 20; i++)
    {
      guint8 header[] = { 0xc1, 126, payload->len >> 8, payload->len & 0xff };

      g_byte_array_append (bytes, header, sizeof header);
      g_byte_array_append (bytes, payload->data, payload->len);
    }
  g_assert_cmpuint (bytes->len, <, 65536);
  wire_pair_write (pair, bytes->data, bytes->len);

  while (pair->n_messages < 20)
    {
      guint n_before = pair->n_messages;

      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (pair->n_messages - n_before, <=, 2);
    }
  wire_pair_free (pair);
}

static void
test_close_by_peer (void)
{
  WirePair *pair = wire_pair_new (FALSE);

  wire_pair_write (pair, "\x88\x05\x10\x68" "bye\x81\x01x", 10);
  WAIT_FOR (pair->log->len > 0);
  g_assert_cmpstr (pair->log->str, ==, "close:4200:bye");
  g_assert_false (bcast_websocket_connection_is_open (pair->connection));
  wire_pair_expect (pair, BCAST_WEBSOCKET_CLOSE, 4200, "");
  wire_pair_shut (pair);
  WAIT_FOR (g_strcmp0 (pair->log->str, "close:4200:bye gone") == 0);
  wire_pair_free (pair);
}

static void
test_close_without_code (void)
{
  WirePair *pair = wire_pair_new (FALSE);

  wire_pair_write (pair, "\x88\x00", 2);
  wire_pair_expect (pair, BCAST_WEBSOCKET_CLOSE, 1005, "");
  g_assert_cmpstr (pair->log->str, ==, "close:1005:-");
  wire_pair_free (pair);
}

/* What is under way when this end says goodbye does not count; and nobody may take longer than five
 * seconds to close. */
static void
test_close_by_us (void)
{
  WirePair *pair = wire_pair_new (FALSE);
  gint64 start_us = g_get_monotonic_time ();

  bcast_websocket_connection_close (pair->connection, 1000);
  bcast_websocket_connection_close (pair->connection, 1001);
  g_assert_false (bcast_websocket_connection_is_open (pair->connection));
  wire_pair_write (pair, "\x81\x01x\x89\x00", 5);
  wire_pair_expect (pair, BCAST_WEBSOCKET_CLOSE, 1000, "");
  WAIT_FOR (pair->log->len > 0);
  g_assert_cmpstr (pair->log->str, ==, "gone");
  g_assert_cmpint (g_get_monotonic_time () - start_us, >, 4 * G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 8 * G_USEC_PER_SEC);
  wire_pair_free (pair);
}

static void
test_hang_up (void)
{
  WirePair *pair = wire_pair_new (FALSE);

  wire_pair_write (pair, "\x81\x01x", 3);
  wire_pair_shut (pair);
  WAIT_FOR (g_strcmp0 (pair->log->str, "1:x gone") == 0);
  wire_pair_free (pair);
}

/* Who floods pings and reads nothing gets the newest pong once it reads. */
static void
test_ping_flood (void)
{
  WirePair *pair = wire_pair_new (FALSE);
  BcastWebsocketMessage message;
  g_autofree char *last = NULL;
  guint n_pings = 200000;
  guint n_pongs = 0;

  for (guint i = 0; i < n_pings; i++)
    {
      g_autofree char *words = g_strdup_printf ("%0100u", i);

      wire_pair_write_frame (pair, 0x89, words, 100);
    }
  wire_pair_write_frame (pair, 0x81, "done", 4);
  WAIT_FOR (pair->n_messages == 1);

  last = g_strdup_printf ("%0100u", n_pings - 1);
  do
    {
      gboolean has_come = FALSE;

      WAIT_FOR (has_come || (has_come = wire_pair_read (pair, &message)));
      g_assert_cmpuint (message.opcode, ==, BCAST_WEBSOCKET_PONG);
      n_pongs++;
    }
  while (memcmp (message.data, last, 100) != 0);
  g_assert_cmpuint (n_pongs, <, n_pings);
  g_assert_null (pair->error);
  wire_pair_free (pair);
}

static gboolean
busy_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* More than 4 MiB do not wait: the connection is given up, and not from within send; also where others keep
 * the context busy. */
static void
test_queue_full (gconstpointer is_busy)
{
  WirePair *pair = wire_pair_new (FALSE);
  guint id = is_busy != NULL ? g_idle_add_full (G_PRIORITY_DEFAULT, busy_cb, NULL, NULL) : 0;
  g_autofree char *text = g_strnfill (100000, 'x');
  guint n_sent = 0;

  while (bcast_websocket_connection_is_open (pair->connection))
    {
      bcast_websocket_connection_send (pair->connection, text);
      n_sent++;
      g_assert_cmpuint (n_sent, <, 1000);
    }
  g_assert_cmpuint (n_sent, >, BCAST_WEBSOCKET_WRITER_MAX_BYTES / 100100);
  g_assert_cmpuint (pair->log->len, ==, 0);
  WAIT_FOR (pair->log->len > 0);
  g_assert_cmpstr (pair->log->str, ==, "failed gone");
  g_assert_error (pair->error, BCAST_ERROR, BCAST_ERROR_BUSY);
  g_assert_nonnull (strstr (pair->error->message, "does not read"));
  if (id != 0)
    g_source_remove (id);
  wire_pair_free (pair);
}

/* What the other end said before it hung up counts, even if writing failed before it was read. */
static void
test_word_before_hang_up (void)
{
  WirePair *pair = wire_pair_new (FALSE);

  wire_pair_write (pair, "\x88\x02\x0f\xa1", 4);
  wire_pair_shut (pair);
  for (guint i = 0; i < 10 && bcast_websocket_connection_is_open (pair->connection); i++)
    bcast_websocket_connection_send (pair->connection, "x");
  WAIT_FOR (g_str_has_suffix (pair->log->str, "gone"));
  g_assert_true (g_str_has_prefix (pair->log->str, "close:4001:-"));
  wire_pair_free (pair);
}

/* The owner may let go of the connection whenever it is told something. */
static void
test_drop_inside (void)
{
  WirePair *pair = wire_pair_new (FALSE);

  pair->drop_at = "1:b";
  wire_pair_write (pair, "\x81\x01" "a\x81\x01" "b\x81\x01" "c", 9);
  WAIT_FOR (pair->connection == NULL);
  g_assert_cmpstr (pair->log->str, ==, "1:a 1:b");
  wire_pair_free (pair);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/websocket-connection/messages", test_messages);
  g_test_add_func ("/websocket-connection/send", test_send);
  g_test_add_func ("/websocket-connection/largest", test_largest);
  for (gsize i = 0; i < G_N_ELEMENTS (breaches); i++)
    {
      g_autofree char *path = g_strconcat ("/websocket-connection/breach/", breaches[i].what, NULL);

      g_test_add_data_func (path, &breaches[i], test_breach);
    }
  g_test_add_func ("/websocket-connection/fragments-too-large", test_fragments_too_large);
  g_test_add_func ("/websocket-connection/deflated", test_deflated);
  g_test_add_func ("/websocket-connection/turns", test_turns);
  g_test_add_func ("/websocket-connection/close/by-peer", test_close_by_peer);
  g_test_add_func ("/websocket-connection/close/without-code", test_close_without_code);
  g_test_add_func ("/websocket-connection/close/by-us", test_close_by_us);
  g_test_add_func ("/websocket-connection/hang-up", test_hang_up);
  g_test_add_func ("/websocket-connection/ping-flood", test_ping_flood);
  g_test_add_data_func ("/websocket-connection/queue-full", NULL, test_queue_full);
  g_test_add_data_func ("/websocket-connection/queue-full-while-busy", "", test_queue_full);
  g_test_add_func ("/websocket-connection/word-before-hang-up", test_word_before_hang_up);
  g_test_add_func ("/websocket-connection/drop-inside", test_drop_inside);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-websocket-deflate.h"

#include <string.h>

#include <zlib.h>

#define LIMIT 100000

static const BcastWebsocketDeflate takes_over = { TRUE, FALSE };
static const BcastWebsocketDeflate stands_alone = { TRUE, TRUE };

/* The text that came out, or `!1007`. */
static char *
inflate_one (BcastWebsocketInflater *inflater,
             BcastWebsocketOpcode    opcode,
             gconstpointer           bytes,
             gsize                   length)
{
  BcastWebsocketMessage message = { .opcode = opcode, .data = bytes, .length = length, .compressed = TRUE };

  if (bcast_websocket_inflater_inflate (inflater, &message) == BCAST_WEBSOCKET_FAILED)
    {
      g_assert_nonnull (message.reason);
      return g_strdup_printf ("!%u", message.close_code);
    }
  g_assert_false (message.compressed);
  g_assert_cmpuint (message.opcode, ==, opcode);
  return g_strndup (message.data, message.length);
}

static void
assert_inflated (BcastWebsocketInflater *inflater,
                 gconstpointer           bytes,
                 gsize                   length,
                 const char             *expected)
{
  g_autofree char *text = inflate_one (inflater, BCAST_WEBSOCKET_TEXT, bytes, length);

  g_assert_cmpstr (text, ==, expected);
}

#define HELLO       "\xf2\x48\xcd\xc9\xc9\x07\x00"
#define HELLO_AGAIN "\xf2\x00\x11\x00\x00"
#define HELLO_FINAL "\xf3\x48\xcd\xc9\xc9\x07\x00"

/* Source: RFC 7692, section 7.2.3. */
static void
test_examples (void)
{
  g_autoptr(BcastWebsocketInflater) inflater = bcast_websocket_inflater_new (&takes_over, LIMIT);

  assert_inflated (inflater, HELLO, 7, "Hello");
  assert_inflated (inflater, HELLO_AGAIN, 5, "Hello");
  assert_inflated (inflater, "\x00\x05\x00\xfa\xff\x48\x65\x6c\x6c\x6f\x00", 11, "Hello");
  assert_inflated (inflater, HELLO_FINAL "\x00", 8, "Hello");
  assert_inflated (inflater, "\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00", 13, "Hello");
  assert_inflated (inflater, "\x00", 1, "");
  assert_inflated (inflater, HELLO, 7, "Hello");
}

/* Some end their stream with each message and say no more. */
static void
test_final_blocks (void)
{
  g_autoptr(BcastWebsocketInflater) inflater = bcast_websocket_inflater_new (&takes_over, LIMIT);

  assert_inflated (inflater, HELLO_FINAL, 7, "Hello");
  assert_inflated (inflater, HELLO_FINAL HELLO_FINAL, 14, "HelloHello");
  assert_inflated (inflater, HELLO, 7, "Hello");
  assert_inflated (inflater, HELLO_AGAIN, 5, "Hello");
}

static void
test_broken (void)
{
  static const struct { const char *bytes; gsize length; const char *expected; } rows[] = {
    { "", 0, "!1007" },
    { "\x06", 1, "!1007" },                     /* a kind of block that does not exist */
    { "\xf2\x48\xcd\xc9", 4, "!1007" },         /* ends within a block */
    { "\x00\x05\x00\xfa\xff\x48", 6, "!1007" }, /* the same, not deflated */
    { HELLO_AGAIN, 5, "!1007" },                /* refers to what never came */
    { "\x00\x01\x00\xfe\xff\xff\x00", 7, "!1007" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(BcastWebsocketInflater) inflater = bcast_websocket_inflater_new (&takes_over, LIMIT);

      assert_inflated (inflater, rows[i].bytes, rows[i].length, rows[i].expected);
    }
}

/* No message may look back at the one before when that was agreed on. */
static void
test_stands_alone (void)
{
  g_autoptr(BcastWebsocketInflater) inflater = bcast_websocket_inflater_new (&stands_alone, LIMIT);

  assert_inflated (inflater, HELLO, 7, "Hello");
  assert_inflated (inflater, HELLO, 7, "Hello");
  assert_inflated (inflater, HELLO_AGAIN, 5, "!1007");
}

static GByteArray *
deflate_one (z_stream   *stream,
             const char *text,
             gsize       length)
{
  GByteArray *out = g_byte_array_new ();

  stream->next_in = (Bytef *) text;
  stream->avail_in = length;
  do
    {
      guint8 room[1000];

      stream->next_out = room;
      stream->avail_out = sizeof room;
      g_assert_cmpint (deflate (stream, Z_SYNC_FLUSH), ==, Z_OK);
      g_byte_array_append (out, room, sizeof room - stream->avail_out);
    }
  while (stream->avail_out == 0);

  g_byte_array_set_size (out, out->len - 4);
  return out;
}

static char *
make_text (GRand *random,
           gsize  length,
           guint  n_letters)
{
  char *text = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    text[i] = (char) ('A' + g_rand_int (random) % n_letters);
  text[length] = '\0';
  return text;
}

/* What zlib deflates comes back, with windows of any size and with messages of any length. */
static void
test_round (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (1);

  for (int bits = 9; bits <= 15; bits++)
    {
      g_autoptr(BcastWebsocketInflater) inflater = bcast_websocket_inflater_new (&takes_over, LIMIT);
      z_stream stream = { 0, };

      g_assert_cmpint (deflateInit2 (&stream, 6, Z_DEFLATED, -bits, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
      for (guint i = 0; i < 40; i++)
        {
          gsize length = i == 39 ? LIMIT : (gsize) 1 << (i % 17);
          g_autofree char *text = make_text (random, length, 1 + i % 60);
          g_autoptr(GByteArray) bytes = deflate_one (&stream, text, length);

          assert_inflated (inflater, bytes->data, bytes->len, text);
        }
      deflateEnd (&stream);
    }
}

/* A hundred bytes can say a hundred thousand, and the limit is about what they say. */
static void
test_limit (void)
{
  g_autofree char *text = g_strnfill (LIMIT + 1, 'x');

  for (gsize length = LIMIT; length <= LIMIT + 1; length++)
    {
      g_autoptr(BcastWebsocketInflater) inflater = bcast_websocket_inflater_new (&takes_over, LIMIT);
      z_stream stream = { 0, };

      g_assert_cmpint (deflateInit2 (&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);

      g_autoptr(GByteArray) bytes = deflate_one (&stream, text, length);
      g_autofree char *inflated = inflate_one (inflater, BCAST_WEBSOCKET_TEXT, bytes->data, bytes->len);

      g_assert_cmpuint (bytes->len, <, 1000);
      if (length == LIMIT)
        g_assert_cmpuint (strlen (inflated), ==, LIMIT);
      else
        g_assert_cmpstr (inflated, ==, "!1009");
      deflateEnd (&stream);
    }
}

static void
test_binary (void)
{
  static const guint8 bytes[] = { 0x00, 0x01, 0x00, 0xfe, 0xff, 0xff, 0x00 };
  g_autoptr(BcastWebsocketInflater) inflater = bcast_websocket_inflater_new (&takes_over, LIMIT);
  g_autofree char *data = inflate_one (inflater, BCAST_WEBSOCKET_BINARY, bytes, sizeof bytes);

  g_assert_cmpstr (data, ==, "\xff");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/websocket-inflater/examples", test_examples);
  g_test_add_func ("/websocket-inflater/final-blocks", test_final_blocks);
  g_test_add_func ("/websocket-inflater/broken", test_broken);
  g_test_add_func ("/websocket-inflater/stands-alone", test_stands_alone);
  g_test_add_func ("/websocket-inflater/round", test_round);
  g_test_add_func ("/websocket-inflater/limit", test_limit);
  g_test_add_func ("/websocket-inflater/binary", test_binary);

  return g_test_run ();
}

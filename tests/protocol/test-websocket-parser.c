/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-websocket.h"

#include <string.h>

#define LIMIT 200000

typedef struct
{
  guint8      first;  /* FIN, RSV and opcode */
  const char *payload;
} Part;

static void
append_frame (GByteArray *bytes,
              gboolean    masked,
              guint8      first,
              const char *payload,
              gsize       length)
{
  static const guint8 some_mask[4] = { 0x12, 0xff, 0x00, 0x7a };
  static const guint8 no_mask[4] = { 0, };
  const guint8 *mask = masked ? some_mask : no_mask;
  guint8 header[10] = { first, 0, };
  gsize header_bytes = 2;

  if (length < 126)
    header[1] = length;
  else if (length <= G_MAXUINT16)
    {
      header[1] = 126;
      header[2] = length >> 8;
      header[3] = length & 0xff;
      header_bytes = 4;
    }
  else
    {
      header[1] = 127;
      header[6] = length >> 24;
      header[7] = length >> 16 & 0xff;
      header[8] = length >> 8 & 0xff;
      header[9] = length & 0xff;
      header_bytes = 10;
    }

  header[1] |= masked ? 0x80 : 0;
  g_byte_array_append (bytes, header, header_bytes);
  if (masked)
    g_byte_array_append (bytes, mask, sizeof some_mask);
  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = (guint8) payload[i] ^ mask[i % 4];
      g_byte_array_append (bytes, &byte, 1);
    }
}

typedef enum
{
  SERVER,
  CLIENT,
  DEFLATING_CLIENT,
} Reader;

static BcastWebsocketParser *
make_parser (Reader reader)
{
  BcastWebsocketParser *parser = bcast_websocket_parser_new (reader == SERVER ? BCAST_WEBSOCKET_SERVER
                                                                              : BCAST_WEBSOCKET_CLIENT, LIMIT);

  if (reader == DEFLATING_CLIENT)
    bcast_websocket_parser_allow_compressed (parser);
  return parser;
}

/* What came out, as one line: `1:text;` for a message, `1z:…;` for one that is deflated,
 * `8:1000:reason;` for a close, `!1002` for a failure. */
static char *
parse_all (Reader        reader,
           const guint8 *bytes,
           gsize         length,
           gsize         step)
{
  g_autoptr(BcastWebsocketParser) parser = make_parser (reader);
  GString *log = g_string_new (NULL);

  for (gsize at = 0; at < length; at += step)
    {
      BcastWebsocketMessage message;
      BcastWebsocketResult result;

      bcast_websocket_parser_feed (parser, bytes + at, MIN (step, length - at));
      while ((result = bcast_websocket_parser_next (parser, &message)) == BCAST_WEBSOCKET_MESSAGE)
        {
          g_string_append_printf (log, "%x%s:", message.opcode, message.compressed ? "z" : "");
          if (message.opcode == BCAST_WEBSOCKET_CLOSE)
            g_string_append_printf (log, "%u:", message.close_code);
          g_string_append_len (log, message.data, message.length);
          g_string_append_c (log, ';');
        }
      if (result == BCAST_WEBSOCKET_FAILED)
        {
          g_assert_nonnull (message.reason);
          g_string_append_printf (log, "!%u", message.close_code);
          break;
        }
    }
  return g_string_free (log, FALSE);
}

static void
assert_parsed (Reader      reader,
               GByteArray *bytes,
               const char *expected)
{
  const gsize steps[] = { 1, 2, 3, 7, G_MAXSIZE / 2 };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *log = parse_all (reader, bytes->data, bytes->len, steps[i]);
      g_assert_cmpstr (log, ==, expected);
    }
}

typedef struct { const char *what; Part parts[5]; const char *expected; } Vector;

static const Vector vectors[] = {
  { "text", { { 0x81, "hello" } }, "1:hello;" },
  { "empty", { { 0x81, "" } }, "1:;" },
  { "utf-8", { { 0x81, "é☃😀" } }, "1:é☃😀;" },
  { "binary", { { 0x82, "\xff\xfe" } }, "2:\xff\xfe;" },
  { "two", { { 0x81, "a" }, { 0x81, "b" } }, "1:a;1:b;" },
  { "fragments", { { 0x01, "he" }, { 0x00, "l" }, { 0x80, "lo" } }, "1:hello;" },
  { "character-in-two-fragments", { { 0x01, "\xc3" }, { 0x80, "\xa9" } }, "1:é;" },
  { "ping-between-fragments", { { 0x01, "he" }, { 0x89, "p" }, { 0x80, "llo" }, { 0x81, "x" } }, "9:p;1:hello;1:x;" },
  { "pong", { { 0x8a, "p" } }, "a:p;" },
  { "close", { { 0x88, "\x03\xe8" "bye" } }, "8:1000:bye;" },
  { "close-without-code", { { 0x88, "" } }, "8:1005:;" },
  { "close-4200", { { 0x88, "\x10\x68" } }, "8:4200:;" },
  { "close-half-code", { { 0x88, "\x03" } }, "!1002" },
  { "close-reserved-code", { { 0x88, "\x03\xee" } }, "!1002" },
  { "close-code-too-low", { { 0x88, "\x03\xe7" } }, "!1002" },
  { "close-bad-reason", { { 0x88, "\x03\xe8\xff" } }, "!1002" },
  { "bad-utf-8", { { 0x81, "ok" }, { 0x81, "\xc3" } }, "1:ok;!1007" },
  { "surrogate", { { 0x81, "\xed\xa0\x80" } }, "!1007" },
  { "extension-bit", { { 0xc1, "x" } }, "!1002" },
  { "unknown-kind", { { 0x83, "x" } }, "!1002" },
  { "unknown-control", { { 0x8b, "x" } }, "!1002" },
  { "control-in-fragments", { { 0x09, "x" } }, "!1002" },
  { "stray-continuation", { { 0x80, "x" } }, "!1002" },
  { "new-message-between-fragments", { { 0x01, "a" }, { 0x81, "b" } }, "!1002" },
};

static void
assert_vector (const Vector *vector,
               Reader        reader)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (vector->parts) && vector->parts[i].payload != NULL; i++)
    append_frame (bytes, reader == SERVER, vector->parts[i].first, vector->parts[i].payload,
                  strlen (vector->parts[i].payload));
  assert_parsed (reader, bytes, vector->expected);
}

static void
test_vector (gconstpointer data)
{
  assert_vector (data, SERVER);
  assert_vector (data, CLIENT);
}

/* What permessage-deflate allows, and nothing more. The payloads are passed on as they are. */
static const Vector deflated[] = {
  { "text", { { 0xc1, "\xff" } }, "1z:\xff;" },
  { "plain-all-the-same", { { 0x81, "a" }, { 0xc1, "b" }, { 0x81, "c" } }, "1:a;1z:b;1:c;" },
  { "fragments", { { 0x41, "a" }, { 0x89, "p" }, { 0x00, "b" }, { 0x80, "c" }, { 0x81, "d" } }, "9:p;1z:abc;1:d;" },
  { "binary", { { 0xc2, "a" } }, "2z:a;" },
  { "control", { { 0xc9, "a" } }, "!1002" },
  { "continuation", { { 0x41, "a" }, { 0xc0, "b" } }, "!1002" },
  { "other-bit", { { 0xa1, "a" } }, "!1002" },
  { "both-bits", { { 0xe1, "a" } }, "!1002" },
};

static void
test_deflated (gconstpointer data)
{
  assert_vector (data, DEFLATING_CLIENT);
}

typedef struct { const char *what; guint8 bytes[14]; gsize length; const char *expected; } Raw;

static const Raw raws[] = {
  { "long-control", { 0x89, 0xfe, 0x00, 0x7e }, 8, "!1002" },
  { "padded-16", { 0x81, 0xfe, 0x00, 0x7d }, 8, "!1002" },
  { "padded-64", { 0x81, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff }, 14, "!1002" },
  { "negative-length", { 0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0 }, 14, "!1002" },
  { "huge-length", { 0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, 14, "!1009" },
  { "half-header", { 0x81 }, 1, "" },
  { "half-payload", { 0x81, 0x82, 0, 0, 0, 0, 'x' }, 7, "" },
};

static void
test_raw (gconstpointer data)
{
  const Raw *raw = data;
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, raw->bytes, raw->length);
  assert_parsed (SERVER, bytes, raw->expected);
}

/* A server reads only masked frames, and a client only others: it is told by the second byte. */
static void
test_masks (void)
{
  for (Reader reader = SERVER; reader <= DEFLATING_CLIENT; reader++)
    {
      g_autoptr(BcastWebsocketParser) parser = make_parser (reader);
      g_autoptr(GByteArray) bytes = g_byte_array_new ();
      BcastWebsocketMessage message;

      append_frame (bytes, reader != SERVER, 0x81, "x", 1);
      bcast_websocket_parser_feed (parser, bytes->data, 2);
      g_assert_cmpint (bcast_websocket_parser_next (parser, &message), ==, BCAST_WEBSOCKET_FAILED);
      g_assert_cmpuint (message.close_code, ==, 1002);
      g_assert_nonnull (strstr (message.reason, reader == SERVER ? "from a client is not masked"
                                                                 : "from a server is masked"));
    }
}

static void
test_lengths (void)
{
  const gsize lengths[] = { 125, 126, 127, 65535, 65536, LIMIT };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr(GByteArray) bytes = g_byte_array_new ();
      g_autofree char *payload = g_strnfill (lengths[i], 'x');
      g_autofree char *expected = g_strdup_printf ("1:%s;1:y;", payload);

      append_frame (bytes, TRUE, 0x81, payload, lengths[i]);
      append_frame (bytes, TRUE, 0x81, "y", 1);

      g_autofree char *log = parse_all (SERVER, bytes->data, bytes->len, 4096);
      g_assert_cmpstr (log, ==, expected);
    }
}

/* Fragments count together. */
static void
test_limit (void)
{
  g_autoptr(GByteArray) one = g_byte_array_new ();
  g_autoptr(GByteArray) many = g_byte_array_new ();
  g_autofree char *payload = g_strnfill (LIMIT + 1, 'x');

  append_frame (one, TRUE, 0x81, payload, LIMIT + 1);
  append_frame (many, TRUE, 0x01, payload, LIMIT / 2);
  append_frame (many, TRUE, 0x00, payload, LIMIT / 2);
  append_frame (many, TRUE, 0x80, payload, 1);

  g_autofree char *log = parse_all (SERVER, one->data, one->len, 4096);
  g_assert_cmpstr (log, ==, "!1009");
  g_autofree char *log_of_many = parse_all (SERVER, many->data, many->len, 4096);
  g_assert_cmpstr (log_of_many, ==, "!1009");
}

/* What does not shrink grows when it is deflated, and may hold a message within the limit. */
static void
test_deflated_limit (void)
{
  const gsize lengths[] = { LIMIT + LIMIT / 1024, LIMIT + LIMIT / 1024 + 65 };
  g_autofree char *payload = g_strnfill (lengths[1], 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr(GByteArray) bytes = g_byte_array_new ();

      append_frame (bytes, FALSE, 0x41, payload, 100);
      append_frame (bytes, FALSE, 0x80, payload, lengths[i] - 100);

      g_autofree char *log = parse_all (DEFLATING_CLIENT, bytes->data, bytes->len, 4096);
      g_assert_cmpuint (strlen (log), ==, i == 0 ? lengths[i] + strlen ("1z:;") : strlen ("!1009"));
    }
}

/* Bytes go into the room that the parser gives, and a message that is whole there is not copied. */
static void
test_reserve (void)
{
  g_autoptr(BcastWebsocketParser) parser = make_parser (CLIENT);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  BcastWebsocketMessage message;

  append_frame (bytes, FALSE, 0x81, "one", 3);
  append_frame (bytes, FALSE, 0x81, "two", 3);

  guint8 *room = bcast_websocket_parser_reserve (parser, 65536);

  memcpy (room, bytes->data, 7);
  bcast_websocket_parser_commit (parser, 7);
  g_assert_cmpint (bcast_websocket_parser_next (parser, &message), ==, BCAST_WEBSOCKET_MESSAGE);
  g_assert_cmpmem (message.data, message.length, "one", 3);
  g_assert_true (message.data == (const char *) room + 2);
  g_assert_cmpint (bcast_websocket_parser_next (parser, &message), ==, BCAST_WEBSOCKET_NEEDS_MORE);

  memcpy (bcast_websocket_parser_reserve (parser, 65536), bytes->data + 7, bytes->len - 7);
  bcast_websocket_parser_commit (parser, bytes->len - 7);
  g_assert_cmpint (bcast_websocket_parser_next (parser, &message), ==, BCAST_WEBSOCKET_MESSAGE);
  g_assert_cmpmem (message.data, message.length, "two", 3);
  g_assert_cmpint (bcast_websocket_parser_next (parser, &message), ==, BCAST_WEBSOCKET_NEEDS_MORE);
}

static void
assert_frame (GBytes     *frame,
              const char *header,
              gsize       header_bytes,
              gsize       length)
{
  g_assert_cmpuint (g_bytes_get_size (frame), ==, header_bytes + length);
  g_assert_cmpmem (g_bytes_get_data (frame, NULL), header_bytes, header, header_bytes);
  g_bytes_unref (frame);
}

static void
test_frames (void)
{
  g_autofree char *payload = g_strnfill (65536, 'x');

  assert_frame (bcast_websocket_frame_new (BCAST_WEBSOCKET_PING, NULL, 0), "\x89\x00", 2, 0);
  assert_frame (bcast_websocket_frame_new (BCAST_WEBSOCKET_TEXT, payload, 125), "\x81\x7d", 2, 125);
  assert_frame (bcast_websocket_frame_new (BCAST_WEBSOCKET_TEXT, payload, 126), "\x81\x7e\x00\x7e", 4, 126);
  assert_frame (bcast_websocket_frame_new (BCAST_WEBSOCKET_TEXT, payload, 65535), "\x81\x7e\xff\xff", 4, 65535);
  assert_frame (bcast_websocket_frame_new (BCAST_WEBSOCKET_TEXT, payload, 65536),
                "\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10, 65536);
}

static void
test_close_frames (void)
{
  g_autofree char *fill = g_strnfill (122, 'x');
  g_autofree char *long_reason = g_strconcat (fill, "é and more", NULL);

  assert_frame (bcast_websocket_close_new (4200, "bye"), "\x88\x05\x10\x68" "bye", 7, 0);
  assert_frame (bcast_websocket_close_new (1005, NULL), "\x88\x00", 2, 0);
  assert_frame (bcast_websocket_close_new (1000, NULL), "\x88\x02\x03\xe8", 4, 0);
  /* The é would be cut in two. */
  assert_frame (bcast_websocket_close_new (1000, long_reason), "\x88\x7c\x03\xe8", 4, 122);
}

/* Source of the first vector: RFC 6455, section 5.7. */
static void
test_masked_frames (void)
{
  static const guint8 mask[] = { 0x37, 0xfa, 0x21, 0x3d };
  g_autofree char *payload = g_strnfill (65536, 'x');

  assert_frame (bcast_websocket_masked_frame_new (BCAST_WEBSOCKET_TEXT, "Hello", 5, mask),
                "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", 11, 0);
  assert_frame (bcast_websocket_masked_frame_new (BCAST_WEBSOCKET_PONG, NULL, 0, mask),
                "\x8a\x80\x37\xfa\x21\x3d", 6, 0);
  assert_frame (bcast_websocket_masked_frame_new (BCAST_WEBSOCKET_TEXT, payload, 126, mask),
                "\x81\xfe\x00\x7e\x37\xfa\x21\x3d\x4f", 9, 125);
  assert_frame (bcast_websocket_masked_frame_new (BCAST_WEBSOCKET_TEXT, payload, 65536, mask),
                "\x81\xff\x00\x00\x00\x00\x00\x01\x00\x00\x37\xfa\x21\x3d\x4f", 15, 65535);
  assert_frame (bcast_websocket_masked_close_new (1000, NULL, mask), "\x88\x82\x37\xfa\x21\x3d\x34\x12", 8, 0);
  assert_frame (bcast_websocket_masked_close_new (1005, NULL, mask), "\x88\x80\x37\xfa\x21\x3d", 6, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strconcat ("/websocket-parser/vector/", vectors[i].what, NULL);
      g_test_add_data_func (path, &vectors[i], test_vector);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (raws); i++)
    {
      g_autofree char *path = g_strconcat ("/websocket-parser/raw/", raws[i].what, NULL);
      g_test_add_data_func (path, &raws[i], test_raw);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (deflated); i++)
    {
      g_autofree char *path = g_strconcat ("/websocket-parser/deflated/", deflated[i].what, NULL);
      g_test_add_data_func (path, &deflated[i], test_deflated);
    }
  g_test_add_func ("/websocket-parser/masks", test_masks);
  g_test_add_func ("/websocket-parser/lengths", test_lengths);
  g_test_add_func ("/websocket-parser/limit", test_limit);
  g_test_add_func ("/websocket-parser/deflated-limit", test_deflated_limit);
  g_test_add_func ("/websocket-parser/reserve", test_reserve);
  g_test_add_func ("/websocket-frame/frames", test_frames);
  g_test_add_func ("/websocket-frame/close", test_close_frames);
  g_test_add_func ("/websocket-frame/masked", test_masked_frames);

  return g_test_run ();
}

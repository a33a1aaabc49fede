/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What no library sends. Each is answered with a sentence, and a client that has nothing to do with it goes
 * on receiving. */

#include "wire.h"

#include <string.h>

#define HEAD      "Host: localhost\r\n"
#define HANDSHAKE "GET /app/" WIRE_KEY "?protocol=7 HTTP/1.1\r\n" HEAD "Upgrade: websocket\r\nConnection: Upgrade\r\n" \
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
#define CHUNKED   "POST /apps/3/events HTTP/1.1\r\n" HEAD "Transfer-Encoding: chunked\r\n\r\n"

#define SUBSCRIBE(name) "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":" name "}}"

typedef struct
{
  BcastSandbox *sandbox;
  WireClient   *witness;
  GIOStream    *stream;
  GString      *read;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;

  fixture->sandbox = wire_start_sandbox ();
  fixture->witness = wire_connect (fixture->sandbox);
  wire_subscribe (fixture->witness, "news", NULL);
  g_socket_client_set_timeout (client, 20);
  fixture->stream = G_IO_STREAM (g_socket_client_connect_to_host (client, "127.0.0.1", bcast_sandbox_get_port (fixture->sandbox),
                                                                  NULL, &error));
  g_assert_no_error (error);
  fixture->read = g_string_new (NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  wire_publish (fixture->sandbox, "{\"name\":\"e\",\"channel\":\"news\",\"data\":\"1\"}");
  wire_expect (fixture->witness, "{\"event\":\"e\",\"channel\":\"news\",\"data\":\"1\"}");
  wire_free (fixture->witness);
  g_object_unref (fixture->stream);
  g_string_free (fixture->read, TRUE);
  bcast_sandbox_stop (fixture->sandbox);
  g_assert_finalize_object (fixture->sandbox);
}

/* Who has refused may not read all of it. */
static void
write_bytes (Fixture    *fixture,
             const void *bytes,
             gsize       length)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (fixture->stream), bytes, length, NULL, NULL, NULL);
}

static gboolean
read_more (Fixture *fixture)
{
  char bytes[4096];
  gssize n = g_input_stream_read (g_io_stream_get_input_stream (fixture->stream), bytes, sizeof bytes, NULL, NULL);

  if (n > 0)
    g_string_append_len (fixture->read, bytes, n);
  return n > 0;
}

static void
read_until (Fixture    *fixture,
            const char *wanted)
{
  while (g_strstr_len (fixture->read->str, fixture->read->len, wanted) == NULL)
    if (!read_more (fixture))
      g_assert_cmpstr (fixture->read->str, ==, wanted);
}

/* @fill comes @n_fills times between @begin and @end. */
typedef struct { const char *what, *begin, *fill; guint n_fills; const char *end, *pattern; } Request;

static const Request requests[] = {
  { "large-header", "GET / HTTP/1.1\r\n" HEAD "X: ", "0123456789abcdef", 100000, "\r\n\r\n", "HTTP/1.1 431 *headers are too large*64 KiB*" },
  { "endless-line", "GET /", "0123456789abcdef", 100000, " HTTP/1.1\r\n\r\n", "HTTP/1.1 431 *request line*64 KiB*" },
  { "many-headers", "GET / HTTP/1.1\r\n" HEAD, "X: a\r\n", 100000, "\r\n", "HTTP/1.1 431 *headers are too large*" },
  { "headers-that-fit", "GET / HTTP/1.1\r\n" HEAD "Connection: close\r\n", "X: a\r\n", 10000, "\r\n", "HTTP/1.1 200 *sandbox*" },
  { "newlines", "", "\r\n", 1000, "", "HTTP/1.? 400 *cannot read the request*" },
  { "garbage", "\x17\x03\x01\r\n\r\n", "no HTTP at all", 100000, "", "HTTP/1.? 400 *cannot read the request*" },
  { "odd-bytes", "GET / HTTP/1.1\r\n" HEAD "X: ", "", 0, "\xff\xfe\x01\r\n\x02\x03:\r\n\r\nGET /\r\n\r\n", "HTTP/1.1 200 *HTTP/1.? 400 *cannot read the request*" },
  { "without-version", "GET /\r\n\r\n", "", 0, "", "HTTP/1.? 400 *cannot read the request*" },
  { "version-2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "", 0, "", "HTTP/1.? 505 *must be HTTP/1.1*" },
  { "version-overflow", "GET / HTTP/1.18446744073709551617\r\n" HEAD "\r\n", "", 0, "", "HTTP/1.? 505 *must be HTTP/1.1*" },
  { "path-without-slash", "GET apps HTTP/1.1\r\n" HEAD "\r\n", "", 0, "", "HTTP/1.? 400 *begins with a slash*" },
  { "host-that-is-none", "GET / HTTP/1.1\r\nHost: a b\xff\r\n\r\n", "", 0, "", "HTTP/1.? 400 *with a Host*" },
  { "unknown-expectation", "POST / HTTP/1.1\r\n" HEAD "Content-Length: 2\r\nExpect: miracles\r\n\r\n{}", "", 0, "", "HTTP/1.? 417 *cannot read*" },
  { "two-lengths", "POST / HTTP/1.1\r\n" HEAD "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n" HEAD "\r\n", "", 0, "",
    "HTTP/1.1 400 *either chunks or the length*" },
  { "chunk-size", CHUNKED "zz\r\n\r\n", "", 0, "GET /hidden HTTP/1.1\r\n" HEAD "\r\n", "HTTP/1.1 401 *auth_key*" },
  { "negative-chunk-size", CHUNKED "-5\r\n\r\n", "", 0, "GET /hidden HTTP/1.1\r\n" HEAD "\r\n", "HTTP/1.1 401 *auth_key*" },
  { "long-chunk-size", CHUNKED "5;", "extension", 1000, "\r\nhello\r\n0\r\n\r\n", "HTTP/1.1 400 *chunks are malformed*" },
  { "endless-trailers", CHUNKED "0\r\n", "X: a\r\n", 100000, "\r\n", "HTTP/1.1 401 *auth_key*" },
  { "range", "GET / HTTP/1.1\r\n" HEAD "Connection: close\r\nRange: bytes=99999999999999999999-,-99999999999999999999\r\n\r\n", "", 0, "", "HTTP/1.1 200 *sandbox*" },
  { "many-ranges", "GET / HTTP/1.1\r\n" HEAD "Connection: close\r\nRange: bytes=0-1", ",3-4,6-7,9-10", 1000, "\r\n\r\n", "HTTP/1.1 200 *sandbox*" },
  { "long-path", "GET /apps/", "%C3%BC/", 5000, "/channels HTTP/1.1\r\n" HEAD "Connection: close\r\n\r\n", "HTTP/1.1 404 *nothing at this path*" },
  { "long-app-id", "GET /apps/", "9", 50000, "/channels HTTP/1.1\r\n" HEAD "Connection: close\r\n\r\n", "HTTP/1.1 404 *no app “9999*" },
  { "many-parameters", "GET /apps/3/channels?a=1", "&a=1", 10000, " HTTP/1.1\r\n" HEAD "Connection: close\r\n\r\n", "HTTP/1.1 400 *too many parameters*" },
  { "bad-escapes", "GET /apps/3/channels?auth_key=%", "%zz", 10, " HTTP/1.1\r\n" HEAD "Connection: close\r\n\r\n", "HTTP/1.1 400 *broken percent escapes*" },
  { "timestamp-overflow", "GET /apps/3/channels?auth_key=" WIRE_KEY "&auth_version=1.0&auth_timestamp=", "9", 100, "&auth_signature=x HTTP/1.1\r\n" HEAD "Connection: close\r\n\r\n",
    "HTTP/1.1 401 *Timestamp expired*" },
  { "timestamp-at-edge", "GET /apps/3/channels?auth_key=" WIRE_KEY "&auth_version=1.0&auth_timestamp=", "9223372036854775807", 1, "&auth_signature=x HTTP/1.1\r\n" HEAD "Connection: close\r\n\r\n",
    "HTTP/1.1 401 *Timestamp expired*" },
  { "negative-timestamp", "GET /apps/3/channels?auth_key=" WIRE_KEY "&auth_version=1.0&auth_timestamp=", "-9223372036854775808", 1, "&auth_signature=x HTTP/1.1\r\n" HEAD "Connection: close\r\n\r\n",
    "HTTP/1.1 401 *Timestamp expired*" },
  { "authorize-deep-json", "POST /pusher/auth HTTP/1.1\r\n" HEAD "Connection: close\r\nContent-Length: 50002\r\n\r\n{\"", "[", 50000, "", "HTTP/1.1 400 *JSON*" },
};

static void
test_request (Fixture       *fixture,
              gconstpointer  data)
{
  const Request *request = data;
  g_autoptr(GString) text = g_string_new (request->begin);
  g_autofree char *readable = NULL;

  for (guint i = 0; i < request->n_fills; i++)
    g_string_append (text, request->fill);
  g_string_append (text, request->end);
  write_bytes (fixture, text->str, text->len);
  while (read_more (fixture))
    ;

  readable = g_utf8_make_valid (fixture->read->str, fixture->read->len);
  wire_assert_match (readable, request->pattern);
  /* What hides behind a body is no request, and nothing is refused twice. */
  g_assert_null (strstr (readable + strlen ("HTTP/1."), "HTTP/1.1 404"));
  g_assert_null (strstr (readable + strlen ("HTTP/1."), "HTTP/1.1 431"));
  g_assert_cmpuint (fixture->read->len, <, 10000);
}

static void
open_websocket (Fixture *fixture)
{
  write_bytes (fixture, HANDSHAKE, strlen (HANDSHAKE));
  read_until (fixture, "activity_timeout\\\":120}\"}");
  g_string_truncate (fixture->read, 0);
}

/* Frames are masked with zeros. */
#define MASK "\0\0\0\0"
#define BYTES(text) text, sizeof text - 1

typedef struct { const char *what, *bytes; gsize length; guint code; const char *sentence; } Frames;

static const Frames frames[] = {
  { "unmasked", BYTES ("\x81\x02{}"), 1002, "not masked" },
  { "reserved-bit", BYTES ("\xc1\x82" MASK "{}"), 1002, "extension" },
  { "unknown-kind", BYTES ("\x83\x82" MASK "{}"), 1002, "kind that does not exist" },
  { "unknown-control", BYTES ("\x8b\x80" MASK), 1002, "kind that does not exist" },
  { "no-beginning", BYTES ("\x80\x82" MASK "{}"), 1002, "out of order" },
  { "two-beginnings", BYTES ("\x01\x81" MASK "{\x81\x81" MASK "}"), 1002, "out of order" },
  { "ping-in-fragments", BYTES ("\x09\x81" MASK "x"), 1002, "control frame" },
  { "long-ping", BYTES ("\x89\xfe\x00\x7e" MASK), 1002, "control frame" },
  { "padded-length", BYTES ("\x81\xfe\x00\x02" MASK "{}"), 1002, "shortest form" },
  { "padded-long-length", BYTES ("\x81\xff\0\0\0\0\0\0\xff\xff" MASK), 1002, "shortest form" },
  { "oversize", BYTES ("\x81\xff\0\0\0\0\0\x10\0\x01" MASK), 1009, "larger than this server reads" },
  { "largest-length", BYTES ("\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff" MASK), 1009, "larger than this server reads" },
  { "negative-length", BYTES ("\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff" MASK), 1002, "length of a WebSocket frame" },
  { "oversize-in-fragments", BYTES ("\x01\x81" MASK "{\x80\xff\0\0\0\0\0\x10\0\0" MASK), 1009, "larger than this server reads" },
  { "not-utf8", BYTES ("\x81\x82" MASK "\xc3{"), 1007, "UTF-8" },
  { "cut-utf8", BYTES ("\x81\x81" MASK "\xc3"), 1007, "UTF-8" },
  { "close-of-one-byte", BYTES ("\x88\x81" MASK "\x03"), 1002, "" },
  { "close-with-reserved-code", BYTES ("\x88\x82" MASK "\x03\xed"), 1002, "" },
  { "close-not-utf8", BYTES ("\x88\x83" MASK "\x03\xe8\xff"), 1002, "" },
};

static void
test_frames (Fixture       *fixture,
             gconstpointer  data)
{
  const Frames *bad = data;

  open_websocket (fixture);
  write_bytes (fixture, bad->bytes, bad->length);
  while (fixture->read->len < 2 || fixture->read->len < 2u + (guchar) fixture->read->str[1])
    g_assert_true (read_more (fixture));

  const guint8 *answer = (const guint8 *) fixture->read->str;

  g_assert_cmphex (answer[0], ==, 0x88);
  g_assert_cmpuint (answer[1], >=, 2);
  g_assert_cmpuint (answer[1], ==, fixture->read->len - 2);
  g_assert_cmpuint (answer[2] << 8 | answer[3], ==, bad->code);
  g_assert_nonnull (g_strstr_len (fixture->read->str + 4, fixture->read->len - 4, bad->sentence));
}

/* What comes in many pieces is one message all the same, with a ping between them. */
static void
test_pieces (Fixture       *fixture,
             gconstpointer  data)
{
  static const char bytes[] = "\x01\x89" MASK "{\"event\":\x89\x81" MASK "p\x00\x80" MASK "\x80\x9a" MASK "\"pusher:ping\",\"data\":\"{}\"} ";

  open_websocket (fixture);
  for (gsize i = 0; i < sizeof bytes - 1; i++)
    write_bytes (fixture, bytes + i, 1);
  read_until (fixture, "\x8a\x01p");
  read_until (fixture, "pusher:pong");
}

/* A message of each kind that says no, and the socket stays. */
typedef struct { const char *what, *text, *pattern; } Message;

static const Message messages[] = {
  { "number-as-data", "{\"event\":\"pusher:subscribe\",\"data\":1e999}", "*pusher:error*" },
  { "number-as-channel", SUBSCRIBE ("99999999999999999999999"), "*pusher:error*channel*" },
  { "longest-name", SUBSCRIBE ("\"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
                               "0123456789012345678901234567890123456789012345678901234567890123\""), "*subscription_succeeded*" },
  { "too-long-a-name", SUBSCRIBE ("\"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
                                  "01234567890123456789012345678901234567890123456789012345678901234\""), "*subscription_error*165*164*" },
  { "all-signs", SUBSCRIBE ("\"_-=@,.;\""), "*subscription_succeeded*\"_-=@,.;\"*" },
  { "slash", SUBSCRIBE ("\"a/b\""), "*subscription_error*" },
  { "colon", SUBSCRIBE ("\"a:b\""), "*subscription_error*" },
  { "not-ascii", SUBSCRIBE ("\"\u00fc\""), "*subscription_error*" },
  { "escaped-letter", SUBSCRIBE ("\"\\u0061\""), "*subscription_succeeded*\"a\"*" },
  { "hash", SUBSCRIBE ("\"#\""), "*subscription_error*" },
  { "empty-name", SUBSCRIBE ("\"\""), "*subscription_error*" },
  { "presence-prefix-only", SUBSCRIBE ("\"presence-\""), "*subscription_error*" },
  { "name-twice", "{\"event\":\"pusher:ping\",\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"private-x\",\"channel\":\"b\"}}", "*subscription_succeeded*\"b\"*" },
  { "sign-in-of-number", "{\"event\":\"pusher:signin\",\"data\":{\"auth\":1,\"user_data\":2}}", "*pusher:error*" },
};

static void
test_message (Fixture       *fixture,
              gconstpointer  data)
{
  const Message *message = data;
  g_autoptr(WireClient) client = wire_connect (fixture->sandbox);

  wire_send (client, message->text);
  wire_expect_match (client, message->pattern);
  /* A refusal comes twice. */
  wire_send (client, "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"last\"}}");
  for (;;)
    {
      g_autofree char *text = wire_next (client);

      if (g_pattern_match_simple ("{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"last\",*", text))
        break;
    }
}

/* JSON as deep as a message allows. */
static void
test_deep (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(WireClient) client = wire_connect (fixture->sandbox);
  g_autofree char *deep = g_strnfill (500000, '[');
  g_autofree char *text = g_strdup_printf ("{\"event\":\"pusher:subscribe\",\"data\":%s", deep);

  wire_send (client, text);
  wire_expect_match (client, "*pusher:error*");
  wire_expect_nothing (client);
}

/* Ten thousand subscriptions at once, by a client that does not read. It may have a thousand. */
static void
test_subscriptions (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(GString) text = g_string_new (NULL);

  open_websocket (fixture);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *message = g_strdup_printf (SUBSCRIBE ("\"channel-%05u\""), i);

      g_string_append_len (text, "\x81", 1);
      g_string_append_c (text, (char) (0x80 | strlen (message)));
      g_string_append_len (text, MASK, 4);
      g_string_append (text, message);
    }
  write_bytes (fixture, text->str, text->len);

  guint status = 0;
  g_autofree char *channels = wire_api (fixture->sandbox, "GET", "/channels", "filter_by_prefix=channel-", NULL, &status);

  g_assert_cmpuint (status, ==, 200);
  g_assert_null (strstr (channels, "channel-01000"));
}

/* An answer that nobody reads holds up nobody. */
static void
test_unread_answers (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char request[] = "GET /nothing HTTP/1.1\r\n" HEAD "\r\n";
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, request);
  g_socket_set_blocking (g_socket_connection_get_socket (G_SOCKET_CONNECTION (fixture->stream)), FALSE);
  write_bytes (fixture, text->str, text->len);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/hostile/request/", requests[i].what, NULL);
      g_test_add (path, Fixture, &requests[i], set_up, test_request, tear_down);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/hostile/frames/", frames[i].what, NULL);
      g_test_add (path, Fixture, &frames[i], set_up, test_frames, tear_down);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/hostile/message/", messages[i].what, NULL);
      g_test_add (path, Fixture, &messages[i], set_up, test_message, tear_down);
    }
  g_test_add ("/sandbox/hostile/pieces", Fixture, NULL, set_up, test_pieces, tear_down);
  g_test_add ("/sandbox/hostile/deep", Fixture, NULL, set_up, test_deep, tear_down);
  g_test_add ("/sandbox/hostile/subscriptions", Fixture, NULL, set_up, test_subscriptions, tear_down);
  g_test_add ("/sandbox/hostile/unread-answers", Fixture, NULL, set_up, test_unread_answers, tear_down);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-upgrade-private.h"

#include <string.h>

#include "bcast-app.h"
#include "bcast-error.h"
#include "bcast-upgrade-error-private.h"

/* Source: RFC 6455, section 1.3. */
#define KEY    "dGhlIHNhbXBsZSBub25jZQ=="
#define ACCEPT "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"

#define STATUS_101 "HTTP/1.1 101 Switching Protocols\r\n"
#define UPGRADE    "Upgrade: websocket\r\nConnection: Upgrade\r\n"
#define OPEN       STATUS_101 UPGRADE ACCEPT

typedef struct
{
  const char         *what;
  const char         *bytes;
  BcastUpgradeResult  expected;
  guint               status;
} Row;

static const Row rows[] = {
  { "open", OPEN "\r\n", BCAST_UPGRADE_OPEN, 101 },
  { "case", "HTTP/1.1 101 x\r\nUPGRADE: WebSocket\r\nconnection: keep-alive, upgrade\r\n" ACCEPT "\r\n",
    BCAST_UPGRADE_OPEN, 101 },
  { "bare-lines", "HTTP/1.1 101 x\nUpgrade: websocket\nConnection: Upgrade\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n\n", BCAST_UPGRADE_OPEN, 101 },
  { "interim", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" OPEN "\r\n",
    BCAST_UPGRADE_OPEN, 101 },
  { "deflate", OPEN "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n", BCAST_UPGRADE_OPEN, 101 },
  { "other-extension", OPEN "Sec-WebSocket-Extensions: foo\r\n\r\n", BCAST_UPGRADE_BAD_EXTENSION, 101 },
  { "two-extensions", OPEN "Sec-WebSocket-Extensions: permessage-deflate\r\n"
    "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n", BCAST_UPGRADE_BAD_EXTENSION, 101 },
  { "subprotocol", OPEN "Sec-WebSocket-Protocol: chat\r\n\r\n", BCAST_UPGRADE_BAD_EXTENSION, 101 },
  { "no-accept", STATUS_101 UPGRADE "\r\n", BCAST_UPGRADE_REFUSED, 101 },
  { "other-accept", STATUS_101 UPGRADE "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n",
    BCAST_UPGRADE_REFUSED, 101 },
  { "two-accepts", OPEN ACCEPT "\r\n", BCAST_UPGRADE_REFUSED, 101 },
  { "no-upgrade", STATUS_101 "Connection: Upgrade\r\n" ACCEPT "\r\n", BCAST_UPGRADE_REFUSED, 101 },
  { "no-connection", STATUS_101 "Upgrade: websocket\r\n" ACCEPT "\r\n", BCAST_UPGRADE_REFUSED, 101 },
  { "not-101", "HTTP/1.1 200 OK\r\n" UPGRADE ACCEPT "\r\n", BCAST_UPGRADE_REFUSED, 200 },
  { "no-headers", "HTTP/1.0 404 Not Found\r\n\r\n", BCAST_UPGRADE_REFUSED, 404 },
  { "no-reason", "HTTP/1.1 503\r\n\r\n", BCAST_UPGRADE_REFUSED, 503 },
  { "nothing", "", BCAST_UPGRADE_NEEDS_MORE, 0 },
  { "begun", "HTT", BCAST_UPGRADE_NEEDS_MORE, 0 },
  { "cut", OPEN "\r", BCAST_UPGRADE_NEEDS_MORE, 0 },
  { "only-interim", "HTTP/1.1 100 Continue\r\n\r\nHT", BCAST_UPGRADE_NEEDS_MORE, 0 },
  { "ssh", "SSH", BCAST_UPGRADE_NO_HTTP, 0 },
  { "after-interim", "HTTP/1.1 100 Continue\r\n\r\nhello", BCAST_UPGRADE_NO_HTTP, 0 },
  { "no-status", "HTTP/1.1 abc\r\n\r\n", BCAST_UPGRADE_NO_HTTP, 0 },
  { "low-status", "HTTP/1.1 000 x\r\n\r\n", BCAST_UPGRADE_NO_HTTP, 0 },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_auto(BcastUpgradeAnswer) answer = { 0, };
  g_autofree char *followed = g_strconcat (row->bytes, "\x81\x01x", NULL);
  gboolean is_open = row->expected == BCAST_UPGRADE_OPEN;

  g_assert_cmpint (bcast_upgrade_parse (row->bytes, strlen (row->bytes), KEY, &answer), ==, row->expected);
  if (row->status != 0)
    g_assert_cmpuint (answer.status, ==, row->status);
  if (!is_open)
    return;

  g_assert_cmpint (answer.deflate.agreed, ==, strstr (row->bytes, "deflate") != NULL);
  bcast_upgrade_answer_clear (&answer);
  g_assert_cmpint (bcast_upgrade_parse (followed, strlen (followed), KEY, &answer), ==, BCAST_UPGRADE_OPEN);
  g_assert_cmpuint (answer.head_bytes, ==, strlen (row->bytes));
}

/* The head is bounded, whether or not it ends. */
static void
test_too_long (void)
{
  g_autofree char *fill = g_strnfill (BCAST_UPGRADE_MAX_HEAD_BYTES, 'x');
  g_autofree char *bytes = g_strconcat (STATUS_101 "X: ", fill, "\r\n\r\n", NULL);
  g_auto(BcastUpgradeAnswer) answer = { 0, };

  g_assert_cmpint (bcast_upgrade_parse (bytes, BCAST_UPGRADE_MAX_HEAD_BYTES - 1, KEY, &answer), ==,
                   BCAST_UPGRADE_NEEDS_MORE);
  g_assert_cmpint (bcast_upgrade_parse (bytes, BCAST_UPGRADE_MAX_HEAD_BYTES, KEY, &answer), ==,
                   BCAST_UPGRADE_TOO_LONG);
  g_assert_cmpint (bcast_upgrade_parse (bytes, strlen (bytes), KEY, &answer), ==, BCAST_UPGRADE_TOO_LONG);
}

static void
test_request (void)
{
  g_autoptr(GUri) uri = g_uri_parse ("ws://[::1]:6001/a path/app/k?protocol=7&x=%20", SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr(GUri) plain = g_uri_parse ("wss://h.test:443/app/k?a", SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *request = bcast_upgrade_format_request (uri, KEY);
  g_autofree char *plain_request = bcast_upgrade_format_request (plain, KEY);

  g_assert_cmpstr (request, ==, "GET /a%20path/app/k?protocol=7&x=%20 HTTP/1.1\r\nHost: [::1]:6001\r\n"
                   "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " KEY "\r\n"
                   "Sec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n");
  g_assert_nonnull (strstr (plain_request, "\r\nHost: h.test\r\n"));
}

static void
test_keys (void)
{
  g_autofree char *one = bcast_upgrade_make_key ();
  g_autofree char *other = bcast_upgrade_make_key ();
  gsize length;
  g_autofree guchar *nonce = g_base64_decode (one, &length);

  g_assert_cmpuint (length, ==, 16);
  g_assert_cmpstr (one, !=, other);
}

static void
test_errors (void)
{
  static const struct { BcastUpgradeResult result; guint status; BcastError code; const char *part; } cases[] = {
    { BCAST_UPGRADE_REFUSED, 404, BCAST_ERROR_NOT_FOUND, "“/p/app”" },
    { BCAST_UPGRADE_REFUSED, 403, BCAST_ERROR_FORBIDDEN, "(status 403)" },
    { BCAST_UPGRADE_REFUSED, 101, BCAST_ERROR_PROTOCOL, "does not take WebSockets (status 101)" },
    { BCAST_UPGRADE_NO_HTTP, 0, BCAST_ERROR_PROTOCOL, "does not speak HTTP" },
    { BCAST_UPGRADE_TOO_LONG, 0, BCAST_ERROR_PROTOCOL, "more than 16384 bytes" },
    { BCAST_UPGRADE_BAD_EXTENSION, 101, BCAST_ERROR_PROTOCOL, "not offered" },
  };
  g_autoptr(BcastApp) app = bcast_app_new (&(BcastAppOptions) {
    .key = "k", .ws_host = "h.test", .ws_port = 6001, .path = "/p" }, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BcastUpgradeAnswer answer = { .status = cases[i].status };
      g_autoptr(GError) error = bcast_upgrade_error_new (app, cases[i].result, &answer);

      g_assert_error (error, BCAST_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].part));
      g_assert_nonnull (strstr (error->message, "h.test port 6001"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/upgrade/answer/", rows[i].what, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/upgrade/too-long", test_too_long);
  g_test_add_func ("/upgrade/request", test_request);
  g_test_add_func ("/upgrade/keys", test_keys);
  g_test_add_func ("/upgrade/errors", test_errors);

  return g_test_run ();
}

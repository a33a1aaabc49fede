/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-upgrade-private.h"

#include <string.h>

#include <sodium.h>

/* How a WebSocket begins: a request of HTTP and the answer to it, without I/O. Source: RFC 6455,
 * section 4. */

#define KEY_BYTES   16
#define GUID        "258EAFA5-E914-47DA-95CA-C5AB0DC85B11" /* RFC 6455, section 1.3 */
#define HTTP_PREFIX "HTTP/"

/* What need not be escaped in a path or query that is escaped already. Source: RFC 3986, section 3.3. */
#define TARGET_CHARACTERS "/?%:@!$&'()*+,;="

/**
 * bcast_upgrade_make_key:
 *
 * Returns: (transfer full): a new nonce, by which the answer is known to be for this request
 */
char *
bcast_upgrade_make_key (void)
{
  guint8 nonce[KEY_BYTES];

  if (sodium_init () < 0)
    g_assert_not_reached ();
  randombytes_buf (nonce, sizeof nonce);
  return g_base64_encode (nonce, sizeof nonce);
}

static char *
make_accept (const char *key)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_update (checksum, (const guchar *) GUID, -1);
  g_checksum_get_digest (checksum, digest, &length);
  return g_base64_encode (digest, length);
}

static char *
format_authority (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  int port = g_uri_get_port (uri);
  gboolean is_default = port == (strcmp (g_uri_get_scheme (uri), "wss") == 0 ? 443 : 80);
  g_autoptr(GString) authority = g_string_new (NULL);

  g_string_append_printf (authority, strchr (host, ':') != NULL ? "[%s]" : "%s", host);
  if (!is_default)
    g_string_append_printf (authority, ":%d", port);
  return g_string_free (g_steal_pointer (&authority), FALSE);
}

/**
 * bcast_upgrade_format_request:
 * @uri: a `ws:` or `wss:` address
 * @key: what bcast_upgrade_make_key() made
 *
 * Returns: (transfer full): the request for a WebSocket, with its empty line
 */
char *
bcast_upgrade_format_request (GUri       *uri,
                              const char *key)
{
  g_return_val_if_fail (uri != NULL && key != NULL, NULL);

  g_autofree char *authority = format_authority (uri);
  g_autofree char *path = g_uri_escape_string (g_uri_get_path (uri), TARGET_CHARACTERS, FALSE);
  g_autofree char *query = g_uri_escape_string (g_uri_get_query (uri), TARGET_CHARACTERS, FALSE);

  return g_strdup_printf ("GET %s?%s HTTP/1.1\r\n"
                          "Host: %s\r\n"
                          "Upgrade: websocket\r\n"
                          "Connection: Upgrade\r\n"
                          "Sec-WebSocket-Key: %s\r\n"
                          "Sec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Extensions: " BCAST_WEBSOCKET_DEFLATE_OFFER "\r\n"
                          "\r\n", path, query, authority, key);
}

/* Lines may end with a bare line feed, as everywhere in HTTP. Returns how long the head is with its
 * empty line, and how long without; 0 while there is no empty line. */
static gsize
find_head_end (const char *bytes,
               gsize       length,
               gsize      *lines_bytes)
{
  const char *end = bytes + length;
  const char *at = bytes;

  while ((at = memchr (at, '\n', end - at)) != NULL)
    {
      at++;
      *lines_bytes = at - bytes;
      if (at < end && *at == '\n')
        return at + 1 - bytes;
      if (end - at >= 2 && at[0] == '\r' && at[1] == '\n')
        return at + 2 - bytes;
    }
  return 0;
}

static gboolean
is_header (SoupMessageHeaders *headers,
           const char         *name,
           const char         *expected)
{
  const char *value = soup_message_headers_get_list (headers, name);
  g_autofree char *clean = g_strstrip (g_strdup (value != NULL ? value : ""));

  return strcmp (clean, expected) == 0;
}

static BcastUpgradeResult
check_answer (BcastUpgradeAnswer *answer,
              const char         *key)
{
  SoupMessageHeaders *headers = answer->headers;
  g_autofree char *accept = make_accept (key);

  if (answer->status != SOUP_STATUS_SWITCHING_PROTOCOLS
      || !soup_message_headers_header_contains (headers, "Upgrade", "websocket")
      || !soup_message_headers_header_contains (headers, "Connection", "Upgrade")
      || !is_header (headers, "Sec-WebSocket-Accept", accept))
    return BCAST_UPGRADE_REFUSED;
  if (soup_message_headers_get_list (headers, "Sec-WebSocket-Protocol") != NULL
      || !bcast_websocket_deflate_parse_answer (soup_message_headers_get_list (headers, "Sec-WebSocket-Extensions"),
                                                &answer->deflate, NULL))
    return BCAST_UPGRADE_BAD_EXTENSION;
  return BCAST_UPGRADE_OPEN;
}

static BcastUpgradeResult
parse_head (const char         *bytes,
            gsize               length,
            const char         *key,
            BcastUpgradeAnswer *answer)
{
  SoupHTTPVersion version;

  bcast_upgrade_answer_clear (answer);
  answer->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  if (!soup_headers_parse_response (bytes, (int) length, answer->headers, &version, &answer->status, NULL)
      || answer->status < 100)
    return BCAST_UPGRADE_NO_HTTP;
  return check_answer (answer, key);
}

static gboolean
is_interim (const BcastUpgradeAnswer *answer)
{
  return answer->status >= 100 && answer->status < 200 && answer->status != SOUP_STATUS_SWITCHING_PROTOCOLS;
}

/**
 * bcast_upgrade_parse:
 * @bytes: (array length=length): all that came so far
 * @length: how many bytes
 * @key: the key of the request
 * @answer: (out caller-allocates): the answer, once it is complete; to be cleared in any case
 *
 * Looks no further than it must: what cannot become an answer is refused at once. Interim answers are
 * passed over.
 *
 * Returns: what came
 */
BcastUpgradeResult
bcast_upgrade_parse (const char         *bytes,
                     gsize               length,
                     const char         *key,
                     BcastUpgradeAnswer *answer)
{
  g_return_val_if_fail (bytes != NULL && key != NULL && answer != NULL, BCAST_UPGRADE_NO_HTTP);

  gsize before = 0;

  memset (answer, 0, sizeof *answer);
  for (;;)
    {
      const char *head = bytes + before;
      gsize visible = MIN (length, BCAST_UPGRADE_MAX_HEAD_BYTES) - before;
      gsize lines_bytes = 0;
      gsize head_bytes = find_head_end (head, visible, &lines_bytes);

      if (strncmp (head, HTTP_PREFIX, MIN (visible, strlen (HTTP_PREFIX))) != 0)
        return BCAST_UPGRADE_NO_HTTP;
      if (head_bytes == 0)
        return length >= BCAST_UPGRADE_MAX_HEAD_BYTES ? BCAST_UPGRADE_TOO_LONG : BCAST_UPGRADE_NEEDS_MORE;

      BcastUpgradeResult result = parse_head (head, lines_bytes, key, answer);

      before += head_bytes;
      answer->head_bytes = before;
      if (result != BCAST_UPGRADE_REFUSED || !is_interim (answer))
        return result;
    }
}

/**
 * bcast_upgrade_answer_clear:
 * @self: an answer
 *
 * Lets go of what is in it.
 */
void
bcast_upgrade_answer_clear (BcastUpgradeAnswer *self)
{
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  *self = (BcastUpgradeAnswer) { 0, };
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-http-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-number.h"

#define MAX_SENTENCE_BYTES 1000
#define RETRY_AFTER_S      "1"

static void
refuse_body (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *sentence = g_strdup_printf (_("The body is larger than the %d bytes that this "
                                                 "server reads."), BCAST_SANDBOX_MAX_BODY_BYTES);

  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_truncate (body);
  bcast_sandbox_http_set_header (message, "Connection", "close");
  bcast_sandbox_http_refuse (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, sentence);
}

static void
got_headers_cb (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_content_length (headers) > BCAST_SANDBOX_MAX_BODY_BYTES)
    refuse_body (message);
}

/* Counts what really comes, since a body in chunks announces no length. */
static void
got_chunk_cb (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if (soup_server_message_get_status (message) == 0 && body->length > BCAST_SANDBOX_MAX_BODY_BYTES)
    refuse_body (message);
}

/**
 * bcast_sandbox_http_limit_body:
 * @message: a request that has just begun
 *
 * Answers 413 to a body that is too large, and keeps none of it.
 */
void
bcast_sandbox_http_limit_body (SoupServerMessage *message)
{
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), NULL);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), NULL);
}

/* Libsoup answers a part of the answer to `Range` and stumbles over ranges that begin behind its end, and
 * it goes on reading requests behind a body whose chunks it misunderstood. What it refused by itself is
 * told by now. */
static void
prepared_cb (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  soup_message_headers_remove (headers, "Range");
  soup_message_headers_remove (soup_server_message_get_response_headers (message), "Content-Type");
  soup_message_body_truncate (soup_server_message_get_response_body (message));
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED)
    bcast_sandbox_http_set_header (message, "Connection", "close");
}

/**
 * bcast_sandbox_http_prepare:
 * @message: a request that has just begun
 *
 * Has libsoup give a sentence with what it refuses by itself, without having read the headers, and keeps
 * from it what it would answer wrongly.
 */
void
bcast_sandbox_http_prepare (SoupServerMessage *message)
{
  const char *sentence = _("This server cannot read the request. It must be HTTP/1.1 with a Host, a path that "
                           "begins with a slash, no broken percent escapes, and a body that has a Content-Length "
                           "or comes in chunks.\n");

  soup_server_message_set_response (message, "text/plain; charset=utf-8", SOUP_MEMORY_COPY,
                                    sentence, strlen (sentence));
  g_signal_connect (message, "got-headers", G_CALLBACK (prepared_cb), NULL);
}

/**
 * bcast_sandbox_http_dup_body:
 * @message: a request that was read
 *
 * Returns: (transfer full): the exact bytes of its body
 */
GBytes *
bcast_sandbox_http_dup_body (SoupServerMessage *message)
{
  return soup_message_body_flatten (soup_server_message_get_request_body (message));
}

/**
 * bcast_sandbox_http_get_header:
 * @message: a request
 * @name: a header
 *
 * Returns: (nullable): its value in the request
 */
const char *
bcast_sandbox_http_get_header (SoupServerMessage *message,
                               const char        *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (message), name);
}

/**
 * bcast_sandbox_http_set_header:
 * @message: a request
 * @name: a header
 * @value: its value in the answer
 */
void
bcast_sandbox_http_set_header (SoupServerMessage *message,
                               const char        *name,
                               const char        *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), name, value);
}

/* NULL where libsoup has a phrase of its own. */
static const char *
get_reason (guint status)
{
  switch (status)
    {
    case BCAST_SANDBOX_UPGRADE_REQUIRED:
      return "Upgrade Required";
    case BCAST_SANDBOX_TOO_MANY_REQUESTS:
      return "Too Many Requests";
    default:
      return NULL;
    }
}

/**
 * bcast_sandbox_http_answer:
 * @message: a request
 * @status: an HTTP status
 * @content_type: what @body is
 * @body: the body
 */
void
bcast_sandbox_http_answer (SoupServerMessage *message,
                           guint              status,
                           const char        *content_type,
                           const char        *body)
{
  soup_server_message_set_status (message, status, get_reason (status));
  soup_server_message_set_response (message, content_type, SOUP_MEMORY_COPY, body, strlen (body));
}

/**
 * bcast_sandbox_http_answer_json:
 * @message: a request that succeeded
 * @json: what it asked for
 */
void
bcast_sandbox_http_answer_json (SoupServerMessage *message,
                                const char        *json)
{
  bcast_sandbox_http_answer (message, SOUP_STATUS_OK, "application/json", json);
}

/**
 * bcast_sandbox_http_refuse:
 * @message: a request
 * @status: why not, as an HTTP status
 * @sentence: why not, for people
 *
 * The sentence goes out as plain text, as hosted Pusher does it: every official library puts the
 * body into its error as it stands, and a string to sign with escaped line ends in a JSON text
 * would be the harder to read for it.
 */
void
bcast_sandbox_http_refuse (SoupServerMessage *message,
                           guint              status,
                           const char        *sentence)
{
  g_autofree char *body = g_strconcat (sentence, "\n", NULL);

  bcast_sandbox_http_answer (message, status, "text/plain; charset=utf-8", body);
}

/**
 * bcast_sandbox_http_refuse_plain:
 * @message: a request that came without TLS, where that is demanded
 */
void
bcast_sandbox_http_refuse_plain (SoupServerMessage *message)
{
  bcast_sandbox_http_refuse (message, SOUP_STATUS_BAD_REQUEST,
                             _("This server takes TLS connections only. Use https and wss with the same port."));
}

/**
 * bcast_sandbox_http_get_error_status:
 * @error: why a request is refused, in %BCAST_ERROR
 *
 * Source: Channels documentation, “HTTP API”, section “HTTP status codes”.
 *
 * Returns: the HTTP status that tells so
 */
guint
bcast_sandbox_http_get_error_status (const GError *error)
{
  switch ((BcastError) error->code)
    {
    case BCAST_ERROR_UNAUTHORIZED:
      return SOUP_STATUS_UNAUTHORIZED;
    case BCAST_ERROR_FORBIDDEN:
      return SOUP_STATUS_FORBIDDEN;
    case BCAST_ERROR_NOT_FOUND:
      return SOUP_STATUS_NOT_FOUND;
    case BCAST_ERROR_TOO_LARGE:
      return SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;
    default:
      return SOUP_STATUS_BAD_REQUEST;
    }
}

/**
 * bcast_sandbox_http_refuse_error:
 * @message: a request
 * @error: why not, in %BCAST_ERROR
 */
void
bcast_sandbox_http_refuse_error (SoupServerMessage *message,
                                 const GError      *error)
{
  bcast_sandbox_http_refuse (message, bcast_sandbox_http_get_error_status (error), error->message);
}

/**
 * bcast_sandbox_http_dup_sentence:
 * @message: a request that is being refused
 *
 * Returns: (transfer full): what the answer says, or its beginning
 */
char *
bcast_sandbox_http_dup_sentence (SoupServerMessage *message)
{
  g_autoptr(GBytes) body = soup_message_body_flatten (soup_server_message_get_response_body (message));
  gsize length = MIN (g_bytes_get_size (body), MAX_SENTENCE_BYTES);
  g_autofree char *text = g_utf8_make_valid (length > 0 ? g_bytes_get_data (body, NULL) : "", length);

  return g_strdup (g_strchomp (text));
}

/**
 * bcast_sandbox_http_refuse_on_purpose:
 * @message: a request
 * @status: the HTTP status of which a fault says that it is the answer
 *
 * Who debugs an app sees from the answer that the sandbox itself is well.
 */
void
bcast_sandbox_http_refuse_on_purpose (SoupServerMessage *message,
                                      guint              status)
{
  if (status == BCAST_SANDBOX_TOO_MANY_REQUESTS)
    bcast_sandbox_http_set_header (message, "Retry-After", RETRY_AFTER_S);
  bcast_sandbox_http_refuse (message, status, _("The fault lab of the sandbox answers so on purpose."));
}

/**
 * bcast_sandbox_http_has_length:
 * @message: a request whose headers were read
 *
 * Libsoup reads a length as C does, sign and all, and stumbles over what is less than nothing. With
 * chunks there must be none: two who read different lengths would see different requests.
 * Source: RFC 9112, section 6.1.
 *
 * Returns: whether its `Content-Length`, if it has one, is a number of bytes and the only length
 */
gboolean
bcast_sandbox_http_has_length (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *length = soup_message_headers_get_list (headers, "Content-Length");

  return length == NULL
         || (bcast_number_parse (length, 0, G_MAXINT64, NULL)
             && soup_message_headers_get_list (headers, "Transfer-Encoding") == NULL);
}

static char *
format_answer (const char *status,
               const char *sentence)
{
  return g_strdup_printf ("HTTP/1.1 %s\r\n"
                          "Connection: close\r\n"
                          "Content-Type: text/plain; charset=utf-8\r\n"
                          "Content-Length: %zu\r\n\r\n"
                          "%s\n", status, strlen (sentence) + 1, sentence);
}

/**
 * bcast_sandbox_http_format_timeout:
 *
 * What can be written to a connection itself when there is no request to answer.
 *
 * Returns: (transfer full): a whole HTTP response
 */
char *
bcast_sandbox_http_format_timeout (void)
{
  return format_answer ("408 Request Timeout",
                        _("The connection is closed because the request did not come in time. Send all "
                          "of it at once."));
}

/**
 * bcast_sandbox_http_format_no_length:
 *
 * What can be written to a connection itself when bcast_sandbox_http_has_length() says no.
 *
 * Returns: (transfer full): a whole HTTP response
 */
char *
bcast_sandbox_http_format_no_length (void)
{
  return format_answer ("400 Bad Request",
                        _("The Content-Length is no number of bytes, or the body comes in chunks and has none. "
                          "Send either chunks or the length of the body, in digits alone."));
}

/**
 * bcast_sandbox_http_format_large_head:
 *
 * What can be written to a connection itself when libsoup reads no more headers.
 *
 * Returns: (transfer full): a whole HTTP response
 */
char *
bcast_sandbox_http_format_large_head (void)
{
  return format_answer ("431 Request Header Fields Too Large",
                        _("The headers are too large: with the request line they must fit into 64 KiB. Send fewer "
                          "or shorter ones."));
}

/**
 * bcast_sandbox_http_format_bad_body:
 *
 * What can be written to a connection itself when libsoup cannot read the body.
 *
 * Returns: (transfer full): a whole HTTP response
 */
char *
bcast_sandbox_http_format_bad_body (void)
{
  return format_answer ("400 Bad Request",
                        _("The body ends too early, or its chunks are malformed. Send as much as the headers "
                          "announce."));
}

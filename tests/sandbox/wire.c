/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

#include <string.h>

#include "bcast-frame.h"
#include "bcast-request-signature.h"
#include "bcast-signature.h"

#define DEADLINE_S 20

static gboolean
deadline_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Drives the main context until @is_done; FALSE when that takes too long. */
gboolean
wire_wait (gboolean (*is_done) (gpointer),
           gpointer   user_data)
{
  gboolean is_late = FALSE;
  guint timeout = g_timeout_add_seconds (DEADLINE_S, deadline_cb, &is_late);

  while (!is_late && !is_done (user_data))
    g_main_context_iteration (NULL, TRUE);
  if (!is_late)
    g_source_remove (timeout);
  return !is_late;
}

/* Without subscription counts, which would stand between what most tests are about. */
BcastSandbox *
wire_new_sandbox (void)
{
  BcastSandbox *sandbox = bcast_sandbox_new (WIRE_APP_ID, WIRE_KEY, WIRE_SECRET);

  bcast_sandbox_set_subscription_counts (sandbox, FALSE);
  return sandbox;
}

BcastSandbox *
wire_start_sandbox (void)
{
  BcastSandbox *sandbox = wire_new_sandbox ();
  g_autoptr(GError) error = NULL;

  bcast_sandbox_start (sandbox, 0, TRUE, &error);
  g_assert_no_error (error);
  return sandbox;
}

static char *
make_uri (BcastSandbox *sandbox,
          const char   *scheme,
          const char   *target)
{
  return g_strdup_printf ("%s://127.0.0.1:%u%s", scheme, bcast_sandbox_get_port (sandbox), target);
}

static void
message_cb (SoupWebsocketConnection *connection,
            int                      type,
            GBytes                  *message,
            WireClient              *client)
{
  gsize length;
  const char *text = g_bytes_get_data (message, &length);

  g_assert_cmpint (type, ==, SOUP_WEBSOCKET_DATA_TEXT);
  g_queue_push_tail (&client->messages, g_strndup (text, length));
}

static void
closed_cb (SoupWebsocketConnection *connection,
           WireClient              *client)
{
  client->is_closed = TRUE;
  client->close_code = soup_websocket_connection_get_close_code (connection);
  client->close_reason = g_strdup (soup_websocket_connection_get_close_data (connection));
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  WireClient *client = user_data;
  g_autoptr(GError) error = NULL;

  client->connection = soup_session_websocket_connect_finish (SOUP_SESSION (object), result, &error);
  g_assert_no_error (error);
  soup_websocket_connection_set_max_incoming_payload_size (client->connection, 0);
  g_signal_connect (client->connection, "message", G_CALLBACK (message_cb), client);
  g_signal_connect (client->connection, "closed", G_CALLBACK (closed_cb), client);
}

static gboolean
is_connected (gpointer user_data)
{
  return ((WireClient *) user_data)->connection != NULL;
}

WireClient *
wire_open (BcastSandbox *sandbox,
           const char   *target)
{
  return wire_open_from (sandbox, target, NULL);
}

/* As the browser of a page of @origin. */
WireClient *
wire_open_from (BcastSandbox *sandbox,
                const char   *target,
                const char   *origin)
{
  g_autoptr(SoupSession) session = soup_session_new ();
  g_autofree char *uri = make_uri (sandbox, "ws", target);
  g_autoptr(SoupMessage) message = soup_message_new ("GET", uri);
  WireClient *client = g_new0 (WireClient, 1);

  g_queue_init (&client->messages);
  soup_session_websocket_connect_async (session, message, origin, NULL, G_PRIORITY_DEFAULT, NULL,
                                        connected_cb, client);
  g_assert_true (wire_wait (is_connected, client));
  return client;
}

WireClient *
wire_connect (BcastSandbox *sandbox)
{
  return wire_connect_to (sandbox, WIRE_KEY);
}

WireClient *
wire_connect_to (BcastSandbox *sandbox,
                 const char   *key)
{
  g_autofree char *target = g_strdup_printf ("/app/%s?protocol=7&client=js&version=8.6.0&flash=false", key);
  WireClient *client = wire_open (sandbox, target);
  g_autofree char *text = wire_next (client);
  g_autoptr(BcastFrame) frame = bcast_frame_parse (text, strlen (text), NULL);
  g_autoptr(GError) error = NULL;
  guint activity_timeout_s = 0;

  g_assert_cmpstr (bcast_frame_get_event (frame), ==, "pusher:connection_established");
  bcast_frame_parse_established (frame, &client->socket_id, &activity_timeout_s, &error);
  g_assert_no_error (error);
  return client;
}

void
wire_free (WireClient *client)
{
  g_signal_handlers_disconnect_by_data (client->connection, client);
  if (soup_websocket_connection_get_state (client->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (client->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  g_object_unref (client->connection);
  g_queue_clear_full (&client->messages, g_free);
  g_free (client->close_reason);
  g_free (client->socket_id);
  g_free (client);
}

void
wire_send (WireClient *client,
           const char *text)
{
  soup_websocket_connection_send_text (client->connection, text);
}

static gboolean
has_message (gpointer user_data)
{
  WireClient *client = user_data;

  return !g_queue_is_empty (&client->messages) || client->is_closed;
}

char *
wire_next (WireClient *client)
{
  g_assert_true (wire_wait (has_message, client));
  g_assert_false (g_queue_is_empty (&client->messages));
  return g_queue_pop_head (&client->messages);
}

void
wire_expect (WireClient *client,
             const char *text)
{
  g_autofree char *message = wire_next (client);

  g_assert_cmpstr (message, ==, text);
}

/* A failure shows both. */
void
wire_assert_match (const char *text,
                   const char *pattern)
{
  if (!g_pattern_match_simple (pattern, text))
    g_assert_cmpstr (text, ==, pattern);
}

void
wire_expect_match (WireClient *client,
                   const char *pattern)
{
  g_autofree char *message = wire_next (client);

  wire_assert_match (message, pattern);
}

/* The sandbox answers in order: with the pong here, nothing was sent before it. */
void
wire_expect_nothing (WireClient *client)
{
  wire_send (client, "{\"event\":\"pusher:ping\",\"data\":{}}");
  wire_expect (client, "{\"event\":\"pusher:pong\",\"data\":\"{}\"}");
}

static gboolean
is_closed (gpointer user_data)
{
  return ((WireClient *) user_data)->is_closed;
}

void
wire_expect_close (WireClient *client,
                   guint       code)
{
  g_assert_true (wire_wait (is_closed, client));
  g_assert_cmpuint (client->close_code, ==, code);
}

char *
wire_auth (WireClient *client,
           const char *channel,
           const char *channel_data)
{
  g_autofree char *string = bcast_signature_channel_string (client->socket_id, channel, channel_data);

  return bcast_signature_auth (WIRE_KEY, WIRE_SECRET, string);
}

void
wire_ask_to_subscribe (WireClient *client,
                       const char *channel,
                       const char *channel_data)
{
  g_autofree char *auth = wire_auth (client, channel, channel_data);
  g_autofree char *text = bcast_frame_format_subscribe (channel, auth, channel_data);

  wire_send (client, text);
}

void
wire_subscribe (WireClient *client,
                const char *channel,
                const char *channel_data)
{
  g_autofree char *pattern = g_strdup_printf ("{\"event\":\"pusher_internal:subscription_succeeded\","
                                              "\"channel\":\"%s\",*", channel);

  wire_ask_to_subscribe (client, channel, channel_data);
  wire_expect_match (client, pattern);
}

void
wire_sign_in (WireClient *client,
              const char *user_data)
{
  g_autofree char *string = bcast_signature_user_string (client->socket_id, user_data);
  g_autofree char *auth = bcast_signature_auth (WIRE_KEY, WIRE_SECRET, string);
  g_autofree char *text = bcast_frame_format_signin (auth, user_data);

  wire_send (client, text);
}

void
wire_set_up_sandbox (WireFixture   *fixture,
                     gconstpointer  data)
{
  fixture->sandbox = wire_start_sandbox ();
}

void
wire_set_up (WireFixture   *fixture,
             gconstpointer  data)
{
  wire_set_up_sandbox (fixture, data);
  fixture->alice = wire_connect (fixture->sandbox);
  fixture->bob = wire_connect (fixture->sandbox);
}

void
wire_tear_down (WireFixture   *fixture,
                gconstpointer  data)
{
  g_clear_pointer (&fixture->alice, wire_free);
  g_clear_pointer (&fixture->bob, wire_free);
  bcast_sandbox_stop (fixture->sandbox);
  g_assert_finalize_object (fixture->sandbox);
}

typedef struct
{
  GBytes *body;
  GError *error;
} Answer;

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Answer *answer = user_data;

  answer->body = soup_session_send_and_read_finish (SOUP_SESSION (object), result, &answer->error);
}

static gboolean
is_answered (gpointer user_data)
{
  Answer *answer = user_data;

  return answer->body != NULL || answer->error != NULL;
}

/* @headers: NULL or lines of “Name: value”; with @status NULL it must be 200 */
char *
wire_request_bytes (BcastSandbox *sandbox,
                    const char   *method,
                    const char   *target,
                    const char   *headers,
                    GBytes       *body,
                    guint        *status)
{
  g_autoptr(SoupSession) session = soup_session_new ();
  g_autofree char *uri = make_uri (sandbox, "http", target);
  g_autoptr(SoupMessage) message = soup_message_new (method, uri);
  g_auto(GStrv) lines = g_strsplit (headers != NULL ? headers : "", "\n", -1);
  Answer answer = { NULL, NULL };

  g_assert_nonnull (message);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto(GStrv) parts = g_strsplit (lines[i], ": ", 2);
      soup_message_headers_replace (soup_message_get_request_headers (message), parts[0], parts[1]);
    }
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, NULL, body);

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, answered_cb, &answer);
  g_assert_true (wire_wait (is_answered, &answer));
  g_assert_no_error (answer.error);

  if (status != NULL)
    *status = soup_message_get_status (message);
  else
    g_assert_cmpuint (soup_message_get_status (message), ==, 200);

  gsize length;
  const char *bytes = g_bytes_get_data (answer.body, &length);
  char *text = g_strndup (length > 0 ? bytes : "", length);

  g_bytes_unref (answer.body);
  return text;
}

char *
wire_request (BcastSandbox *sandbox,
              const char   *method,
              const char   *target,
              const char   *headers,
              const char   *body,
              guint        *status)
{
  g_autoptr(GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;

  return wire_request_bytes (sandbox, method, target, headers, bytes, status);
}

/* @params: NULL or `name=value`, with `&` between several */
char *
wire_api (BcastSandbox *sandbox,
          const char   *method,
          const char   *path,
          const char   *params,
          const char   *body,
          guint        *status)
{
  g_autofree char *full_path = g_strconcat ("/apps/" WIRE_APP_ID, path, NULL);
  g_auto(GStrv) pairs = params != NULL ? g_strsplit_set (params, "=&", -1) : NULL;
  BcastRequestSignature *signature = bcast_request_signature_new (WIRE_KEY, WIRE_SECRET, method, full_path,
                                                                  (const char * const *) pairs,
                                                                  body, body != NULL ? strlen (body) : 0,
                                                                  g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *target = g_strconcat (full_path, "?", signature->query, NULL);

  bcast_request_signature_free (signature);
  return wire_request (sandbox, method, target, NULL, body, status);
}

void
wire_publish (BcastSandbox *sandbox,
              const char   *body)
{
  g_autofree char *answer = wire_api (sandbox, "POST", "/events", NULL, body, NULL);

  g_assert_cmpstr (answer, ==, "{}");
}

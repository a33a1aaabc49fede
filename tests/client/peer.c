/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "peer.h"

#include <string.h>

#include "bcast-frame.h"
#include "certificate.h"

static void
closed_cb (SoupWebsocketConnection *websocket,
           Peer                    *self)
{
  if (websocket == self->websocket)
    self->close_code = soup_websocket_connection_get_close_code (websocket);
}

static void
confirm (Peer       *self,
         const char *text)
{
  g_autoptr(GRegex) regex = g_regex_new ("\"channel\":\"([^\"]*)\"", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  if (strstr (text, "pusher:subscribe") == NULL || !g_regex_match (regex, text, 0, &match))
    return;

  g_autofree char *channel = g_match_info_fetch (match, 1);

  peer_succeed (self, channel, g_str_has_prefix (channel, "presence-")
                               ? "{\"presence\":{\"ids\":[],\"hash\":[],\"count\":0}}" : "{}");
}

static void
message_cb (SoupWebsocketConnection *websocket,
            int                      type,
            GBytes                  *message,
            Peer                    *self)
{
  char *text = g_strndup (g_bytes_get_data (message, NULL), g_bytes_get_size (message));

  g_assert_cmpint (type, ==, SOUP_WEBSOCKET_DATA_TEXT);
  if (websocket != self->websocket)
    {
      g_free (text);
      return;
    }

  g_ptr_array_add (self->received, text);
  if (self->answer_pings && strstr (text, "pusher:ping") != NULL)
    peer_send (self, "{\"event\":\"pusher:pong\",\"data\":\"{}\"}");
  if (self->confirm)
    confirm (self, text);
}

static const char *
get_greeting (Peer *self)
{
  const char *greeting = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (self->greetings) && i < self->n_connections; i++)
    if (self->greetings[i] != NULL)
      greeting = self->greetings[i];
  return greeting;
}

static void
websocket_cb (SoupServer              *server,
              SoupServerMessage       *message,
              const char              *path,
              SoupWebsocketConnection *websocket,
              gpointer                 user_data)
{
  Peer *self = user_data;

  self->n_connections++;
  self->connected_us = g_get_monotonic_time ();
  self->close_code = 0;
  g_ptr_array_set_size (self->received, 0);
  if (self->websocket != NULL)
    g_signal_handlers_disconnect_by_data (self->websocket, self);
  g_set_object (&self->websocket, websocket);
  g_signal_connect (websocket, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (websocket, "closed", G_CALLBACK (closed_cb), self);
  g_free (self->target);
  self->target = g_strdup_printf ("%s?%s", path, g_uri_get_query (soup_server_message_get_uri (message)));

  if (get_greeting (self) != NULL)
    peer_send (self, get_greeting (self));
  if (self->close_at_once != 0)
    soup_websocket_connection_close (websocket, (gushort) self->close_at_once, "as the test wants");
}

static void
api_cb (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           user_data)
{
  Peer *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  g_free (self->method);
  g_free (self->target);
  g_free (self->request_body);
  g_free (self->content_type);
  g_free (self->cookie);
  self->method = g_strdup (soup_server_message_get_method (message));
  self->target = g_strdup_printf ("%s?%s", path, g_uri_get_query (soup_server_message_get_uri (message)));
  self->request_body = g_strndup (body->data != NULL ? body->data : "", (gsize) body->length);
  self->content_type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  self->cookie = g_strdup (soup_message_headers_get_one (headers, "Cookie"));
  self->n_requests++;

  if (self->stall)
    {
      soup_server_message_pause (message);
      return;
    }

  headers = soup_server_message_get_response_headers (message);
  soup_message_headers_append (headers, "Set-Cookie", "a=b");
  if (self->location != NULL)
    soup_message_headers_append (headers, "Location", self->location);
  soup_server_message_set_status (message, self->status, NULL);
  if (self->body != NULL)
    soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, self->body, strlen (self->body));
}

static Peer *
make_peer (gboolean tls)
{
  Peer *self = g_new0 (Peer, 1);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr(GError) error = NULL;

  self->tls = tls;
  self->received = g_ptr_array_new_with_free_func (g_free);
  self->greetings[0] = PEER_HELLO;
  self->answer_pings = TRUE;
  self->confirm = TRUE;
  self->status = 200;
  self->body = "{}";
  self->server = soup_server_new (NULL, NULL);
  if (tls)
    {
      g_autoptr(GTlsCertificate) certificate = certificate_new ();

      soup_server_set_tls_certificate (self->server, certificate);
    }
  soup_server_add_websocket_handler (self->server, "/app", NULL, NULL, websocket_cb, self, NULL);
  soup_server_add_handler (self->server, "/apps", api_cb, self, NULL);
  soup_server_listen (self->server, address, tls ? SOUP_SERVER_LISTEN_HTTPS : 0, &error);
  g_assert_no_error (error);

  GSList *uris = soup_server_get_uris (self->server);

  self->port = (guint16) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

Peer *
peer_new (void)
{
  return make_peer (FALSE);
}

Peer *
peer_new_tls (void)
{
  return make_peer (TRUE);
}

/* Replaces {accept} by what proves to the client that its handshake was understood. Source: RFC 6455,
 * section 4.2.2. */
static char *
make_answer (Peer   *self,
             GBytes *request)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (request, NULL), g_bytes_get_size (request));
  g_autoptr(GRegex) regex = g_regex_new ("Sec-WebSocket-Key: (\\S+)", G_REGEX_CASELESS, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autoptr(GString) answer = g_string_new (self->raw_bytes);

  if (g_regex_match (regex, text, 0, &match))
    {
      g_autofree char *key = g_match_info_fetch (match, 1);
      g_autofree char *proof = g_strconcat (key, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", NULL);
      g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
      guint8 digest[20];
      gsize length = sizeof digest;

      g_checksum_update (sum, (const guchar *) proof, -1);
      g_checksum_get_digest (sum, digest, &length);

      g_autofree char *accept = g_base64_encode (digest, length);

      g_string_replace (answer, "{accept}", accept, 1);
    }
  return g_string_free (g_steal_pointer (&answer), FALSE);
}

/* What comes before the answer only has to be read, because a socket closed with unread bytes is
 * reset. */
static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Peer *self = g_object_get_data (object, "peer");
  g_autoptr(GSocketConnection) connection = user_data;
  g_autoptr(GBytes) request = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, NULL);

  if (request == NULL || g_bytes_get_size (request) == 0)
    return;

  g_autofree char *answer = make_answer (self, request);

  g_socket_send (g_socket_connection_get_socket (connection), answer, strlen (answer), NULL, NULL);
  if (!self->raw_hangs_up)
    g_ptr_array_add (self->raw_connections, g_steal_pointer (&connection));
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  Peer *self = user_data;
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (connection));

  self->n_connections++;
  self->connected_us = g_get_monotonic_time ();
  if (self->raw_bytes == NULL)
    {
      g_ptr_array_add (self->raw_connections, g_object_ref (connection));
      return TRUE;
    }

  g_object_set_data (G_OBJECT (stream), "peer", self);
  g_input_stream_read_bytes_async (stream, 4096, G_PRIORITY_DEFAULT, NULL, read_cb, g_object_ref (connection));
  return TRUE;
}

Peer *
peer_new_raw (const char *bytes,
              gboolean    hangs_up)
{
  Peer *self = g_new0 (Peer, 1);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr(GSocketAddress) bound = NULL;
  g_autoptr(GError) error = NULL;

  self->received = g_ptr_array_new_with_free_func (g_free);
  self->raw_connections = g_ptr_array_new_with_free_func (g_object_unref);
  self->raw_bytes = g_strdup (bytes);
  self->raw_hangs_up = hangs_up;
  self->raw = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->raw), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (self->raw, "incoming", G_CALLBACK (incoming_cb), self);
  return self;
}

/* Nothing listens on a raw peer's port any more. */
void
peer_close_port (Peer *self)
{
  if (self->raw == NULL)
    return;

  g_socket_service_stop (self->raw);
  g_socket_listener_close (G_SOCKET_LISTENER (self->raw));
  g_clear_object (&self->raw);
}

void
peer_free (Peer *self)
{
  if (self->websocket != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->websocket, self);
      wait_for_gone (g_steal_pointer (&self->websocket));
    }
  if (self->server != NULL)
    {
      soup_server_disconnect (self->server);
      g_object_unref (self->server);
    }
  peer_close_port (self);
  g_clear_pointer (&self->raw_connections, g_ptr_array_unref);
  g_ptr_array_unref (self->received);
  g_free (self->raw_bytes);
  g_free (self->method);
  g_free (self->target);
  g_free (self->request_body);
  g_free (self->content_type);
  g_free (self->cookie);
  g_free (self);
}

BcastApp *
peer_dup_app_with (Peer       *self,
                   const char *host,
                   const char *path,
                   const char *secret,
                   gboolean    tls,
                   gboolean    accept_any)
{
  BcastAppOptions options = {
    .app_id = "3",
    .key = PEER_KEY,
    .secret = secret,
    .ws_host = host,
    .ws_port = self->port,
    .http_port = self->port,
    .path = path,
    .tls = tls,
    .accept_any_certificate = accept_any,
    .master_key = PEER_MASTER_KEY,
  };
  g_autoptr(GError) error = NULL;
  BcastApp *app = bcast_app_new (&options, &error);

  g_assert_no_error (error);
  return app;
}

BcastApp *
peer_dup_app (Peer *self)
{
  return peer_dup_app_with (self, "127.0.0.1", NULL, PEER_SECRET, self->tls, self->tls);
}

void
peer_send (Peer       *self,
           const char *text)
{
  if (soup_websocket_connection_get_state (self->websocket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (self->websocket, text);
}

void
peer_succeed (Peer       *self,
              const char *channel,
              const char *data)
{
  g_autofree char *text = bcast_frame_format ("pusher_internal:subscription_succeeded", channel, data,
                                              BCAST_FRAME_DATA_STRING, NULL);

  peer_send (self, text);
}

/* Ends the TCP connection without a close frame. */
void
peer_drop (Peer *self)
{
  g_io_stream_close (soup_websocket_connection_get_io_stream (self->websocket), NULL, NULL);
}

const char *
peer_find_received (Peer       *self,
                    const char *part)
{
  for (guint i = 0; i < self->received->len; i++)
    if (strstr (g_ptr_array_index (self->received, i), part) != NULL)
      return g_ptr_array_index (self->received, i);
  return NULL;
}

guint
peer_count_received (Peer       *self,
                     const char *part)
{
  guint n = 0;

  for (guint i = 0; i < self->received->len; i++)
    if (strstr (g_ptr_array_index (self->received, i), part) != NULL)
      n++;
  return n;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "webhook-receiver.h"

#include <string.h>

#include "bcast-signature.h"

static void
free_received (gpointer data)
{
  Received *received = data;

  g_free (received->path);
  g_free (received->body);
  g_free (received->type);
  g_free (received->key);
  g_free (received->signature);
  g_free (received->tenant);
  g_free (received->agent);
  g_free (received);
}

static Received *
take (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  Received *received = g_new0 (Received, 1);

  received->path = g_strdup (g_uri_get_path (soup_server_message_get_uri (message)));
  received->body = g_strndup (body->data, (gsize) body->length);
  received->length = (gsize) body->length;
  received->type = g_strdup (soup_message_headers_get_list (headers, "Content-Type"));
  received->key = g_strdup (soup_message_headers_get_list (headers, "X-Pusher-Key"));
  received->signature = g_strdup (soup_message_headers_get_list (headers, "X-Pusher-Signature"));
  received->tenant = g_strdup (soup_message_headers_get_list (headers, "X-Tenant"));
  received->agent = g_strdup (soup_message_headers_get_list (headers, "User-Agent"));
  return received;
}

static void
received_cb (SoupServer        *server,
             SoupServerMessage *message,
             const char        *path,
             GHashTable        *query,
             gpointer           user_data)
{
  Receiver *self = user_data;
  guint status = self->statuses.head != NULL ? GPOINTER_TO_UINT (g_queue_pop_head (&self->statuses)) : 200;

  g_assert_cmpstr (soup_server_message_get_method (message), ==, "POST");
  g_ptr_array_add (self->received, take (message));
  if (self->hangs)
    {
      soup_server_message_pause (message);
      return;
    }

  soup_server_message_set_status (message, self->moves ? 303 : status, NULL);
  if (self->moves)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", "/moved");
  if (self->answer != NULL)
    soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, self->answer, strlen (self->answer));
  else if (self->answer_bytes > 0)
    soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_TAKE,
                                      g_strnfill (self->answer_bytes, 'm'), self->answer_bytes);
}

void
receiver_set_up (Receiver        *self,
                 GTlsCertificate *certificate)
{
  g_autoptr(GError) error = NULL;

  self->server = soup_server_new (NULL, NULL);
  if (certificate != NULL)
    soup_server_set_tls_certificate (self->server, certificate);
  self->received = g_ptr_array_new_with_free_func (free_received);
  g_queue_init (&self->statuses);
  soup_server_add_handler (self->server, NULL, received_cb, self, NULL);
  soup_server_listen_local (self->server, 0,
                            SOUP_SERVER_LISTEN_IPV4_ONLY | (certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_assert_no_error (error);

  GSList *uris = soup_server_get_uris (self->server);

  self->url = g_strdup_printf ("%s://127.0.0.1:%d/hook", certificate != NULL ? "https" : "http",
                               g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

void
receiver_tear_down (Receiver *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->received, g_ptr_array_unref);
  g_queue_clear (&self->statuses);
  g_clear_pointer (&self->url, g_free);
}

void
receiver_answer (Receiver *self,
                 guint     status,
                 guint     n_times)
{
  while (n_times-- > 0)
    g_queue_push_tail (&self->statuses, GUINT_TO_POINTER (status));
}

Received *
receiver_get (Receiver *self,
              guint     index)
{
  g_assert_cmpuint (index, <, self->received->len);
  return self->received->pdata[index];
}

/* What stands between the brackets of `events`. */
char *
receiver_get_events (Receiver *self,
                     guint     index)
{
  const Received *received = receiver_get (self, index);
  const char *start = strstr (received->body, ",\"events\":[");

  g_assert_nonnull (start);
  g_assert_true (g_str_has_suffix (received->body, "]}"));
  start += strlen (",\"events\":[");
  return g_strndup (start, strlen (start) - 2);
}

/* As the strictest of the official libraries does it. */
void
received_check (const Received *self,
                const char     *key,
                const char     *secret)
{
  gint64 time_ms = g_ascii_strtoll (self->body + strlen ("{\"time_ms\":"), NULL, 10);

  g_assert_cmpstr (self->type, ==, "application/json");
  g_assert_cmpstr (self->key, ==, key);
  g_assert_true (bcast_signature_check_webhook (secret, self->body, self->length, self->signature));
  g_assert_true (g_str_has_prefix (self->body, "{\"time_ms\":"));
  g_assert_cmpint (ABS (g_get_real_time () / 1000 - time_ms), <, 60000);
  g_assert_true (g_str_has_prefix (self->agent, "Broadcast/"));
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             RawAnswer         *answer)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char kib[1024];

  /* The request is small, and what is left of it unread would cut the answer off. */
  g_input_stream_read (input, kib, sizeof kib, NULL, NULL);
  g_output_stream_write_all (output, answer->text, strlen (answer->text), NULL, NULL, NULL);

  memset (kib, 'x', sizeof kib);
  for (guint i = 0; i < answer->flood_kib; i++)
    {
      if (!g_output_stream_write_all (output, kib, sizeof kib, NULL, NULL, NULL))
        break;
      g_atomic_int_inc (&answer->written_kib);
    }
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  g_atomic_int_set (&answer->is_over, TRUE);
  return TRUE;
}

/* Answers in a thread of its own. */
GSocketService *
raw_receiver_new (RawAnswer  *answer,
                  char      **url)
{
  GSocketService *service = g_threaded_socket_service_new (4);
  g_autoptr(GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) any = g_inet_socket_address_new (address, 0);
  g_autoptr(GSocketAddress) bound = NULL;

  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (service), any, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL));
  g_signal_connect (service, "run", G_CALLBACK (incoming_cb), answer);
  *url = g_strdup_printf ("http://127.0.0.1:%u/hook", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  return service;
}

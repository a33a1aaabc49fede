/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire-pair.h"

#include <string.h>

static void
note (WirePair   *self,
      const char *word)
{
  g_string_append_printf (self->log, "%s%s", self->log->len > 0 ? " " : "", word);
}

static void
message_cb (const BcastWebsocketMessage *message,
            gint64                       received_us,
            gpointer                     user_data)
{
  WirePair *self = user_data;
  g_autofree char *word = g_strdup_printf ("%u:%.*s", message->opcode, (int) MIN (message->length, 40),
                                           message->data);

  g_assert_cmpint (received_us, >, 0);
  self->n_messages++;
  self->longest = MAX (self->longest, message->length);
  if (self->n_messages <= 20)
    note (self, word);
  if (g_strcmp0 (self->drop_at, word) == 0)
    {
      bcast_websocket_connection_abort (self->connection);
      g_clear_object (&self->connection);
    }
}

static void
alive_cb (gpointer user_data)
{
  WirePair *self = user_data;

  if (!g_str_has_suffix (self->log->str, "alive"))
    note (self, "alive");
}

static void
closing_cb (guint       code,
            const char *words,
            gpointer    user_data)
{
  g_autofree char *word = g_strdup_printf ("close:%u:%s", code, words != NULL ? words : "-");

  note (user_data, word);
}

static void
failed_cb (const GError *error,
           gpointer      user_data)
{
  WirePair *self = user_data;

  note (self, "failed");
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
}

static void
gone_cb (gpointer user_data)
{
  note (user_data, "gone");
}

static const BcastWebsocketHandler handler = { message_cb, alive_cb, closing_cb, failed_cb, gone_cb };

static GSocketConnection *
accept_one (GSocketListener    *listener,
            guint16             port,
            GSocketConnection **near)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;
  GSocketConnection *far;

  *near = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
  g_assert_no_error (error);
  far = g_socket_listener_accept (listener, NULL, NULL, &error);
  g_assert_no_error (error);
  return far;
}

WirePair *
wire_pair_new (gboolean deflated)
{
  WirePair *self = g_new0 (WirePair, 1);
  BcastWebsocketDeflate deflate = { deflated, FALSE };
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autoptr(GSocketConnection) near = NULL;
  g_autoptr(GSocketConnection) far = accept_one (listener, port, &near);
  g_autoptr(GBytes) nothing = g_bytes_new (NULL, 0);

  self->log = g_string_new (NULL);
  self->parser = bcast_websocket_parser_new (BCAST_WEBSOCKET_SERVER, 8 * 1024 * 1024);
  self->far = g_object_ref (g_socket_connection_get_socket (far));
  g_socket_set_blocking (self->far, FALSE);
  g_object_set_data_full (G_OBJECT (self->far), "connection", g_steal_pointer (&far), g_object_unref);
  self->connection = bcast_websocket_connection_new (G_IO_STREAM (near), &deflate, &handler, self);
  bcast_websocket_connection_start (self->connection, nothing);
  return self;
}

void
wire_pair_free (WirePair *self)
{
  if (self->connection != NULL)
    g_assert_finalize_object (self->connection);
  wire_pair_shut (self);
  g_object_set_data (G_OBJECT (self->far), "connection", NULL);
  g_object_unref (self->far);
  bcast_websocket_parser_free (self->parser);
  g_string_free (self->log, TRUE);
  g_clear_error (&self->error);
  g_free (self);
}

/* The client reads in between, as it is in the same thread. */
void
wire_pair_write (WirePair      *self,
                 gconstpointer  bytes,
                 gsize          length)
{
  gsize at = 0;

  while (at < length)
    {
      gssize written = g_socket_send (self->far, (const char *) bytes + at, length - at, NULL, NULL);

      if (written > 0)
        at += written;
      else
        g_main_context_iteration (NULL, FALSE);
    }
}

void
wire_pair_write_frame (WirePair      *self,
                       guint8         first,
                       gconstpointer  payload,
                       gsize          length)
{
  g_autoptr(GBytes) frame = bcast_websocket_frame_new (first & 0x0f, payload, length);
  gsize size;
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (frame, &size), g_bytes_get_size (frame));

  bytes[0] = first;
  wire_pair_write (self, bytes, size);
}

/* The next message of the client, if it is there: good until the next call. */
gboolean
wire_pair_read (WirePair              *self,
                BcastWebsocketMessage *message)
{
  for (;;)
    {
      BcastWebsocketResult result = bcast_websocket_parser_next (self->parser, message);
      guint8 *room;
      gssize length;

      g_assert_cmpint (result, !=, BCAST_WEBSOCKET_FAILED);
      if (result == BCAST_WEBSOCKET_MESSAGE)
        return TRUE;

      room = bcast_websocket_parser_reserve (self->parser, 65536);
      length = g_socket_receive (self->far, (char *) room, 65536, NULL, NULL);
      if (length <= 0)
        return FALSE;
      bcast_websocket_parser_commit (self->parser, length);
    }
}

/* Waits for the next message of the client, which must be this one. */
void
wire_pair_expect (WirePair             *self,
                  BcastWebsocketOpcode  opcode,
                  guint                 close_code,
                  const char           *text)
{
  BcastWebsocketMessage message;
  gboolean has_come = FALSE;

  WAIT_FOR (has_come || (has_come = wire_pair_read (self, &message)));
  g_assert_cmpuint (message.opcode, ==, opcode);
  g_assert_cmpuint (message.close_code, ==, close_code);
  if (text != NULL)
    g_assert_cmpmem (message.data, message.length, text, strlen (text));
}

/* The other end closes. */
void
wire_pair_shut (WirePair *self)
{
  g_socket_close (self->far, NULL);
}

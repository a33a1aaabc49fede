/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "flood-peer.h"

#include <string.h>

#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

static gboolean
is_over (FloodPeer *self)
{
  return g_atomic_int_get (&self->is_over);
}

/* Returns whether all was written before the peer's end. */
static gboolean
write_all (FloodPeer  *self,
           GSocket    *socket,
           const void *bytes,
           gsize       length)
{
  gsize at = 0;

  while (at < length && !is_over (self))
    {
      g_autoptr(GError) error = NULL;
      gssize written = g_socket_send (socket, (const char *) bytes + at, length - at, NULL, &error);

      if (written > 0)
        at += written;
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
        return FALSE;
    }
  return at == length;
}

static gssize
read_some (FloodPeer *self,
           GSocket   *socket,
           char      *room,
           gsize      length)
{
  while (!is_over (self))
    {
      g_autoptr(GError) error = NULL;
      gssize got = g_socket_receive (socket, room, length, NULL, &error);

      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
        return got;
    }
  return -1;
}

static char *
make_answer (const char *request)
{
  const char *field = strstr (request, "Sec-WebSocket-Key: ");
  g_autofree char *key = g_strndup (field + strlen ("Sec-WebSocket-Key: "), 24);
  g_autofree char *proof = g_strconcat (key, GUID, NULL);
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;

  g_checksum_update (sum, (const guchar *) proof, -1);
  g_checksum_get_digest (sum, digest, &length);

  g_autofree char *accept = g_base64_encode (digest, length);

  return g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Accept: %s\r\n\r\n", accept);
}

static gboolean
greet (FloodPeer *self,
       GSocket   *socket)
{
  char request[8192] = "";
  gssize length = read_some (self, socket, request, sizeof request - 1);
  g_autoptr(GByteArray) hello = g_byte_array_new ();

  if (length <= 0)
    return FALSE;

  g_autofree char *answer = make_answer (request);

  flood_append_frame (hello, 0x81, PEER_HELLO, strlen (PEER_HELLO));
  return write_all (self, socket, answer, strlen (answer)) && write_all (self, socket, hello->data, hello->len)
         && read_some (self, socket, request, sizeof request) > 0;
}

static void
serve (FloodPeer *self,
       GSocket   *socket)
{
  gsize length;
  const void *bytes = g_bytes_get_data (self->chunk, &length);

  /* A short time-out, so that the end is seen soon. */
  g_socket_set_timeout (socket, 1);
  g_atomic_int_inc (&self->n_connections);
  if (!greet (self, socket))
    return;

  for (guint i = 0; i < self->n_chunks && !is_over (self); i++)
    if (!write_all (self, socket, bytes, length))
      return;
  bytes = g_bytes_get_data (self->last, &length);
  write_all (self, socket, bytes, length);
  while (!is_over (self) && g_socket_condition_timed_wait (socket, G_IO_HUP, 50000, NULL, NULL) == FALSE)
    continue;
}

static gpointer
flood_thread (gpointer data)
{
  FloodPeer *self = data;

  while (!is_over (self))
    {
      g_autoptr(GSocket) socket = NULL;

      if (g_socket_condition_timed_wait (self->listener, G_IO_IN, 20000, NULL, NULL))
        socket = g_socket_accept (self->listener, NULL, NULL);
      if (socket != NULL)
        serve (self, socket);
    }
  return NULL;
}

FloodPeer *
flood_peer_new (GBytes *chunk,
                guint   n_chunks,
                GBytes *last)
{
  FloodPeer *self = g_new0 (FloodPeer, 1);
  g_autoptr(GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr(GSocketAddress) bound = NULL;
  g_autoptr(GError) error = NULL;

  self->chunk = g_bytes_ref (chunk);
  self->n_chunks = n_chunks;
  self->last = g_bytes_ref (last);
  self->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (self->listener, any, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->thread = g_thread_new ("flood", flood_thread, self);
  return self;
}

void
flood_peer_free (FloodPeer *self)
{
  g_atomic_int_set (&self->is_over, TRUE);
  g_thread_join (self->thread);
  g_object_unref (self->listener);
  g_bytes_unref (self->chunk);
  g_bytes_unref (self->last);
  g_free (self);
}

BcastApp *
flood_peer_dup_app (FloodPeer *self)
{
  Peer place = { .port = self->port };

  return peer_dup_app_with (&place, "127.0.0.1", NULL, PEER_SECRET, FALSE, FALSE);
}

/* Adds one frame as a server writes it: @first is its first byte. */
void
flood_append_frame (GByteArray *bytes,
                    guint8      first,
                    const char *payload,
                    gsize       length)
{
  guint8 head[4] = { first, 0, 0, 0 };
  gsize head_bytes = 2;

  g_assert_cmpuint (length, <, 65536);
  if (length < 126)
    head[1] = (guint8) length;
  else
    {
      head[1] = 126;
      head[2] = (guint8) (length >> 8);
      head[3] = (guint8) length;
      head_bytes = 4;
    }
  g_byte_array_append (bytes, head, head_bytes);
  g_byte_array_append (bytes, (const guint8 *) payload, length);
}

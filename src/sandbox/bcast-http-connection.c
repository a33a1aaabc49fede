/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-http-connection-private.h"

#include <fcntl.h>
#include <unistd.h>

/**
 * BcastHttpConnection:
 *
 * A TCP connection that tells when it is about to be closed. A #SoupServer closes one whose request it
 * cannot read without any other sign.
 */
struct _BcastHttpConnection
{
  GTcpConnection           parent_instance;

  BcastHttpConnectionFunc  func;
  gpointer                 user_data;
};

G_DEFINE_FINAL_TYPE (BcastHttpConnection, bcast_http_connection, G_TYPE_TCP_CONNECTION)

static gboolean
bcast_http_connection_close (GIOStream     *stream,
                             GCancellable  *cancellable,
                             GError       **error)
{
  BcastHttpConnection *self = BCAST_HTTP_CONNECTION (stream);
  BcastHttpConnectionFunc func = self->func;

  self->func = NULL;
  if (func != NULL)
    func (self, self->user_data);
  return G_IO_STREAM_CLASS (bcast_http_connection_parent_class)->close_fn (stream, cancellable, error);
}

static void
bcast_http_connection_class_init (BcastHttpConnectionClass *klass)
{
  G_IO_STREAM_CLASS (klass)->close_fn = bcast_http_connection_close;
}

static void
bcast_http_connection_init (BcastHttpConnection *self)
{
}

/**
 * bcast_http_connection_new:
 * @socket: a socket that is connected
 *
 * Returns: (transfer full): a connection over @socket
 */
BcastHttpConnection *
bcast_http_connection_new (GSocket *socket)
{
  g_return_val_if_fail (G_IS_SOCKET (socket), NULL);

  return g_object_new (BCAST_TYPE_HTTP_CONNECTION, "socket", socket, NULL);
}

/**
 * bcast_http_connection_set_func:
 * @self: a connection
 * @func: (nullable): called once, right before it is closed
 * @user_data: for @func
 */
void
bcast_http_connection_set_func (BcastHttpConnection     *self,
                                BcastHttpConnectionFunc  func,
                                gpointer                 user_data)
{
  g_return_if_fail (BCAST_IS_HTTP_CONNECTION (self));

  self->func = func;
  self->user_data = user_data;
}

/**
 * bcast_http_connection_dup:
 * @self: a connection
 *
 * By another descriptor the connection stays open when @self is closed.
 *
 * Returns: (transfer full) (nullable): the same connection once more; %NULL when there are no descriptors
 *   left
 */
BcastHttpConnection *
bcast_http_connection_dup (BcastHttpConnection *self)
{
  g_return_val_if_fail (BCAST_IS_HTTP_CONNECTION (self), NULL);

  GSocket *own = g_socket_connection_get_socket (G_SOCKET_CONNECTION (self));
  int fd = fcntl (g_socket_get_fd (own), F_DUPFD_CLOEXEC, 0);
  g_autoptr(GSocket) socket = fd >= 0 ? g_socket_new_from_fd (fd, NULL) : NULL;

  if (socket != NULL)
    return bcast_http_connection_new (socket);
  if (fd >= 0)
    close (fd);
  return NULL;
}

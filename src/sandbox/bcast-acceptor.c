/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-acceptor-private.h"

#include "bcast-arrivals-private.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#define PAUSE_MS 100

/**
 * BcastAcceptor:
 *
 * Takes connections for a #SoupServer. Its own listeners (up to 3.6) stop for good when one
 * connection cannot be taken, be it only for want of file descriptors, and warn on the console about
 * a client that is gone before it was asked for its address.
 */
struct _BcastAcceptor
{
  SoupServer       *server;      /* not owned */
  BcastConnections *connections; /* not owned */
  BcastArrivals    *arrivals;
  GPtrArray        *sockets;     /* GSocket */
  GPtrArray        *sources;     /* one for each of them, but during a pause */
  GSource          *pause;
  GSocket          *quiet;       /* see hold_open() */
};

static void start (BcastAcceptor *self);

static void
destroy_source (gpointer data)
{
  GSource *source = data;

  g_source_destroy (source);
  g_source_unref (source);
}

static gboolean
resume_cb (gpointer user_data)
{
  BcastAcceptor *self = user_data;

  g_clear_pointer (&self->pause, destroy_source);
  start (self);
  return G_SOURCE_REMOVE;
}

/* The connection waits in the kernel meanwhile; trying again at once would only burn time. */
static void
take_a_break (BcastAcceptor *self)
{
  g_ptr_array_set_size (self->sources, 0);
  self->pause = g_timeout_source_new (PAUSE_MS);
  g_source_set_callback (self->pause, resume_cb, self, NULL);
  g_source_attach (self->pause, g_main_context_get_thread_default ());
}

static void
take_in (BcastAcceptor *self,
         GSocket       *socket)
{
  g_autoptr(GSocketAddress) local = g_socket_get_local_address (socket, NULL);
  g_autoptr(GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);

  if (local == NULL || remote == NULL)
    return;

  g_autoptr(BcastHttpConnection) connection = bcast_http_connection_new (socket);

  /* Many small messages, each to be there at once. */
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  bcast_connections_add (self->connections, connection, remote);
  bcast_arrivals_add (self->arrivals, G_SOCKET_CONNECTION (connection), local, remote);
}

static gboolean
acceptable_cb (GSocket      *listener,
               GIOCondition  condition,
               gpointer      user_data)
{
  BcastAcceptor *self = user_data;
  g_autoptr(GSocket) socket = NULL;
  g_autoptr(GError) error = NULL;

  if (bcast_connections_is_full (self->connections))
    {
      bcast_connections_check (self->connections, g_get_monotonic_time ());
      take_a_break (self);
      return G_SOURCE_REMOVE;
    }

  socket = g_socket_accept (listener, NULL, &error);
  if (socket != NULL)
    take_in (self, socket);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      take_a_break (self);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

static void
start (BcastAcceptor *self)
{
  for (guint i = 0; i < self->sockets->len; i++)
    {
      GSource *source = g_socket_create_source (self->sockets->pdata[i], G_IO_IN, NULL);

      g_source_set_callback (source, G_SOURCE_FUNC (acceptable_cb), self, NULL);
      g_source_attach (source, g_main_context_get_thread_default ());
      g_ptr_array_add (self->sources, source);
    }
}

/* A #SoupServer keeps connections open between requests only while it listens at something. This is
 * something, and nobody can connect to it. */
static gboolean
hold_open (BcastAcceptor  *self,
           GError        **error)
{
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }

  g_autoptr(GSocket) theirs = g_socket_new_from_fd (ends[0], error);

  self->quiet = g_socket_new_from_fd (ends[1], theirs != NULL ? error : NULL);
  return theirs != NULL && self->quiet != NULL
         && soup_server_listen_socket (self->server, theirs, 0, error);
}

/**
 * bcast_acceptor_new:
 * @server: who gets the connections; must outlive the acceptor
 * @connections: who counts them; must outlive the acceptor
 * @tls: the certificate for those that speak TLS
 * @sockets: (element-type GSocket): sockets that listen
 * @error: why not
 *
 * Takes connections in the thread-default context from now on.
 *
 * Returns: (transfer full) (nullable): the acceptor
 */
BcastAcceptor *
bcast_acceptor_new (SoupServer        *server,
                    BcastConnections  *connections,
                    BcastSandboxTls   *tls,
                    GPtrArray         *sockets,
                    GError           **error)
{
  g_return_val_if_fail (SOUP_IS_SERVER (server) && connections != NULL && tls != NULL && sockets != NULL, NULL);

  g_autoptr(BcastAcceptor) self = g_new0 (BcastAcceptor, 1);

  self->server = server;
  self->connections = connections;
  self->arrivals = bcast_arrivals_new (server, connections, tls);
  self->sockets = g_ptr_array_ref (sockets);
  self->sources = g_ptr_array_new_with_free_func (destroy_source);
  if (!hold_open (self, error))
    return NULL;

  start (self);
  return g_steal_pointer (&self);
}

/**
 * bcast_acceptor_free:
 * @self: (transfer full): an acceptor
 *
 * Closes the sockets that listen, and the connections that have said nothing yet.
 */
void
bcast_acceptor_free (BcastAcceptor *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->sources);
  g_clear_pointer (&self->pause, destroy_source);
  bcast_arrivals_free (self->arrivals);
  for (guint i = 0; i < self->sockets->len; i++)
    g_socket_close (self->sockets->pdata[i], NULL);
  g_ptr_array_unref (self->sockets);
  g_clear_object (&self->quiet);
  g_free (self);
}

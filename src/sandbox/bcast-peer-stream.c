/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-peer-stream-private.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/uio.h>

#define BASE_PROPERTY "base-iostream" /* of the streams that libsoup hands out */

/**
 * BcastPeerStream:
 *
 * The bytes of one peer. A connection that is nothing but a socket is polled together with all others, and
 * spoken to by system calls of our own; any other, such as one with TLS, by its pollable streams.
 */
struct _BcastPeerStream
{
  GIOStream        *stream;
  int               fd;             /* of a plain socket; else -1 */

  BcastPoller      *poller;         /* not owned */
  BcastPollerFunc   func;
  gpointer          object;

  BcastPollerWatch *watch;          /* NULL while the sources below are used */
  GSource          *input_source;
  GSource          *output_source;  /* only while something waits to be written */
};

static GPollableInputStream *
get_input (BcastPeerStream *self)
{
  return G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream));
}

static GPollableOutputStream *
get_output (BcastPeerStream *self)
{
  return G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream));
}

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
attach (GSource     *source,
        GSourceFunc  callback,
        gpointer     self)
{
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/* A wrapper is a socket connection to look at, but its bytes go through another stream. */
static int
find_plain_fd (GIOStream *stream)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (stream), BASE_PROPERTY);
  g_autoptr(GIOStream) base = NULL;

  if (pspec != NULL && g_type_is_a (pspec->value_type, G_TYPE_IO_STREAM))
    g_object_get (stream, BASE_PROPERTY, &base, NULL);
  else
    base = g_object_ref (stream);

  if (!G_IS_SOCKET_CONNECTION (base) || G_IS_TCP_WRAPPER_CONNECTION (base))
    return -1;
  return g_socket_get_fd (g_socket_connection_get_socket (G_SOCKET_CONNECTION (base)));
}

/* Libsoup may have read ahead: that comes first, and nothing more is kept back then. */
static void
watch_plain (BcastPeerStream *self)
{
  if (self->fd < 0 || self->watch != NULL || g_pollable_input_stream_is_readable (get_input (self)))
    return;

  self->watch = bcast_poller_add (self->poller, self->fd, self->func, self->object);
  if (self->watch != NULL)
    clear_source (&self->input_source);
  else
    self->fd = -1;
}

static gboolean
readable_cb (GObject  *input,
             gpointer  user_data)
{
  BcastPeerStream *self = user_data;

  self->func (self->object, TRUE, FALSE);
  return G_SOURCE_CONTINUE;
}

static gboolean
writable_cb (GObject  *output,
             gpointer  user_data)
{
  BcastPeerStream *self = user_data;

  clear_source (&self->output_source);
  self->func (self->object, FALSE, TRUE);
  return G_SOURCE_REMOVE;
}

/**
 * bcast_peer_stream_new:
 * @stream: a connection with streams that can be polled
 * @poller: (nullable): polls it, if it is nothing but a socket; must outlive this
 * @func: called in the thread-default context when @stream is ready; may free this
 * @object: for @func
 *
 * Returns: (transfer full): the bytes of @stream
 */
BcastPeerStream *
bcast_peer_stream_new (GIOStream       *stream,
                       BcastPoller     *poller,
                       BcastPollerFunc  func,
                       gpointer         object)
{
  g_return_val_if_fail (G_IS_IO_STREAM (stream) && func != NULL, NULL);

  BcastPeerStream *self = g_new0 (BcastPeerStream, 1);

  self->stream = g_object_ref (stream);
  self->fd = poller != NULL ? find_plain_fd (stream) : -1;
  self->poller = poller;
  self->func = func;
  self->object = object;

  watch_plain (self);
  if (self->watch == NULL)
    self->input_source = attach (g_pollable_input_stream_create_source (get_input (self), NULL),
                                 G_SOURCE_FUNC (readable_cb), self);
  return self;
}

/**
 * bcast_peer_stream_free:
 * @self: (transfer full): the bytes of a peer
 *
 * Closes the connection.
 */
void
bcast_peer_stream_free (BcastPeerStream *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->watch, bcast_poller_watch_free);
  clear_source (&self->input_source);
  clear_source (&self->output_source);
  g_io_stream_close (self->stream, NULL, NULL);
  g_object_unref (self->stream);
  g_free (self);
}

static gssize
read_stream (BcastPeerStream *self,
             gpointer         bytes,
             gsize            size)
{
  g_autoptr(GError) error = NULL;
  gssize length = g_pollable_input_stream_read_nonblocking (get_input (self), bytes, size, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return -1;

  watch_plain (self);
  return MAX (length, 0);
}

/**
 * bcast_peer_stream_read:
 * @self: the bytes of a peer
 * @bytes: (out caller-allocates) (array length=size): where to
 * @size: how many at most
 *
 * Returns: how many came, 0 at the end and after a failure, or -1 while there is nothing
 */
gssize
bcast_peer_stream_read (BcastPeerStream *self,
                        gpointer         bytes,
                        gsize            size)
{
  if (self->watch == NULL)
    return read_stream (self, bytes, size);

  gssize length = recv (self->fd, bytes, size, MSG_DONTWAIT);

  if (length >= 0)
    return length;
  return errno == EAGAIN || errno == EINTR ? -1 : 0;
}

static gssize
write_stream (BcastPeerStream     *self,
              const GOutputVector *vectors,
              guint                n_vectors)
{
  gsize written = 0;

  switch (g_pollable_output_stream_writev_nonblocking (get_output (self), vectors, n_vectors, &written,
                                                       NULL, NULL))
    {
    case G_POLLABLE_RETURN_OK:
      return (gssize) written;
    case G_POLLABLE_RETURN_WOULD_BLOCK:
      return 0;
    case G_POLLABLE_RETURN_FAILED:
    default:
      return -1;
    }
}

static gssize
write_socket (BcastPeerStream     *self,
              const GOutputVector *vectors,
              guint                n_vectors)
{
  struct iovec parts[BCAST_PEER_STREAM_MAX_VECTORS];
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = n_vectors };

  if (n_vectors == 1)
    return send (self->fd, vectors[0].buffer, vectors[0].size, MSG_DONTWAIT | MSG_NOSIGNAL);

  for (guint i = 0; i < n_vectors; i++)
    parts[i] = (struct iovec) { (void *) vectors[i].buffer, vectors[i].size };
  return sendmsg (self->fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

/**
 * bcast_peer_stream_write:
 * @self: the bytes of a peer
 * @vectors: (array length=n_vectors): bytes, not all of them empty
 * @n_vectors: at most %BCAST_PEER_STREAM_MAX_VECTORS
 *
 * Returns: how many went out, 0 while there is no room, or -1 after a failure
 */
gssize
bcast_peer_stream_write (BcastPeerStream     *self,
                         const GOutputVector *vectors,
                         guint                n_vectors)
{
  g_return_val_if_fail (n_vectors > 0 && n_vectors <= BCAST_PEER_STREAM_MAX_VECTORS, -1);

  if (self->watch == NULL)
    return write_stream (self, vectors, n_vectors);

  gssize written = write_socket (self, vectors, n_vectors);

  return written < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : written;
}

/**
 * bcast_peer_stream_watch_writing:
 * @self: the bytes of a peer
 *
 * Calls back, once, when there is room again.
 */
void
bcast_peer_stream_watch_writing (BcastPeerStream *self)
{
  if (self->watch != NULL)
    bcast_poller_watch_writing (self->watch);
  else if (self->output_source == NULL)
    self->output_source = attach (g_pollable_output_stream_create_source (get_output (self), NULL),
                                  G_SOURCE_FUNC (writable_cb), self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-tls-stream-private.h"

#include "bcast-tls-output-private.h"

/**
 * BcastTlsStream:
 *
 * A connection over TLS behind its handshake that never makes anybody wait, which a #GTlsConnection does
 * when it is closed: it stays until its goodbye is written, and a client that reads nothing would hold up
 * everybody in the thread.
 */
struct _BcastTlsStream
{
  GIOStream       parent_instance;

  GTlsConnection *connection;
  GSocket        *socket;
  GInputStream   *input;
  GOutputStream  *output;
};

G_DEFINE_FINAL_TYPE (BcastTlsStream, bcast_tls_stream, G_TYPE_IO_STREAM)

/* Nothing is to be read any more, so that a handshake that the client began once more, in a thread of its
 * own, ends by this. A socket is writable while a good part of its buffer is free, so that a goodbye fits
 * in; without room the connection is cut, and the goodbye fails at once. */
static gboolean
bcast_tls_stream_close (GIOStream     *stream,
                        GCancellable  *cancellable,
                        GError       **error)
{
  BcastTlsStream *self = BCAST_TLS_STREAM (stream);
  gboolean has_room = !bcast_tls_output_is_blocked (BCAST_TLS_OUTPUT (self->output))
                      && g_socket_condition_check (self->socket, G_IO_OUT) == G_IO_OUT;

  g_socket_shutdown (self->socket, TRUE, !has_room, NULL);
  if (g_io_stream_close (G_IO_STREAM (self->connection), NULL, error))
    return TRUE;

  g_autoptr(GIOStream) base = NULL;

  g_object_get (self->connection, "base-io-stream", &base, NULL);
  g_io_stream_close (base, NULL, NULL);
  return FALSE;
}

static void
bcast_tls_stream_dispose (GObject *object)
{
  BcastTlsStream *self = BCAST_TLS_STREAM (object);

  /* Closes what is still open. */
  G_OBJECT_CLASS (bcast_tls_stream_parent_class)->dispose (object);

  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->connection);
  g_clear_object (&self->socket);
}

static GInputStream *
bcast_tls_stream_get_input_stream (GIOStream *stream)
{
  return BCAST_TLS_STREAM (stream)->input;
}

static GOutputStream *
bcast_tls_stream_get_output_stream (GIOStream *stream)
{
  return BCAST_TLS_STREAM (stream)->output;
}

static void
bcast_tls_stream_class_init (BcastTlsStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_tls_stream_dispose;
  stream_class->close_fn = bcast_tls_stream_close;
  stream_class->get_input_stream = bcast_tls_stream_get_input_stream;
  stream_class->get_output_stream = bcast_tls_stream_get_output_stream;
}

static void
bcast_tls_stream_init (BcastTlsStream *self)
{
}

/**
 * bcast_tls_stream_new:
 * @connection: TLS whose handshake is done; belongs to the stream from now on
 * @socket: what it is spoken over
 *
 * Returns: (transfer full): a stream for a main loop
 */
BcastTlsStream *
bcast_tls_stream_new (GTlsConnection *connection,
                      GSocket        *socket)
{
  g_return_val_if_fail (G_IS_TLS_CONNECTION (connection) && G_IS_SOCKET (socket), NULL);

  BcastTlsStream *self = g_object_new (BCAST_TYPE_TLS_STREAM, NULL);
  GIOStream *stream = G_IO_STREAM (connection);

  self->connection = g_object_ref (connection);
  self->socket = g_object_ref (socket);
  self->input = bcast_tls_input_new (g_io_stream_get_input_stream (stream));
  self->output = bcast_tls_output_new (g_io_stream_get_output_stream (stream));
  return self;
}

/**
 * bcast_tls_stream_peek:
 * @self: a stream
 *
 * Never blocks.
 *
 * Returns: what stands next in it
 */
BcastPeek
bcast_tls_stream_peek (BcastTlsStream *self)
{
  g_return_val_if_fail (BCAST_IS_TLS_STREAM (self), BCAST_PEEK_END);

  return bcast_tls_input_peek (BCAST_TLS_INPUT (self->input));
}

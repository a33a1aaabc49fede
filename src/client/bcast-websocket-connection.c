/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-websocket-connection-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-limits.h"
#include "bcast-timer-private.h"
#include "bcast-websocket-reader-private.h"
#include "bcast-websocket-writer-private.h"

#define CLOSE_TIMEOUT_MS 5000 /* how long the other end may take to close */
#define DEAF_TIMEOUT_MS  1000 /* the same, when it could not be understood anyway */

/**
 * BcastWebsocketConnection:
 *
 * The client's end of an open WebSocket: passes messages on, answers pings, and closes in good order,
 * within a bounded time. Nothing blocks.
 */
struct _BcastWebsocketConnection
{
  GObject                      parent_instance;

  const BcastWebsocketHandler *handler;
  gpointer                     user_data;
  GMainContext                *context;
  GIOStream                   *stream; /* NULL once gone */
  BcastWebsocketReader        *reader;
  BcastWebsocketWriter        *writer;
  GSource                     *close_timer;
};

G_DEFINE_FINAL_TYPE (BcastWebsocketConnection, bcast_websocket_connection, G_TYPE_OBJECT)

/* Closing TLS in its own way might wait for the other end. Who has said goodbye in the way of WebSockets
 * needs no second one. */
static void
close_stream (GIOStream *stream)
{
  g_autoptr(GIOStream) base = NULL;

  if (G_IS_TLS_CONNECTION (stream))
    g_object_get (stream, "base-io-stream", &base, NULL);
  else
    base = g_object_ref (stream);

  if (G_IS_SOCKET_CONNECTION (base))
    g_socket_close (g_socket_connection_get_socket (G_SOCKET_CONNECTION (base)), NULL);
  else
    g_io_stream_close_async (base, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static void
bcast_websocket_connection_dispose (GObject *object)
{
  bcast_websocket_connection_abort (BCAST_WEBSOCKET_CONNECTION (object));

  G_OBJECT_CLASS (bcast_websocket_connection_parent_class)->dispose (object);
}

static void
bcast_websocket_connection_finalize (GObject *object)
{
  BcastWebsocketConnection *self = BCAST_WEBSOCKET_CONNECTION (object);

  bcast_websocket_reader_free (self->reader);
  bcast_websocket_writer_free (self->writer);
  g_main_context_unref (self->context);

  G_OBJECT_CLASS (bcast_websocket_connection_parent_class)->finalize (object);
}

static void
bcast_websocket_connection_class_init (BcastWebsocketConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bcast_websocket_connection_dispose;
  object_class->finalize = bcast_websocket_connection_finalize;
}

static void
bcast_websocket_connection_init (BcastWebsocketConnection *self)
{
  self->context = g_main_context_ref_thread_default ();
}

/* The stream is at its end, for whatever reason. */
static void
lose (BcastWebsocketConnection *self,
      const GError             *error)
{
  g_autoptr(BcastWebsocketConnection) keep = g_object_ref (self);

  bcast_websocket_connection_abort (self);
  if (error != NULL)
    self->handler->failed (error, self->user_data);
  self->handler->gone (self->user_data);
}

static void
output_failed_cb (const GError *error,
                  gpointer      user_data)
{
  lose (user_data, error);
}

static gboolean
close_cb (gpointer user_data)
{
  lose (user_data, NULL);
  return G_SOURCE_REMOVE;
}

static void
close_within (BcastWebsocketConnection *self,
              guint                     code,
              const char               *reason,
              guint                     timeout_ms)
{
  if (!bcast_websocket_connection_is_open (self))
    return;

  bcast_timer_start (&self->close_timer, self->context, timeout_ms, close_cb, self);
  bcast_websocket_writer_send_close (self->writer, code, reason);
}

static GError *
make_refusal (const BcastWebsocketMessage *message)
{
  if (message->close_code == BCAST_WEBSOCKET_CLOSE_TOO_BIG)
    return g_error_new (BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                        _("The server sent a message of more than %d bytes, which is too large to be "
                          "an event. The connection was closed."), BCAST_LIMIT_MESSAGE_BYTES);
  return g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                      _("The server sent something that is no WebSocket message, or text that is not UTF-8. "
                        "The connection was closed. %s"), message->reason);
}

/* The reader reads on, so that the other end gets the close frame: closing with bytes unread resets the
 * connection. */
static void
refused_cb (const BcastWebsocketMessage *message,
            gpointer                     user_data)
{
  BcastWebsocketConnection *self = user_data;
  g_autoptr(GError) error = make_refusal (message);

  close_within (self, message->close_code, message->reason, DEAF_TIMEOUT_MS);
  self->handler->failed (error, self->user_data);
}

static void
receive_close (BcastWebsocketConnection    *self,
               const BcastWebsocketMessage *message)
{
  g_autofree char *words = message->length > 0 ? g_strndup (message->data, message->length) : NULL;

  close_within (self, message->close_code, NULL, CLOSE_TIMEOUT_MS);
  self->handler->closing (message->close_code, words, self->user_data);
}

static void
message_cb (const BcastWebsocketMessage *message,
            gint64                       received_us,
            gpointer                     user_data)
{
  BcastWebsocketConnection *self = user_data;

  if (message->opcode == BCAST_WEBSOCKET_CLOSE)
    {
      receive_close (self, message);
      return;
    }

  /* Once a close frame is on its way only the other end's own close frame still counts. */
  if (!bcast_websocket_writer_is_open (self->writer))
    return;

  switch (message->opcode)
    {
    case BCAST_WEBSOCKET_PING:
      bcast_websocket_writer_send_pong (self->writer, message->data, message->length);
      self->handler->alive (self->user_data);
      break;
    case BCAST_WEBSOCKET_PONG:
      self->handler->alive (self->user_data);
      break;
    case BCAST_WEBSOCKET_TEXT:
    case BCAST_WEBSOCKET_BINARY:
    case BCAST_WEBSOCKET_CLOSE:
    default:
      self->handler->message (message, received_us, self->user_data);
      break;
    }
}

static void
alive_cb (gpointer user_data)
{
  BcastWebsocketConnection *self = user_data;

  self->handler->alive (self->user_data);
}

static void
ended_cb (const GError *error,
          gpointer      user_data)
{
  lose (user_data, error);
}

static const BcastWebsocketReaderHandler reader_handler = { message_cb, refused_cb, alive_cb, ended_cb };

/**
 * bcast_websocket_connection_new:
 * @stream: a connection on which a WebSocket was opened, with streams that can be polled
 * @deflate: what was agreed on
 * @handler: what to tell the owner; must live as long as the program
 * @user_data: for @handler
 *
 * Returns: (transfer full): the client's end of a WebSocket, used in the thread-default context
 */
BcastWebsocketConnection *
bcast_websocket_connection_new (GIOStream                   *stream,
                                const BcastWebsocketDeflate *deflate,
                                const BcastWebsocketHandler *handler,
                                gpointer                     user_data)
{
  g_return_val_if_fail (G_IS_IO_STREAM (stream) && deflate != NULL && handler != NULL, NULL);

  BcastWebsocketConnection *self = g_object_new (BCAST_TYPE_WEBSOCKET_CONNECTION, NULL);

  self->handler = handler;
  self->user_data = user_data;
  self->stream = g_object_ref (stream);
  self->reader = bcast_websocket_reader_new (G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (stream)),
                                             deflate, &reader_handler, G_OBJECT (self));
  self->writer = bcast_websocket_writer_new (G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (stream)),
                                             output_failed_cb, self);
  return self;
}

/**
 * bcast_websocket_connection_start:
 * @self: a new connection
 * @frames: what has come already
 *
 * Begins to read. The handler is called for what is in @frames before this function returns.
 */
void
bcast_websocket_connection_start (BcastWebsocketConnection *self,
                                  GBytes                   *frames)
{
  g_return_if_fail (BCAST_IS_WEBSOCKET_CONNECTION (self) && frames != NULL);

  bcast_websocket_reader_start (self->reader, frames);
}

/**
 * bcast_websocket_connection_is_open:
 * @self: a connection
 *
 * Returns: whether this end has not begun to close, and what is sent can go out
 */
gboolean
bcast_websocket_connection_is_open (BcastWebsocketConnection *self)
{
  g_return_val_if_fail (BCAST_IS_WEBSOCKET_CONNECTION (self), FALSE);

  return self->stream != NULL && bcast_websocket_writer_is_open (self->writer);
}

/**
 * bcast_websocket_connection_send:
 * @self: an open connection
 * @text: one message, valid UTF-8
 *
 * Sends @text at once, or as soon as the other end reads again.
 */
void
bcast_websocket_connection_send (BcastWebsocketConnection *self,
                                 const char               *text)
{
  g_return_if_fail (bcast_websocket_connection_is_open (self) && text != NULL);

  bcast_websocket_writer_send_text (self->writer, text);
}

/**
 * bcast_websocket_connection_close:
 * @self: a connection
 * @code: a close code
 *
 * Says goodbye, after what is queued; the handler is told when the other end has answered and closed,
 * or has let five seconds pass. Does nothing when that is under way.
 */
void
bcast_websocket_connection_close (BcastWebsocketConnection *self,
                                  guint                     code)
{
  g_return_if_fail (BCAST_IS_WEBSOCKET_CONNECTION (self));

  close_within (self, code, NULL, CLOSE_TIMEOUT_MS);
}

/**
 * bcast_websocket_connection_abort:
 * @self: a connection
 *
 * Closes the stream without another word to anybody, the handler included.
 */
void
bcast_websocket_connection_abort (BcastWebsocketConnection *self)
{
  g_return_if_fail (BCAST_IS_WEBSOCKET_CONNECTION (self));

  if (self->stream == NULL)
    return;

  bcast_timer_stop (&self->close_timer);
  bcast_websocket_reader_stop (self->reader);
  bcast_websocket_writer_stop (self->writer);
  close_stream (self->stream);
  g_clear_object (&self->stream);
}

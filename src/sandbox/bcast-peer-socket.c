/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-peer-socket-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-close-code.h"
#include "bcast-frame-queue-private.h"
#include "bcast-limits.h"
#include "bcast-peer-stream-private.h"
#include "bcast-websocket.h"

#define READ_BYTES       16384 /* a whole TLS record: the rest of one would lie there, and no source tell of it */
#define CLOSE_TIMEOUT_MS 10000 /* how long a client may take to answer a close frame */
#define DEAF_TIMEOUT_MS  1000  /* the same, when its answer could not be understood anyway */

/**
 * BcastPeerSocket:
 *
 * The server's end of one WebSocket: reads messages, answers pings, writes a bounded queue of
 * frames, and closes in good order. A client that does not read what it is sent is closed with
 * 4100 once its queue is full; nobody waits for it.
 */
struct _BcastPeerSocket
{
  GObject               parent_instance;

  BcastPeerStream      *stream;          /* NULL once the connection is gone */
  gboolean              is_blocked;      /* nothing can be written for now */
  GSource              *close_timeout;
  BcastWebsocketParser *parser;
  gint64                heard_us;

  BcastFlusher         *flusher;
  gboolean              flush_due;       /* the flusher knows already */

  BcastFrameQueue      *queue;
  gboolean              close_queued;    /* nothing may be queued behind a close frame */
  gboolean              close_received;
  guint                 close_code;      /* the first that was sent or came */
  char                 *close_reason;
  gboolean              deaf;            /* what comes makes no sense any more: read past it */
};

static guint message_signal;
static guint ping_signal;
static guint closed_signal;

G_DEFINE_FINAL_TYPE (BcastPeerSocket, bcast_peer_socket, G_TYPE_OBJECT)

static void
release (BcastPeerSocket *self)
{
  if (self->close_timeout != NULL)
    g_source_destroy (self->close_timeout);
  g_clear_pointer (&self->close_timeout, g_source_unref);
  bcast_frame_queue_clear (self->queue);
  g_clear_pointer (&self->stream, bcast_peer_stream_free);
}

static void
bcast_peer_socket_dispose (GObject *object)
{
  BcastPeerSocket *self = BCAST_PEER_SOCKET (object);

  if (self->stream != NULL)
    release (self);

  G_OBJECT_CLASS (bcast_peer_socket_parent_class)->dispose (object);
}

static void
bcast_peer_socket_finalize (GObject *object)
{
  BcastPeerSocket *self = BCAST_PEER_SOCKET (object);

  bcast_frame_queue_free (self->queue);
  bcast_websocket_parser_free (self->parser);
  g_free (self->close_reason);

  G_OBJECT_CLASS (bcast_peer_socket_parent_class)->finalize (object);
}

static void
bcast_peer_socket_class_init (BcastPeerSocketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bcast_peer_socket_dispose;
  object_class->finalize = bcast_peer_socket_finalize;

  message_signal = g_signal_new ("message", BCAST_TYPE_PEER_SOCKET, G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  ping_signal = g_signal_new ("ping", BCAST_TYPE_PEER_SOCKET, G_SIGNAL_RUN_LAST,
                              0, g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 0);
  closed_signal = g_signal_new ("closed", BCAST_TYPE_PEER_SOCKET, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bcast_peer_socket_init (BcastPeerSocket *self)
{
  self->queue = bcast_frame_queue_new ();
  self->close_code = BCAST_WEBSOCKET_CLOSE_ABNORMAL;
  self->parser = bcast_websocket_parser_new (BCAST_WEBSOCKET_SERVER, BCAST_LIMIT_MESSAGE_BYTES);
}

static void
enqueue (BcastPeerSocket *self,
         GBytes          *frame)
{
  bcast_frame_queue_push (self->queue, frame);
  if (self->flush_due || self->is_blocked)
    return;

  self->flush_due = TRUE;
  bcast_flusher_add (self->flusher, self);
}

static gboolean
close_timeout_cb (gpointer user_data)
{
  bcast_peer_socket_abort (user_data);
  return G_SOURCE_REMOVE;
}

static void
close_within (BcastPeerSocket *self,
              guint            code,
              const char      *reason,
              guint            timeout_ms)
{
  if (self->stream == NULL || self->close_queued)
    return;

  g_autoptr(GBytes) frame = bcast_websocket_close_new (code, reason);

  enqueue (self, frame);
  self->close_queued = TRUE;
  self->close_code = code;
  self->close_reason = g_strdup (reason);
  self->close_timeout = g_timeout_source_new (timeout_ms);
  g_source_set_callback (self->close_timeout, close_timeout_cb, self, NULL);
  g_source_attach (self->close_timeout, g_main_context_get_thread_default ());
}

static void
receive_close (BcastPeerSocket       *self,
               BcastWebsocketMessage *message)
{
  self->close_received = TRUE;
  if (!self->close_queued)
    bcast_peer_socket_close (self, message->close_code, NULL);
  else if (bcast_frame_queue_is_empty (self->queue))
    bcast_peer_socket_abort (self);
}

static void
receive_ping (BcastPeerSocket       *self,
              BcastWebsocketMessage *message)
{
  g_autoptr(GBytes) pong = bcast_websocket_frame_new (BCAST_WEBSOCKET_PONG, message->data, message->length);
  gboolean is_handled = FALSE;

  g_signal_emit (self, ping_signal, 0, &is_handled);
  if (!is_handled)
    bcast_peer_socket_send (self, pong);
}

static void
receive (BcastPeerSocket       *self,
         BcastWebsocketMessage *message)
{
  switch (message->opcode)
    {
    case BCAST_WEBSOCKET_CLOSE:
      receive_close (self, message);
      break;
    case BCAST_WEBSOCKET_PING:
      receive_ping (self, message);
      break;
    case BCAST_WEBSOCKET_PONG:
      break;
    default:
      g_signal_emit (self, message_signal, 0, message);
      break;
    }
}

static void
parse (BcastPeerSocket *self)
{
  BcastWebsocketMessage message;

  /* Once a close frame is on its way only the client's own close frame still counts. */
  while (self->stream != NULL && !self->close_received && !self->deaf)
    switch (bcast_websocket_parser_next (self->parser, &message))
      {
      case BCAST_WEBSOCKET_NEEDS_MORE:
        return;
      case BCAST_WEBSOCKET_MESSAGE:
        if (!self->close_queued || message.opcode == BCAST_WEBSOCKET_CLOSE)
          receive (self, &message);
        break;
      case BCAST_WEBSOCKET_FAILED:
      default:
        /* Reading on lets the client get the close frame: closing with bytes unread resets the
         * connection. */
        self->deaf = TRUE;
        close_within (self, message.close_code, message.reason, DEAF_TIMEOUT_MS);
        return;
      }
}

static void
read_some (BcastPeerSocket *self)
{
  guint8 bytes[READ_BYTES];
  gssize length = bcast_peer_stream_read (self->stream, bytes, sizeof bytes);

  if (length < 0)
    return;

  if (length == 0)
    {
      bcast_peer_socket_abort (self);
      return;
    }

  self->heard_us = g_get_monotonic_time ();
  if (!self->close_received && !self->deaf)
    {
      bcast_websocket_parser_feed (self->parser, bytes, length);
      parse (self);
    }
}

static void
ready_cb (gpointer object,
          gboolean is_readable,
          gboolean is_writable)
{
  g_autoptr(BcastPeerSocket) self = g_object_ref (object);

  if (is_writable)
    {
      self->is_blocked = FALSE;
      bcast_peer_socket_flush (self);
    }
  if (is_readable && self->stream != NULL)
    read_some (self);
}

/**
 * bcast_peer_socket_new:
 * @stream: a connection behind its WebSocket handshake, with streams that can be polled
 * @flusher: what calls bcast_peer_socket_flush(), and polls; must outlive the socket
 *
 * Reads in the thread-default context from now on.
 *
 * Returns: (transfer full): the server's end of a WebSocket
 */
BcastPeerSocket *
bcast_peer_socket_new (GIOStream    *stream,
                       BcastFlusher *flusher)
{
  g_return_val_if_fail (G_IS_IO_STREAM (stream) && flusher != NULL, NULL);

  BcastPeerSocket *self = g_object_new (BCAST_TYPE_PEER_SOCKET, NULL);

  self->flusher = flusher;
  self->heard_us = g_get_monotonic_time ();
  self->stream = bcast_peer_stream_new (stream, bcast_flusher_get_poller (flusher), ready_cb, self);
  return self;
}

/**
 * bcast_peer_socket_send:
 * @self: a socket
 * @frame: a whole WebSocket frame; only referenced, so that many sockets can share it
 *
 * Queues @frame; the flusher writes it soon. Does nothing on a socket that closes.
 */
void
bcast_peer_socket_send (BcastPeerSocket *self,
                        GBytes          *frame)
{
  g_return_if_fail (BCAST_IS_PEER_SOCKET (self) && frame != NULL);

  if (self->stream == NULL || self->close_queued)
    return;

  gsize bytes = bcast_frame_queue_get_bytes (self->queue) + g_bytes_get_size (frame);

  if (bytes <= BCAST_PEER_SOCKET_MAX_QUEUE_BYTES)
    {
      enqueue (self, frame);
      return;
    }

  bcast_frame_queue_discard (self->queue);
  bcast_peer_socket_close (self, BCAST_CLOSE_OVER_CAPACITY,
                           _("This client reads more slowly than it is sent to."));
}

/**
 * bcast_peer_socket_close:
 * @self: a socket
 * @code: a close code
 * @reason: (nullable): why
 *
 * Closes in good order: after what is queued, and when the client has answered or let
 * ten seconds pass.
 */
void
bcast_peer_socket_close (BcastPeerSocket *self,
                         guint            code,
                         const char      *reason)
{
  g_return_if_fail (BCAST_IS_PEER_SOCKET (self));

  close_within (self, code, reason, CLOSE_TIMEOUT_MS);
}

/**
 * bcast_peer_socket_abort:
 * @self: a socket
 *
 * Drops the connection without another word.
 */
void
bcast_peer_socket_abort (BcastPeerSocket *self)
{
  g_return_if_fail (BCAST_IS_PEER_SOCKET (self));

  if (self->stream == NULL)
    return;

  g_object_ref (self);
  release (self);
  g_signal_emit (self, closed_signal, 0);
  g_object_unref (self);
}

/**
 * bcast_peer_socket_flush:
 * @self: a socket
 *
 * Writes what the connection takes, and goes on by itself when it takes more.
 */
void
bcast_peer_socket_flush (BcastPeerSocket *self)
{
  g_return_if_fail (BCAST_IS_PEER_SOCKET (self));

  self->flush_due = FALSE;
  if (self->stream == NULL || self->is_blocked)
    return;

  gssize written = bcast_frame_queue_write (self->queue, self->stream);

  self->is_blocked = written == 0;
  if (self->is_blocked)
    bcast_peer_stream_watch_writing (self->stream);
  else if (written < 0 || (self->close_queued && self->close_received))
    bcast_peer_socket_abort (self);
}

/**
 * bcast_peer_socket_get_room:
 * @self: a socket
 *
 * Returns: how many bytes can still be queued
 */
gsize
bcast_peer_socket_get_room (BcastPeerSocket *self)
{
  g_return_val_if_fail (BCAST_IS_PEER_SOCKET (self), 0);

  return BCAST_PEER_SOCKET_MAX_QUEUE_BYTES
         - MIN (bcast_frame_queue_get_bytes (self->queue), BCAST_PEER_SOCKET_MAX_QUEUE_BYTES);
}

/**
 * bcast_peer_socket_get_heard_us:
 * @self: a socket
 *
 * Returns: when anything last came from the client, on the monotonic clock
 */
gint64
bcast_peer_socket_get_heard_us (BcastPeerSocket *self)
{
  g_return_val_if_fail (BCAST_IS_PEER_SOCKET (self), 0);

  return self->heard_us;
}

/**
 * bcast_peer_socket_get_close_code:
 * @self: a socket
 *
 * Returns: the close code with which it closes or was closed, by either side; 1006 as long as nobody
 *   said one
 */
guint
bcast_peer_socket_get_close_code (BcastPeerSocket *self)
{
  g_return_val_if_fail (BCAST_IS_PEER_SOCKET (self), 0);

  return self->close_code;
}

/**
 * bcast_peer_socket_get_close_reason:
 * @self: a socket
 *
 * Returns: (nullable): why this side closed it
 */
const char *
bcast_peer_socket_get_close_reason (BcastPeerSocket *self)
{
  g_return_val_if_fail (BCAST_IS_PEER_SOCKET (self), NULL);

  return self->close_reason;
}

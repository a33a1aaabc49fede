/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-websocket-reader-private.h"

#include "bcast-limits.h"
#include "bcast-timer-private.h"

#define CHUNK_BYTES (64 * 1024)

/**
 * BcastWebsocketReader:
 *
 * The receiving half of a client's WebSocket: reads without blocking, takes frames apart and inflates
 * messages. One turn of the main context takes what one read brings, and of what is deflated a bounded
 * part. After a close frame, and after a breach of the rules, it reads on past all that comes, up to the
 * end of the stream.
 */
struct _BcastWebsocketReader
{
  GMainContext                      *context;
  GPollableInputStream              *input;
  const BcastWebsocketReaderHandler *handler;
  GObject                           *owner;       /* lent; kept while its handler may run */

  BcastWebsocketParser              *parser;
  BcastWebsocketInflater            *inflater;    /* NULL without permessage-deflate */
  GSource                           *input_source;
  GSource                           *rest_timer;  /* only while messages wait that have come */
  gint64                             received_us; /* when the last bytes came */
  guint64                            n_messages;
  gboolean                           deaf;        /* nothing that comes matters any more */
  gboolean                           stopped;
};

static void read_on (BcastWebsocketReader *self);

/**
 * bcast_websocket_reader_new:
 * @input: where from
 * @deflate: what was agreed on
 * @handler: what to tell the owner; must live as long as the program
 * @owner: who frees the reader, not before it dies itself
 *
 * Returns: (transfer full): a reader that works in the thread-default context
 */
BcastWebsocketReader *
bcast_websocket_reader_new (GPollableInputStream              *input,
                            const BcastWebsocketDeflate       *deflate,
                            const BcastWebsocketReaderHandler *handler,
                            GObject                           *owner)
{
  g_return_val_if_fail (G_IS_POLLABLE_INPUT_STREAM (input) && deflate != NULL && handler != NULL, NULL);
  g_return_val_if_fail (G_IS_OBJECT (owner), NULL);

  BcastWebsocketReader *self = g_new0 (BcastWebsocketReader, 1);

  self->context = g_main_context_ref_thread_default ();
  self->input = g_object_ref (input);
  self->handler = handler;
  self->owner = owner;
  self->parser = bcast_websocket_parser_new (BCAST_WEBSOCKET_CLIENT, BCAST_LIMIT_MESSAGE_BYTES);
  if (deflate->agreed)
    {
      bcast_websocket_parser_allow_compressed (self->parser);
      self->inflater = bcast_websocket_inflater_new (deflate, BCAST_LIMIT_MESSAGE_BYTES);
    }
  return self;
}

/**
 * bcast_websocket_reader_free:
 * @self: (transfer full): a reader
 */
void
bcast_websocket_reader_free (BcastWebsocketReader *self)
{
  g_return_if_fail (self != NULL);

  bcast_websocket_reader_stop (self);
  bcast_websocket_parser_free (self->parser);
  g_clear_pointer (&self->inflater, bcast_websocket_inflater_free);
  g_object_unref (self->input);
  g_main_context_unref (self->context);
  g_free (self);
}

static void
refuse (BcastWebsocketReader        *self,
        const BcastWebsocketMessage *message)
{
  self->deaf = TRUE;
  self->handler->refused (message, self->owner);
}

/* Gives how many bytes were inflated. */
static gsize
take_message (BcastWebsocketReader  *self,
              BcastWebsocketMessage *message)
{
  gboolean compressed = message->compressed;

  self->n_messages++;
  if (compressed && bcast_websocket_inflater_inflate (self->inflater, message) == BCAST_WEBSOCKET_FAILED)
    {
      refuse (self, message);
      return 0;
    }

  self->deaf = message->opcode == BCAST_WEBSOCKET_CLOSE;
  self->handler->message (message, self->received_us, self->owner);
  return compressed ? message->length : 0;
}

/* Returns whether it came to the end of what is there: a few bytes can inflate to very many. */
static gboolean
take_messages (BcastWebsocketReader *self)
{
  BcastWebsocketMessage message;
  gsize inflated = 0;

  while (!self->stopped && !self->deaf)
    {
      if (inflated > BCAST_LIMIT_MESSAGE_BYTES)
        return FALSE;

      switch (bcast_websocket_parser_next (self->parser, &message))
        {
        case BCAST_WEBSOCKET_NEEDS_MORE:
          return TRUE;
        case BCAST_WEBSOCKET_MESSAGE:
          inflated += take_message (self, &message);
          break;
        case BCAST_WEBSOCKET_FAILED:
        default:
          refuse (self, &message);
          break;
        }
    }
  return TRUE;
}

static gboolean
rest_cb (gpointer user_data)
{
  BcastWebsocketReader *self = user_data;
  g_autoptr(GObject) keep = g_object_ref (self->owner);

  bcast_timer_stop (&self->rest_timer);
  read_on (self);
  return G_SOURCE_REMOVE;
}

/* Resets and ends without a word of TLS are how some servers close. */
static gboolean
is_end (const GError *error)
{
  return error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
         || g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF);
}

static void
take_chunk (BcastWebsocketReader *self,
            gsize                 length)
{
  guint64 n_messages = self->n_messages;

  self->received_us = g_get_monotonic_time ();
  if (self->deaf)
    return;

  bcast_websocket_parser_commit (self->parser, length);
  read_on (self);

  /* A part of a large message is a sign of life as well. */
  if (!self->stopped && !self->deaf && n_messages == self->n_messages)
    self->handler->alive (self->owner);
}

static gboolean
readable_cb (GObject  *input,
             gpointer  user_data)
{
  BcastWebsocketReader *self = user_data;
  g_autoptr(GObject) keep = g_object_ref (self->owner);
  g_autoptr(GError) error = NULL;
  guint8 *room = bcast_websocket_parser_reserve (self->parser, CHUNK_BYTES);
  gssize length = g_pollable_input_stream_read_nonblocking (self->input, room, CHUNK_BYTES, NULL, &error);

  if (length > 0)
    take_chunk (self, length);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      bcast_websocket_reader_stop (self);
      self->handler->ended (is_end (error) ? NULL : error, self->owner);
    }
  return G_SOURCE_CONTINUE;
}

/* Takes what has come, and waits for more once that is done. */
static void
read_on (BcastWebsocketReader *self)
{
  gboolean done = take_messages (self);

  if (self->stopped)
    return;

  if (!done)
    {
      bcast_timer_stop (&self->input_source);
      bcast_timer_start (&self->rest_timer, self->context, 0, rest_cb, self);
    }
  else if (self->input_source == NULL)
    {
      self->input_source = g_pollable_input_stream_create_source (self->input, NULL);
      g_source_set_callback (self->input_source, G_SOURCE_FUNC (readable_cb), self, NULL);
      g_source_attach (self->input_source, self->context);
    }
}

/**
 * bcast_websocket_reader_start:
 * @self: a new reader
 * @frames: what has come already
 *
 * Begins to read. The handler is called for what is in @frames before this function returns.
 */
void
bcast_websocket_reader_start (BcastWebsocketReader *self,
                              GBytes               *frames)
{
  g_return_if_fail (self != NULL && frames != NULL);

  g_autoptr(GObject) keep = g_object_ref (self->owner);

  self->received_us = g_get_monotonic_time ();
  if (g_bytes_get_size (frames) > 0)
    bcast_websocket_parser_feed (self->parser, g_bytes_get_data (frames, NULL), g_bytes_get_size (frames));
  read_on (self);
}

/**
 * bcast_websocket_reader_stop:
 * @self: a reader
 *
 * Reads nothing more and tells nobody anything.
 */
void
bcast_websocket_reader_stop (BcastWebsocketReader *self)
{
  g_return_if_fail (self != NULL);

  self->stopped = TRUE;
  bcast_timer_stop (&self->input_source);
  bcast_timer_stop (&self->rest_timer);
}

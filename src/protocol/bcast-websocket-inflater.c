/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-websocket-deflate.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <zlib.h>

#include "bcast-utf8.h"
#include "bcast-websocket-header-private.h"

#define FIRST_ROOM 4096
#define KEPT_ROOM  (64 * 1024) /* no more is held between messages */
#define RAW_WINDOW (-MAX_WBITS)

/**
 * BcastWebsocketInflater:
 *
 * Inflates the messages of one WebSocket, in the order in which they came. However little it takes to
 * write a large message, no more than the limit is ever held of it.
 *
 * A window of the largest size reads what was written with a smaller one, so it does not matter which
 * one was agreed on.
 *
 * Source: RFC 7692, section 7.2.2.
 */
struct _BcastWebsocketInflater
{
  z_stream   stream;
  gboolean   forgets;   /* each message stands alone */
  gsize      max_message_bytes;

  guint8    *buffer;    /* what was inflated last */
  gsize      capacity;
  gsize      length;
};

typedef enum
{
  GOOD,
  BROKEN,
  TOO_LARGE,
} Outcome;

/**
 * bcast_websocket_inflater_new:
 * @deflate: what was agreed on
 * @max_message_bytes: the largest message to accept, inflated
 *
 * Returns: (transfer full): an inflater for the messages of one WebSocket
 */
BcastWebsocketInflater *
bcast_websocket_inflater_new (const BcastWebsocketDeflate *deflate,
                              gsize                        max_message_bytes)
{
  g_return_val_if_fail (deflate != NULL && max_message_bytes > 0, NULL);

  BcastWebsocketInflater *self = g_new0 (BcastWebsocketInflater, 1);

  self->forgets = deflate->server_no_context_takeover;
  self->max_message_bytes = max_message_bytes;
  if (inflateInit2 (&self->stream, RAW_WINDOW) != Z_OK)
    g_assert_not_reached ();
  return self;
}

/**
 * bcast_websocket_inflater_free:
 * @self: (transfer full): an inflater
 */
void
bcast_websocket_inflater_free (BcastWebsocketInflater *self)
{
  g_return_if_fail (self != NULL);

  inflateEnd (&self->stream);
  g_free (self->buffer);
  g_free (self);
}

static void
grow (BcastWebsocketInflater *self)
{
  self->capacity = MIN (MAX (self->capacity * 2, FIRST_ROOM), self->max_message_bytes);
  self->buffer = g_realloc (self->buffer, self->capacity);
}

/* One call of zlib. Where there is no room left, a single byte tells whether there is more. */
static Outcome
step (BcastWebsocketInflater *self,
      gboolean               *ended)
{
  guint8 beyond;
  int result;

  if (self->length == self->capacity && self->capacity < self->max_message_bytes)
    grow (self);

  gsize room = self->capacity - self->length;

  self->stream.next_out = room > 0 ? self->buffer + self->length : &beyond;
  self->stream.avail_out = room > 0 ? room : 1;

  result = inflate (&self->stream, Z_SYNC_FLUSH);
  if (room == 0 && self->stream.avail_out == 0)
    return TOO_LARGE;
  if (room > 0)
    self->length += room - self->stream.avail_out;

  *ended = result == Z_STREAM_END;
  return result == Z_OK || result == Z_BUF_ERROR || result == Z_STREAM_END ? GOOD : BROKEN;
}

/* A sender may end its stream within a message; what follows begins anew. Source: RFC 7692, section
 * 7.2.3.4. @at_end tells whether nothing did follow. */
static Outcome
inflate_bytes (BcastWebsocketInflater *self,
               const guint8           *bytes,
               gsize                   length,
               gboolean               *at_end)
{
  gboolean ended = FALSE;

  self->stream.next_in = (Bytef *) bytes;
  self->stream.avail_in = length;
  do
    {
      Outcome outcome = step (self, &ended);

      if (outcome != GOOD)
        return outcome;
      if (ended)
        inflateReset (&self->stream);
    }
  while (self->stream.avail_in > 0 || (!ended && self->stream.avail_out == 0));

  *at_end = ended;
  return GOOD;
}

/* Each message lacks the end of its last block, which is always the same. */
static Outcome
inflate_payload (BcastWebsocketInflater      *self,
                 const BcastWebsocketMessage *message)
{
  static const guint8 tail[] = { 0x00, 0x00, 0xff, 0xff };
  gboolean at_end = FALSE;
  Outcome outcome = inflate_bytes (self, (const guint8 *) message->data, message->length, &at_end);

  if (outcome == GOOD && !at_end)
    {
      outcome = inflate_bytes (self, tail, sizeof tail, &at_end);

      /* Bit 7 of data_type: between two blocks. A message that ends elsewhere lacks something. */
      if (outcome == GOOD && (at_end || (self->stream.data_type & 0x80) == 0))
        outcome = BROKEN;
    }
  if (self->forgets)
    inflateReset (&self->stream);
  return outcome;
}

static BcastWebsocketResult
finish (BcastWebsocketInflater *self,
        Outcome                 outcome,
        BcastWebsocketMessage  *message)
{
  if (outcome == TOO_LARGE)
    return bcast_websocket_fail (message, BCAST_WEBSOCKET_CLOSE_TOO_BIG,
                                 _("The message is larger than this program reads."));
  if (outcome == BROKEN)
    return bcast_websocket_fail (message, BCAST_WEBSOCKET_CLOSE_BAD_DATA,
                                 _("A message cannot be inflated."));

  message->data = self->length > 0 ? (const char *) self->buffer : "";
  message->length = self->length;
  message->compressed = FALSE;
  if (message->opcode == BCAST_WEBSOCKET_TEXT && !bcast_utf8_validate (message->data, message->length, NULL))
    return bcast_websocket_fail (message, BCAST_WEBSOCKET_CLOSE_BAD_DATA,
                                 _("A text message is not valid UTF-8."));
  return BCAST_WEBSOCKET_MESSAGE;
}

/**
 * bcast_websocket_inflater_inflate:
 * @self: an inflater
 * @message: (inout): a message that bcast_websocket_parser_next() gave as compressed
 *
 * Puts the inflated bytes in the place of those that came. They are good until the next call. After a
 * failure no further message can be read.
 *
 * Returns: %BCAST_WEBSOCKET_MESSAGE, or %BCAST_WEBSOCKET_FAILED when @message says why
 */
BcastWebsocketResult
bcast_websocket_inflater_inflate (BcastWebsocketInflater *self,
                                  BcastWebsocketMessage  *message)
{
  g_return_val_if_fail (self != NULL && message != NULL && message->compressed, BCAST_WEBSOCKET_FAILED);

  if (self->capacity > KEPT_ROOM)
    {
      g_clear_pointer (&self->buffer, g_free);
      self->capacity = 0;
    }
  self->length = 0;
  return finish (self, inflate_payload (self, message), message);
}

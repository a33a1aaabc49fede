/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-websocket.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-utf8.h"
#include "bcast-websocket-header-private.h"
#include "bcast-websocket-mask-private.h"

#define KEPT_BUFFER_BYTES 4096 /* an idle connection holds on to no more */

/**
 * BcastWebsocketParser:
 *
 * Reads what comes over a WebSocket, without I/O of its own. Nothing in it grows beyond the limit given
 * to it: a message is refused as soon as its announced length passes the limit, and fragments count
 * together. (#SoupWebsocketConnection up to 3.6 bounds each fragment but not their sum, nor what waits
 * to be sent; that is why there is a codec of our own.)
 *
 * Source: RFC 6455, section 5.
 */
struct _BcastWebsocketParser
{
  BcastWebsocketRole  role;
  gsize               max_message_bytes;
  gboolean            compressed_allowed;

  guint8             *buffer;
  gsize               capacity;
  gsize               length;    /* bytes in buffer that came */
  gsize               at;        /* the first of them that was not parsed yet */

  GByteArray         *fragments; /* payload of the message that is not complete; NULL between messages */
  guint8              fragments_opcode;
  gboolean            fragments_compressed;
  gboolean            fragments_done; /* handed out by the last call: forget it in the next */
};

static gboolean
is_close_code (guint code)
{
  if (code >= 3000 && code < 5000)
    return TRUE;
  return code >= 1000 && code < BCAST_WEBSOCKET_CLOSE_TLS_HANDSHAKE
         && code != 1004
         && code != BCAST_WEBSOCKET_CLOSE_NO_STATUS
         && code != BCAST_WEBSOCKET_CLOSE_ABNORMAL;
}

static BcastWebsocketResult
finish_close (BcastWebsocketMessage *message)
{
  const guint8 *bytes = (const guint8 *) message->data;

  message->close_code = BCAST_WEBSOCKET_CLOSE_NO_STATUS;
  if (message->length == 0)
    return BCAST_WEBSOCKET_MESSAGE;

  if (message->length >= 2)
    message->close_code = (guint) bytes[0] << 8 | bytes[1];
  if (!is_close_code (message->close_code)
      || !g_utf8_validate_len (message->data + 2, message->length - 2, NULL))
    return bcast_websocket_fail (message, BCAST_WEBSOCKET_CLOSE_PROTOCOL_ERROR,
                                 _("A WebSocket close frame is malformed."));

  message->data += 2;
  message->length -= 2;
  return BCAST_WEBSOCKET_MESSAGE;
}

static BcastWebsocketResult
finish_message (BcastWebsocketMessage *message)
{
  if (message->opcode == BCAST_WEBSOCKET_CLOSE)
    return finish_close (message);
  if (message->opcode == BCAST_WEBSOCKET_TEXT && !message->compressed
      && !bcast_utf8_validate (message->data, message->length, NULL))
    return bcast_websocket_fail (message, BCAST_WEBSOCKET_CLOSE_BAD_DATA,
                                 _("A text message is not valid UTF-8."));
  return BCAST_WEBSOCKET_MESSAGE;
}

/* Returns TRUE when @payload completes a message, which then stands in @message. */
static gboolean
take_payload (BcastWebsocketParser       *self,
              const BcastWebsocketHeader *header,
              const guint8               *payload,
              BcastWebsocketMessage      *message)
{
  if (bcast_websocket_header_is_control (header) || (header->final && header->opcode != 0))
    {
      message->opcode = header->opcode;
      message->compressed = header->compressed;
      message->data = (const char *) payload;
      message->length = header->length;
      return TRUE;
    }

  if (header->opcode != 0)
    {
      self->fragments = g_byte_array_new ();
      self->fragments_opcode = header->opcode;
      self->fragments_compressed = header->compressed;
    }

  g_byte_array_append (self->fragments, payload, header->length);
  if (!header->final)
    return FALSE;

  message->opcode = self->fragments_opcode;
  message->compressed = self->fragments_compressed;
  message->data = self->fragments->len > 0 ? (const char *) self->fragments->data : "";
  message->length = self->fragments->len;
  self->fragments_done = TRUE;
  return TRUE;
}

static BcastWebsocketExpectation
get_expectation (BcastWebsocketParser *self)
{
  return (BcastWebsocketExpectation) {
    .role = self->role,
    .compressed_allowed = self->compressed_allowed,
    .max_message_bytes = self->max_message_bytes,
    .in_message = self->fragments != NULL,
    .in_compressed = self->fragments != NULL && self->fragments_compressed,
    .waiting = self->fragments != NULL ? self->fragments->len : 0,
  };
}

static void
forget_parsed (BcastWebsocketParser *self)
{
  if (self->fragments_done)
    {
      g_clear_pointer (&self->fragments, g_byte_array_unref);
      self->fragments_done = FALSE;
    }

  if (self->at < self->length || self->capacity <= KEPT_BUFFER_BYTES)
    return;

  /* All of much was read: give its memory back. */
  g_clear_pointer (&self->buffer, g_free);
  self->capacity = self->length = self->at = 0;
}

/**
 * bcast_websocket_parser_new:
 * @role: which end reads
 * @max_message_bytes: the largest message to accept
 *
 * Returns: (transfer full): a parser for the frames of one other end
 */
BcastWebsocketParser *
bcast_websocket_parser_new (BcastWebsocketRole role,
                            gsize              max_message_bytes)
{
  BcastWebsocketParser *self = g_new0 (BcastWebsocketParser, 1);

  self->role = role;
  self->max_message_bytes = max_message_bytes;
  return self;
}

/**
 * bcast_websocket_parser_free:
 * @self: (transfer full): a parser
 */
void
bcast_websocket_parser_free (BcastWebsocketParser *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->buffer);
  g_clear_pointer (&self->fragments, g_byte_array_unref);
  g_free (self);
}

/**
 * bcast_websocket_parser_allow_compressed:
 * @self: a parser
 *
 * Lets deflated messages through from now on, because both ends agreed on permessage-deflate. They may
 * be a little longer than the limit, for what they hold may be within it all the same.
 */
void
bcast_websocket_parser_allow_compressed (BcastWebsocketParser *self)
{
  g_return_if_fail (self != NULL);

  self->compressed_allowed = TRUE;
}

/**
 * bcast_websocket_parser_reserve:
 * @self: a parser
 * @length: how many bytes may come
 *
 * Gives room to read into, so that nothing is copied on its way from a socket. Call
 * bcast_websocket_parser_next() until it needs more before reserving again.
 *
 * Returns: (array length=length): the room, until any other call; what is in it counts once it was
 *   told to bcast_websocket_parser_commit()
 */
guint8 *
bcast_websocket_parser_reserve (BcastWebsocketParser *self,
                                gsize                 length)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->at > 0 && self->length > self->at)
    memmove (self->buffer, self->buffer + self->at, self->length - self->at);
  self->length -= self->at;
  self->at = 0;

  if (self->capacity - self->length < length)
    {
      self->capacity = MAX (self->length + length, MIN (self->capacity * 2, self->max_message_bytes));
      self->buffer = g_realloc (self->buffer, self->capacity);
    }
  return self->buffer + self->length;
}

/**
 * bcast_websocket_parser_commit:
 * @self: a parser
 * @length: how many bytes came into the room that bcast_websocket_parser_reserve() gave
 */
void
bcast_websocket_parser_commit (BcastWebsocketParser *self,
                               gsize                 length)
{
  g_return_if_fail (self != NULL && length <= self->capacity - self->length);

  self->length += length;
}

/**
 * bcast_websocket_parser_feed:
 * @self: a parser
 * @data: (array length=length): bytes from the other end
 * @length: how many
 *
 * Call bcast_websocket_parser_next() until it needs more before feeding again.
 */
void
bcast_websocket_parser_feed (BcastWebsocketParser *self,
                             gconstpointer         data,
                             gsize                 length)
{
  g_return_if_fail (self != NULL && data != NULL);

  memcpy (bcast_websocket_parser_reserve (self, length), data, length);
  bcast_websocket_parser_commit (self, length);
}

/**
 * bcast_websocket_parser_next:
 * @self: a parser
 * @message: (out caller-allocates): the message, or why there can be no further one
 *
 * After %BCAST_WEBSOCKET_FAILED the connection is beyond repair and must be closed.
 *
 * Returns: whether @message is set, needs more bytes, or will never come
 */
BcastWebsocketResult
bcast_websocket_parser_next (BcastWebsocketParser  *self,
                             BcastWebsocketMessage *message)
{
  g_return_val_if_fail (self != NULL && message != NULL, BCAST_WEBSOCKET_FAILED);

  forget_parsed (self);

  for (;;)
    {
      BcastWebsocketHeader header = { 0, };

      memset (message, 0, sizeof *message);
      /* There may be no buffer at all, and nothing can be added to that, not even 0. */
      if (self->at == self->length)
        return BCAST_WEBSOCKET_NEEDS_MORE;

      BcastWebsocketExpectation expected = get_expectation (self);
      BcastWebsocketResult result = bcast_websocket_header_read (&expected, self->buffer + self->at,
                                                                 self->length - self->at, &header, message);

      if (result != BCAST_WEBSOCKET_MESSAGE)
        return result;
      if (self->length - self->at - header.header_bytes < header.length)
        return BCAST_WEBSOCKET_NEEDS_MORE;

      guint8 *payload = self->buffer + self->at + header.header_bytes;

      if (self->role == BCAST_WEBSOCKET_SERVER)
        bcast_websocket_mask (payload, header.length, payload - BCAST_WEBSOCKET_MASK_BYTES);
      self->at += header.header_bytes + header.length;

      if (take_payload (self, &header, payload, message))
        return finish_message (message);
    }
}

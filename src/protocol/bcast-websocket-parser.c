/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-websocket.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define MASK_BYTES         4
#define MAX_CONTROL_BYTES  125
#define KEPT_BUFFER_BYTES  4096 /* an idle connection holds on to no more */

/**
 * BcastWebsocketParser:
 *
 * Reads what a client sends over a WebSocket, without I/O of its own. Nothing in it grows beyond
 * the limit given to it: a message is refused as soon as its announced length passes the limit, and
 * fragments count together. (#SoupWebsocketConnection up to 3.6 bounds each fragment but not their
 * sum, nor what waits to be sent; that is why the sandbox has a codec of its own.)
 *
 * Source: RFC 6455, section 5.
 */
struct _BcastWebsocketParser
{
  gsize       max_message_bytes;

  GByteArray *buffer;    /* bytes that came */
  gsize       at;        /* first byte in buffer that was not parsed yet */

  GByteArray *fragments; /* payload of the message that is not complete; NULL between messages */
  guint8      fragments_opcode;
  gboolean    fragments_done; /* handed out by the last call: forget it in the next */
};

typedef struct
{
  gboolean  final;
  guint8    opcode;
  gsize     header_bytes; /* mask included */
  guint64   length;
} FrameHeader;

static BcastWebsocketResult
fail (BcastWebsocketMessage *message,
      guint                  code,
      const char            *reason)
{
  message->close_code = code;
  message->reason = reason;
  return BCAST_WEBSOCKET_FAILED;
}

static BcastWebsocketResult
break_rule (BcastWebsocketMessage *message,
            const char            *reason)
{
  return fail (message, BCAST_WEBSOCKET_CLOSE_PROTOCOL_ERROR, reason);
}

static gboolean
is_control (guint8 opcode)
{
  return (opcode & 0x8) != 0;
}

/* Gives the length in the header, or FALSE when its bytes are not all there. */
static gboolean
read_length (const guint8 *bytes,
             gsize         available,
             FrameHeader  *header)
{
  guint8 short_length = bytes[1] & 0x7f;
  gsize extra = short_length == 126 ? 2 : short_length == 127 ? 8 : 0;

  header->header_bytes = 2 + extra + MASK_BYTES;
  if (available < header->header_bytes)
    return FALSE;

  header->length = extra == 0 ? short_length : 0;
  for (gsize i = 0; i < extra; i++)
    header->length = header->length << 8 | bytes[2 + i];
  return TRUE;
}

static BcastWebsocketResult
check_header (BcastWebsocketParser  *self,
              const guint8          *bytes,
              const FrameHeader     *header,
              BcastWebsocketMessage *message)
{
  gsize waiting = self->fragments != NULL ? self->fragments->len : 0;
  guint8 short_length = bytes[1] & 0x7f;

  if ((short_length == 126 && header->length < 126)
      || (short_length == 127 && (header->length <= G_MAXUINT16 || header->length >> 63 != 0)))
    return break_rule (message, _("The length of a WebSocket frame is not in its shortest form."));

  if (is_control (header->opcode))
    {
      if (header->length > MAX_CONTROL_BYTES || !header->final)
        return break_rule (message, _("A WebSocket control frame is too long or in fragments."));
      return BCAST_WEBSOCKET_MESSAGE;
    }

  if (header->length > self->max_message_bytes - waiting)
    return fail (message, BCAST_WEBSOCKET_CLOSE_TOO_BIG,
                 _("The message is larger than this server reads."));
  if ((header->opcode == 0) != (self->fragments != NULL))
    return break_rule (message, _("The fragments of a WebSocket message came out of order."));
  return BCAST_WEBSOCKET_MESSAGE;
}

/* Looks only at the bytes that are there, so that a hopeless frame is refused before it is read. */
static BcastWebsocketResult
read_header (BcastWebsocketParser  *self,
             FrameHeader           *header,
             BcastWebsocketMessage *message)
{
  const guint8 *bytes = self->buffer->data + self->at;
  gsize available = self->buffer->len - self->at;

  if (available < 2)
    return BCAST_WEBSOCKET_NEEDS_MORE;

  header->final = (bytes[0] & 0x80) != 0;
  header->opcode = bytes[0] & 0x0f;

  if ((bytes[0] & 0x70) != 0)
    return break_rule (message, _("A WebSocket frame uses an extension that was not agreed on."));
  if ((header->opcode & 0x7) > 2)
    return break_rule (message, _("A WebSocket frame is of a kind that does not exist."));
  if ((bytes[1] & 0x80) == 0)
    return break_rule (message, _("A WebSocket frame from a client is not masked."));
  if (!read_length (bytes, available, header))
    return BCAST_WEBSOCKET_NEEDS_MORE;

  return check_header (self, bytes, header, message);
}

static void
unmask (guint8       *payload,
        gsize         length,
        const guint8 *mask)
{
  for (gsize i = 0; i < length; i++)
    payload[i] ^= mask[i % MASK_BYTES];
}

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
    return break_rule (message, _("A WebSocket close frame is malformed."));

  message->data += 2;
  message->length -= 2;
  return BCAST_WEBSOCKET_MESSAGE;
}

static BcastWebsocketResult
finish_message (BcastWebsocketMessage *message)
{
  if (message->opcode == BCAST_WEBSOCKET_CLOSE)
    return finish_close (message);
  if (message->opcode == BCAST_WEBSOCKET_TEXT
      && !g_utf8_validate_len (message->data, message->length, NULL))
    return fail (message, BCAST_WEBSOCKET_CLOSE_BAD_DATA, _("A text message is not valid UTF-8."));
  return BCAST_WEBSOCKET_MESSAGE;
}

/* Returns TRUE when @payload completes a message, which then stands in @message. */
static gboolean
take_payload (BcastWebsocketParser  *self,
              const FrameHeader     *header,
              const guint8          *payload,
              BcastWebsocketMessage *message)
{
  if (is_control (header->opcode) || (header->final && header->opcode != 0))
    {
      message->opcode = header->opcode;
      message->data = (const char *) payload;
      message->length = header->length;
      return TRUE;
    }

  if (header->opcode != 0)
    {
      self->fragments = g_byte_array_new ();
      self->fragments_opcode = header->opcode;
    }

  g_byte_array_append (self->fragments, payload, header->length);
  if (!header->final)
    return FALSE;

  message->opcode = self->fragments_opcode;
  message->data = (const char *) self->fragments->data;
  message->length = self->fragments->len;
  self->fragments_done = TRUE;
  return TRUE;
}

static void
forget_parsed (BcastWebsocketParser *self)
{
  if (self->fragments_done)
    {
      g_clear_pointer (&self->fragments, g_byte_array_unref);
      self->fragments_done = FALSE;
    }

  if (self->at < self->buffer->len || self->at <= KEPT_BUFFER_BYTES)
    return;

  /* All of a large message was read: give its memory back. */
  g_byte_array_unref (self->buffer);
  self->buffer = g_byte_array_new ();
  self->at = 0;
}

/**
 * bcast_websocket_parser_new:
 * @max_message_bytes: the largest message to accept
 *
 * Returns: (transfer full): a parser for the frames of one client
 */
BcastWebsocketParser *
bcast_websocket_parser_new (gsize max_message_bytes)
{
  BcastWebsocketParser *self = g_new0 (BcastWebsocketParser, 1);

  self->max_message_bytes = max_message_bytes;
  self->buffer = g_byte_array_new ();
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

  g_byte_array_unref (self->buffer);
  g_clear_pointer (&self->fragments, g_byte_array_unref);
  g_free (self);
}

/**
 * bcast_websocket_parser_feed:
 * @self: a parser
 * @data: (array length=length): bytes from the client
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

  g_byte_array_remove_range (self->buffer, 0, self->at);
  self->at = 0;
  g_byte_array_append (self->buffer, data, length);
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
      FrameHeader header = { 0, };

      memset (message, 0, sizeof *message);

      BcastWebsocketResult result = read_header (self, &header, message);

      if (result != BCAST_WEBSOCKET_MESSAGE)
        return result;
      if (self->buffer->len - self->at - header.header_bytes < header.length)
        return BCAST_WEBSOCKET_NEEDS_MORE;

      guint8 *payload = self->buffer->data + self->at + header.header_bytes;

      unmask (payload, header.length, payload - MASK_BYTES);
      self->at += header.header_bytes + header.length;

      if (take_payload (self, &header, payload, message))
        return finish_message (message);
    }
}

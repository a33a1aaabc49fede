/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-websocket-header-private.h"

#include <glib/gi18n-lib.h>

#define MAX_CONTROL_BYTES 125
#define RSV1              0x40 /* the message is deflated. Source: RFC 7692, section 6 */
#define OTHER_RSV         0x30

/*
 * bcast_websocket_fail:
 * @code: what to close with
 * @reason: why
 *
 * Returns: %BCAST_WEBSOCKET_FAILED, so that callers can return it in turn
 */
BcastWebsocketResult
bcast_websocket_fail (BcastWebsocketMessage *message,
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
  return bcast_websocket_fail (message, BCAST_WEBSOCKET_CLOSE_PROTOCOL_ERROR, reason);
}

/* Gives the length in the header, or FALSE when its bytes are not all there. */
static gboolean
read_length (const BcastWebsocketExpectation *expected,
             const guint8                    *bytes,
             gsize                            available,
             BcastWebsocketHeader            *header)
{
  guint8 short_length = bytes[1] & 0x7f;
  gsize extra = short_length == 126 ? 2 : short_length == 127 ? 8 : 0;

  header->header_bytes = 2 + extra
                         + (expected->role == BCAST_WEBSOCKET_SERVER ? BCAST_WEBSOCKET_MASK_BYTES : 0);
  if (available < header->header_bytes)
    return FALSE;

  header->length = extra == 0 ? short_length : 0;
  for (gsize i = 0; i < extra; i++)
    header->length = header->length << 8 | bytes[2 + i];
  return TRUE;
}

/* What cannot be deflated any further grows by some bytes in each of its blocks. */
static gsize
get_max_bytes (const BcastWebsocketExpectation *expected,
               gboolean                         compressed)
{
  return expected->max_message_bytes + (compressed ? expected->max_message_bytes / 1024 + 64 : 0);
}

static BcastWebsocketResult
refuse_size (const BcastWebsocketExpectation *expected,
             BcastWebsocketMessage           *message)
{
  return bcast_websocket_fail (message, BCAST_WEBSOCKET_CLOSE_TOO_BIG,
                               expected->role == BCAST_WEBSOCKET_SERVER
                               ? _("The message is larger than this server reads.")
                               : _("The message is larger than this program reads."));
}

static BcastWebsocketResult
check_length (const BcastWebsocketExpectation *expected,
              const guint8                    *bytes,
              const BcastWebsocketHeader      *header,
              BcastWebsocketMessage           *message)
{
  gboolean compressed = header->compressed || expected->in_compressed;
  guint8 short_length = bytes[1] & 0x7f;

  if ((short_length == 126 && header->length < 126)
      || (short_length == 127 && (header->length <= G_MAXUINT16 || header->length >> 63 != 0)))
    return break_rule (message, _("The length of a WebSocket frame is not in its shortest form."));

  if (bcast_websocket_header_is_control (header))
    {
      if (header->length > MAX_CONTROL_BYTES || !header->final)
        return break_rule (message, _("A WebSocket control frame is too long or in fragments."));
      return BCAST_WEBSOCKET_MESSAGE;
    }

  if (header->length > get_max_bytes (expected, compressed) - expected->waiting)
    return refuse_size (expected, message);
  if ((header->opcode == 0) != expected->in_message)
    return break_rule (message, _("The fragments of a WebSocket message came out of order."));
  return BCAST_WEBSOCKET_MESSAGE;
}

/* The first two bytes say what cannot be, whatever follows. */
static BcastWebsocketResult
check_start (const BcastWebsocketExpectation *expected,
             const guint8                    *bytes,
             const BcastWebsocketHeader      *header,
             BcastWebsocketMessage           *message)
{
  gboolean masked = (bytes[1] & 0x80) != 0;

  /* Only the first frame of a message tells that it is deflated. */
  if ((bytes[0] & OTHER_RSV) != 0
      || (header->compressed && (!expected->compressed_allowed || bcast_websocket_header_is_control (header)
                                 || header->opcode == 0)))
    return break_rule (message, _("A WebSocket frame uses an extension that was not agreed on."));
  if ((header->opcode & 0x7) > 2)
    return break_rule (message, _("A WebSocket frame is of a kind that does not exist."));
  if (expected->role == BCAST_WEBSOCKET_SERVER && !masked)
    return break_rule (message, _("A WebSocket frame from a client is not masked."));
  if (expected->role == BCAST_WEBSOCKET_CLIENT && masked)
    return break_rule (message, _("A WebSocket frame from a server is masked."));
  return BCAST_WEBSOCKET_MESSAGE;
}

/*
 * bcast_websocket_header_read:
 * @expected: what may come
 * @bytes: the first bytes of a frame
 * @available: how many of them are there
 * @header: (out caller-allocates): what they say
 * @message: says why when the frame is refused
 *
 * Looks only at the bytes that are there, so that a hopeless frame is refused before it is read.
 *
 * Returns: %BCAST_WEBSOCKET_MESSAGE when @header is complete and good
 */
BcastWebsocketResult
bcast_websocket_header_read (const BcastWebsocketExpectation *expected,
                             const guint8                    *bytes,
                             gsize                            available,
                             BcastWebsocketHeader            *header,
                             BcastWebsocketMessage           *message)
{
  if (available < 2)
    return BCAST_WEBSOCKET_NEEDS_MORE;

  header->final = (bytes[0] & 0x80) != 0;
  header->compressed = (bytes[0] & RSV1) != 0;
  header->opcode = bytes[0] & 0x0f;

  if (check_start (expected, bytes, header, message) == BCAST_WEBSOCKET_FAILED)
    return BCAST_WEBSOCKET_FAILED;
  if (!read_length (expected, bytes, available, header))
    return BCAST_WEBSOCKET_NEEDS_MORE;

  return check_length (expected, bytes, header, message);
}

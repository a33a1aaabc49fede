/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-websocket.h"

#include <string.h>

#define MAX_HEADER_BYTES       10
#define MAX_CLOSE_REASON_BYTES 123 /* a control frame has 125, two are the code */

static gsize
write_header (guint8               *header,
              BcastWebsocketOpcode  opcode,
              gsize                 length)
{
  gsize extra = length < 126 ? 0 : length <= G_MAXUINT16 ? 2 : 8;

  header[0] = 0x80 | opcode;
  header[1] = extra == 0 ? length : extra == 2 ? 126 : 127;
  for (gsize i = 0; i < extra; i++)
    header[2 + i] = (guint64) length >> 8 * (extra - 1 - i);
  return 2 + extra;
}

/**
 * bcast_websocket_frame_new:
 * @opcode: what it is
 * @payload: (array length=length) (nullable): its bytes
 * @length: how many
 *
 * A server's frames are not masked, so that one frame serves every subscriber of a channel.
 * Source: RFC 6455, section 5.2.
 *
 * Returns: (transfer full): the bytes for the socket
 */
GBytes *
bcast_websocket_frame_new (BcastWebsocketOpcode opcode,
                           gconstpointer        payload,
                           gsize                length)
{
  g_return_val_if_fail (payload != NULL || length == 0, NULL);

  guint8 header[MAX_HEADER_BYTES];
  gsize header_bytes = write_header (header, opcode, length);
  guint8 *bytes = g_malloc (header_bytes + length);

  memcpy (bytes, header, header_bytes);
  if (length > 0)
    memcpy (bytes + header_bytes, payload, length);
  return g_bytes_new_take (bytes, header_bytes + length);
}

/**
 * bcast_websocket_close_new:
 * @code: a close code
 * @reason: (nullable): why; cut at the last whole character that fits
 *
 * Returns: (transfer full): a close frame
 */
GBytes *
bcast_websocket_close_new (guint       code,
                           const char *reason)
{
  guint8 payload[2 + MAX_CLOSE_REASON_BYTES] = { code >> 8, code & 0xff, };
  gsize length = reason != NULL ? strlen (reason) : 0;

  if (code == BCAST_WEBSOCKET_CLOSE_NO_STATUS)
    return bcast_websocket_frame_new (BCAST_WEBSOCKET_CLOSE, NULL, 0);

  if (length > MAX_CLOSE_REASON_BYTES)
    length = g_utf8_find_prev_char (reason, reason + MAX_CLOSE_REASON_BYTES + 1) - reason;
  if (length > 0)
    memcpy (payload + 2, reason, length);
  return bcast_websocket_frame_new (BCAST_WEBSOCKET_CLOSE, payload, 2 + length);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-websocket.h"

#include <string.h>

#include "bcast-websocket-mask-private.h"

#define MAX_HEADER_BYTES       (10 + BCAST_WEBSOCKET_MASK_BYTES)
#define MAX_CLOSE_REASON_BYTES 123 /* a control frame has 125, two are the code */

static gsize
write_header (guint8               *header,
              BcastWebsocketOpcode  opcode,
              gsize                 length,
              const guint8         *mask)
{
  gsize extra = length < 126 ? 0 : length <= G_MAXUINT16 ? 2 : 8;
  gsize header_bytes = 2 + extra;

  header[0] = 0x80 | opcode;
  header[1] = extra == 0 ? length : extra == 2 ? 126 : 127;
  for (gsize i = 0; i < extra; i++)
    header[2 + i] = (guint64) length >> 8 * (extra - 1 - i);
  if (mask == NULL)
    return header_bytes;

  header[1] |= 0x80;
  memcpy (header + header_bytes, mask, BCAST_WEBSOCKET_MASK_BYTES);
  return header_bytes + BCAST_WEBSOCKET_MASK_BYTES;
}

/* Not masked where @mask is NULL. */
static GBytes *
make_frame (BcastWebsocketOpcode  opcode,
            gconstpointer         payload,
            gsize                 length,
            const guint8         *mask)
{
  guint8 header[MAX_HEADER_BYTES];
  gsize header_bytes = write_header (header, opcode, length, mask);
  guint8 *bytes = g_malloc (header_bytes + length);

  memcpy (bytes, header, header_bytes);
  if (length > 0)
    memcpy (bytes + header_bytes, payload, length);
  if (mask != NULL)
    bcast_websocket_mask (bytes + header_bytes, length, mask);
  return g_bytes_new_take (bytes, header_bytes + length);
}

static GBytes *
make_close (guint         code,
            const char   *reason,
            const guint8 *mask)
{
  guint8 payload[2 + MAX_CLOSE_REASON_BYTES] = { code >> 8, code & 0xff, };
  gsize length = reason != NULL ? strlen (reason) : 0;

  if (code == BCAST_WEBSOCKET_CLOSE_NO_STATUS)
    return make_frame (BCAST_WEBSOCKET_CLOSE, NULL, 0, mask);

  if (length > MAX_CLOSE_REASON_BYTES)
    length = g_utf8_find_prev_char (reason, reason + MAX_CLOSE_REASON_BYTES + 1) - reason;
  if (length > 0)
    memcpy (payload + 2, reason, length);
  return make_frame (BCAST_WEBSOCKET_CLOSE, payload, 2 + length, mask);
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

  return make_frame (opcode, payload, length, NULL);
}

/**
 * bcast_websocket_close_new:
 * @code: a close code
 * @reason: (nullable): why; cut at the last whole character that fits
 *
 * Returns: (transfer full): a server's close frame
 */
GBytes *
bcast_websocket_close_new (guint       code,
                           const char *reason)
{
  return make_close (code, reason, NULL);
}

/**
 * bcast_websocket_masked_frame_new:
 * @opcode: what it is
 * @payload: (array length=length) (nullable): its bytes
 * @length: how many
 * @mask: (array fixed-size=4): bytes that nobody can foresee, new ones for each frame
 *
 * A client's frames are masked, so that nobody on the way takes what stands in them for something
 * else. Source: RFC 6455, sections 5.3 and 10.3.
 *
 * Returns: (transfer full): the bytes for the socket
 */
GBytes *
bcast_websocket_masked_frame_new (BcastWebsocketOpcode  opcode,
                                  gconstpointer         payload,
                                  gsize                 length,
                                  const guint8         *mask)
{
  g_return_val_if_fail (payload != NULL || length == 0, NULL);
  g_return_val_if_fail (mask != NULL, NULL);

  return make_frame (opcode, payload, length, mask);
}

/**
 * bcast_websocket_masked_close_new:
 * @code: a close code
 * @reason: (nullable): why; cut at the last whole character that fits
 * @mask: (array fixed-size=4): as for bcast_websocket_masked_frame_new()
 *
 * Returns: (transfer full): a client's close frame
 */
GBytes *
bcast_websocket_masked_close_new (guint         code,
                                  const char   *reason,
                                  const guint8 *mask)
{
  g_return_val_if_fail (mask != NULL, NULL);

  return make_close (code, reason, mask);
}

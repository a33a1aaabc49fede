/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deflated messages of a WebSocket, as any server may send them: a byte with options, and then for each
 * message its length and its bytes. */

#include "fuzz.h"

#include "bcast-websocket-deflate.h"

#define LIMIT 20000

static BcastWebsocketResult
inflate_one (BcastWebsocketInflater *inflater,
             const uint8_t          *data,
             size_t                  size,
             gboolean                is_text)
{
  BcastWebsocketMessage message = {
    .opcode = is_text ? BCAST_WEBSOCKET_TEXT : BCAST_WEBSOCKET_BINARY,
    .data = (const char *) data,
    .length = size,
    .compressed = TRUE,
  };
  BcastWebsocketResult result = bcast_websocket_inflater_inflate (inflater, &message);

  if (result == BCAST_WEBSOCKET_FAILED)
    {
      g_assert_nonnull (message.reason);
      g_assert_true (message.close_code == BCAST_WEBSOCKET_CLOSE_TOO_BIG
                     || message.close_code == BCAST_WEBSOCKET_CLOSE_BAD_DATA);
      return result;
    }

  g_assert_cmpint (result, ==, BCAST_WEBSOCKET_MESSAGE);
  g_assert_false (message.compressed);
  g_assert_nonnull (message.data);
  g_assert_cmpuint (message.length, <=, LIMIT);
  if (is_text)
    g_assert_true (g_utf8_validate_len (message.data, message.length, NULL));
  return result;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  BcastWebsocketDeflate deflate = { TRUE, size > 0 && (data[0] & 1) != 0 };
  gboolean is_text = size > 0 && (data[0] & 2) != 0;
  g_autoptr(BcastWebsocketInflater) inflater = bcast_websocket_inflater_new (&deflate, LIMIT);
  size_t at = 1;

  while (at < size)
    {
      size_t length = MIN (data[at], size - at - 1);

      if (inflate_one (inflater, data + at + 1, length, is_text) == BCAST_WEBSOCKET_FAILED)
        break;
      at += 1 + length;
    }
  return 0;
}

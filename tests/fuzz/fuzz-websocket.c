/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bytes of a WebSocket, as anybody may send them to the sandbox. With FUZZ_AS_CLIENT: as any server
 * may send them to a client that agreed on permessage-deflate. */

#include "fuzz.h"

#include "bcast-websocket.h"

#define LIMIT 1000
#define MOST_DEFLATED_BYTES (LIMIT + 64)

static void
check_message (const BcastWebsocketMessage *message)
{
  g_assert_cmpuint (message->length, <=, message->compressed ? MOST_DEFLATED_BYTES : LIMIT);
  if (message->compressed)
    g_assert_true (message->opcode == BCAST_WEBSOCKET_TEXT || message->opcode == BCAST_WEBSOCKET_BINARY);
  else if (message->opcode == BCAST_WEBSOCKET_TEXT || message->opcode == BCAST_WEBSOCKET_CLOSE)
    g_assert_true (g_utf8_validate_len (message->data, message->length, NULL));
  if (message->opcode == BCAST_WEBSOCKET_CLOSE)
    g_assert_true (message->close_code >= 1000 && message->close_code < 5000);
}

static BcastWebsocketParser *
make_parser (void)
{
#ifdef FUZZ_AS_CLIENT
  BcastWebsocketParser *parser = bcast_websocket_parser_new (BCAST_WEBSOCKET_CLIENT, LIMIT);

  bcast_websocket_parser_allow_compressed (parser);
  return parser;
#else
  return bcast_websocket_parser_new (BCAST_WEBSOCKET_SERVER, LIMIT);
#endif
}

/* Everything that came out, in one string of bytes. */
static GString *
parse (const uint8_t *data,
       size_t         size,
       size_t         step)
{
  g_autoptr(BcastWebsocketParser) parser = make_parser ();
  GString *log = g_string_new (NULL);

  for (size_t at = 0; at < size; at += step)
    {
      BcastWebsocketMessage message;
      BcastWebsocketResult result;

      bcast_websocket_parser_feed (parser, data + at, MIN (step, size - at));
      while ((result = bcast_websocket_parser_next (parser, &message)) == BCAST_WEBSOCKET_MESSAGE)
        {
          check_message (&message);
          g_string_append_printf (log, "%u %d %u %" G_GSIZE_FORMAT " ", message.opcode, message.compressed,
                                  message.close_code, message.length);
          g_string_append_len (log, message.data, message.length);
        }
      if (result == BCAST_WEBSOCKET_FAILED)
        {
          g_assert_nonnull (message.reason);
          g_string_append_printf (log, "failed %u", message.close_code);
          break;
        }
    }
  return log;
}

/* In how many pieces the bytes come makes no difference. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GString) whole = parse (data, size, MAX (size, 1));
  g_autoptr(GString) by_byte = parse (data, size, 1);
  g_autoptr(GString) by_seven = parse (data, size, 7);

  g_assert_true (g_string_equal (whole, by_byte));
  g_assert_true (g_string_equal (whole, by_seven));
  return 0;
}

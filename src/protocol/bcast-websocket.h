/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BCAST_WEBSOCKET_TEXT   = 0x1,
  BCAST_WEBSOCKET_BINARY = 0x2,
  BCAST_WEBSOCKET_CLOSE  = 0x8,
  BCAST_WEBSOCKET_PING   = 0x9,
  BCAST_WEBSOCKET_PONG   = 0xa,
} BcastWebsocketOpcode;

/**
 * BcastWebsocketRole:
 * @BCAST_WEBSOCKET_SERVER: the end that was connected to; what it reads is masked
 * @BCAST_WEBSOCKET_CLIENT: the end that connected; what it reads is not
 *
 * Which end of a WebSocket one is.
 */
typedef enum
{
  BCAST_WEBSOCKET_SERVER,
  BCAST_WEBSOCKET_CLIENT,
} BcastWebsocketRole;

#define BCAST_WEBSOCKET_MASK_BYTES 4

/* The transport's own close codes. Source: RFC 6455, section 7.4.1. */
#define BCAST_WEBSOCKET_CLOSE_NORMAL         1000
#define BCAST_WEBSOCKET_CLOSE_PROTOCOL_ERROR 1002
#define BCAST_WEBSOCKET_CLOSE_NO_STATUS      1005
#define BCAST_WEBSOCKET_CLOSE_ABNORMAL       1006
#define BCAST_WEBSOCKET_CLOSE_BAD_DATA       1007
#define BCAST_WEBSOCKET_CLOSE_TOO_BIG        1009
#define BCAST_WEBSOCKET_CLOSE_TLS_HANDSHAKE  1015

/**
 * BcastWebsocketMessage:
 * @opcode: what it is
 * @data: (array length=length): its payload, unmasked and put together; not terminated
 * @length: how many bytes
 * @compressed: whether @data is still deflated: then nothing is known of what it holds, and
 *   bcast_websocket_inflater_inflate() makes a message of it
 * @close_code: on a close: its code, %BCAST_WEBSOCKET_CLOSE_NO_STATUS when it had none; on
 *   %BCAST_WEBSOCKET_FAILED: the code to close with
 * @reason: on %BCAST_WEBSOCKET_FAILED: why, as a sentence
 *
 * What bcast_websocket_parser_next() found. @data is good until the parser is called again.
 */
typedef struct
{
  BcastWebsocketOpcode  opcode;
  const char           *data;
  gsize                 length;
  gboolean              compressed;
  guint                 close_code;
  const char           *reason;
} BcastWebsocketMessage;

typedef enum
{
  BCAST_WEBSOCKET_NEEDS_MORE,
  BCAST_WEBSOCKET_MESSAGE,
  BCAST_WEBSOCKET_FAILED,
} BcastWebsocketResult;

typedef struct _BcastWebsocketParser BcastWebsocketParser;

BcastWebsocketParser *bcast_websocket_parser_new     (BcastWebsocketRole     role,
                                                      gsize                  max_message_bytes) G_GNUC_WARN_UNUSED_RESULT;
void                  bcast_websocket_parser_free    (BcastWebsocketParser  *self);
void                  bcast_websocket_parser_allow_compressed (BcastWebsocketParser *self);
guint8               *bcast_websocket_parser_reserve (BcastWebsocketParser  *self,
                                                      gsize                  length);
void                  bcast_websocket_parser_commit  (BcastWebsocketParser  *self,
                                                      gsize                  length);
void                  bcast_websocket_parser_feed    (BcastWebsocketParser  *self,
                                                      gconstpointer          data,
                                                      gsize                  length);
BcastWebsocketResult  bcast_websocket_parser_next    (BcastWebsocketParser  *self,
                                                      BcastWebsocketMessage *message);

GBytes *bcast_websocket_frame_new        (BcastWebsocketOpcode  opcode,
                                          gconstpointer         payload,
                                          gsize                 length) G_GNUC_WARN_UNUSED_RESULT;
GBytes *bcast_websocket_close_new        (guint                 code,
                                          const char           *reason) G_GNUC_WARN_UNUSED_RESULT;
GBytes *bcast_websocket_masked_frame_new (BcastWebsocketOpcode  opcode,
                                          gconstpointer         payload,
                                          gsize                 length,
                                          const guint8         *mask) G_GNUC_WARN_UNUSED_RESULT;
GBytes *bcast_websocket_masked_close_new (guint                 code,
                                          const char           *reason,
                                          const guint8         *mask) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastWebsocketParser, bcast_websocket_parser_free)

G_END_DECLS

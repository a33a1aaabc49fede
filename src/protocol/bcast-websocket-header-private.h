/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-websocket.h"

G_BEGIN_DECLS

/**
 * BcastWebsocketHeader:
 * @final: whether it ends its message
 * @compressed: whether it begins a message that is deflated
 * @opcode: its kind; 0 goes on with a message
 * @header_bytes: bytes before the payload, the mask included
 * @length: bytes of the payload
 *
 * What stands before a frame's payload.
 */
typedef struct
{
  gboolean  final;
  gboolean  compressed;
  guint8    opcode;
  gsize     header_bytes;
  guint64   length;
} BcastWebsocketHeader;

/**
 * BcastWebsocketExpectation:
 * @role: which end reads
 * @compressed_allowed: whether messages may be deflated
 * @max_message_bytes: the largest message to accept
 * @in_message: whether a message is not complete
 * @in_compressed: whether that one is deflated
 * @waiting: bytes of it that have come
 *
 * What a frame's header is held against.
 */
typedef struct
{
  BcastWebsocketRole  role;
  gboolean            compressed_allowed;
  gsize               max_message_bytes;
  gboolean            in_message;
  gboolean            in_compressed;
  gsize               waiting;
} BcastWebsocketExpectation;

BcastWebsocketResult bcast_websocket_header_read (const BcastWebsocketExpectation *expected,
                                                  const guint8                    *bytes,
                                                  gsize                            available,
                                                  BcastWebsocketHeader            *header,
                                                  BcastWebsocketMessage           *message);
BcastWebsocketResult bcast_websocket_fail        (BcastWebsocketMessage           *message,
                                                  guint                            code,
                                                  const char                      *reason);

static inline gboolean
bcast_websocket_header_is_control (const BcastWebsocketHeader *self)
{
  return (self->opcode & 0x8) != 0;
}

G_END_DECLS

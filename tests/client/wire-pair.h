/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "await.h"
#include "bcast-websocket-connection-private.h"

G_BEGIN_DECLS

/**
 * WirePair:
 * @connection: the client's end of a WebSocket; %NULL once let go of
 * @far: the other end, as bare bytes, which does not block
 * @parser: reads what the client sends
 * @log: what the handler was told, in words: `1:text` `2:binary` `alive` `close:1000:words` `failed` `gone`
 * @error: what the handler was told last
 * @drop_at: the message at which the handler lets go of the connection
 *
 * The client's end of a WebSocket over loopback and the bytes at the other.
 */
typedef struct
{
  BcastWebsocketConnection *connection;
  GSocket                  *far;
  BcastWebsocketParser     *parser;
  GString                  *log;
  GError                   *error;
  const char               *drop_at;
  gsize                     longest;
  guint                     n_messages;
} WirePair;

WirePair *wire_pair_new           (gboolean              deflated);
void      wire_pair_free          (WirePair             *self);
void      wire_pair_write         (WirePair             *self,
                                   gconstpointer         bytes,
                                   gsize                 length);
void      wire_pair_write_frame   (WirePair             *self,
                                   guint8                first,
                                   gconstpointer         payload,
                                   gsize                 length);
gboolean  wire_pair_read          (WirePair             *self,
                                   BcastWebsocketMessage *message);
void      wire_pair_expect        (WirePair             *self,
                                   BcastWebsocketOpcode  opcode,
                                   guint                 close_code,
                                   const char           *text);
void      wire_pair_shut          (WirePair             *self);

G_END_DECLS

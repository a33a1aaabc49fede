/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-websocket-deflate.h"

G_BEGIN_DECLS

/**
 * BcastWebsocketReaderHandler:
 * @message: a message of any kind came, inflated
 * @refused: what came is against the rules, as @message says: the reader understands nothing any more
 * @alive: bytes came, but no message is complete
 * @ended: the stream is at its end; @error is %NULL when the other end closed it
 *
 * What the owner of a reader wants to know. Each may stop the reader.
 */
typedef struct
{
  void (*message) (const BcastWebsocketMessage *message,
                   gint64                       received_us,
                   gpointer                     owner);
  void (*refused) (const BcastWebsocketMessage *message,
                   gpointer                     owner);
  void (*alive)   (gpointer                     owner);
  void (*ended)   (const GError                *error,
                   gpointer                     owner);
} BcastWebsocketReaderHandler;

typedef struct _BcastWebsocketReader BcastWebsocketReader;

BcastWebsocketReader *bcast_websocket_reader_new   (GPollableInputStream              *input,
                                                    const BcastWebsocketDeflate       *deflate,
                                                    const BcastWebsocketReaderHandler *handler,
                                                    GObject                           *owner) G_GNUC_WARN_UNUSED_RESULT;
void                  bcast_websocket_reader_free  (BcastWebsocketReader              *self);
void                  bcast_websocket_reader_start (BcastWebsocketReader              *self,
                                                    GBytes                            *frames);
void                  bcast_websocket_reader_stop  (BcastWebsocketReader              *self);

G_END_DECLS

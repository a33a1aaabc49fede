/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-websocket-deflate.h"

G_BEGIN_DECLS

#define BCAST_TYPE_WEBSOCKET_CONNECTION (bcast_websocket_connection_get_type ())

G_DECLARE_FINAL_TYPE (BcastWebsocketConnection, bcast_websocket_connection, BCAST, WEBSOCKET_CONNECTION, GObject)

/**
 * BcastWebsocketHandler:
 * @message: a text or binary message came
 * @alive: something came that is no such message
 * @closing: the other end says goodbye, which is answered already; @words may be %NULL
 * @failed: what broke: a %BCAST_ERROR for what the other end did, and anything else for what GIO says
 * @gone: the stream is closed; the last, and always called
 *
 * What the owner of a connection wants to know. None is called from within a function that the owner
 * calls, and each may let go of the connection.
 */
typedef struct
{
  void (*message) (const BcastWebsocketMessage *message,
                   gint64                       received_us,
                   gpointer                     user_data);
  void (*alive)   (gpointer                     user_data);
  void (*closing) (guint                        code,
                   const char                  *words,
                   gpointer                     user_data);
  void (*failed)  (const GError                *error,
                   gpointer                     user_data);
  void (*gone)    (gpointer                     user_data);
} BcastWebsocketHandler;

BcastWebsocketConnection *bcast_websocket_connection_new     (GIOStream                   *stream,
                                                              const BcastWebsocketDeflate *deflate,
                                                              const BcastWebsocketHandler *handler,
                                                              gpointer                     user_data) G_GNUC_WARN_UNUSED_RESULT;
void                      bcast_websocket_connection_start   (BcastWebsocketConnection    *self,
                                                              GBytes                      *frames);
gboolean                  bcast_websocket_connection_is_open (BcastWebsocketConnection    *self);
void                      bcast_websocket_connection_send    (BcastWebsocketConnection    *self,
                                                              const char                  *text);
void                      bcast_websocket_connection_close   (BcastWebsocketConnection    *self,
                                                              guint                        code);
void                      bcast_websocket_connection_abort   (BcastWebsocketConnection    *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-app.h"

G_BEGIN_DECLS

#define BCAST_TYPE_SOCKET (bcast_socket_get_type ())

G_DECLARE_FINAL_TYPE (BcastSocket, bcast_socket, BCAST, SOCKET, GObject)

/**
 * BcastSocketEnd:
 * @opened: whether the WebSocket was open before
 * @code: the close code; 0 when there is none because the end was no close frame
 * @words: (nullable): the other end's reason
 * @error: (nullable): what broke, as a %BCAST_ERROR; %NULL after a close frame
 *
 * How a socket ended.
 */
typedef struct
{
  gboolean      opened;
  int           code;
  const char   *words;
  const GError *error;
} BcastSocketEnd;

/**
 * BcastSocketHandler:
 * @message: a message came; @text is %NULL for a binary one
 * @alive: something came that is no message
 * @ended: called once, the last; the WebSocket cannot be used any more
 *
 * What the owner of a socket wants to know.
 */
typedef struct
{
  void (*message) (const char           *text,
                   gsize                 length,
                   gint64                received_us,
                   gpointer              user_data);
  void (*alive)   (gpointer              user_data);
  void (*ended)   (const BcastSocketEnd *end,
                   gpointer              user_data);
} BcastSocketHandler;

/**
 * BcastSocketGoneFunc:
 * @user_data: what the caller passed
 *
 * Called once when a retired socket is closed.
 */
typedef void (*BcastSocketGoneFunc) (gpointer user_data);

BcastSocket *bcast_socket_new                 (BcastApp                 *app,
                                               const BcastSocketHandler *handler,
                                               gpointer                  user_data) G_GNUC_WARN_UNUSED_RESULT;
gboolean     bcast_socket_open                (BcastSocket              *self,
                                               GError                  **error);
gboolean     bcast_socket_send                (BcastSocket              *self,
                                               const char               *text);
void         bcast_socket_retire              (BcastSocket              *self,
                                               BcastSocketGoneFunc       gone,
                                               gpointer                  user_data);
void         bcast_socket_drop                (BcastSocket              *self);

gboolean     bcast_socket_is_deflated         (BcastSocket              *self);
const char  *bcast_socket_get_response_header (BcastSocket              *self,
                                               const char               *name);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-websocket.h"

G_BEGIN_DECLS

#define BCAST_WEBSOCKET_WRITER_MAX_BYTES (4 * 1024 * 1024)

typedef struct _BcastWebsocketWriter BcastWebsocketWriter;

/**
 * BcastWebsocketWriterFailedFunc:
 * @error: a %BCAST_ERROR when too much waits, and anything else for what GIO says
 * @user_data: what the caller passed
 *
 * Called once when nothing can be written any more, and never from within another function of the writer.
 */
typedef void (*BcastWebsocketWriterFailedFunc) (const GError *error,
                                                gpointer      user_data);

BcastWebsocketWriter *bcast_websocket_writer_new        (GPollableOutputStream          *output,
                                                         BcastWebsocketWriterFailedFunc  failed_func,
                                                         gpointer                        user_data) G_GNUC_WARN_UNUSED_RESULT;
void                  bcast_websocket_writer_free       (BcastWebsocketWriter           *self);
gboolean              bcast_websocket_writer_is_open    (BcastWebsocketWriter           *self);
void                  bcast_websocket_writer_send_text  (BcastWebsocketWriter           *self,
                                                         const char                     *text);
void                  bcast_websocket_writer_send_pong  (BcastWebsocketWriter           *self,
                                                         const char                     *data,
                                                         gsize                           length);
void                  bcast_websocket_writer_send_close (BcastWebsocketWriter           *self,
                                                         guint                           code,
                                                         const char                     *reason);
void                  bcast_websocket_writer_stop       (BcastWebsocketWriter           *self);

G_END_DECLS

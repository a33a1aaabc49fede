/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-target-private.h"
#include "bcast-upgrade-private.h"

G_BEGIN_DECLS

/**
 * BcastWebsocketOpening:
 * @stream: the connection
 * @answer: what the server said to the request
 * @frames: what came behind its answer already
 *
 * A WebSocket that was just opened.
 */
typedef struct
{
  GIOStream          *stream;
  BcastUpgradeAnswer  answer;
  GBytes             *frames;
} BcastWebsocketOpening;

void                   bcast_websocket_open_async   (BcastTarget            *target,
                                                     GCancellable           *cancellable,
                                                     GAsyncReadyCallback     callback,
                                                     gpointer                user_data);
BcastWebsocketOpening *bcast_websocket_open_finish  (GAsyncResult           *result,
                                                     GError                **error) G_GNUC_WARN_UNUSED_RESULT;
void                   bcast_websocket_opening_free (BcastWebsocketOpening  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastWebsocketOpening, bcast_websocket_opening_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-flusher-private.h"

G_BEGIN_DECLS

/* Frames for a channel are shared by all its subscribers, so what a slow reader holds back is
 * mostly memory that others hold as well. */
#define BCAST_PEER_SOCKET_MAX_QUEUE_BYTES (8 * 1024 * 1024)

#define BCAST_TYPE_PEER_SOCKET (bcast_peer_socket_get_type ())

/* Signals: "message" (BcastWebsocketMessage *): a text or binary message came
 *          "ping" (): gboolean: a ping came; a handler that returns TRUE keeps it from being answered
 *          "closed" (): the connection is gone; emitted once, and never from within
 *          bcast_peer_socket_send(), so that lists of sockets can be walked while sending */
G_DECLARE_FINAL_TYPE (BcastPeerSocket, bcast_peer_socket, BCAST, PEER_SOCKET, GObject)

BcastPeerSocket *bcast_peer_socket_new          (GIOStream       *stream,
                                                 BcastFlusher    *flusher) G_GNUC_WARN_UNUSED_RESULT;
void             bcast_peer_socket_send         (BcastPeerSocket *self,
                                                 GBytes          *frame);
void             bcast_peer_socket_close        (BcastPeerSocket *self,
                                                 guint            code,
                                                 const char      *reason);
void             bcast_peer_socket_abort        (BcastPeerSocket *self);
void             bcast_peer_socket_flush        (BcastPeerSocket *self);
gsize            bcast_peer_socket_get_room     (BcastPeerSocket *self);
gint64           bcast_peer_socket_get_heard_us (BcastPeerSocket *self);
guint            bcast_peer_socket_get_close_code (BcastPeerSocket *self);
const char      *bcast_peer_socket_get_close_reason (BcastPeerSocket *self);

G_END_DECLS

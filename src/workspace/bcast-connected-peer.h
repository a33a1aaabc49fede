/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-peer-info.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CONNECTED_PEER (bcast_connected_peer_get_type ())

/* Signal "changed": something about it is another one. */
G_DECLARE_FINAL_TYPE (BcastConnectedPeer, bcast_connected_peer, BCAST, CONNECTED_PEER, GObject)

BcastConnectedPeer  *bcast_connected_peer_new      (BcastPeerInfo      *info) G_GNUC_WARN_UNUSED_RESULT;
const BcastPeerInfo *bcast_connected_peer_get_info (BcastConnectedPeer *self);
void                 bcast_connected_peer_take     (BcastConnectedPeer *self,
                                                    BcastPeerInfo      *info);

void                 bcast_connected_peers_take    (GListStore         *store,
                                                    GPtrArray          *infos);

G_END_DECLS

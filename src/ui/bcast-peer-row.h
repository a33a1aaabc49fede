/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-connected-peer.h"

G_BEGIN_DECLS

#define BCAST_TYPE_PEER_ROW (bcast_peer_row_get_type ())

G_DECLARE_FINAL_TYPE (BcastPeerRow, bcast_peer_row, BCAST, PEER_ROW, GtkBox)

GtkWidget *bcast_peer_row_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_peer_row_show (BcastPeerRow       *self,
                                BcastConnectedPeer *peer,
                                const char         *own_name);

G_END_DECLS

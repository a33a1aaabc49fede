/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_PEERS_VIEW (bcast_peers_view_get_type ())

G_DECLARE_FINAL_TYPE (BcastPeersView, bcast_peers_view, BCAST, PEERS_VIEW, AdwBin)

void bcast_peers_view_set_workspace (BcastPeersView *self,
                                     BcastWorkspace *workspace);
void bcast_peers_view_refresh       (BcastPeersView *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-channel-directory.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CHANNEL_PANEL (bcast_channel_panel_get_type ())

G_DECLARE_FINAL_TYPE (BcastChannelPanel, bcast_channel_panel, BCAST, CHANNEL_PANEL, AdwBin)

void bcast_channel_panel_set_directory (BcastChannelPanel     *self,
                                        BcastChannelDirectory *directory);
void bcast_channel_panel_set_workspace (BcastChannelPanel     *self,
                                        BcastWorkspace        *workspace);
void bcast_channel_panel_set_channel   (BcastChannelPanel     *self,
                                        BcastOccupiedChannel  *channel);

G_END_DECLS

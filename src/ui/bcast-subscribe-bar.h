/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_SUBSCRIBE_BAR (bcast_subscribe_bar_get_type ())

G_DECLARE_FINAL_TYPE (BcastSubscribeBar, bcast_subscribe_bar, BCAST, SUBSCRIBE_BAR, GtkBox)

void bcast_subscribe_bar_set_workspace (BcastSubscribeBar *self,
                                        BcastWorkspace    *workspace);
void bcast_subscribe_bar_choose_client (BcastSubscribeBar *self,
                                        BcastClientMirror *client);
void bcast_subscribe_bar_focus         (BcastSubscribeBar *self);
void bcast_subscribe_bar_subscribe     (BcastSubscribeBar *self);

G_END_DECLS

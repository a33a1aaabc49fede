/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_OCCUPIED_VIEW (bcast_occupied_view_get_type ())

G_DECLARE_FINAL_TYPE (BcastOccupiedView, bcast_occupied_view, BCAST, OCCUPIED_VIEW, GtkBox)

void bcast_occupied_view_set_workspace (BcastOccupiedView *self,
                                        BcastWorkspace    *workspace);
void bcast_occupied_view_set_narrow    (BcastOccupiedView *self,
                                        gboolean           narrow);
void bcast_occupied_view_refresh       (BcastOccupiedView *self);
void bcast_occupied_view_focus_filter  (BcastOccupiedView *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_INSPECTOR (bcast_inspector_get_type ())

G_DECLARE_FINAL_TYPE (BcastInspector, bcast_inspector, BCAST, INSPECTOR, GtkBox)

GtkWidget *bcast_inspector_new           (void) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_inspector_set_workspace (BcastInspector *self,
                                          BcastWorkspace *workspace);
void       bcast_inspector_set_event     (BcastInspector *self,
                                          BcastEvent     *event);

G_END_DECLS

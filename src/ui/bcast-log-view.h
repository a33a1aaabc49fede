/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-shortcuts.h"
#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_LOG_VIEW (bcast_log_view_get_type ())

G_DECLARE_FINAL_TYPE (BcastLogView, bcast_log_view, BCAST, LOG_VIEW, GtkBox)

void                 bcast_log_view_set_settings  (BcastLogView   *self,
                                                   GSettings      *settings);
void                 bcast_log_view_set_workspace (BcastLogView   *self,
                                                   BcastWorkspace *workspace);
void                 bcast_log_view_set_narrow    (BcastLogView   *self,
                                                   gboolean        narrow);
void                 bcast_log_view_focus_filter  (BcastLogView   *self);
const BcastShortcut *bcast_log_view_get_shortcuts (guint          *n_shortcuts);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_TIMELINE (bcast_timeline_get_type ())

/* Signal "selected": another event is selected, or none. */
G_DECLARE_FINAL_TYPE (BcastTimeline, bcast_timeline, BCAST, TIMELINE, GtkWidget)

void        bcast_timeline_set_workspace (BcastTimeline  *self,
                                          BcastWorkspace *workspace);
void        bcast_timeline_set_stacked   (BcastTimeline  *self,
                                          gboolean        stacked);
void        bcast_timeline_set_buttons   (BcastTimeline  *self,
                                          gboolean        clients,
                                          gboolean        inspector);
BcastEvent *bcast_timeline_get_selected  (BcastTimeline  *self);
void        bcast_timeline_select        (BcastTimeline  *self,
                                          gint64          event_id);
void        bcast_timeline_follow        (BcastTimeline  *self);

G_END_DECLS

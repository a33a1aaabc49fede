/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BCAST_TYPE_TIMELINE_LAYOUT (bcast_timeline_layout_get_type ())

G_DECLARE_FINAL_TYPE (BcastTimelineLayout, bcast_timeline_layout, BCAST, TIMELINE_LAYOUT, GtkLayoutManager)

GtkLayoutManager *bcast_timeline_layout_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_timeline_layout_set_stacked (BcastTimelineLayout *self,
                                                     gboolean             stacked);

G_END_DECLS

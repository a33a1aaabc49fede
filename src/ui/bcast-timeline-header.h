/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BCAST_TYPE_TIMELINE_HEADER (bcast_timeline_header_get_type ())

G_DECLARE_FINAL_TYPE (BcastTimelineHeader, bcast_timeline_header, BCAST, TIMELINE_HEADER, GtkWidget)

GtkWidget *bcast_timeline_header_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_timeline_header_set_stacked (BcastTimelineHeader *self,
                                              gboolean             stacked);
void       bcast_timeline_header_set_buttons (BcastTimelineHeader *self,
                                              gboolean             clients,
                                              gboolean             inspector);

G_END_DECLS

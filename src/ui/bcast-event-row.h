/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-event.h"

G_BEGIN_DECLS

#define BCAST_TYPE_EVENT_ROW (bcast_event_row_get_type ())

G_DECLARE_FINAL_TYPE (BcastEventRow, bcast_event_row, BCAST, EVENT_ROW, GtkWidget)

GtkWidget  *bcast_event_row_new         (void) G_GNUC_WARN_UNUSED_RESULT;
BcastEvent *bcast_event_row_get_event   (BcastEventRow *self);
void        bcast_event_row_set_event   (BcastEventRow *self,
                                         BcastEvent    *event);
void        bcast_event_row_set_stacked (BcastEventRow *self,
                                         gboolean       stacked);

G_END_DECLS

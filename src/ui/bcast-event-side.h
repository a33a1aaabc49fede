/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-event.h"

G_BEGIN_DECLS

#define BCAST_TYPE_EVENT_SIDE (bcast_event_side_get_type ())

G_DECLARE_FINAL_TYPE (BcastEventSide, bcast_event_side, BCAST, EVENT_SIDE, GtkBox)

void bcast_event_side_show_sent     (BcastEventSide *self,
                                     BcastEvent     *event,
                                     const char     *note);
void bcast_event_side_show_received (BcastEventSide *self,
                                     BcastEvent     *event,
                                     const char     *note);
void bcast_event_side_set_brief     (BcastEventSide *self,
                                     gboolean        brief);

G_END_DECLS

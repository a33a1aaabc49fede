/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-occupied-channel.h"

G_BEGIN_DECLS

#define BCAST_TYPE_OCCUPIED_ROW (bcast_occupied_row_get_type ())

G_DECLARE_FINAL_TYPE (BcastOccupiedRow, bcast_occupied_row, BCAST, OCCUPIED_ROW, GtkBox)

GtkWidget *bcast_occupied_row_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_occupied_row_set_channel (BcastOccupiedRow     *self,
                                           BcastOccupiedChannel *channel);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-connection-step.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CONNECTION_ROW (bcast_connection_row_get_type ())

G_DECLARE_FINAL_TYPE (BcastConnectionRow, bcast_connection_row, BCAST, CONNECTION_ROW, GtkBox)

GtkWidget *bcast_connection_row_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_connection_row_show (BcastConnectionRow  *self,
                                      BcastConnectionStep *step);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-log-entry.h"

G_BEGIN_DECLS

#define BCAST_TYPE_LOG_ROW (bcast_log_row_get_type ())

G_DECLARE_FINAL_TYPE (BcastLogRow, bcast_log_row, BCAST, LOG_ROW, GtkBox)

GtkWidget *bcast_log_row_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_log_row_show (BcastLogRow   *self,
                               BcastLogEntry *entry);

G_END_DECLS

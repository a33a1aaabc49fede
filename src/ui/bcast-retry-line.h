/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BCAST_TYPE_RETRY_LINE (bcast_retry_line_get_type ())

G_DECLARE_FINAL_TYPE (BcastRetryLine, bcast_retry_line, BCAST, RETRY_LINE, GtkBox)

GtkWidget *bcast_retry_line_new          (void) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_retry_line_set_retry_us (BcastRetryLine *self,
                                          gint64          retry_us);
void       bcast_retry_line_set_action   (BcastRetryLine *self,
                                          const char     *action,
                                          const char     *target);

G_END_DECLS

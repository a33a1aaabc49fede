/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BCAST_TYPE_LOG_KINDS (bcast_log_kinds_get_type ())

/* Property with notification: "kinds" (uint, bits of BcastReportKind). */
G_DECLARE_FINAL_TYPE (BcastLogKinds, bcast_log_kinds, BCAST, LOG_KINDS, GtkBox)

void  bcast_log_kinds_set (BcastLogKinds *self,
                           guint          kinds);
guint bcast_log_kinds_get (BcastLogKinds *self);

G_END_DECLS

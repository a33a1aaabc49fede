/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-fault.h"

G_BEGIN_DECLS

#define BCAST_TYPE_FAULT_ROW (bcast_fault_row_get_type ())

/* Signal "toggled": the person switched it on or off, or changed its value while it is on. */
G_DECLARE_FINAL_TYPE (BcastFaultRow, bcast_fault_row, BCAST, FAULT_ROW, AdwActionRow)

GtkWidget  *bcast_fault_row_new        (BcastFaultKind  kind) G_GNUC_WARN_UNUSED_RESULT;
gboolean    bcast_fault_row_is_on      (BcastFaultRow  *self);
void        bcast_fault_row_start      (BcastFaultRow  *self,
                                        const char     *client,
                                        guint           duration_ms);
void        bcast_fault_row_end        (BcastFaultRow  *self);
BcastFault *bcast_fault_row_dup_fault  (BcastFaultRow  *self) G_GNUC_WARN_UNUSED_RESULT;
void        bcast_fault_row_tick       (BcastFaultRow  *self);

G_END_DECLS

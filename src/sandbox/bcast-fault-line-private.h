/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-faults-private.h"

G_BEGIN_DECLS

#define BCAST_FAULT_LINE_ROW_TIMEOUT_MS 1000

typedef struct _BcastFaultLine BcastFaultLine;

typedef void (*BcastFaultLineSend) (gpointer  target,
                                    GBytes   *frame);

BcastFaultLine *bcast_fault_line_new       (BcastFaultLineSend    send,
                                            gpointer              target) G_GNUC_WARN_UNUSED_RESULT;
void            bcast_fault_line_free      (BcastFaultLine       *self);

gboolean        bcast_fault_line_push      (BcastFaultLine       *self,
                                            const BcastFaultPlan *plan,
                                            GBytes               *frame,
                                            gsize                 room,
                                            gint64                now_us);
void            bcast_fault_line_follow    (BcastFaultLine       *self,
                                            const BcastFaultPlan *plan,
                                            gint64                now_us);
void            bcast_fault_line_run       (BcastFaultLine       *self,
                                            gint64                now_us);
gsize           bcast_fault_line_get_bytes (BcastFaultLine       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastFaultLine, bcast_fault_line_free)

G_END_DECLS

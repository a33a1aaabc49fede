/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-report.h"

G_BEGIN_DECLS

typedef struct _BcastReportQueue BcastReportQueue;

/* Gets reports that are its own now, and how many more there were that could not be kept. */
typedef void (*BcastReportQueueFunc) (GPtrArray *reports,
                                      guint64    n_lost,
                                      gpointer   user_data);

BcastReportQueue *bcast_report_queue_new   (void) G_GNUC_WARN_UNUSED_RESULT;
BcastReportQueue *bcast_report_queue_ref   (BcastReportQueue     *self);
void              bcast_report_queue_unref (BcastReportQueue     *self);

void              bcast_report_queue_watch (BcastReportQueue     *self,
                                            guint                 kinds,
                                            BcastReportQueueFunc  func,
                                            gpointer              user_data);
void              bcast_report_queue_push  (BcastReportQueue     *self,
                                            const BcastReport    *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastReportQueue, bcast_report_queue_unref)

G_END_DECLS

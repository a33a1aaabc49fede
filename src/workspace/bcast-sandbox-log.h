/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-log-entry.h"

G_BEGIN_DECLS

#define BCAST_SANDBOX_LOG_MAX_ROWS 10000

#define BCAST_TYPE_SANDBOX_LOG (bcast_sandbox_log_get_type ())

/* What the sandbox reports, for whoever reads along. GListModel of BcastLogEntry: the rows that match.
 * Signals:
 *   "changed": a number or a setting is another one
 *   "reported" (guint kinds): bits of BcastReportKind: these happened just now, shown or not
 */
G_DECLARE_FINAL_TYPE (BcastSandboxLog, bcast_sandbox_log, BCAST, SANDBOX_LOG, GObject)

BcastSandboxLog *bcast_sandbox_log_new           (void) G_GNUC_WARN_UNUSED_RESULT;

void             bcast_sandbox_log_take          (BcastSandboxLog *self,
                                                  GPtrArray       *reports,
                                                  guint64          n_lost);
void             bcast_sandbox_log_clear         (BcastSandboxLog *self);

void             bcast_sandbox_log_set_kinds     (BcastSandboxLog *self,
                                                  guint            kinds);
void             bcast_sandbox_log_set_filter    (BcastSandboxLog *self,
                                                  const char      *filter);
void             bcast_sandbox_log_set_paused    (BcastSandboxLog *self,
                                                  gboolean         paused);
gboolean         bcast_sandbox_log_get_paused    (BcastSandboxLog *self);

guint            bcast_sandbox_log_get_n_kept    (BcastSandboxLog *self);
guint            bcast_sandbox_log_get_n_waiting (BcastSandboxLog *self);

G_END_DECLS

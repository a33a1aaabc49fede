/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "bcast-report.h"

G_BEGIN_DECLS

#define BCAST_TYPE_LOG_ENTRY (bcast_log_entry_get_type ())

/* Never changes. */
G_DECLARE_FINAL_TYPE (BcastLogEntry, bcast_log_entry, BCAST, LOG_ENTRY, GObject)

BcastLogEntry     *bcast_log_entry_new        (BcastReport   *report,
                                               guint64        serial) G_GNUC_WARN_UNUSED_RESULT;
BcastLogEntry     *bcast_log_entry_new_lost   (guint64        n_lost,
                                               gint64         time_us,
                                               guint64        serial) G_GNUC_WARN_UNUSED_RESULT;

const BcastReport *bcast_log_entry_get_report (BcastLogEntry *self);
guint64            bcast_log_entry_get_n_lost (BcastLogEntry *self);
guint64            bcast_log_entry_get_serial (BcastLogEntry *self);
gint64             bcast_log_entry_get_time_us (BcastLogEntry *self);
gboolean           bcast_log_entry_matches    (BcastLogEntry *self,
                                               guint          kinds,
                                               const char    *needle);
char              *bcast_log_entry_dup_json   (BcastLogEntry *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

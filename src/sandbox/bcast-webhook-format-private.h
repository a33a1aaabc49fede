/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-report.h"

G_BEGIN_DECLS

char *bcast_webhook_format_event (const BcastReport *report) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_webhook_format_body  (gint64             time_ms,
                                  const char        *events) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_webhook_format_again (gint64             time_ms,
                                  const char        *body) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

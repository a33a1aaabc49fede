/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *bcast_format_time       (gint64              time_us) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_format_time_exact (gint64              time_us) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_format_date       (gint64              time_us) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_format_duration   (gint64              duration_us) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_format_size       (gsize               size_bytes) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_format_names      (const char * const *names) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_format_line       (const char         *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

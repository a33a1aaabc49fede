/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char  *cli_text_dup_printable (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char  *cli_text_fit           (const char *text,
                               guint       columns) G_GNUC_WARN_UNUSED_RESULT;
guint  cli_text_get_columns   (const char *text);
char  *cli_text_format_time   (gint64      time_us) G_GNUC_WARN_UNUSED_RESULT;
char  *cli_text_format_time_iso (gint64    time_us) G_GNUC_WARN_UNUSED_RESULT;
char  *cli_text_format_latency (gint64     latency_us) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

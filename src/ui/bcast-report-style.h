/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-log-entry.h"

G_BEGIN_DECLS

const char *bcast_report_style_get_icon_name (BcastReportKind  kind);
const char *bcast_report_style_get_css_class (BcastReportKind  kind);
char       *bcast_report_style_dup_text      (BcastLogEntry   *entry) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

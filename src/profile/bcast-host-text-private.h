/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean  bcast_host_text_check      (const char  *text,
                                      GError     **error);
char     *bcast_host_text_dup_ascii  (const char  *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

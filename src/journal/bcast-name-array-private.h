/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char  *_bcast_name_array_format (const char * const *names) G_GNUC_WARN_UNUSED_RESULT;
char **_bcast_name_array_parse  (const char         *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

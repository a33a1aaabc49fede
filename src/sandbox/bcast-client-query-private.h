/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint       bcast_client_query_check       (const char *query);
char       *bcast_client_query_dup_library (const char *query) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

gboolean _bcast_journal_schema_check  (sqlite3     *db,
                                       const char  *path,
                                       gint64      *version,
                                       GError     **error);
gboolean _bcast_journal_schema_set_up (sqlite3     *db,
                                       const char  *path,
                                       gint64       version,
                                       GError     **error);

G_END_DECLS

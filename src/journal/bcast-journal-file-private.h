/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean  _bcast_journal_file_prepare    (const char  *path,
                                          GError     **error);
int       _bcast_journal_file_lock       (const char  *path,
                                          GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  _bcast_journal_file_lost_body  (const char  *path);
char     *_bcast_journal_file_keep_aside (const char  *path,
                                          GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BCAST_CAST_FILE_MAX_BYTES (4 * 1024 * 1024) /* ten thousand channels take a quarter of that */

/* Where the clients of a profile are kept, as text that is not looked into here. Reading and writing
 * block: to be called in a thread. */
char     *bcast_cast_file_dup_default_path (const char  *profile_id) G_GNUC_WARN_UNUSED_RESULT;
gboolean  bcast_cast_file_load             (const char  *path,
                                            char       **text,
                                            gsize       *length,
                                            GError     **error);
gboolean  bcast_cast_file_save             (const char  *path,
                                            const char  *text,
                                            GError     **error);
char     *bcast_cast_file_keep_aside       (const char  *path,
                                            const char  *why,
                                            GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  bcast_cast_file_remove           (const char  *path,
                                            GError     **error);

G_END_DECLS

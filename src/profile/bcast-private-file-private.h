/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastPrivateFileFlags:
 * @BCAST_PRIVATE_FILE_NONE: any readable file will do
 * @BCAST_PRIVATE_FILE_STRICT: refuse a file that others can read or that belongs to somebody else
 */
typedef enum
{
  BCAST_PRIVATE_FILE_NONE   = 0,
  BCAST_PRIVATE_FILE_STRICT = 1 << 0,
} BcastPrivateFileFlags;

gboolean  bcast_private_file_load        (const char             *path,
                                          gsize                   max_bytes,
                                          BcastPrivateFileFlags   flags,
                                          char                  **contents,
                                          gsize                  *length,
                                          GError                **error);
gboolean  bcast_private_file_save        (const char             *path,
                                          const char             *contents,
                                          gsize                   length,
                                          GError                **error);
char     *bcast_private_file_keep_aside  (const char             *path,
                                          const char             *why,
                                          GDateTime              *now,
                                          GError                **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  bcast_private_file_make_folder (const char            *path,
                                          GError                **error);
int       bcast_private_file_lock        (const char             *path);
void      bcast_private_file_unlock      (int                     lock);

G_END_DECLS

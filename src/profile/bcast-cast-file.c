/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-cast-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "bcast-error.h"
#include "bcast-private-file-private.h"

/**
 * bcast_cast_file_dup_default_path:
 * @profile_id: the profile whose clients they are
 *
 * Returns: (transfer full): where the clients of a profile are kept, in the user's data folder
 */
char *
bcast_cast_file_dup_default_path (const char *profile_id)
{
  g_return_val_if_fail (profile_id != NULL, NULL);

  g_autofree char *escaped = g_uri_escape_string (profile_id, NULL, FALSE);
  g_autofree char *name = g_strconcat (escaped, ".json", NULL);

  return g_build_filename (g_get_user_data_dir (), "broadcast", "clients", name, NULL);
}

/**
 * bcast_cast_file_load:
 * @path: where clients are kept
 * @text: (out) (transfer full) (nullable): what stands there; %NULL when there is no such file
 * @length: (out): its length in bytes; more than %BCAST_CAST_FILE_MAX_BYTES when it is too large and was cut
 * @error: %BCAST_ERROR_UNAVAILABLE when the file cannot be read
 *
 * Returns: whether there is no such file or it was read
 */
gboolean
bcast_cast_file_load (const char  *path,
                      char       **text,
                      gsize       *length,
                      GError     **error)
{
  g_return_val_if_fail (path != NULL && text != NULL && length != NULL, FALSE);

  return bcast_private_file_load (path, BCAST_CAST_FILE_MAX_BYTES + 1, BCAST_PRIVATE_FILE_NONE, text, length, error);
}

/**
 * bcast_cast_file_save:
 * @path: where clients are kept; its folder is made when it is missing
 * @text: what is to stand there
 * @error: %BCAST_ERROR_TOO_LARGE when the file could not be read again, %BCAST_ERROR_UNAVAILABLE when it cannot
 *   be written
 *
 * Writes the file so that at every moment the old text or the new is there, whole, for this user alone.
 *
 * Returns: whether it was written
 */
gboolean
bcast_cast_file_save (const char  *path,
                      const char  *text,
                      GError     **error)
{
  g_return_val_if_fail (path != NULL && text != NULL, FALSE);

  gsize length = strlen (text);

  if (length > BCAST_CAST_FILE_MAX_BYTES)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                           _("The clients have too many subscriptions to remember them. Unsubscribe from channels that "
                             "are not needed."));
      return FALSE;
    }
  return bcast_private_file_save (path, text, length, error);
}

/**
 * bcast_cast_file_keep_aside:
 * @path: where clients are kept
 * @why: one word for the name, such as `damaged`
 * @error: %BCAST_ERROR_UNAVAILABLE when the file stays where it is
 *
 * Moves a file that cannot be understood out of the way of the next save.
 *
 * Returns: (transfer full) (nullable): where it is now, or %NULL with @error set
 */
char *
bcast_cast_file_keep_aside (const char  *path,
                            const char  *why,
                            GError     **error)
{
  g_return_val_if_fail (path != NULL && why != NULL, NULL);

  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  return bcast_private_file_keep_aside (path, why, now, error);
}

/**
 * bcast_cast_file_remove:
 * @path: where clients are kept
 * @error: %BCAST_ERROR_UNAVAILABLE when the file stays where it is
 *
 * Removes the clients of a profile that is no more.
 *
 * Returns: whether the file is gone; also when there was none
 */
gboolean
bcast_cast_file_remove (const char  *path,
                        GError     **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  if (g_unlink (path) == 0 || errno == ENOENT || errno == ENOTDIR)
    return TRUE;

  g_autofree char *why = g_strdup (g_strerror (errno));
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
               _("The clients of the deleted profile stay behind in “%s”: %s. Remove that file by hand."), name, why);
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-journal.h"

#include "bcast-error.h"
#include "bcast-journal.h"

#include <errno.h>
#include <glib/gstdio.h>

#define LOCK_SUFFIX ".lock"

/**
 * cli_journal_is_taken:
 * @path: where a journal is
 *
 * Returns: whether another program writes it
 */
gboolean
cli_journal_is_taken (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastJournal) journal = bcast_journal_open (path, &error);

  if (journal != NULL)
    bcast_journal_close (journal);
  return g_error_matches (error, BCAST_ERROR, BCAST_ERROR_BUSY);
}

/* The lock alone stays: whoever removes it lets two programs each lock a file of that name. */
static gboolean
is_part (const char *name,
         const char *base)
{
  g_autofree char *lock = g_strconcat (base, LOCK_SUFFIX, NULL);

  return g_str_has_prefix (name, base) && !g_str_equal (name, lock);
}

/**
 * cli_journal_remove:
 * @path: where a journal is that nobody writes
 *
 * Removes a journal with what SQLite keeps beside it and what of it was kept aside as damaged.
 *
 * Returns: 0 when nothing of it is left, else the errno that tells why
 */
int
cli_journal_remove (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  int code = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *part = g_build_filename (folder, name, NULL);

      if (is_part (name, base) && g_unlink (part) != 0 && code == 0)
        code = errno;
    }
  return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal as files in a folder: making them, locking them, putting them out of the way. */

#include "bcast-journal-file-private.h"

#include "bcast-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

static const char * const companions[] = { "-journal", "-wal", "-shm" };

/**
 * _bcast_journal_file_prepare:
 * @path: where the journal is or will be
 * @error: %BCAST_ERROR_UNAVAILABLE when the folder cannot be made
 *
 * Makes the folder, which nobody else may enter. A folder that exists is left as it is.
 *
 * Returns: %FALSE with @error set when the folder cannot be made
 */
gboolean
_bcast_journal_file_prepare (const char  *path,
                             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;

  int code = errno;
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
               _("The folder “%s” for the journal cannot be made: %s. "
                 "Make it by hand or allow this program to write there."),
               folder, g_strerror (code));
  return FALSE;
}

/**
 * _bcast_journal_file_lock:
 * @path: where the journal is
 * @error: %BCAST_ERROR_BUSY when another program writes this journal, %BCAST_ERROR_UNAVAILABLE when
 *   the folder cannot be written
 *
 * Takes the lock that makes its holder the only writer. The lock file stays when the lock is gone:
 * to remove it would let two programs each lock a file of that name.
 *
 * Returns: a file descriptor that holds the lock until it is closed, or -1 with @error set
 */
int
_bcast_journal_file_lock (const char  *path,
                          GError     **error)
{
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  int fd = g_open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    {
      int code = errno;
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                   _("The journal “%s” cannot be written: %s. "
                     "Check that its folder may be written and has room."),
                   path, g_strerror (code));
      return -1;
    }

  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;

  int code = errno;
  close (fd);
  if (code == EWOULDBLOCK)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_BUSY,
                 _("The journal “%s” is being written by another running Broadcast. "
                   "Close it there, then try again."),
                 path);
  else
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                 _("The journal “%s” cannot be locked: %s. "
                   "Keep it on a disk that supports file locks."),
                 path, g_strerror (code));
  return -1;
}

/**
 * _bcast_journal_file_lost_body:
 * @path: where the journal is
 *
 * SQLite deletes the write-ahead log of a database of zero bytes, and with it the newest rows.
 * Whoever opens a journal asks this first and keeps such a pair aside.
 *
 * Returns: whether the database is empty or gone while its log still has something in it
 */
gboolean
_bcast_journal_file_lost_body (const char *path)
{
  g_autofree char *log_path = g_strconcat (path, "-wal", NULL);
  GStatBuf body;
  GStatBuf log;

  if (g_stat (log_path, &log) != 0 || log.st_size == 0)
    return FALSE;
  return g_stat (path, &body) != 0 || body.st_size == 0;
}

static gboolean
is_free (const char *path)
{
  GStatBuf status;

  if (g_lstat (path, &status) == 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *companion = g_strconcat (path, companions[i], NULL);

      if (g_lstat (companion, &status) == 0)
        return FALSE;
    }
  return TRUE;
}

static char *
find_free_name (const char *path)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *first = g_strdup_printf ("%s.kept-%s", path, stamp);

  if (is_free (first))
    return g_steal_pointer (&first);
  for (guint i = 2;; i++)
    {
      g_autofree char *next = g_strdup_printf ("%s-%u", first, i);

      if (is_free (next))
        return g_steal_pointer (&next);
    }
}

static gboolean
move (const char  *from,
      const char  *to,
      GError     **error)
{
  if (g_rename (from, to) == 0 || errno == ENOENT)
    return TRUE;

  int code = errno;
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
               _("The damaged journal “%s” cannot be renamed to “%s”: %s. "
                 "Move it away by hand, then try again."),
               from, to, g_strerror (code));
  return FALSE;
}

/**
 * _bcast_journal_file_keep_aside:
 * @path: where the journal is; the caller holds its lock
 * @error: %BCAST_ERROR_UNAVAILABLE when it cannot be renamed
 *
 * Renames a journal that cannot be used, together with its write-ahead log and its rollback journal,
 * to a name that is free. These go first: were they left behind, they would be played into the fresh
 * journal, or deleted for it.
 *
 * Returns: (transfer full) (nullable): where it is now, or %NULL with @error set
 */
char *
_bcast_journal_file_keep_aside (const char  *path,
                                GError     **error)
{
  g_autofree char *kept = find_free_name (path);

  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *from = g_strconcat (path, companions[i], NULL);
      g_autofree char *to = g_strconcat (kept, companions[i], NULL);

      if (!move (from, to, error))
        return NULL;
    }
  if (!move (path, kept, error))
    return NULL;
  return g_steal_pointer (&kept);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-private-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bcast-error.h"

#define FILE_MODE       0600
#define FOLDER_MODE     0700
#define OTHERS_MASK     0077
#define MAX_ASIDE_NAMES 1000
#define LOCK_TRIES      100
#define LOCK_PAUSE_US   10000

/* Where @path leads to: who keeps configuration elsewhere and links to it wants the link to stay. */
static char *
dup_real_path (const char *path)
{
  char *real = realpath (path, NULL);
  char *copy = g_strdup (real != NULL ? real : path);

  free (real);
  return copy;
}

static gboolean
fail_to_read (const char  *path,
              const char  *why,
              GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
               _("“%s” could not be read: %s. Nothing is written over it; check what stands there and who "
                 "may read it."), name, why);
  return FALSE;
}

static gboolean
fail_to_write (const char  *path,
               const char  *why,
               GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
               _("“%s” could not be saved: %s. Check that its folder can be written to and that there is "
                 "room on the disk, then try again."), name, why);
  return FALSE;
}

static gboolean
check_is_private (const char         *path,
                  const struct stat  *info,
                  GError            **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *quoted = g_shell_quote (path);
  g_autofree char *shown = g_filename_display_name (quoted);

  if (info->st_uid != geteuid ())
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                   _("“%s” belongs to another user of this computer, so what is in it is not trusted. "
                     "Move it away, or make it yours with: chown \"$USER\" %s"), name, shown);
      return FALSE;
    }

  if ((info->st_mode & OTHERS_MASK) != 0)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                   _("“%s” is open to other users of this computer (mode %04o), so it is not used. Close it "
                     "with: chmod 600 %s"), name, (guint) info->st_mode & 07777, shown);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_opened (int                     fd,
              const char             *path,
              BcastPrivateFileFlags   flags,
              GError                **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return fail_to_read (path, g_strerror (errno), error);
  if (!S_ISREG (info.st_mode))
    return fail_to_read (path, _("it is not a file"), error);
  if ((flags & BCAST_PRIVATE_FILE_STRICT) != 0)
    return check_is_private (path, &info, error);
  return TRUE;
}

/* Reads what there is, but @max_bytes at most, into one buffer that is never moved, so that whoever
 * reads secrets has one place to wipe. */
static gboolean
read_all (int           fd,
          const char   *path,
          gsize         max_bytes,
          char        **contents,
          gsize        *length,
          GError      **error)
{
  char *buffer = g_malloc (max_bytes + 1);
  gsize filled = 0;

  while (filled < max_bytes)
    {
      gssize n = read (fd, buffer + filled, max_bytes - filled);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          int saved_errno = errno;

          explicit_bzero (buffer, filled);
          g_free (buffer);
          return fail_to_read (path, g_strerror (saved_errno), error);
        }
      if (n == 0)
        break;
      filled += n;
    }

  buffer[filled] = '\0';
  *contents = buffer;
  *length = filled;
  return TRUE;
}

/* Reads @path; @contents is NULL when there is no such file, which is no error. Longer files are cut
 * at @max_bytes. Never hangs on what is no file (a pipe, a device). */
gboolean
bcast_private_file_load (const char             *path,
                         gsize                   max_bytes,
                         BcastPrivateFileFlags   flags,
                         char                  **contents,
                         gsize                  *length,
                         GError                **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
  gboolean is_read;

  *contents = NULL;
  *length = 0;
  if (fd < 0)
    return errno == ENOENT ? TRUE : fail_to_read (path, g_strerror (errno), error);

  is_read = check_opened (fd, path, flags, error)
            && read_all (fd, path, max_bytes, contents, length, error);
  close (fd);
  return is_read;
}

/* Makes the folder of @path where it is missing, for this user alone. */
gboolean
bcast_private_file_make_folder (const char  *path,
                                GError     **error)
{
  g_autofree char *real = dup_real_path (path);
  g_autofree char *folder = g_path_get_dirname (real);

  if (g_mkdir_with_parents (folder, FOLDER_MODE) == 0)
    return TRUE;
  return fail_to_write (path, g_strerror (errno), error);
}

/* Writes @path so that at every moment the old contents or the new are there, whole, for this user
 * alone. */
gboolean
bcast_private_file_save (const char  *path,
                         const char  *contents,
                         gsize        length,
                         GError     **error)
{
  g_autofree char *real = dup_real_path (path);
  g_autoptr(GError) local_error = NULL;

  if (!bcast_private_file_make_folder (path, error))
    return FALSE;
  if (!g_file_set_contents_full (real, contents, length,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 FILE_MODE, &local_error))
    {
      /* What stands before the colon names a temporary file, which tells nobody anything. */
      const char *colon = g_strrstr (local_error->message, ": ");

      return fail_to_write (path, colon != NULL ? colon + 2 : local_error->message, error);
    }
  return TRUE;
}

/* Makes an empty file under a name that nobody has, which the rename may then replace: so an older
 * file kept aside within the same second stays. */
static char *
reserve_name (const char *path,
              const char *why,
              GDateTime  *now)
{
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");

  for (guint i = 1; i <= MAX_ASIDE_NAMES; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup_printf ("%s.%s-%s", path, why, stamp)
                                     : g_strdup_printf ("%s.%s-%s-%u", path, why, stamp, i);
      int fd = g_open (name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);

      if (fd >= 0)
        {
          close (fd);
          return g_steal_pointer (&name);
        }
      if (errno != EEXIST)
        return NULL;
    }
  return NULL;
}

/* Renames @path to PATH.WHY-YYYYMMDD-HHMMSS and returns that name. */
char *
bcast_private_file_keep_aside (const char  *path,
                               const char  *why,
                               GDateTime   *now,
                               GError     **error)
{
  g_autofree char *real = dup_real_path (path);
  g_autofree char *aside = reserve_name (real, why, now);
  int saved_errno = errno;

  if (aside != NULL && g_rename (real, aside) == 0)
    return g_steal_pointer (&aside);

  if (aside != NULL)
    {
      saved_errno = errno;
      g_unlink (aside);
    }
  fail_to_write (path, g_strerror (saved_errno), error);
  return NULL;
}

/* Keeps other programs of ours from changing what is in the folder of @path, for the moment between
 * reading and writing it. Without a lock (no folder yet, a file system that knows none, a program
 * that was stopped while it had it) one goes on: each write is whole in any case. */
int
bcast_private_file_lock (const char *path)
{
  g_autofree char *real = dup_real_path (path);
  g_autofree char *folder = g_path_get_dirname (real);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  for (guint i = 0; fd >= 0 && i < LOCK_TRIES; i++)
    {
      if (flock (fd, LOCK_EX | LOCK_NB) == 0 || (errno != EWOULDBLOCK && errno != EINTR))
        break;
      g_usleep (LOCK_PAUSE_US);
    }
  return fd;
}

void
bcast_private_file_unlock (int lock)
{
  if (lock >= 0)
    close (lock);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-ca-file-private.h"

#include <errno.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "bcast-error.h"

#define MAX_FILE_BYTES (8 * 1024 * 1024) /* Debian's bundle of all has 200 KiB */

/* A profile may come from anywhere, and what it names be a device or a pipe. */
static gboolean
check_kind (const char  *path,
            GError     **error)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0 || g_access (path, R_OK) != 0)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                   _("The CA file “%s” cannot be read: %s. Check the file in the profile."),
                   path, g_strerror (errno));
      return FALSE;
    }

  if (!S_ISREG (info.st_mode) || info.st_size > MAX_FILE_BYTES)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("The CA file “%s” is no file of certificates. Choose another one in the profile."), path);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_certificates (const char  *path,
                    GError     **error)
{
  GList *certificates = g_tls_certificate_list_new_from_file (path, NULL);
  gboolean has_some = certificates != NULL;

  g_list_free_full (certificates, g_object_unref);
  if (!has_some)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("The CA file “%s” has no certificate in PEM form. Choose another one in the profile."), path);
  return has_some;
}

/**
 * bcast_ca_file_load:
 * @path: a file of certificates in PEM form
 * @error: %BCAST_ERROR_UNAVAILABLE when it cannot be read, %BCAST_ERROR_INVALID when there is no
 *   certificate in it
 *
 * Returns: (transfer full) (nullable): who is trusted then, in place of the system's authorities
 */
GTlsDatabase *
bcast_ca_file_load (const char  *path,
                    GError     **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr(GError) problem = NULL;
  GTlsDatabase *database;

  if (!check_kind (path, error) || !check_certificates (path, error))
    return NULL;

  database = g_tls_file_database_new (path, &problem);
  if (database == NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("The certificates in the CA file “%s” cannot be used: %s"), path, problem->message);
  return database;
}

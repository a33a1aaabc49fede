/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-restore.h"

#include <glib/gi18n.h>

#include "bcast-cast-file.h"
#include "bcast-error.h"
#include "bcast-secret-store.h"

typedef struct
{
  char *path;
  char *secrets;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->path);
  bcast_secret_free (request->secrets);
  g_free (request);
}

/* As the profiles do it: a file that is not understood is moved out of the way, and stays. */
static void
keep_aside (BcastClientRestore *self,
            const char         *path,
            gboolean            is_newer,
            const char         *why)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *aside = bcast_cast_file_keep_aside (path, is_newer ? "newer" : "damaged", &error);
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *shown_aside = aside != NULL ? g_filename_display_name (aside) : NULL;

  self->may_save = aside != NULL;
  if (aside != NULL)
    self->problem = g_strdup_printf (_("The clients in “%s” could not be brought back: %s. That file is kept as “%s”, "
                                       "and Alice and Bob are here instead."), shown, why, shown_aside);
  else
    self->problem = g_strdup_printf (_("The clients in “%s” could not be brought back: %s. No clients will be "
                                       "remembered until that file is moved away. %s"), shown, why, error->message);
}

static void
parse (BcastClientRestore *self,
       Request            *request,
       gsize               length)
{
  g_autoptr(GError) error = NULL;
  guint version = 0;

  if (length > BCAST_CAST_FILE_MAX_BYTES)
    g_set_error (&error, BCAST_ERROR, BCAST_ERROR_DAMAGED, _("it has more than %d bytes"), BCAST_CAST_FILE_MAX_BYTES);
  else
    self->cast = bcast_cast_parse (self->text, length, request->secrets, &version, &self->problem, &error);

  if (self->cast != NULL)
    return;
  g_clear_pointer (&self->text, g_free);
  keep_aside (self, request->path, version > BCAST_CAST_VERSION, error->message);
}

static void
run_in_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Request *request = task_data;
  BcastClientRestore *self = g_new0 (BcastClientRestore, 1);
  g_autoptr(GError) error = NULL;
  gsize length;

  self->may_save = TRUE;
  if (!bcast_cast_file_load (request->path, &self->text, &length, &error))
    {
      self->problem = g_strdup (error->message);
      self->may_save = FALSE;
    }
  else if (self->text != NULL)
    parse (self, request, length);

  if (self->cast == NULL)
    self->cast = bcast_cast_new_ready ();
  g_task_return_pointer (task, self, (GDestroyNotify) bcast_client_restore_free);
}

/**
 * bcast_client_restore_free:
 * @self: (transfer full) (nullable): what became of the clients
 */
void
bcast_client_restore_free (BcastClientRestore *self)
{
  if (self == NULL)
    return;

  bcast_cast_free (self->cast);
  g_free (self->text);
  g_free (self->problem);
  g_free (self);
}

/**
 * bcast_client_restore_async:
 * @path: where the clients are kept
 * @secrets: (nullable): what they send to be authorized, see bcast_cast_parse()
 * @cancellable: (nullable): stops the wait
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Reads the clients of a profile, in a thread.
 */
void
bcast_client_restore_async (const char          *path,
                            const char          *secrets,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (path != NULL);

  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->path = g_strdup (path);
  request->secrets = g_strdup (secrets);
  g_task_set_source_tag (task, bcast_client_restore_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, run_in_thread);
}

/**
 * bcast_client_restore_finish:
 * @result: what the callback received
 * @error: %G_IO_ERROR_CANCELLED alone: all else is told in what is returned
 *
 * Returns: (transfer full) (nullable): what became of the clients, or %NULL with @error set
 */
BcastClientRestore *
bcast_client_restore_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

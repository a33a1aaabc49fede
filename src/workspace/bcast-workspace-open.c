/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-workspace-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "bcast-error.h"

static void
remove_temporary_folder (const char *folder)
{
  static const char * const names[] = { "journal.db", "journal.db-wal", "journal.db-shm", "journal.db.lock" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/* What the journal's thread task found out, besides the journal itself. */
typedef struct
{
  BcastJournal   *journal;
  BcastEventList *timeline;         /* opens a connection of its own, which takes its time as well */
  char           *temporary_folder; /* of a private journal */
  GError         *problem;          /* why the profile's own journal could not be opened */
} Opened;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  g_clear_object (&opened->timeline);
  g_clear_object (&opened->journal);
  if (opened->temporary_folder != NULL)
    remove_temporary_folder (opened->temporary_folder);
  g_free (opened->temporary_folder);
  g_clear_error (&opened->problem);
  g_free (opened);
}

static void
open_private_journal (Opened  *opened,
                      GError **error)
{
  g_autofree char *path = NULL;

  opened->temporary_folder = g_dir_make_tmp ("broadcast-XXXXXX", error);
  if (opened->temporary_folder == NULL)
    return;

  path = g_build_filename (opened->temporary_folder, "journal.db", NULL);
  opened->journal = bcast_journal_open (path, error);
}

/* A journal that cannot be opened must not keep anybody from working: a private one takes its place
 * and the reason is told. Knows only the path: a thread that held the workspace might be the last to. */
static void
open_journal_thread (GTask        *task,
                     gpointer      source_object,
                     gpointer      task_data,
                     GCancellable *cancellable)
{
  const char *journal_path = task_data;
  Opened *opened = g_new0 (Opened, 1);
  GError *error = NULL;

  if (journal_path != NULL)
    opened->journal = bcast_journal_open (journal_path, &opened->problem);
  if (opened->journal == NULL)
    open_private_journal (opened, &error);
  if (opened->journal != NULL)
    opened->timeline = bcast_event_list_new (opened->journal, &error);

  if (opened->timeline != NULL)
    g_task_return_pointer (task, opened, opened_free);
  else
    {
      opened_free (opened);
      g_task_return_error (task, error);
    }
}

static gboolean
start_sandbox (BcastWorkspace  *self,
               GError         **error)
{
  guint wanted = bcast_profile_get_ws_port (self->profile);

  if (self->secrets->secret == NULL)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                           _("The sandbox has no secret, so it cannot start. Make new credentials for it."));
      return FALSE;
    }

  if (wanted == 0)
    wanted = BCAST_SANDBOX_PREFERRED_PORT;

  self->sandbox = bcast_sandbox_new (bcast_profile_get_app_id (self->profile),
                                     bcast_profile_get_key (self->profile), self->secrets->secret);
  bcast_sandbox_set_master_key (self->sandbox, self->secrets->master_key);
  bcast_workspace_watch_sandbox (self);
  if (!bcast_sandbox_start (self->sandbox, (guint16) wanted, TRUE, error))
    return FALSE;

  guint port = bcast_sandbox_get_port (self->sandbox);

  if (port != wanted)
    bcast_workspace_say (self, _("Port %u is taken by another program, so the sandbox listens on port %u. "
                                 "Point your app there."), wanted, port);
  g_object_set (self->profile, "ws-host", bcast_sandbox_get_host (self->sandbox),
                "ws-port", port, "http-port", port, NULL);
  self->app = bcast_sandbox_dup_app (self->sandbox);
  return TRUE;
}

static gboolean
make_app (BcastWorkspace  *self,
          GError         **error)
{
  if (bcast_profile_get_kind (self->profile) == BCAST_PROFILE_SANDBOX)
    return start_sandbox (self, error);

  self->app = bcast_profile_dup_app (self->profile, self->secrets->secret, self->secrets->master_key, error);
  return self->app != NULL;
}

/* What the user's app is sent may be damaged; then it is asked without, and says what it misses. */
static BcastSigners *
make_signers (BcastWorkspace *self)
{
  g_autoptr(BcastAuthorizerSecrets) secrets = NULL;
  g_autoptr(GError) error = NULL;

  if (self->secrets->authorizer != NULL)
    secrets = bcast_authorizer_secrets_parse (self->secrets->authorizer, &error);
  if (error != NULL)
    bcast_workspace_say (self, _("The headers, cookies and parameters for your app could not be read: %s Enter them "
                                 "again in the profile."), error->message);
  return bcast_signers_new (self->app, self->profile, secrets);
}

static void
look_again_request (BcastNetwork *network,
                    gpointer      data)
{
  bcast_network_look_again (network, GPOINTER_TO_INT (data));
}

static void
network_changed_cb (BcastWorkspace  *self,
                    gboolean         is_available,
                    GNetworkMonitor *monitor)
{
  if (self->network != NULL)
    bcast_network_post (self->network, look_again_request, GINT_TO_POINTER (is_available), NULL);
}

static void
watch_network (BcastWorkspace *self)
{
  g_signal_connect_swapped (self->network_monitor, "network-changed", G_CALLBACK (network_changed_cb), self);
}

static gboolean
start (BcastWorkspace  *self,
       GError         **error)
{
  if (!make_app (self, error))
    return FALSE;

  /* Before there is a thread that makes classes of GIO's as well; see bcast_network_new(). */
  watch_network (self);
  bcast_workspace_watch_journal (self);
  self->network = bcast_network_new (make_signers (self), self->journal,
                                     bcast_profile_get_miss_timeout_ms (self->profile),
                                     bcast_workspace_take_news, G_OBJECT (self));
  return TRUE;
}

static void
journal_opened_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  BcastWorkspace *self = g_task_get_source_object (task);
  GError *error = NULL;
  Opened *opened = g_task_propagate_pointer (G_TASK (result), &error);

  if (opened == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self->journal = g_steal_pointer (&opened->journal);
  self->timeline = g_steal_pointer (&opened->timeline);
  self->temporary_folder = g_steal_pointer (&opened->temporary_folder);
  g_clear_error (&self->journal_problem);
  self->journal_problem = g_steal_pointer (&opened->problem);
  if (self->journal_problem != NULL)
    bcast_workspace_say (self, _("%s What is sent and received now goes into a journal of its own, which is gone when the "
                                 "profile is closed."), self->journal_problem->message);
  else if (bcast_journal_get_kept_aside (self->journal) != NULL)
    bcast_workspace_say (self, _("The journal could not be read. It was kept as %s, and a new one was begun."),
                         bcast_journal_get_kept_aside (self->journal));
  opened_free (opened);

  if (start (self, &error))
    g_task_return_boolean (task, TRUE);
  else
    {
      bcast_workspace_close (self);
      g_task_return_error (task, error);
    }
}

/**
 * bcast_workspace_open_async:
 * @self: a workspace
 * @cancellable: (nullable): stops the opening
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Opens the journal, starts the sandbox for a profile of that kind, and the network thread. A journal
 * that cannot be opened is replaced by a private one, which #BcastWorkspace::notice tells.
 */
void
bcast_workspace_open_async (BcastWorkspace      *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (self));
  g_return_if_fail (self->network == NULL);

  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(GTask) opening = NULL;

  g_task_set_source_tag (task, bcast_workspace_open_async);
  opening = g_task_new (NULL, cancellable, journal_opened_cb, g_steal_pointer (&task));
  g_task_set_task_data (opening, g_strdup (self->journal_path), g_free);
  g_task_run_in_thread (opening, open_journal_thread);
}

/**
 * bcast_workspace_open_finish:
 * @self: a workspace
 * @result: what the callback received
 * @error: %BCAST_ERROR_INVALID when the profile is incomplete, %BCAST_ERROR_UNAVAILABLE when the
 *   sandbox cannot listen or no journal can be made at all
 *
 * Returns: whether the workspace is open
 */
gboolean
bcast_workspace_open_finish (BcastWorkspace  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What a closed workspace leaves to be ended, which takes its time: peers that do not answer, a disk that
 * is busy. */
typedef struct
{
  BcastNetwork *network;
  BcastJournal *journal;
  BcastSandbox *sandbox;
  char         *temporary_folder;
} Remains;

static void
remains_free (gpointer data)
{
  Remains *remains = data;

  g_clear_pointer (&remains->network, bcast_network_free);
  if (remains->journal != NULL)
    bcast_journal_close (remains->journal);
  g_clear_object (&remains->journal);
  if (remains->sandbox != NULL)
    bcast_sandbox_stop (remains->sandbox);
  g_clear_object (&remains->sandbox);
  if (remains->temporary_folder != NULL)
    remove_temporary_folder (remains->temporary_folder);
  g_free (remains->temporary_folder);
  g_free (remains);
}

static Remains *
detach (BcastWorkspace *self)
{
  Remains *remains = g_new0 (Remains, 1);

  g_signal_handlers_disconnect_by_data (self->network_monitor, self);
  if (self->journal != NULL)
    bcast_journal_set_commit_func (self->journal, NULL, NULL, NULL);
  if (self->sandbox != NULL)
    bcast_sandbox_watch_reports (self->sandbox, 0, NULL, NULL);
  g_clear_object (&self->timeline);
  remains->network = g_steal_pointer (&self->network);
  remains->journal = g_steal_pointer (&self->journal);
  remains->sandbox = g_steal_pointer (&self->sandbox);
  remains->temporary_folder = g_steal_pointer (&self->temporary_folder);
  g_list_store_remove_all (self->clients);
  return remains;
}

/**
 * bcast_workspace_close:
 * @self: a workspace
 *
 * Closes all connections in good order, stops the sandbox and closes the journal once all that was
 * received is on disk, and waits for that. May be called twice.
 */
void
bcast_workspace_close (BcastWorkspace *self)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (self));

  remains_free (detach (self));
}

static void
close_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  remains_free (task_data);
  g_task_return_boolean (task, TRUE);
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;

  g_task_return_boolean (task, TRUE);
}

/**
 * bcast_workspace_close_async:
 * @self: a workspace
 * @callback: (scope async): called once port and journal are free
 * @user_data: for @callback
 *
 * Does what bcast_workspace_close() does without waiting for it.
 */
void
bcast_workspace_close_async (BcastWorkspace      *self,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (self));

  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr(GTask) closing = NULL;

  g_task_set_source_tag (task, bcast_workspace_close_async);
  /* As with opening: the thread must not hold the workspace. */
  closing = g_task_new (NULL, NULL, closed_cb, g_steal_pointer (&task));
  g_task_set_task_data (closing, detach (self), NULL);
  g_task_run_in_thread (closing, close_thread);
}

/**
 * bcast_workspace_close_finish:
 * @self: a workspace
 * @result: what the callback received
 */
void
bcast_workspace_close_finish (BcastWorkspace *self,
                              GAsyncResult   *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

gboolean
bcast_workspace_check_open (BcastWorkspace  *self,
                            GError         **error)
{
  if (self->network != NULL)
    return TRUE;

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_NOT_CONNECTED,
                       _("The profile is not open. Choose it again in the profile switcher."));
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-workspace-sandbox.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-workspace-private.h"

static void
reported_cb (GPtrArray *reports,
             guint64    n_lost,
             gpointer   user_data)
{
  BcastWorkspace *self = user_data;

  bcast_sandbox_log_take (self->sandbox_log, reports, n_lost);
}

/*
 * bcast_workspace_watch_sandbox:
 * @self: a workspace whose sandbox has not started yet
 *
 * Keeps what the sandbox reports.
 */
void
bcast_workspace_watch_sandbox (BcastWorkspace *self)
{
  g_clear_object (&self->sandbox_log);
  self->sandbox_log = bcast_sandbox_log_new ();
  bcast_sandbox_watch_reports (self->sandbox, BCAST_REPORT_ALL, reported_cb, self);
}

/**
 * bcast_workspace_get_sandbox_log:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): what the sandbox reports; %NULL for a profile of another kind, and
 *   before the workspace is open
 */
BcastSandboxLog *
bcast_workspace_get_sandbox_log (BcastWorkspace *self)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), NULL);

  return self->sandbox_log;
}

static void
free_array (gpointer array)
{
  g_ptr_array_unref (array);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *peers = bcast_sandbox_list_peers_finish (NULL, result, &error);

  if (peers != NULL)
    g_task_return_pointer (task, peers, free_array);
  else
    g_task_return_error (task, error);
}

/**
 * bcast_workspace_list_peers_async:
 * @self: a workspace
 * @cancellable: (nullable): gives the waiting up
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks the sandbox who is connected.
 */
void
bcast_workspace_list_peers_async (BcastWorkspace      *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (self));

  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, bcast_workspace_list_peers_async);
  if (self->sandbox == NULL)
    g_task_return_new_error (task, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE, "%s",
                             _("Only the sandbox tells who is connected to it. Open the profile Sandbox."));
  else
    bcast_sandbox_list_peers_async (self->sandbox, cancellable, listed_cb, g_steal_pointer (&task));
}

/**
 * bcast_workspace_list_peers_finish:
 * @self: a workspace
 * @result: what the callback received
 * @error: %BCAST_ERROR_UNAVAILABLE when there is no sandbox, or it does not run
 *
 * Returns: (transfer full) (element-type BcastPeerInfo) (nullable): who was connected, the oldest first
 */
GPtrArray *
bcast_workspace_list_peers_finish (BcastWorkspace  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * bcast_workspace_set_faults:
 * @self: a workspace
 * @faults: (element-type BcastFault): what goes wrong in the sandbox from now on, each as bcast_fault_check()
 *   finds it good; an empty list for nothing
 *
 * Takes the place of the faults that there were. Does nothing where there is no sandbox.
 */
void
bcast_workspace_set_faults (BcastWorkspace *self,
                            GPtrArray      *faults)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (self));
  g_return_if_fail (faults != NULL);

  if (self->sandbox != NULL)
    bcast_sandbox_set_faults (self->sandbox, faults);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-keeper-private.h"

#include "bcast-cast-file.h"
#include "bcast-session-notices.h"

#define SAVE_DELAY_MS 1000
#define PATIENCE_S    5 /* a keyring that asks for its password must not keep the program from ending */

/**
 * BcastClientKeeper:
 *
 * Remembers the clients of one open profile and their subscriptions: brings them back when it is opened, and
 * keeps every change a moment later. What clients send to be authorized goes to the place of secrets, and all
 * else to a file. There is no widget in it.
 */
G_DEFINE_FINAL_TYPE (BcastClientKeeper, bcast_client_keeper, G_TYPE_OBJECT)

static gboolean
save_cb (gpointer user_data)
{
  BcastClientKeeper *self = user_data;

  self->timeout_id = 0;
  if (self->is_saving)
    self->is_late = TRUE;
  else
    bcast_client_keeper_save (self);
  return G_SOURCE_REMOVE;
}

/* Not put off by what follows: clients that cannot connect change their state again and again. */
static void
changed_cb (BcastClientKeeper *self)
{
  if (self->timeout_id == 0)
    self->timeout_id = g_timeout_add (SAVE_DELAY_MS, save_cb, self);
}

static gboolean
patience_cb (gpointer user_data)
{
  BcastClientKeeper *self = user_data;

  self->patience_id = 0;
  g_cancellable_cancel (self->patience);
  return G_SOURCE_REMOVE;
}

static void
restored_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  BcastClientKeeper *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;

  self->restored = bcast_client_restore_finish (result, &error);
  if (self->restored == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  bcast_client_keeper_written_set (&self->saved, self->restored->text, self->saved.secrets);
  bcast_client_keeper_written_set (&self->tried, self->restored->text, self->saved.secrets);
  if (self->restored->text == NULL)
    self->ready_text = bcast_cast_format (self->restored->cast);
  g_task_return_boolean (task, TRUE);
}

static void
detach (BcastClientKeeper *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
  g_clear_object (&self->workspace);
}

static void
bcast_client_keeper_dispose (GObject *object)
{
  BcastClientKeeper *self = BCAST_CLIENT_KEEPER (object);

  detach (self);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_clear_object (&self->notices);
  g_clear_object (&self->store);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (bcast_client_keeper_parent_class)->dispose (object);
}

static void
bcast_client_keeper_finalize (GObject *object)
{
  BcastClientKeeper *self = BCAST_CLIENT_KEEPER (object);

  bcast_client_keeper_written_set (&self->saved, NULL, NULL);
  bcast_client_keeper_written_set (&self->tried, NULL, NULL);
  bcast_client_restore_free (self->restored);
  bcast_cast_free (self->last);
  g_object_unref (self->patience);
  g_free (self->ready_text);
  g_free (self->path);

  G_OBJECT_CLASS (bcast_client_keeper_parent_class)->finalize (object);
}

static void
bcast_client_keeper_class_init (BcastClientKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bcast_client_keeper_dispose;
  object_class->finalize = bcast_client_keeper_finalize;
}

static void
bcast_client_keeper_init (BcastClientKeeper *self)
{
  self->patience = g_cancellable_new ();
}

/**
 * bcast_client_keeper_new:
 * @profile: whose clients
 * @store: where secrets are kept
 * @notices: where to tell what cannot be brought back or kept
 *
 * Returns: (transfer full): a keeper that knows no clients yet
 */
BcastClientKeeper *
bcast_client_keeper_new (BcastProfile     *profile,
                         BcastSecretStore *store,
                         GListStore       *notices)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (BCAST_IS_SECRET_STORE (store), NULL);
  g_return_val_if_fail (G_IS_LIST_STORE (notices), NULL);

  BcastClientKeeper *self = g_object_new (BCAST_TYPE_CLIENT_KEEPER, NULL);

  self->profile = g_object_ref (profile);
  self->store = g_object_ref (store);
  self->notices = g_object_ref (notices);
  self->path = bcast_cast_file_dup_default_path (bcast_profile_get_id (profile));
  return self;
}

/**
 * bcast_client_keeper_restore_async:
 * @self: a keeper
 * @secrets: (nullable): what is kept as %BCAST_SECRET_KIND_CLIENTS
 * @is_sure: whether that is all; %FALSE when the place of secrets cannot be read
 * @cancellable: (nullable): stops the wait
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Reads the clients that are remembered.
 */
void
bcast_client_keeper_restore_async (BcastClientKeeper   *self,
                                   const char          *secrets,
                                   gboolean             is_sure,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_CLIENT_KEEPER (self));
  g_return_if_fail (self->restored == NULL);

  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, bcast_client_keeper_restore_async);
  self->is_sure = is_sure;
  bcast_client_keeper_written_set (&self->saved, NULL, secrets);
  bcast_client_restore_async (self->path, secrets, cancellable, restored_cb, task);
}

/**
 * bcast_client_keeper_restore_finish:
 * @self: a keeper
 * @result: what the callback received
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: whether bcast_client_keeper_attach() may follow
 */
gboolean
bcast_client_keeper_restore_finish (BcastClientKeeper  *self,
                                    GAsyncResult       *result,
                                    GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * bcast_client_keeper_attach:
 * @self: a keeper that has read what is remembered
 * @workspace: the open profile at work, without clients
 * @watch: tells when its clients change
 *
 * Adds the clients, tells what of them could not be brought back, and keeps every change from then on.
 */
void
bcast_client_keeper_attach (BcastClientKeeper *self,
                            BcastWorkspace    *workspace,
                            BcastClientWatch  *watch)
{
  g_return_if_fail (BCAST_IS_CLIENT_KEEPER (self));
  g_return_if_fail (BCAST_IS_WORKSPACE (workspace));
  g_return_if_fail (self->restored != NULL && self->workspace == NULL);

  g_autoptr(BcastClientRestore) restored = g_steal_pointer (&self->restored);

  bcast_workspace_add_members (workspace, restored->cast);
  if (restored->problem != NULL)
    bcast_session_notices_tell_workspace (self->notices, restored->problem);
  if (!restored->may_save)
    return;

  self->workspace = g_object_ref (workspace);
  self->watch = g_object_ref (watch);
  g_signal_connect_swapped (watch, "changed", G_CALLBACK (changed_cb), self);
}

/**
 * bcast_client_keeper_close_async:
 * @self: a keeper
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Keeps what is not kept yet. To be called before the workspace is closed, and once.
 */
void
bcast_client_keeper_close_async (BcastClientKeeper   *self,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_CLIENT_KEEPER (self));
  g_return_if_fail (self->closing == NULL);

  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, bcast_client_keeper_close_async);
  if (self->workspace == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  self->closing = g_steal_pointer (&task);
  self->last = bcast_workspace_dup_cast (self->workspace);
  self->patience_id = g_timeout_add_seconds (PATIENCE_S, patience_cb, self);
  detach (self);
  if (self->is_saving)
    self->is_late = TRUE;
  else
    bcast_client_keeper_save (self);
}

/**
 * bcast_client_keeper_close_finish:
 * @self: a keeper
 * @result: what the callback received
 */
void
bcast_client_keeper_close_finish (BcastClientKeeper *self,
                                  GAsyncResult      *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

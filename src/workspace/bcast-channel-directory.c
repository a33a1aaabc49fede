/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-channel-directory-private.h"

#include "bcast-member.h"
#include "bcast-workspace-sandbox.h"

static GType
bcast_channel_directory_get_item_type (GListModel *model)
{
  return BCAST_TYPE_OCCUPIED_CHANNEL;
}

static guint
bcast_channel_directory_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (BCAST_CHANNEL_DIRECTORY (model)->channels));
}

static gpointer
bcast_channel_directory_get_item (GListModel *model,
                                  guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (BCAST_CHANNEL_DIRECTORY (model)->channels), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = bcast_channel_directory_get_item_type;
  iface->get_n_items = bcast_channel_directory_get_n_items;
  iface->get_item = bcast_channel_directory_get_item;
}

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (BcastChannelDirectory, bcast_channel_directory, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

void
bcast_channel_directory_emit_changed (BcastChannelDirectory *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
forget (BcastChannelDirectory *self)
{
  bcast_channel_directory_stop (self);
  g_clear_error (&self->error);
  g_clear_error (&self->users_error);
  self->has_answer = FALSE;
  self->no_counts = FALSE;
  g_list_store_remove_all (self->channels);
  g_list_store_remove_all (self->users);
}

static void
pass_on_cb (BcastChannelDirectory *self,
            guint                  position,
            guint                  n_removed,
            guint                  n_added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static void
bcast_channel_directory_dispose (GObject *object)
{
  BcastChannelDirectory *self = BCAST_CHANNEL_DIRECTORY (object);

  bcast_channel_directory_stop (self);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bcast_channel_directory_parent_class)->dispose (object);
}

static void
bcast_channel_directory_finalize (GObject *object)
{
  BcastChannelDirectory *self = BCAST_CHANNEL_DIRECTORY (object);

  g_clear_error (&self->error);
  g_clear_error (&self->users_error);
  g_object_unref (self->channels);
  g_object_unref (self->users);
  g_free (self->prefix);
  g_free (self->chosen);

  G_OBJECT_CLASS (bcast_channel_directory_parent_class)->finalize (object);
}

static void
bcast_channel_directory_class_init (BcastChannelDirectoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bcast_channel_directory_dispose;
  G_OBJECT_CLASS (klass)->finalize = bcast_channel_directory_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bcast_channel_directory_init (BcastChannelDirectory *self)
{
  self->channels = g_list_store_new (BCAST_TYPE_OCCUPIED_CHANNEL);
  self->users = g_list_store_new (BCAST_TYPE_MEMBER);
  g_signal_connect_object (self->channels, "items-changed", G_CALLBACK (pass_on_cb), self, G_CONNECT_SWAPPED);
}

/**
 * bcast_channel_directory_new:
 *
 * Returns: (transfer full): an empty directory
 */
BcastChannelDirectory *
bcast_channel_directory_new (void)
{
  return g_object_new (BCAST_TYPE_CHANNEL_DIRECTORY, NULL);
}

/**
 * bcast_channel_directory_set_workspace:
 * @self: a directory
 * @workspace: (nullable): whose server to ask from now on; an open one
 *
 * Forgets what another server has told. Nothing is asked before bcast_channel_directory_refresh().
 */
void
bcast_channel_directory_set_workspace (BcastChannelDirectory *self,
                                       BcastWorkspace        *workspace)
{
  g_return_if_fail (BCAST_IS_CHANNEL_DIRECTORY (self));
  g_return_if_fail (workspace == NULL || BCAST_IS_WORKSPACE (workspace));

  if (!g_set_object (&self->workspace, workspace))
    return;
  forget (self);
  /* A question that the sandbox is known to refuse would stand in its log as an error. */
  self->no_counts = workspace != NULL && bcast_workspace_get_sandbox_log (workspace) != NULL;
  bcast_channel_directory_emit_changed (self);
}

/**
 * bcast_channel_directory_set_prefix:
 * @self: a directory
 * @prefix: (nullable): what the names of channels must begin with
 *
 * Asks the server for other channels.
 */
void
bcast_channel_directory_set_prefix (BcastChannelDirectory *self,
                                    const char            *prefix)
{
  g_return_if_fail (BCAST_IS_CHANNEL_DIRECTORY (self));

  const char *wanted = prefix != NULL && *prefix != '\0' ? prefix : NULL;

  if (g_strcmp0 (self->prefix, wanted) == 0)
    return;
  g_free (self->prefix);
  self->prefix = g_strdup (wanted);
  bcast_channel_directory_refresh (self);
}

/**
 * bcast_channel_directory_set_chosen:
 * @self: a directory
 * @channel: (nullable): a channel
 *
 * Asks who is on @channel, now and with each refresh.
 */
void
bcast_channel_directory_set_chosen (BcastChannelDirectory *self,
                                    const char            *channel)
{
  g_return_if_fail (BCAST_IS_CHANNEL_DIRECTORY (self));

  if (g_strcmp0 (self->chosen, channel) == 0)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (channel);
  g_clear_error (&self->users_error);
  g_list_store_remove_all (self->users);
  if (channel != NULL)
    bcast_channel_directory_refresh (self);
}

/**
 * bcast_channel_directory_refresh:
 * @self: a directory
 *
 * Asks the server. While it is being asked, this means once more afterwards.
 */
void
bcast_channel_directory_refresh (BcastChannelDirectory *self)
{
  g_return_if_fail (BCAST_IS_CHANNEL_DIRECTORY (self));

  if (self->workspace == NULL)
    return;
  if (self->cancellable != NULL)
    self->again = TRUE;
  else
    bcast_channel_directory_ask (self);
}

/**
 * bcast_channel_directory_is_loading:
 * @self: a directory
 *
 * Returns: whether an answer is waited for
 */
gboolean
bcast_channel_directory_is_loading (BcastChannelDirectory *self)
{
  g_return_val_if_fail (BCAST_IS_CHANNEL_DIRECTORY (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * bcast_channel_directory_has_answer:
 * @self: a directory
 *
 * Returns: whether the server has answered, be it with a refusal
 */
gboolean
bcast_channel_directory_has_answer (BcastChannelDirectory *self)
{
  g_return_val_if_fail (BCAST_IS_CHANNEL_DIRECTORY (self), FALSE);

  return self->has_answer;
}

/**
 * bcast_channel_directory_get_prefix:
 * @self: a directory
 *
 * Returns: (nullable): what the names of channels must begin with
 */
const char *
bcast_channel_directory_get_prefix (BcastChannelDirectory *self)
{
  g_return_val_if_fail (BCAST_IS_CHANNEL_DIRECTORY (self), NULL);

  return self->prefix;
}

/**
 * bcast_channel_directory_get_error:
 * @self: a directory
 *
 * Returns: (nullable): why there is no list
 */
const GError *
bcast_channel_directory_get_error (BcastChannelDirectory *self)
{
  g_return_val_if_fail (BCAST_IS_CHANNEL_DIRECTORY (self), NULL);

  return self->error;
}

/**
 * bcast_channel_directory_get_users:
 * @self: a directory
 *
 * Returns: (transfer none): who is on the chosen channel, #BcastMember
 */
GListModel *
bcast_channel_directory_get_users (BcastChannelDirectory *self)
{
  g_return_val_if_fail (BCAST_IS_CHANNEL_DIRECTORY (self), NULL);

  return G_LIST_MODEL (self->users);
}

/**
 * bcast_channel_directory_get_users_error:
 * @self: a directory
 *
 * Returns: (nullable): why it is not known who is on the chosen channel
 */
const GError *
bcast_channel_directory_get_users_error (BcastChannelDirectory *self)
{
  g_return_val_if_fail (BCAST_IS_CHANNEL_DIRECTORY (self), NULL);

  return self->users_error;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-workspace-private.h"

typedef struct
{
  GTask    *task;
  char     *channel;
  gboolean  users;
  char     *filter_by_prefix;
  char     *info;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_clear_object (&query->task);
  g_free (query->channel);
  g_free (query->filter_by_prefix);
  g_free (query->info);
  g_free (query);
}

static void
queried_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr(BcastApiReply) reply = NULL;
  GError *error = NULL;

  if (bcast_api_request_finish (BCAST_API (object), result, &reply, &error))
    g_task_return_pointer (task, g_steal_pointer (&reply->body), g_free);
  else
    g_task_return_error (task, error);
  bcast_network_release_task (task);
}

static void
query_request (BcastNetwork *network,
               gpointer      data)
{
  Query *query = data;
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  GTask *task = g_steal_pointer (&query->task);

  if (query->channel == NULL)
    bcast_api_channels_async (network->api, query->filter_by_prefix, query->info, now_s, network->cancellable,
                              queried_cb, task);
  else if (query->users)
    bcast_api_users_async (network->api, query->channel, now_s, network->cancellable, queried_cb, task);
  else
    bcast_api_channel_async (network->api, query->channel, query->info, now_s, network->cancellable,
                             queried_cb, task);
}

/**
 * bcast_workspace_query_async:
 * @self: an open workspace
 * @channel: (nullable): a channel, or %NULL for the list of channels
 * @users: whether to ask for the users of @channel, a presence channel
 * @filter_by_prefix: (nullable): only channels that begin with it
 * @info: (nullable): attributes to ask for, comma-separated
 * @cancellable: (nullable): gives the waiting up
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Reads from the HTTP API.
 */
void
bcast_workspace_query_async (BcastWorkspace      *self,
                             const char          *channel,
                             gboolean             users,
                             const char          *filter_by_prefix,
                             const char          *info,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (self));

  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, bcast_workspace_query_async);
  if (!bcast_workspace_check_open (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  Query *query = g_new0 (Query, 1);

  query->task = g_steal_pointer (&task);
  query->channel = g_strdup (channel);
  query->users = users;
  query->filter_by_prefix = g_strdup (filter_by_prefix);
  query->info = g_strdup (info);
  bcast_network_post (self->network, query_request, query, query_free);
}

/**
 * bcast_workspace_query_finish:
 * @self: a workspace
 * @result: what the callback received
 * @error: the server's refusal, with its status and words, or why it could not be reached
 *
 * Returns: (transfer full) (nullable): the JSON text of the answer
 */
char *
bcast_workspace_query_finish (BcastWorkspace  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  GTask *task;
  char  *user_id;
} Termination;

static void
termination_free (gpointer data)
{
  Termination *termination = data;

  g_clear_object (&termination->task);
  g_free (termination->user_id);
  g_free (termination);
}

static void
terminated_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (bcast_api_request_finish (BCAST_API (object), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  bcast_network_release_task (task);
}

static void
terminate_request (BcastNetwork *network,
                   gpointer      data)
{
  Termination *termination = data;

  bcast_api_terminate_async (network->api, termination->user_id, g_get_real_time () / G_USEC_PER_SEC,
                             network->cancellable, terminated_cb, g_steal_pointer (&termination->task));
}

/**
 * bcast_workspace_terminate_async:
 * @self: an open workspace
 * @user_id: who is to be disconnected
 * @cancellable: (nullable): gives the waiting up
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Closes all connections that are signed in as @user_id, whosever they are.
 */
void
bcast_workspace_terminate_async (BcastWorkspace      *self,
                                 const char          *user_id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (self));
  g_return_if_fail (user_id != NULL);

  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, bcast_workspace_terminate_async);
  if (!bcast_workspace_check_open (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  Termination *termination = g_new0 (Termination, 1);

  termination->task = g_steal_pointer (&task);
  termination->user_id = g_strdup (user_id);
  bcast_network_post (self->network, terminate_request, termination, termination_free);
}

/**
 * bcast_workspace_terminate_finish:
 * @self: a workspace
 * @result: what the callback received
 * @error: %BCAST_ERROR_INVALID for what no user id can be, or the server's refusal
 *
 * Returns: whether the server closed what there was to close
 */
gboolean
bcast_workspace_terminate_finish (BcastWorkspace  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

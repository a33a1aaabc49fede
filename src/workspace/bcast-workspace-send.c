/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-workspace-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-event-name.h"
#include "bcast-limits.h"

static gboolean
is_subscribed (BcastClientMirror  *client,
               const char * const *channels)
{
  for (guint i = 0; channels[i] != NULL; i++)
    {
      BcastSubscriptionMirror *subscription = bcast_client_mirror_find_subscription (client, channels[i]);

      if (subscription != NULL
          && bcast_subscription_mirror_get_state (subscription) == BCAST_SUBSCRIPTION_SUBSCRIBED)
        return TRUE;
    }
  return FALSE;
}

/**
 * bcast_workspace_dup_receivers:
 * @self: a workspace
 * @draft: what would be sent
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of the clients that would receive
 *   @draft if it were sent now; free with g_strfreev()
 */
char **
bcast_workspace_dup_receivers (BcastWorkspace   *self,
                               const BcastDraft *draft)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  GListModel *list = G_LIST_MODEL (self->clients);
  GStrvBuilder *builder = g_strv_builder_new ();
  char **names;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (list, i);
      const char *name = bcast_client_mirror_get_name (client);

      if (bcast_client_mirror_get_state (client) == BCAST_CLIENT_CONNECTED
          && g_strcmp0 (name, draft->sender) != 0
          && g_strcmp0 (name, draft->excluded) != 0
          && is_subscribed (client, (const char * const *) draft->channels))
        g_strv_builder_add (builder, name);
    }
  names = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return names;
}

static gboolean
find_socket_id (BcastWorkspace    *self,
                const BcastDraft  *draft,
                const char       **socket_id,
                GError           **error)
{
  BcastClientMirror *client = draft->excluded != NULL ? bcast_workspace_find_client (self, draft->excluded) : NULL;

  *socket_id = client != NULL ? bcast_client_mirror_get_socket_id (client) : NULL;
  if (draft->excluded == NULL || *socket_id != NULL)
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_NOT_CONNECTED,
               _("%s cannot be excluded while it is not connected: it has no socket id then. Connect it, or "
                 "exclude nobody."), draft->excluded);
  return FALSE;
}

static gboolean
check_client_event_shape (const BcastDraft  *draft,
                          GError           **error)
{
  const char *channel = draft->channels[0];

  if (!bcast_event_name_is_client (draft->name))
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("The name of a client event must begin with “client-”."));
  else if (channel == NULL || draft->channels[1] != NULL)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("A client event goes to exactly one channel."));
  else if (!bcast_channel_type_has_client_events (bcast_channel_name_find_type (channel)))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("Client events work on private and presence channels only, and “%s” is neither."), channel);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_client_event (BcastWorkspace    *self,
                    const BcastDraft  *draft,
                    GError           **error)
{
  BcastClientMirror *sender = bcast_workspace_find_client (self, draft->sender);

  if (!check_client_event_shape (draft, error))
    return FALSE;

  if (sender == NULL || bcast_client_mirror_get_state (sender) != BCAST_CLIENT_CONNECTED)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_NOT_CONNECTED,
                 _("%s is not connected, so it cannot send a client event. Connect it first."), draft->sender);
  else if (!is_subscribed (sender, (const char * const *) draft->channels))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_NOT_CONNECTED,
                 _("%s is not subscribed to “%s”, so it cannot send a client event there. Subscribe it first."),
                 draft->sender, draft->channels[0]);
  else
    return TRUE;
  return FALSE;
}

typedef struct
{
  GTask        *task;
  BcastDraft   *draft;
  BcastTrigger *trigger;
} SendRequest;

static void
send_request_free (gpointer data)
{
  SendRequest *request = data;

  g_clear_object (&request->task);
  g_clear_pointer (&request->draft, bcast_draft_free);
  g_clear_pointer (&request->trigger, bcast_trigger_unref);
  g_free (request);
}

static void
send_request (BcastNetwork *network,
              gpointer      data)
{
  SendRequest *request = data;

  bcast_network_send (network, g_steal_pointer (&request->task), request->draft, request->trigger);
}

/* The limits of the protocol hold for client events too, so that both ways go through a trigger. */
static BcastTrigger *
make_trigger (BcastWorkspace    *self,
              const BcastDraft  *draft,
              GError           **error)
{
  const char *socket_id = NULL;

  if (!bcast_workspace_check_open (self, error)
      || !find_socket_id (self, draft, &socket_id, error)
      || (draft->sender != NULL && !check_client_event (self, draft, error)))
    return NULL;

  g_autoptr(BcastTrigger) trigger = bcast_trigger_new (draft->name, (const char * const *) draft->channels,
                                                       draft->data, socket_id, draft->info, error);

  if (trigger == NULL || !bcast_trigger_check_sealed (trigger, error))
    return NULL;
  return g_steal_pointer (&trigger);
}

/**
 * bcast_workspace_send_async:
 * @self: an open workspace
 * @draft: what to send; copied
 * @cancellable: (nullable): gives the waiting up; what was sent stays sent
 * @callback: (scope async): called once the server has answered
 * @user_data: for @callback
 *
 * Sends @draft. A row for each channel appears in the timeline before the request goes out, and keeps
 * the server's words when it refuses.
 */
void
bcast_workspace_send_async (BcastWorkspace      *self,
                            const BcastDraft    *draft,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (self));
  g_return_if_fail (draft != NULL);

  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  BcastTrigger *trigger = make_trigger (self, draft, &error);

  g_task_set_source_tag (task, bcast_workspace_send_async);
  if (trigger == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  SendRequest *request = g_new0 (SendRequest, 1);

  request->task = g_steal_pointer (&task);
  request->draft = bcast_draft_copy (draft);
  request->trigger = trigger;
  bcast_network_post (self->network, send_request, request, send_request_free);
}

/**
 * bcast_workspace_send_finish:
 * @self: a workspace
 * @result: what the callback received
 * @first_event_id: (out) (optional): the journal's number of the first row
 * @error: what was wrong with the draft, before anything was sent; or the server's refusal, which the
 *   row in the timeline tells as well
 *
 * Returns: whether the server accepted the event
 */
gboolean
bcast_workspace_send_finish (BcastWorkspace  *self,
                             GAsyncResult    *result,
                             gint64          *first_event_id,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  gssize id = g_task_propagate_int (G_TASK (result), error);

  if (first_event_id != NULL)
    *first_event_id = id;
  return id >= 0;
}

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
  g_autoptr(GTask) task = user_data;
  g_autoptr(BcastApiReply) reply = NULL;
  GError *error = NULL;

  if (bcast_api_request_finish (BCAST_API (object), result, &reply, &error))
    g_task_return_pointer (task, g_steal_pointer (&reply->body), g_free);
  else
    g_task_return_error (task, error);
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

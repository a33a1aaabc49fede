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
  if (client == NULL && bcast_socket_id_is_valid (draft->excluded))
    *socket_id = draft->excluded;
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
  GTask         *task;
  GPtrArray     *drafts;
  BcastSendPlan *plan;
} SendRequest;

static void
send_request_free (gpointer data)
{
  SendRequest *request = data;

  g_clear_object (&request->task);
  g_clear_pointer (&request->drafts, g_ptr_array_unref);
  g_clear_pointer (&request->plan, bcast_send_plan_free);
  g_free (request);
}

static void
send_request (BcastNetwork *network,
              gpointer      data)
{
  SendRequest *request = data;

  bcast_network_send (network, g_steal_pointer (&request->task), g_steal_pointer (&request->drafts),
                      g_steal_pointer (&request->plan));
}

static gboolean
check_batch (const BcastDraft * const  *drafts,
             guint                      n_drafts,
             GError                   **error)
{
  for (guint i = 0; n_drafts > 1 && i < n_drafts; i++)
    if (drafts[i]->sender != NULL)
      {
        g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                             _("Client events cannot go out in a batch: each is a message of its own. Send them one "
                               "by one, or through the HTTP API."));
        return FALSE;
      }
  return TRUE;
}

static BcastSendPlan *
make_plan (BcastWorkspace            *self,
           const BcastDraft * const  *drafts,
           guint                      n_drafts,
           GError                   **error)
{
  g_autofree const char **socket_ids = g_new0 (const char *, n_drafts);

  if (!bcast_workspace_check_open (self, error) || !check_batch (drafts, n_drafts, error))
    return NULL;
  for (guint i = 0; i < n_drafts; i++)
    if (!find_socket_id (self, drafts[i], &socket_ids[i], error))
      return NULL;

  if (drafts[0]->sender == NULL)
    return bcast_send_plan_new (bcast_workspace_get_app (self), drafts, socket_ids, n_drafts, error);
  if (!check_client_event (self, drafts[0], error))
    return NULL;
  return bcast_send_plan_new_client_event (drafts[0], error);
}

/**
 * bcast_workspace_send_batch_async:
 * @self: an open workspace
 * @drafts: (array length=n_drafts): what to send; copied
 * @n_drafts: how many, at least one
 * @cancellable: (nullable): gives the waiting up; what was sent stays sent
 * @callback: (scope async): called once the server has answered everything
 * @user_data: for @callback
 *
 * Sends several events at once, ten in a request. A row for each channel of each event appears in the
 * timeline before the requests go out, and keeps the server's words when it refuses. To be finished with
 * bcast_workspace_send_finish().
 */
void
bcast_workspace_send_batch_async (BcastWorkspace           *self,
                                  const BcastDraft * const *drafts,
                                  guint                     n_drafts,
                                  GCancellable             *cancellable,
                                  GAsyncReadyCallback       callback,
                                  gpointer                  user_data)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (self));
  g_return_if_fail (drafts != NULL && n_drafts > 0);

  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  BcastSendPlan *plan = make_plan (self, drafts, n_drafts, &error);

  g_task_set_source_tag (task, bcast_workspace_send_batch_async);
  if (plan == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  SendRequest *request = g_new0 (SendRequest, 1);

  request->task = g_steal_pointer (&task);
  request->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_draft_free);
  for (guint i = 0; i < n_drafts; i++)
    g_ptr_array_add (request->drafts, bcast_draft_copy (drafts[i]));
  request->plan = plan;
  bcast_network_post (self->network, send_request, request, send_request_free);
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
 * the server's words when it refuses. More channels than one request can have are sent in several, and
 * what goes to encrypted channels is encrypted here.
 */
void
bcast_workspace_send_async (BcastWorkspace      *self,
                            const BcastDraft    *draft,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (draft != NULL);

  bcast_workspace_send_batch_async (self, &draft, 1, cancellable, callback, user_data);
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

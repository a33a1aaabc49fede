/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-limits.h"

static gboolean
check_channel (const char  *channel,
               GError     **error)
{
  if (bcast_channel_name_find_type (channel) == BCAST_CHANNEL_SERVER_TO_USER)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("“%s” is the server's own channel for one user and cannot be subscribed to."),
                   channel);
      return FALSE;
    }
  return bcast_channel_name_check (channel, BCAST_LIMIT_CHANNEL_NAME_LENIENT, error);
}

static void
subscribe (BcastClient *self,
           const char  *channel,
           GTask       *task,
           gboolean     lasting)
{
  BcastHold *hold = bcast_client_want (self, channel);

  if (hold == NULL)
    {
      if (task != NULL)
        g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s",
                                 _("The channel is not wanted any more."));
      return;
    }

  BcastSubscriptionState state = bcast_subscription_get_state (hold->subscription);

  hold->lasting = hold->lasting || lasting;
  if (task != NULL && state == BCAST_SUBSCRIPTION_SUBSCRIBED)
    g_task_return_boolean (task, TRUE);
  else if (task != NULL)
    bcast_waiters_add (hold->waiters, task);

  if (bcast_client_is_usable (self)
      && (state == BCAST_SUBSCRIPTION_WAITING || state == BCAST_SUBSCRIPTION_REFUSED))
    bcast_hold_request (hold);
}

/**
 * bcast_client_subscribe_async:
 * @self: a client, in any state
 * @channel: a channel's full name
 * @cancellable: (nullable): while the subscription is not confirmed and nobody else waits for it,
 *   takes it back
 * @callback: (scope async) (nullable): called once the server has confirmed or refused
 * @user_data: for @callback
 *
 * Subscribes now, or as soon as the client is connected, and again on each later connection until
 * bcast_client_unsubscribe(). A channel that is subscribed to already is left as it is; one that was
 * refused is tried again.
 */
void
bcast_client_subscribe_async (BcastClient         *self,
                              const char          *channel,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_CLIENT (self));
  g_return_if_fail (channel != NULL);

  g_autoptr(BcastClient) keep = g_object_ref (self);
  g_autoptr(GTask) task = bcast_client_make_task (self, cancellable, callback, user_data);
  g_autoptr(GError) error = NULL;

  if (check_channel (channel, &error))
    subscribe (self, channel, task, cancellable == NULL);
  else if (task != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * bcast_client_subscribe_finish:
 * @self: a client
 * @result: what the callback received
 * @error: a %BCAST_ERROR that says why not, with the server's or the authorizer's words
 *
 * Returns: whether the client is subscribed
 */
gboolean
bcast_client_subscribe_finish (BcastClient   *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * bcast_client_unsubscribe:
 * @self: a client
 * @channel: a channel's full name
 *
 * Leaves a channel; one that is not subscribed to is no error. From now on its events are dropped.
 */
void
bcast_client_unsubscribe (BcastClient *self,
                          const char  *channel)
{
  g_return_if_fail (BCAST_IS_CLIENT (self));
  g_return_if_fail (channel != NULL);

  g_autoptr(BcastClient) keep = g_object_ref (self);
  BcastHold *hold = bcast_client_find_hold (self, channel);

  if (hold != NULL && hold->subscription != NULL)
    bcast_hold_leave (hold);
}

/**
 * bcast_client_get_subscriptions:
 * @self: a client
 *
 * Returns: (transfer none): a #GListModel of #BcastSubscription: all channels that are wanted, in the
 *   order of subscribing
 */
GListModel *
bcast_client_get_subscriptions (BcastClient *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT (self), NULL);

  return G_LIST_MODEL (self->subscriptions);
}

/**
 * bcast_client_find_subscription:
 * @self: a client
 * @channel: a channel's full name
 *
 * Returns: (transfer none) (nullable): the subscription, if the channel is wanted
 */
BcastSubscription *
bcast_client_find_subscription (BcastClient *self,
                                const char  *channel)
{
  g_return_val_if_fail (BCAST_IS_CLIENT (self), NULL);
  g_return_val_if_fail (channel != NULL, NULL);

  BcastHold *hold = bcast_client_find_hold (self, channel);

  return hold != NULL ? hold->subscription : NULL;
}

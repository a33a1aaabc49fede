/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-mirror-private.h"

BcastSubscriptionMirror *
bcast_client_mirror_add_subscription (BcastClientMirror *self,
                                      const char        *channel)
{
  g_autoptr(BcastSubscriptionMirror) subscription = bcast_subscription_mirror_new (self->options->name, channel);

  g_hash_table_insert (self->by_channel, (char *) bcast_subscription_mirror_get_channel (subscription),
                       g_object_ref (subscription));
  g_list_store_append (self->subscriptions, subscription);
  return subscription;
}

static gboolean
is_subscribed (BcastSubscriptionMirror *subscription)
{
  return bcast_subscription_mirror_get_state (subscription) == BCAST_SUBSCRIPTION_SUBSCRIBED;
}

void
bcast_client_mirror_set_subscription_state (BcastClientMirror       *self,
                                            BcastSubscriptionMirror *subscription,
                                            BcastSubscriptionState   state,
                                            const char              *error)
{
  self->n_subscribed -= is_subscribed (subscription);
  self->n_subscribed += state == BCAST_SUBSCRIPTION_SUBSCRIBED;
  bcast_subscription_mirror_set_state (subscription, state, error);
}

guint
bcast_client_mirror_count_subscribed (BcastClientMirror *self)
{
  return self->n_subscribed;
}

gboolean
bcast_client_mirror_remove_subscription (BcastClientMirror *self,
                                         const char        *channel)
{
  BcastSubscriptionMirror *subscription = bcast_client_mirror_find_subscription (self, channel);
  guint position;

  if (subscription == NULL || !g_list_store_find (self->subscriptions, subscription, &position))
    return FALSE;

  self->n_subscribed -= is_subscribed (subscription);
  g_list_store_remove (self->subscriptions, position);
  g_hash_table_remove (self->by_channel, channel);
  return TRUE;
}

/**
 * bcast_client_mirror_get_subscriptions:
 * @self: a client
 *
 * Returns: (transfer none): a list of #BcastSubscriptionMirror
 */
GListModel *
bcast_client_mirror_get_subscriptions (BcastClientMirror *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), NULL);

  return G_LIST_MODEL (self->subscriptions);
}

/**
 * bcast_client_mirror_find_subscription:
 * @self: a client
 * @channel: a channel's full name
 *
 * Returns: (transfer none) (nullable): the client's subscription to @channel
 */
BcastSubscriptionMirror *
bcast_client_mirror_find_subscription (BcastClientMirror *self,
                                       const char        *channel)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), NULL);
  g_return_val_if_fail (channel != NULL, NULL);

  return g_hash_table_lookup (self->by_channel, channel);
}

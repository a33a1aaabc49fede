/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-hub-private.h"

#include <string.h>

/**
 * bcast_hub_find_channel:
 * @self: a hub
 * @name: a full channel name
 *
 * Returns: (nullable) (transfer none): the channel, if anybody is subscribed to it
 */
BcastHubChannel *
bcast_hub_find_channel (BcastHub   *self,
                        const char *name)
{
  g_return_val_if_fail (BCAST_IS_HUB (self) && name != NULL, NULL);

  return g_hash_table_lookup (bcast_hub_get_channel_table (self), name);
}

/**
 * bcast_hub_ensure_channel:
 * @self: a hub
 * @name: a full channel name
 *
 * Returns: (transfer none): the channel, which is about to get a subscriber
 */
BcastHubChannel *
bcast_hub_ensure_channel (BcastHub   *self,
                          const char *name)
{
  BcastHubChannel *channel = bcast_hub_find_channel (self, name);

  if (channel == NULL)
    {
      channel = bcast_hub_channel_new (name);
      g_hash_table_insert (bcast_hub_get_channel_table (self),
                           (char *) bcast_hub_channel_get_name (channel), channel);
    }
  return channel;
}

/**
 * bcast_hub_drop_channel:
 * @self: a hub
 * @channel: (transfer full): a channel that lost its last subscriber
 */
void
bcast_hub_drop_channel (BcastHub        *self,
                        BcastHubChannel *channel)
{
  g_return_if_fail (BCAST_IS_HUB (self) && bcast_hub_channel_count_peers (channel) == 0);

  bcast_subscription_counts_forget (bcast_hub_get_counts (self), channel);
  g_hash_table_remove (bcast_hub_get_channel_table (self), bcast_hub_channel_get_name (channel));
}

/**
 * bcast_hub_count_changed:
 * @self: a hub
 * @channel: a channel that got or lost a subscriber, and has one
 *
 * Its subscribers are told how many they are, unless that is switched off.
 */
void
bcast_hub_count_changed (BcastHub        *self,
                         BcastHubChannel *channel)
{
  g_return_if_fail (BCAST_IS_HUB (self) && channel != NULL);

  if (bcast_hub_get_options (self)->has_subscription_counts)
    bcast_subscription_counts_change (bcast_hub_get_counts (self), channel, g_get_monotonic_time ());
}

static int
compare_channels (gconstpointer a,
                  gconstpointer b)
{
  return strcmp (bcast_hub_channel_get_name (*(BcastHubChannel **) a),
                 bcast_hub_channel_get_name (*(BcastHubChannel **) b));
}

/**
 * bcast_hub_list_channels:
 * @self: a hub
 * @prefix: (nullable): what their names begin with
 *
 * Returns: (transfer container) (element-type BcastHubChannel): the occupied channels, by name;
 *   those of signed-in users belong to the server and are left out
 */
GPtrArray *
bcast_hub_list_channels (BcastHub   *self,
                         const char *prefix)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), NULL);

  GPtrArray *channels = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name, channel;

  g_hash_table_iter_init (&iter, bcast_hub_get_channel_table (self));
  while (g_hash_table_iter_next (&iter, &name, &channel))
    if ((prefix == NULL || g_str_has_prefix (name, prefix))
        && bcast_hub_channel_get_type (channel) != BCAST_CHANNEL_SERVER_TO_USER)
      g_ptr_array_add (channels, channel);

  g_ptr_array_sort (channels, compare_channels);
  return channels;
}

/**
 * bcast_hub_count_channels:
 * @self: a hub
 *
 * Returns: how many channels are occupied, those of signed-in users not counted
 */
guint
bcast_hub_count_channels (BcastHub *self)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), 0);

  g_autoptr(GPtrArray) channels = bcast_hub_list_channels (self, NULL);

  return channels->len;
}

/**
 * bcast_hub_count_subscriptions:
 * @self: a hub
 *
 * Returns: on how many channels all sockets are, each with each
 */
guint64
bcast_hub_count_subscriptions (BcastHub *self)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), 0);

  g_autoptr(GPtrArray) channels = bcast_hub_list_channels (self, NULL);
  guint64 n_subscriptions = 0;

  for (guint i = 0; i < channels->len; i++)
    n_subscriptions += bcast_hub_channel_count_peers (channels->pdata[i]);
  return n_subscriptions;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-peer-info-private.h"

/**
 * bcast_peer_info_free:
 * @self: (transfer full): what was told about a socket
 */
void
bcast_peer_info_free (BcastPeerInfo *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->app_id);
  g_free (self->socket_id);
  g_free (self->address);
  g_free (self->library);
  g_free (self->user_id);
  g_free (self);
}

static BcastPeerInfo *
describe (BcastHostedApp *app,
          BcastPeer      *peer,
          gint64          clock_us)
{
  const BcastPeerOrigin *origin = bcast_peer_get_origin (peer);
  BcastPeerInfo *info = g_new0 (BcastPeerInfo, 1);

  info->app_id = g_strdup (app->settings->app_id);
  info->socket_id = g_strdup (bcast_peer_get_socket_id (peer));
  info->address = g_strdup (origin->address);
  info->library = g_strdup (origin->library);
  info->user_id = g_strdup (bcast_peer_get_user_id (peer));
  info->since_us = origin->since_us + clock_us;
  /* A signed-in socket is on the channel of its user, too, which is the server's own. */
  info->n_channels = g_hash_table_size (bcast_peer_get_subscriptions (peer)) - (info->user_id != NULL);
  return info;
}

static void
free_info (gpointer info)
{
  bcast_peer_info_free (info);
}

static int
compare_age (gconstpointer a,
             gconstpointer b)
{
  const BcastPeerInfo *first = *(BcastPeerInfo **) a;
  const BcastPeerInfo *second = *(BcastPeerInfo **) b;

  return (first->since_us > second->since_us) - (first->since_us < second->since_us);
}

/**
 * bcast_peer_info_list:
 * @apps: the apps that are served
 *
 * Returns: (transfer full) (element-type BcastPeerInfo): their sockets, the oldest first
 */
GPtrArray *
bcast_peer_info_list (BcastHostedApps *apps)
{
  g_return_val_if_fail (apps != NULL, NULL);

  GPtrArray *hosted = bcast_hosted_apps_get (apps);
  GPtrArray *list = g_ptr_array_new_with_free_func (free_info);
  gint64 clock_us = g_get_real_time () - g_get_monotonic_time ();

  for (guint i = 0; i < hosted->len; i++)
    {
      BcastHostedApp *app = hosted->pdata[i];
      g_autoptr(GPtrArray) peers = bcast_hub_list_peers (app->hub);

      for (guint j = 0; j < peers->len; j++)
        g_ptr_array_add (list, describe (app, peers->pdata[j], clock_us));
    }
  g_ptr_array_sort (list, compare_age);
  return list;
}

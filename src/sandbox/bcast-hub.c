/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-hub-private.h"

/**
 * BcastHub:
 *
 * The state of one app: its sockets, its channels and who is on them. It does no I/O: what has to
 * be told is told to the peers. A channel exists for as long as it has a subscriber.
 */
struct _BcastHub
{
  GObject          parent_instance;

  BcastApp        *app;
  BcastHubOptions  options;

  GHashTable      *peers;    /* socket id → BcastPeer; the peer owns the id */
  GHashTable      *channels; /* name → BcastHubChannel; the channel owns the name */
  BcastEventCache *cache;
  BcastHubUsers   *users;

  BcastSubscriptionCounts *counts;
  BcastHubObservers       *observers;
  BcastHubFaults          *faults;
  guint64                  n_deliveries;
};

G_DEFINE_FINAL_TYPE (BcastHub, bcast_hub, G_TYPE_OBJECT)

static void
bcast_hub_finalize (GObject *object)
{
  BcastHub *self = BCAST_HUB (object);

  g_hash_table_unref (self->peers);
  g_hash_table_unref (self->channels);
  bcast_event_cache_free (self->cache);
  bcast_hub_users_free (self->users);
  bcast_subscription_counts_free (self->counts);
  bcast_hub_observers_free (self->observers);
  bcast_hub_faults_free (self->faults);
  bcast_app_unref (self->app);

  G_OBJECT_CLASS (bcast_hub_parent_class)->finalize (object);
}

static void
bcast_hub_class_init (BcastHubClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_hub_finalize;
}

static void
free_channel (gpointer channel)
{
  bcast_hub_channel_free (channel);
}

static void
counted_cb (BcastHubChannel *channel,
            gpointer         user_data)
{
  bcast_hub_report (user_data, &(BcastReport) {
    .kind = BCAST_REPORT_SUBSCRIPTION_COUNT,
    .channel = (char *) bcast_hub_channel_get_name (channel),
    .code = bcast_hub_channel_count_peers (channel),
  });
}

static void
bcast_hub_init (BcastHub *self)
{
  self->peers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_channel);
  self->cache = bcast_event_cache_new ();
  self->users = bcast_hub_users_new ();
  self->counts = bcast_subscription_counts_new (counted_cb, self);
  self->observers = bcast_hub_observers_new ();
  self->faults = bcast_hub_faults_new ();
}

/**
 * bcast_hub_new:
 * @app: the app's id, key and secret
 * @options: what is set about it; copied
 *
 * Returns: (transfer full): an app without sockets
 */
BcastHub *
bcast_hub_new (BcastApp              *app,
               const BcastHubOptions *options)
{
  g_return_val_if_fail (app != NULL && options != NULL && options->activity_timeout_s > 0, NULL);

  BcastHub *self = g_object_new (BCAST_TYPE_HUB, NULL);

  self->app = bcast_app_ref (app);
  self->options = *options;
  return self;
}

/**
 * bcast_hub_get_app:
 * @self: a hub
 *
 * Returns: the app's id, key and secret
 */
BcastApp *
bcast_hub_get_app (BcastHub *self)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), NULL);

  return self->app;
}

/**
 * bcast_hub_set_app:
 * @self: a hub
 * @app: the app's id, which is the same as before, key and secret
 * @options: what is set about it; copied
 *
 * Counts for what comes from now on: who is connected and subscribed stays so.
 */
void
bcast_hub_set_app (BcastHub              *self,
                   BcastApp              *app,
                   const BcastHubOptions *options)
{
  g_return_if_fail (BCAST_IS_HUB (self) && app != NULL && options != NULL);

  BcastApp *old = self->app;

  self->app = bcast_app_ref (app);
  bcast_app_unref (old);
  self->options = *options;
}

/**
 * bcast_hub_get_options:
 * @self: a hub
 *
 * Returns: what is set about the app
 */
const BcastHubOptions *
bcast_hub_get_options (BcastHub *self)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), NULL);

  return &self->options;
}

/**
 * bcast_hub_make_socket_id:
 * @self: a hub
 *
 * Two random numbers with a dot between: every official library refuses another shape.
 *
 * Returns: (transfer full): an id that no socket of the hub has
 */
char *
bcast_hub_make_socket_id (BcastHub *self)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), NULL);

  char *socket_id = NULL;

  do
    {
      g_free (socket_id);
      socket_id = g_strdup_printf ("%u.%u", g_random_int (), g_random_int ());
    }
  while (bcast_hub_find_peer (self, socket_id) != NULL);

  return socket_id;
}

/**
 * bcast_hub_add_peer:
 * @self: a hub
 * @peer: a new socket; the hub holds it until it is removed
 */
void
bcast_hub_add_peer (BcastHub  *self,
                    BcastPeer *peer)
{
  g_return_if_fail (BCAST_IS_HUB (self) && BCAST_IS_PEER (peer));

  g_hash_table_replace (self->peers, (char *) bcast_peer_get_socket_id (peer), g_object_ref (peer));
}

/**
 * bcast_hub_remove_peer:
 * @self: a hub
 * @peer: a socket that is gone
 *
 * Unsubscribes it from everything, signs it out, and lets go of it.
 */
void
bcast_hub_remove_peer (BcastHub  *self,
                       BcastPeer *peer)
{
  g_return_if_fail (BCAST_IS_HUB (self) && BCAST_IS_PEER (peer));

  bcast_hub_unsubscribe_all (self, peer);
  bcast_peer_report_end (peer);
  bcast_hub_sign_out (self, peer);
  bcast_hub_faults_forget (self->faults, peer);
  g_hash_table_remove (self->peers, bcast_peer_get_socket_id (peer));
}

/**
 * bcast_hub_find_peer:
 * @self: a hub
 * @socket_id: a socket id
 *
 * Returns: (nullable) (transfer none): the socket under that id
 */
BcastPeer *
bcast_hub_find_peer (BcastHub   *self,
                     const char *socket_id)
{
  g_return_val_if_fail (BCAST_IS_HUB (self) && socket_id != NULL, NULL);

  return g_hash_table_lookup (self->peers, socket_id);
}

/**
 * bcast_hub_count_peers:
 * @self: a hub
 *
 * Returns: how many sockets are connected
 */
guint
bcast_hub_count_peers (BcastHub *self)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), 0);

  return g_hash_table_size (self->peers);
}

/**
 * bcast_hub_list_peers:
 * @self: a hub
 *
 * Returns: (transfer full) (element-type BcastPeer): the sockets that are connected, in no order
 */
GPtrArray *
bcast_hub_list_peers (BcastHub *self)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), NULL);

  GPtrArray *peers = g_ptr_array_new_full (g_hash_table_size (self->peers), g_object_unref);
  GHashTableIter iter;
  gpointer peer;

  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, NULL, &peer))
    g_ptr_array_add (peers, g_object_ref (peer));
  return peers;
}

/**
 * bcast_hub_get_cache:
 * @self: a hub
 *
 * Returns: what the cache channels remember
 */
BcastEventCache *
bcast_hub_get_cache (BcastHub *self)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), NULL);

  return self->cache;
}

/**
 * bcast_hub_get_users:
 * @self: a hub
 *
 * Returns: who is signed in, and who wants to know
 */
BcastHubUsers *
bcast_hub_get_users (BcastHub *self)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), NULL);

  return self->users;
}

/**
 * bcast_hub_get_observers:
 * @self: a hub
 *
 * Returns: who is told what happens
 */
BcastHubObservers *
bcast_hub_get_observers (BcastHub *self)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), NULL);

  return self->observers;
}

/**
 * bcast_hub_get_channel_table:
 * @self: a hub
 *
 * Returns: (transfer none) (element-type utf8 BcastHubChannel): the occupied channels by name; the
 *   table owns them, and they own their names
 */
GHashTable *
bcast_hub_get_channel_table (BcastHub *self)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), NULL);

  return self->channels;
}

/**
 * bcast_hub_get_counts:
 * @self: a hub
 *
 * Returns: (transfer none): who tells subscribers how many they are
 */
BcastSubscriptionCounts *
bcast_hub_get_counts (BcastHub *self)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), NULL);

  return self->counts;
}

/**
 * bcast_hub_add_deliveries:
 * @self: a hub
 * @n_deliveries: to how many sockets an event was handed
 */
void
bcast_hub_add_deliveries (BcastHub *self,
                          guint     n_deliveries)
{
  g_return_if_fail (BCAST_IS_HUB (self));

  self->n_deliveries += n_deliveries;
}

/**
 * bcast_hub_count_deliveries:
 * @self: a hub
 *
 * Returns: how often an event was handed to a socket
 */
guint64
bcast_hub_count_deliveries (BcastHub *self)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), 0);

  return self->n_deliveries;
}

/**
 * bcast_hub_get_faults:
 * @self: a hub
 *
 * Returns: what the faults do to its sockets
 */
BcastHubFaults *
bcast_hub_get_faults (BcastHub *self)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), NULL);

  return self->faults;
}

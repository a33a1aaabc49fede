/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-connected-peer.h"

/**
 * BcastConnectedPeer:
 *
 * A socket that is connected to the sandbox, as a row of a list.
 */
struct _BcastConnectedPeer
{
  GObject        parent_instance;

  BcastPeerInfo *info;
};

G_DEFINE_FINAL_TYPE (BcastConnectedPeer, bcast_connected_peer, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
bcast_connected_peer_finalize (GObject *object)
{
  bcast_peer_info_free (BCAST_CONNECTED_PEER (object)->info);

  G_OBJECT_CLASS (bcast_connected_peer_parent_class)->finalize (object);
}

static void
bcast_connected_peer_class_init (BcastConnectedPeerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_connected_peer_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bcast_connected_peer_init (BcastConnectedPeer *self)
{
}

/**
 * bcast_connected_peer_new:
 * @info: (transfer full): what is known of the socket
 *
 * Returns: (transfer full): a row for it
 */
BcastConnectedPeer *
bcast_connected_peer_new (BcastPeerInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  BcastConnectedPeer *self = g_object_new (BCAST_TYPE_CONNECTED_PEER, NULL);

  self->info = info;
  return self;
}

/**
 * bcast_connected_peer_get_info:
 * @self: a row
 *
 * Returns: what is known of the socket
 */
const BcastPeerInfo *
bcast_connected_peer_get_info (BcastConnectedPeer *self)
{
  g_return_val_if_fail (BCAST_IS_CONNECTED_PEER (self), NULL);

  return self->info;
}

/**
 * bcast_connected_peer_take:
 * @self: a row
 * @info: (transfer full): what is known of the same socket now
 */
void
bcast_connected_peer_take (BcastConnectedPeer *self,
                           BcastPeerInfo      *info)
{
  g_return_if_fail (BCAST_IS_CONNECTED_PEER (self));
  g_return_if_fail (info != NULL);

  bcast_peer_info_free (self->info);
  self->info = info;
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_socket_at (GListStore *store,
              guint       position,
              const char *socket_id)
{
  g_autoptr(BcastConnectedPeer) peer = g_list_model_get_item (G_LIST_MODEL (store), position);

  return peer != NULL && g_str_equal (peer->info->socket_id, socket_id);
}

/**
 * bcast_connected_peers_take:
 * @store: a list of #BcastConnectedPeer, the oldest first
 * @infos: (element-type BcastPeerInfo): who is connected now, the oldest first; they are taken out of it
 *
 * Brings the list up to date. Who stays keeps the row: sockets go from anywhere and come at the end.
 */
void
bcast_connected_peers_take (GListStore *store,
                            GPtrArray  *infos)
{
  g_return_if_fail (G_IS_LIST_STORE (store));
  g_return_if_fail (infos != NULL);

  gsize n_infos;
  g_autofree gpointer *taken = g_ptr_array_steal (infos, &n_infos);
  g_autoptr(GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
  guint position = 0;

  for (gsize i = 0; i < n_infos; i++)
    g_hash_table_add (there, ((BcastPeerInfo *) taken[i])->socket_id);
  while (position < g_list_model_get_n_items (G_LIST_MODEL (store)))
    {
      g_autoptr(BcastConnectedPeer) peer = g_list_model_get_item (G_LIST_MODEL (store), position);

      if (g_hash_table_contains (there, peer->info->socket_id))
        position++;
      else
        g_list_store_remove (store, position);
    }
  for (gsize i = 0; i < n_infos; i++)
    {
      BcastPeerInfo *info = taken[i];
      g_autoptr(BcastConnectedPeer) peer = NULL;

      if (is_socket_at (store, (guint) i, info->socket_id))
        {
          peer = g_list_model_get_item (G_LIST_MODEL (store), (guint) i);
          bcast_connected_peer_take (peer, info);
          continue;
        }
      peer = bcast_connected_peer_new (info);
      g_list_store_insert (store, (guint) i, peer);
    }
  while (g_list_model_get_n_items (G_LIST_MODEL (store)) > n_infos)
    g_list_store_remove (store, (guint) n_infos);
}

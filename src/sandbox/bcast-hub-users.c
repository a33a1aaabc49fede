/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-hub-users-private.h"

typedef struct
{
  GHashTable *sockets;  /* a set of BcastPeer, not owned: they are signed in as the user */
  GHashTable *watchers; /* a set of BcastPeer, not owned: they have the user on their watchlist */
} User;

/**
 * BcastHubUsers:
 *
 * Which sockets are signed in as whom, and which want to know when somebody comes and goes. A user is
 * online for as long as one socket is signed in as that user. Knows nobody who is neither online nor
 * watched.
 *
 * Source: Channels documentation, “Watchlist events”.
 */
struct _BcastHubUsers
{
  GHashTable *users;      /* user id → User */
  GHashTable *watchlists; /* BcastPeer, not owned → the ids that it watches */
};

static void
free_user (gpointer data)
{
  User *user = data;

  g_hash_table_unref (user->sockets);
  g_hash_table_unref (user->watchers);
  g_free (user);
}

static void
free_watchlist (gpointer data)
{
  g_strfreev (data);
}

static User *
ensure (BcastHubUsers *self,
        const char    *user_id)
{
  User *user = g_hash_table_lookup (self->users, user_id);

  if (user == NULL)
    {
      user = g_new0 (User, 1);
      user->sockets = g_hash_table_new (NULL, NULL);
      user->watchers = g_hash_table_new (NULL, NULL);
      g_hash_table_insert (self->users, g_strdup (user_id), user);
    }
  return user;
}

static void
forget_idle (BcastHubUsers *self,
             const char    *user_id,
             User          *user)
{
  if (g_hash_table_size (user->sockets) == 0 && g_hash_table_size (user->watchers) == 0)
    g_hash_table_remove (self->users, user_id);
}

/**
 * bcast_hub_users_new:
 *
 * Returns: (transfer full): a directory without users
 */
BcastHubUsers *
bcast_hub_users_new (void)
{
  BcastHubUsers *self = g_new0 (BcastHubUsers, 1);

  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_user);
  self->watchlists = g_hash_table_new_full (NULL, NULL, NULL, free_watchlist);
  return self;
}

/**
 * bcast_hub_users_free:
 * @self: (transfer full): a directory
 */
void
bcast_hub_users_free (BcastHubUsers *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->users);
  g_hash_table_unref (self->watchlists);
  g_free (self);
}

/**
 * bcast_hub_users_add:
 * @self: a directory
 * @user_id: a user
 * @peer: a socket that is signed in as @user_id now
 *
 * Returns: whether the user was not online before
 */
gboolean
bcast_hub_users_add (BcastHubUsers *self,
                     const char    *user_id,
                     BcastPeer     *peer)
{
  g_return_val_if_fail (self != NULL && user_id != NULL && BCAST_IS_PEER (peer), FALSE);

  User *user = ensure (self, user_id);

  g_hash_table_add (user->sockets, peer);
  return g_hash_table_size (user->sockets) == 1;
}

/**
 * bcast_hub_users_remove:
 * @self: a directory
 * @user_id: a user
 * @peer: a socket that was signed in as @user_id and is gone
 *
 * Returns: whether the user is not online any more
 */
gboolean
bcast_hub_users_remove (BcastHubUsers *self,
                        const char    *user_id,
                        BcastPeer     *peer)
{
  g_return_val_if_fail (self != NULL && user_id != NULL && BCAST_IS_PEER (peer), FALSE);

  User *user = g_hash_table_lookup (self->users, user_id);

  if (user == NULL || !g_hash_table_remove (user->sockets, peer))
    return FALSE;

  gboolean is_last = g_hash_table_size (user->sockets) == 0;

  forget_idle (self, user_id, user);
  return is_last;
}

/**
 * bcast_hub_users_watch:
 * @self: a directory
 * @peer: a socket
 * @user_ids: (array zero-terminated=1): whom it wants to know of from now on, and of nobody else
 */
void
bcast_hub_users_watch (BcastHubUsers      *self,
                       BcastPeer          *peer,
                       const char * const *user_ids)
{
  g_return_if_fail (self != NULL && BCAST_IS_PEER (peer) && user_ids != NULL);

  bcast_hub_users_unwatch (self, peer);
  if (user_ids[0] == NULL)
    return;

  for (guint i = 0; user_ids[i] != NULL; i++)
    g_hash_table_add (ensure (self, user_ids[i])->watchers, peer);
  g_hash_table_insert (self->watchlists, peer, g_strdupv ((char **) user_ids));
}

/**
 * bcast_hub_users_unwatch:
 * @self: a directory
 * @peer: a socket that wants to know of nobody any more
 */
void
bcast_hub_users_unwatch (BcastHubUsers *self,
                         BcastPeer     *peer)
{
  g_return_if_fail (self != NULL && BCAST_IS_PEER (peer));

  char **user_ids = g_hash_table_lookup (self->watchlists, peer);

  for (guint i = 0; user_ids != NULL && user_ids[i] != NULL; i++)
    {
      User *user = g_hash_table_lookup (self->users, user_ids[i]);

      if (user == NULL)
        continue;
      g_hash_table_remove (user->watchers, peer);
      forget_idle (self, user_ids[i], user);
    }
  g_hash_table_remove (self->watchlists, peer);
}

/**
 * bcast_hub_users_is_online:
 * @self: a directory
 * @user_id: a user
 *
 * Returns: whether a socket is signed in as that user
 */
gboolean
bcast_hub_users_is_online (BcastHubUsers *self,
                           const char    *user_id)
{
  g_return_val_if_fail (self != NULL && user_id != NULL, FALSE);

  User *user = g_hash_table_lookup (self->users, user_id);

  return user != NULL && g_hash_table_size (user->sockets) > 0;
}

/* Referenced, since who is told something may be gone by it. */
static GPtrArray *
list (GHashTable *peers)
{
  GPtrArray *listed = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer peer;

  if (peers == NULL)
    return listed;

  g_hash_table_iter_init (&iter, peers);
  while (g_hash_table_iter_next (&iter, &peer, NULL))
    g_ptr_array_add (listed, g_object_ref (peer));
  return listed;
}

/**
 * bcast_hub_users_list_sockets:
 * @self: a directory
 * @user_id: a user
 *
 * Returns: (transfer full) (element-type BcastPeer): the sockets that are signed in as that user
 */
GPtrArray *
bcast_hub_users_list_sockets (BcastHubUsers *self,
                              const char    *user_id)
{
  g_return_val_if_fail (self != NULL && user_id != NULL, NULL);

  User *user = g_hash_table_lookup (self->users, user_id);

  return list (user != NULL ? user->sockets : NULL);
}

/**
 * bcast_hub_users_list_watchers:
 * @self: a directory
 * @user_id: a user
 *
 * Returns: (transfer full) (element-type BcastPeer): the sockets that want to know of that user
 */
GPtrArray *
bcast_hub_users_list_watchers (BcastHubUsers *self,
                               const char    *user_id)
{
  g_return_val_if_fail (self != NULL && user_id != NULL, NULL);

  User *user = g_hash_table_lookup (self->users, user_id);

  return list (user != NULL ? user->watchers : NULL);
}

/**
 * bcast_hub_users_count:
 * @self: a directory
 *
 * Returns: how many users it knows, online or watched
 */
guint
bcast_hub_users_count (BcastHubUsers *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->users);
}

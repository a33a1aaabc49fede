/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-hub-channel-private.h"

#include <string.h>

#include "bcast-json.h"
#include "bcast-websocket.h"

typedef struct
{
  guint           index;  /* in peers */
  BcastHubMember *member; /* NULL but on presence channels */
} Subscriber;

/**
 * BcastHubChannel:
 *
 * Who is on one channel. It has at least one subscriber but while it is being made or taken down.
 * Members are users: several sockets of a user are one member.
 *
 * Source: Channels documentation, “Presence channels”.
 */
struct _BcastHubChannel
{
  char             *name;
  BcastChannelType  type;

  GPtrArray        *peers;       /* BcastPeer, not owned: a peer leaves before it goes */
  GHashTable       *subscribers; /* BcastPeer → Subscriber */
  GPtrArray        *members;     /* BcastHubMember, in the order in which they joined */
  GHashTable       *by_user_id;  /* user id → BcastHubMember; the member owns the id */
};

static void
free_member (gpointer data)
{
  BcastHubMember *member = data;

  g_free (member->user_id);
  g_free (member->user_info);
  g_free (member);
}

/**
 * bcast_hub_channel_new:
 * @name: its full name
 *
 * Returns: (transfer full): a channel without subscribers
 */
BcastHubChannel *
bcast_hub_channel_new (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  BcastHubChannel *self = g_new0 (BcastHubChannel, 1);

  self->name = g_strdup (name);
  self->type = bcast_channel_name_find_type (name);
  self->peers = g_ptr_array_new ();
  self->subscribers = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->members = g_ptr_array_new_with_free_func (free_member);
  self->by_user_id = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * bcast_hub_channel_free:
 * @self: (transfer full): a channel
 */
void
bcast_hub_channel_free (BcastHubChannel *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->peers);
  g_hash_table_unref (self->subscribers);
  g_hash_table_unref (self->by_user_id);
  g_ptr_array_unref (self->members);
  g_free (self->name);
  g_free (self);
}

/**
 * bcast_hub_channel_get_name:
 * @self: a channel
 *
 * Returns: its full name
 */
const char *
bcast_hub_channel_get_name (BcastHubChannel *self)
{
  return self->name;
}

/**
 * bcast_hub_channel_get_type:
 * @self: a channel
 *
 * Returns: its type
 */
BcastChannelType
bcast_hub_channel_get_type (BcastHubChannel *self)
{
  return self->type;
}

/**
 * bcast_hub_channel_count_peers:
 * @self: a channel
 *
 * Returns: how many sockets are subscribed
 */
guint
bcast_hub_channel_count_peers (BcastHubChannel *self)
{
  return self->peers->len;
}

/**
 * bcast_hub_channel_get_peers:
 * @self: a channel
 *
 * Returns: (element-type BcastPeer) (transfer none): the sockets that are subscribed, in no order
 */
GPtrArray *
bcast_hub_channel_get_peers (BcastHubChannel *self)
{
  return self->peers;
}

/**
 * bcast_hub_channel_get_members:
 * @self: a channel
 *
 * Returns: (element-type BcastHubMember) (transfer none): its members in the order in which they
 *   joined; empty but on presence channels
 */
GPtrArray *
bcast_hub_channel_get_members (BcastHubChannel *self)
{
  return self->members;
}

/**
 * bcast_hub_channel_find_member:
 * @self: a channel
 * @user_id: a user
 *
 * Returns: (nullable): the member
 */
BcastHubMember *
bcast_hub_channel_find_member (BcastHubChannel *self,
                               const char      *user_id)
{
  return g_hash_table_lookup (self->by_user_id, user_id);
}

/**
 * bcast_hub_channel_find_peer:
 * @self: a channel
 * @peer: a peer
 *
 * Returns: (nullable): as which member @peer is on a presence channel
 */
BcastHubMember *
bcast_hub_channel_find_peer (BcastHubChannel *self,
                             BcastPeer       *peer)
{
  Subscriber *subscriber = g_hash_table_lookup (self->subscribers, peer);

  return subscriber != NULL ? subscriber->member : NULL;
}

/**
 * bcast_hub_channel_has_peer:
 * @self: a channel
 * @peer: a peer
 *
 * Returns: whether @peer is subscribed
 */
gboolean
bcast_hub_channel_has_peer (BcastHubChannel *self,
                            BcastPeer       *peer)
{
  return g_hash_table_contains (self->subscribers, peer);
}

/**
 * bcast_hub_channel_add:
 * @self: a channel on which @peer is not
 * @peer: who subscribes
 * @user_id: (nullable): as which user, on presence channels
 * @user_info: (nullable): what the user tells about itself, as JSON
 *
 * What another socket of the same user tells about it is not taken over: the others were told
 * already who it is.
 *
 * Returns: whether this is a member that was not there
 */
gboolean
bcast_hub_channel_add (BcastHubChannel *self,
                       BcastPeer       *peer,
                       const char      *user_id,
                       const char      *user_info)
{
  g_return_val_if_fail (!bcast_hub_channel_has_peer (self, peer), FALSE);

  Subscriber *subscriber = g_new0 (Subscriber, 1);
  gboolean is_new = FALSE;

  if (user_id != NULL)
    {
      subscriber->member = bcast_hub_channel_find_member (self, user_id);
      is_new = subscriber->member == NULL;
      if (is_new)
        {
          subscriber->member = g_new0 (BcastHubMember, 1);
          subscriber->member->user_id = g_strdup (user_id);
          subscriber->member->user_info = g_strdup (user_info);
          g_ptr_array_add (self->members, subscriber->member);
          g_hash_table_insert (self->by_user_id, subscriber->member->user_id, subscriber->member);
        }
      subscriber->member->n_sockets++;
    }

  subscriber->index = self->peers->len;
  g_ptr_array_add (self->peers, peer);
  g_hash_table_insert (self->subscribers, peer, subscriber);
  return is_new;
}

/**
 * bcast_hub_channel_remove:
 * @self: a channel
 * @peer: who leaves
 *
 * Returns: (transfer full) (nullable): the user who is no longer a member, if this was the last of
 *   the user's sockets
 */
char *
bcast_hub_channel_remove (BcastHubChannel *self,
                          BcastPeer       *peer)
{
  Subscriber *subscriber = g_hash_table_lookup (self->subscribers, peer);
  char *left_user_id = NULL;

  if (subscriber == NULL)
    return NULL;

  if (subscriber->member != NULL && --subscriber->member->n_sockets == 0)
    {
      left_user_id = g_strdup (subscriber->member->user_id);
      g_hash_table_remove (self->by_user_id, left_user_id);
      g_ptr_array_remove (self->members, subscriber->member);
    }

  /* The last peer takes the free place. */
  guint index = subscriber->index;

  g_ptr_array_remove_index_fast (self->peers, index);
  if (index < self->peers->len)
    {
      Subscriber *moved = g_hash_table_lookup (self->subscribers, self->peers->pdata[index]);
      moved->index = index;
    }
  g_hash_table_remove (self->subscribers, peer);
  return left_user_id;
}

/**
 * bcast_hub_channel_send:
 * @self: a channel
 * @text: a message of the protocol
 * @except: (nullable): who does not get it
 *
 * Makes the bytes once for all subscribers.
 *
 * Returns: how many there were
 */
guint
bcast_hub_channel_send (BcastHubChannel *self,
                        const char      *text,
                        BcastPeer       *except)
{
  g_autoptr(GBytes) frame = bcast_websocket_frame_new (BCAST_WEBSOCKET_TEXT, text, strlen (text));

  guint n_sent = 0;

  for (guint i = 0; i < self->peers->len; i++)
    if (self->peers->pdata[i] != except)
      {
        bcast_peer_send_frame (self->peers->pdata[i], frame);
        n_sent++;
      }
  return n_sent;
}

/**
 * bcast_hub_channel_format_roster:
 * @self: a presence channel
 *
 * Source: Channels documentation, “Pusher Channels Protocol”, section “Presence channel events”.
 *
 * Returns: (transfer full): the data that a new subscriber gets
 */
char *
bcast_hub_channel_format_roster (BcastHubChannel *self)
{
  GString *ids = g_string_new (NULL);
  GString *hash = g_string_new (NULL);

  for (guint i = 0; i < self->members->len; i++)
    {
      BcastHubMember *member = self->members->pdata[i];

      if (i > 0)
        {
          g_string_append_c (ids, ',');
          g_string_append_c (hash, ',');
        }
      bcast_json_append_quoted (ids, member->user_id, -1);
      bcast_json_append_quoted (hash, member->user_id, -1);
      g_string_append_printf (hash, ":%s", member->user_info != NULL ? member->user_info : "{}");
    }

  char *roster = g_strdup_printf ("{\"presence\":{\"count\":%u,\"ids\":[%s],\"hash\":{%s}}}",
                                  self->members->len, ids->str, hash->str);

  g_string_free (ids, TRUE);
  g_string_free (hash, TRUE);
  return roster;
}

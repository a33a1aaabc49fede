/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-hub-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-frame.h"
#include "bcast-presence-data.h"

static void
send_member_event (BcastHubChannel *channel,
                   const char      *event,
                   const char      *user_id,
                   const char      *user_info,
                   BcastPeer       *except)
{
  g_autofree char *data = bcast_presence_data_format (user_id, user_info);
  g_autofree char *text = bcast_frame_format (event, bcast_hub_channel_get_name (channel), data,
                                              BCAST_FRAME_DATA_STRING, NULL);

  bcast_hub_channel_send (channel, text, except);
}

/* The channels of users are the server's own business. */
static void
report (BcastHub        *self,
        BcastReportKind  kind,
        BcastHubChannel *channel,
        BcastPeer       *peer,
        const char      *user_id)
{
  if (bcast_hub_channel_get_type (channel) == BCAST_CHANNEL_SERVER_TO_USER)
    return;

  bcast_hub_report (self, &(BcastReport) {
    .kind = kind,
    .socket_id = peer != NULL ? (char *) bcast_peer_get_socket_id (peer) : NULL,
    .channel = (char *) bcast_hub_channel_get_name (channel),
    .user_id = (char *) user_id,
  });
}

static void
send_succeeded (BcastHubChannel *channel,
                BcastPeer       *peer)
{
  gboolean is_presence = bcast_channel_type_is_presence (bcast_hub_channel_get_type (channel));
  g_autofree char *data = is_presence ? bcast_hub_channel_format_roster (channel) : g_strdup ("{}");
  g_autofree char *text = bcast_frame_format ("pusher_internal:subscription_succeeded",
                                              bcast_hub_channel_get_name (channel), data,
                                              BCAST_FRAME_DATA_STRING, NULL);

  bcast_peer_send_text (peer, text);
}

/* Source: Channels documentation, “Cache channels”. */
static void
send_cached (BcastHub        *self,
             BcastHubChannel *channel,
             BcastPeer       *peer)
{
  const char *name = bcast_hub_channel_get_name (channel);

  if (!bcast_channel_type_is_cache (bcast_hub_channel_get_type (channel)))
    return;

  const BcastCachedEvent *cached = bcast_hub_find_cached (self, name);
  const char *event = cached != NULL ? cached->event : "pusher:cache_miss";
  const char *data = cached != NULL ? cached->data : "{}";
  g_autofree char *text = bcast_frame_format (event, name, data, BCAST_FRAME_DATA_STRING, NULL);

  bcast_peer_send_text (peer, text);
  if (cached == NULL)
    report (self, BCAST_REPORT_CACHE_MISS, channel, peer, NULL);
}

static gboolean
check_room (BcastHub    *self,
            BcastPeer   *peer,
            const char  *name,
            const char  *user_id,
            GError     **error)
{
  BcastHubChannel *channel = bcast_hub_find_channel (self, name);
  guint max_members = bcast_hub_get_options (self)->max_members;

  if (g_hash_table_size (bcast_peer_get_subscriptions (peer)) >= BCAST_PEER_MAX_CHANNELS)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_BUSY,
                   _("This socket is on %d channels already, which is as many as one may have. "
                     "Unsubscribe from one first."), BCAST_PEER_MAX_CHANNELS);
      return FALSE;
    }

  guint n_members = channel != NULL ? bcast_hub_channel_get_members (channel)->len : 0;

  if (user_id != NULL && n_members >= max_members
      && (channel == NULL || bcast_hub_channel_find_member (channel, user_id) == NULL))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_BUSY,
                   _("The presence channel has %u members already, which is as many as it may have."),
                   max_members);
      return FALSE;
    }

  return TRUE;
}

static BcastHubChannel *
join (BcastHub   *self,
      BcastPeer  *peer,
      const char *name,
      const char *user_id,
      const char *user_info)
{
  BcastHubChannel *channel = bcast_hub_ensure_channel (self, name);

  g_hash_table_insert (bcast_peer_get_subscriptions (peer),
                       (char *) bcast_hub_channel_get_name (channel), channel);

  gboolean is_new_member = bcast_hub_channel_add (channel, peer, user_id, user_info);

  if (bcast_hub_channel_count_peers (channel) == 1)
    report (self, BCAST_REPORT_OCCUPIED, channel, NULL, NULL);
  report (self, BCAST_REPORT_SUBSCRIBED, channel, peer, user_id);
  if (is_new_member)
    {
      send_member_event (channel, "pusher_internal:member_added", user_id, user_info, peer);
      report (self, BCAST_REPORT_MEMBER_ADDED, channel, NULL, user_id);
    }
  return channel;
}

static void
leave (BcastHub        *self,
       BcastPeer       *peer,
       BcastHubChannel *channel)
{
  BcastHubMember *member = bcast_hub_channel_find_peer (channel, peer);

  report (self, BCAST_REPORT_UNSUBSCRIBED, channel, peer, member != NULL ? member->user_id : NULL);

  g_autofree char *left_user_id = bcast_hub_channel_remove (channel, peer);

  if (left_user_id != NULL)
    report (self, BCAST_REPORT_MEMBER_REMOVED, channel, NULL, left_user_id);

  if (bcast_hub_channel_count_peers (channel) == 0)
    {
      report (self, BCAST_REPORT_VACATED, channel, NULL, NULL);
      bcast_hub_drop_channel (self, channel);
      return;
    }

  if (left_user_id != NULL)
    send_member_event (channel, "pusher_internal:member_removed", left_user_id, NULL, NULL);
  bcast_hub_count_changed (self, channel);
}

/**
 * bcast_hub_subscribe:
 * @self: a hub
 * @peer: who subscribes
 * @name: to which channel, under a name that was checked
 * @user_id: (nullable): as which user, on presence channels
 * @user_info: (nullable): what the user tells about itself, as JSON
 * @error: %BCAST_ERROR_BUSY when the socket or the channel has no room
 *
 * Subscribes, and tells @peer and, on presence channels, the others. Who is subscribed already is
 * told so again and is still subscribed once.
 * Source: Channels documentation, “Pusher Channels Protocol”, sections “Subscription events” and
 * “Presence channel events”.
 *
 * Returns: whether @peer is subscribed
 */
gboolean
bcast_hub_subscribe (BcastHub    *self,
                     BcastPeer   *peer,
                     const char  *name,
                     const char  *user_id,
                     const char  *user_info,
                     GError     **error)
{
  g_return_val_if_fail (BCAST_IS_HUB (self) && BCAST_IS_PEER (peer) && name != NULL, FALSE);

  BcastHubChannel *channel = g_hash_table_lookup (bcast_peer_get_subscriptions (peer), name);
  gboolean is_new = channel == NULL;

  if (is_new)
    {
      if (!check_room (self, peer, name, user_id, error))
        return FALSE;
      channel = join (self, peer, name, user_id, user_info);
    }

  send_succeeded (channel, peer);
  send_cached (self, channel, peer);
  if (is_new)
    {
      bcast_hub_count_changed (self, channel);
      bcast_hub_meet_faults (self, peer);
    }
  return TRUE;
}

/**
 * bcast_hub_unsubscribe:
 * @self: a hub
 * @peer: who unsubscribes
 * @name: from which channel; one to which @peer is not subscribed is none of its business
 */
void
bcast_hub_unsubscribe (BcastHub   *self,
                       BcastPeer  *peer,
                       const char *name)
{
  g_return_if_fail (BCAST_IS_HUB (self) && BCAST_IS_PEER (peer) && name != NULL);

  GHashTable *subscriptions = bcast_peer_get_subscriptions (peer);
  BcastHubChannel *channel = g_hash_table_lookup (subscriptions, name);

  if (channel == NULL)
    return;

  g_hash_table_remove (subscriptions, name);
  leave (self, peer, channel);
}

/**
 * bcast_hub_unsubscribe_all:
 * @self: a hub
 * @peer: a socket that is gone
 */
void
bcast_hub_unsubscribe_all (BcastHub  *self,
                           BcastPeer *peer)
{
  g_return_if_fail (BCAST_IS_HUB (self) && BCAST_IS_PEER (peer));

  GHashTable *subscriptions = bcast_peer_get_subscriptions (peer);
  g_autoptr(GList) channels = g_hash_table_get_values (subscriptions);

  g_hash_table_remove_all (subscriptions);
  for (GList *l = channels; l != NULL; l = l->next)
    leave (self, peer, l->data);
}

/**
 * bcast_hub_join_user:
 * @self: a hub
 * @peer: a socket that is signed in now
 * @user_id: as whom
 *
 * What is sent to the user reaches @peer without a subscription. pusher-js asks for one nevertheless,
 * and is told that it is subscribed.
 * Source: Channels documentation, “Sending events to users”.
 */
void
bcast_hub_join_user (BcastHub   *self,
                     BcastPeer  *peer,
                     const char *user_id)
{
  g_return_if_fail (BCAST_IS_HUB (self) && BCAST_IS_PEER (peer) && user_id != NULL);

  g_autofree char *name = g_strconcat (bcast_channel_type_get_prefix (BCAST_CHANNEL_SERVER_TO_USER),
                                       user_id, NULL);

  join (self, peer, name, NULL, NULL);
}

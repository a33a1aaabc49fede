/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-hub-private.h"

#include "bcast-frame.h"

/**
 * bcast_hub_find_cached:
 * @self: a hub
 * @channel: a full channel name
 *
 * Returns: (nullable): the event that a cache channel remembers
 */
const BcastCachedEvent *
bcast_hub_find_cached (BcastHub   *self,
                       const char *channel)
{
  g_return_val_if_fail (BCAST_IS_HUB (self), NULL);

  return bcast_event_cache_find (bcast_hub_get_cache (self), channel, g_get_monotonic_time ());
}

/**
 * bcast_hub_publish:
 * @self: a hub
 * @channel: a full channel name
 * @event: the event's name
 * @data: its data
 * @except_socket_id: (nullable): a socket that does not get it
 *
 * Sends an event of the HTTP API to all subscribers.
 */
void
bcast_hub_publish (BcastHub   *self,
                   const char *channel,
                   const char *event,
                   const char *data,
                   const char *except_socket_id)
{
  g_return_if_fail (BCAST_IS_HUB (self));
  g_return_if_fail (channel != NULL && event != NULL && data != NULL);

  BcastHubChannel *occupied = bcast_hub_find_channel (self, channel);

  if (bcast_channel_type_is_cache (bcast_channel_name_find_type (channel)))
    bcast_event_cache_put (bcast_hub_get_cache (self), channel, event, data, g_get_monotonic_time ());
  bcast_hub_report (self, &(BcastReport) {
    .kind = BCAST_REPORT_API_MESSAGE,
    .socket_id = (char *) except_socket_id,
    .channel = (char *) channel,
    .event = (char *) event,
    .data = (char *) data,
  });
  if (occupied == NULL)
    return;

  BcastPeer *except = except_socket_id != NULL ? bcast_hub_find_peer (self, except_socket_id) : NULL;
  g_autofree char *text = bcast_frame_format (event, channel, data, BCAST_FRAME_DATA_STRING, NULL);

  bcast_hub_deliver (self, occupied, text, except);
}

/**
 * bcast_hub_relay:
 * @self: a hub
 * @channel: a channel on which @sender is
 * @sender: who triggered the client event; does not get it
 * @event: the event's name
 * @data: (nullable): its data, as it stood in the sender's frame
 *
 * The frame is made anew, so that nothing but event, channel and data comes from the sender: a
 * `user_id` can be trusted by those who get it.
 */
void
bcast_hub_relay (BcastHub        *self,
                 BcastHubChannel *channel,
                 BcastPeer       *sender,
                 const char      *event,
                 const char      *data)
{
  g_return_if_fail (BCAST_IS_HUB (self) && BCAST_IS_PEER (sender));
  g_return_if_fail (channel != NULL && event != NULL);

  BcastHubMember *member = bcast_hub_channel_find_peer (channel, sender);
  g_autofree char *text = bcast_frame_format (event, bcast_hub_channel_get_name (channel), data,
                                              data != NULL ? BCAST_FRAME_DATA_JSON
                                                           : BCAST_FRAME_DATA_ABSENT,
                                              member != NULL ? member->user_id : NULL);

  bcast_hub_report (self, &(BcastReport) {
    .kind = BCAST_REPORT_CLIENT_EVENT,
    .socket_id = (char *) bcast_peer_get_socket_id (sender),
    .channel = (char *) bcast_hub_channel_get_name (channel),
    .event = (char *) event,
    .user_id = member != NULL ? member->user_id : NULL,
    .data = (char *) data,
  });
  bcast_hub_deliver (self, channel, text, sender);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-network-private.h"

#include "bcast-event-name.h"
#include "bcast-presence-data.h"

/* The journal keeps wall-clock times; what happened is measured on the monotonic clock. */
gint64
bcast_network_to_wall_us (gint64 monotonic_us)
{
  return g_get_real_time () - (g_get_monotonic_time () - monotonic_us);
}

/* The client tree shows who is a member, what is subscribed and how many are; in the timeline these would
 * only be noise about ourselves. */
static gboolean
is_about_ourselves (BcastNetwork *self,
                    BcastFrame   *frame)
{
  const char *event = bcast_frame_get_event (frame);
  const char *data = bcast_frame_get_data (frame);
  g_autofree char *user_id = NULL;
  GHashTableIter iter;
  BcastNetworkClient *client;

  if (!bcast_event_name_is_reserved (event))
    return FALSE;
  if (g_str_equal (event, "pusher:subscription_succeeded") || g_str_equal (event, "pusher:subscription_count"))
    return TRUE;
  if (!g_str_has_prefix (event, "pusher:member_") || data == NULL
      || !bcast_presence_data_parse (data, &user_id, NULL, NULL))
    return FALSE;

  g_hash_table_iter_init (&iter, self->clients);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &client))
    if (g_strcmp0 (bcast_client_get_user_id (client->client), user_id) == 0)
      return TRUE;
  return FALSE;
}

static void
open_foreign (BcastNetworkClient  *client,
              BcastFrame          *frame,
              const char          *data,
              const BcastDelivery *delivery,
              gint64               received_us)
{
  BcastNetwork *self = client->network;
  gint64 id = bcast_journal_next_id (self->journal);

  bcast_journal_append (self->journal, &(BcastEventRecord) {
    .id = id,
    .trigger_id = id,
    .outcome = BCAST_EVENT_FOREIGN,
    .time_us = delivery->received_us,
    .channel = (char *) bcast_frame_get_channel (frame),
    .name = (char *) bcast_frame_get_event (frame),
    .data = (char *) data,
    .accepted_us = -1,
  });
  bcast_journal_deliver (self->journal, id, delivery, BCAST_EVENT_FOREIGN);

  bcast_matcher_add_foreign (self->matcher, id, client->name, bcast_frame_get_channel (frame),
                             bcast_frame_get_event (frame), data, received_us);
  bcast_stats_window_add_event (&self->stats);
}

static void
count_unread (BcastNetworkClient *client,
              const char         *channel)
{
  guint *n_unread = g_hash_table_lookup (client->unread, channel);

  if (n_unread == NULL)
    {
      n_unread = g_new0 (guint, 1);
      g_hash_table_insert (client->unread, g_strdup (channel), n_unread);
    }
  *n_unread += 1;
}

/*
 * bcast_network_receive:
 * @client: who received it
 * @frame: what came
 * @received_us: monotonic time at which it came
 *
 * The road of an event: matcher, then journal. Called in the network context.
 */
void
bcast_network_receive (BcastNetworkClient *client,
                       BcastFrame         *frame,
                       gint64              received_us)
{
  BcastNetwork *self = client->network;
  const char *channel = bcast_frame_get_channel (frame);
  const char *event = bcast_frame_get_event (frame);
  const char *data = bcast_frame_get_data (frame) != NULL ? bcast_frame_get_data (frame) : "";

  if (channel == NULL || is_about_ourselves (self, frame))
    return;

  BcastMatch match = bcast_matcher_take (self->matcher, client->name, channel, event, data, received_us);
  BcastDelivery delivery = {
    .client = client->name,
    .received_us = bcast_network_to_wall_us (received_us),
    .latency_us = match.latency_us,
    .identical = match.identical,
    .data = match.identical ? NULL : (char *) data,
    .frame = (char *) bcast_frame_get_raw (frame, NULL),
  };

  if (match.event_id == 0)
    open_foreign (client, frame, data, &delivery, received_us);
  else
    bcast_journal_deliver (self->journal, match.event_id, &delivery, match.outcome);

  if (match.latency_us >= 0)
    bcast_stats_window_add_latency (&self->stats, match.latency_us);

  count_unread (client, channel);
  bcast_network_touch_stats (self);
}

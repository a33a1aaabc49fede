/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-subscription-counts-private.h"

#include "bcast-frame.h"

#define INTERVAL_US (BCAST_SUBSCRIPTION_COUNTS_INTERVAL_S * G_USEC_PER_SEC)

/**
 * BcastSubscriptionCounts:
 *
 * Tells the subscribers of a channel how many they are. On a large channel a change may wait until the
 * last telling is long enough ago; then the number of that moment is told, once.
 *
 * Source: Channels documentation, “Events”, section “Subscription count”.
 */
struct _BcastSubscriptionCounts
{
  GHashTable *large; /* BcastHubChannel, not owned → Telling: those that are large, or were */
  GSource    *timer; /* NULL while nothing waits */

  BcastSubscriptionCountsFunc  told;
  gpointer                     user_data;
};

typedef struct
{
  gint64   told_us;
  gboolean is_due; /* something changed since */
} Telling;

static void
clear_timer (BcastSubscriptionCounts *self)
{
  if (self->timer == NULL)
    return;

  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

/**
 * bcast_subscription_counts_new:
 * @told: called whenever the subscribers of a channel were told
 * @user_data: for @told
 *
 * Returns: (transfer full): tells nothing until something changes
 */
BcastSubscriptionCounts *
bcast_subscription_counts_new (BcastSubscriptionCountsFunc told,
                               gpointer                    user_data)
{
  g_return_val_if_fail (told != NULL, NULL);

  BcastSubscriptionCounts *self = g_new0 (BcastSubscriptionCounts, 1);

  self->told = told;
  self->user_data = user_data;
  self->large = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

/**
 * bcast_subscription_counts_free:
 * @self: (transfer full): counts
 */
void
bcast_subscription_counts_free (BcastSubscriptionCounts *self)
{
  g_return_if_fail (self != NULL);

  clear_timer (self);
  g_hash_table_unref (self->large);
  g_free (self);
}

static void
tell (BcastSubscriptionCounts *self,
      BcastHubChannel         *channel)
{
  g_autofree char *data = g_strdup_printf ("{\"subscription_count\":%u}",
                                           bcast_hub_channel_count_peers (channel));
  g_autofree char *text = bcast_frame_format ("pusher_internal:subscription_count",
                                              bcast_hub_channel_get_name (channel), data,
                                              BCAST_FRAME_DATA_STRING, NULL);

  bcast_hub_channel_send (channel, text, NULL);
  self->told (channel, self->user_data);
}

static gboolean
timer_cb (gpointer user_data)
{
  BcastSubscriptionCounts *self = user_data;

  clear_timer (self);
  bcast_subscription_counts_run (self, g_get_monotonic_time ());
  return G_SOURCE_REMOVE;
}

/* In the context in which the sockets are used. */
static void
start_timer (BcastSubscriptionCounts *self,
             gint64                   wait_us)
{
  if (self->timer != NULL)
    return;

  self->timer = g_timeout_source_new (MAX (wait_us, 0) / 1000 + 1);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/* Presence channels tell their members instead, and those of users belong to the server. */
static gboolean
is_counted (BcastHubChannel *channel)
{
  BcastChannelType type = bcast_hub_channel_get_type (channel);

  return !bcast_channel_type_is_presence (type) && type != BCAST_CHANNEL_SERVER_TO_USER;
}

/**
 * bcast_subscription_counts_change:
 * @self: counts
 * @channel: a channel that got or lost a subscriber, and has one
 * @now_us: the monotonic clock
 *
 * Tells the subscribers, now or soon.
 */
void
bcast_subscription_counts_change (BcastSubscriptionCounts *self,
                                  BcastHubChannel         *channel,
                                  gint64                   now_us)
{
  g_return_if_fail (self != NULL && channel != NULL);

  Telling *telling = g_hash_table_lookup (self->large, channel);
  gboolean is_large = bcast_hub_channel_count_peers (channel) > BCAST_SUBSCRIPTION_COUNTS_AT_ONCE;

  if (!is_counted (channel))
    return;

  if (is_large && telling != NULL && now_us - telling->told_us < INTERVAL_US)
    {
      telling->is_due = TRUE;
      start_timer (self, telling->told_us + INTERVAL_US - now_us);
      return;
    }

  if (is_large && telling == NULL)
    {
      telling = g_new0 (Telling, 1);
      g_hash_table_insert (self->large, channel, telling);
    }
  if (telling != NULL)
    *telling = (Telling) { now_us, FALSE };
  tell (self, channel);
}

/**
 * bcast_subscription_counts_run:
 * @self: counts
 * @now_us: the monotonic clock
 *
 * Tells what has waited for long enough. Called by itself when there is something to tell.
 */
void
bcast_subscription_counts_run (BcastSubscriptionCounts *self,
                               gint64                   now_us)
{
  g_return_if_fail (self != NULL);

  gint64 wait_us = G_MAXINT64;
  GHashTableIter iter;
  gpointer channel, value;

  g_hash_table_iter_init (&iter, self->large);
  while (g_hash_table_iter_next (&iter, &channel, &value))
    {
      Telling *telling = value;

      if (!telling->is_due)
        continue;
      if (now_us - telling->told_us < INTERVAL_US)
        {
          wait_us = MIN (wait_us, telling->told_us + INTERVAL_US - now_us);
          continue;
        }
      *telling = (Telling) { now_us, FALSE };
      tell (self, channel);
    }

  if (wait_us != G_MAXINT64)
    start_timer (self, wait_us);
}

/**
 * bcast_subscription_counts_forget:
 * @self: counts
 * @channel: a channel that is about to go
 */
void
bcast_subscription_counts_forget (BcastSubscriptionCounts *self,
                                  BcastHubChannel         *channel)
{
  g_return_if_fail (self != NULL && channel != NULL);

  g_hash_table_remove (self->large, channel);
}

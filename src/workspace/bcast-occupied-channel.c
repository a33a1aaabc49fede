/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-occupied-channel.h"

/**
 * BcastOccupiedChannel:
 *
 * A channel that has subscribers, as the server tells.
 */
struct _BcastOccupiedChannel
{
  GObject          parent_instance;

  char            *name;
  BcastInfoCounts  counts;
};

G_DEFINE_FINAL_TYPE (BcastOccupiedChannel, bcast_occupied_channel, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
bcast_occupied_channel_finalize (GObject *object)
{
  BcastOccupiedChannel *self = BCAST_OCCUPIED_CHANNEL (object);

  g_free (self->name);

  G_OBJECT_CLASS (bcast_occupied_channel_parent_class)->finalize (object);
}

static void
bcast_occupied_channel_class_init (BcastOccupiedChannelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_occupied_channel_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bcast_occupied_channel_init (BcastOccupiedChannel *self)
{
  self->counts = (BcastInfoCounts) { -1, -1 };
}

/**
 * bcast_occupied_channel_new:
 * @name: a full channel name
 *
 * Returns: (transfer full): the channel, without counts
 */
BcastOccupiedChannel *
bcast_occupied_channel_new (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  BcastOccupiedChannel *self = g_object_new (BCAST_TYPE_OCCUPIED_CHANNEL, NULL);

  self->name = g_strdup (name);
  return self;
}

/**
 * bcast_occupied_channel_get_name:
 * @self: a channel
 *
 * Returns: its full name
 */
const char *
bcast_occupied_channel_get_name (BcastOccupiedChannel *self)
{
  g_return_val_if_fail (BCAST_IS_OCCUPIED_CHANNEL (self), NULL);

  return self->name;
}

/**
 * bcast_occupied_channel_get_counts:
 * @self: a channel
 *
 * Returns: how many there are, as far as the server tells
 */
const BcastInfoCounts *
bcast_occupied_channel_get_counts (BcastOccupiedChannel *self)
{
  g_return_val_if_fail (BCAST_IS_OCCUPIED_CHANNEL (self), NULL);

  return &self->counts;
}

/**
 * bcast_occupied_channel_set_counts:
 * @self: a channel
 * @counts: how many there are now
 */
void
bcast_occupied_channel_set_counts (BcastOccupiedChannel  *self,
                                   const BcastInfoCounts *counts)
{
  g_return_if_fail (BCAST_IS_OCCUPIED_CHANNEL (self));
  g_return_if_fail (counts != NULL);

  if (self->counts.subscription_count == counts->subscription_count && self->counts.user_count == counts->user_count)
    return;
  self->counts = *counts;
  g_signal_emit (self, signals[CHANGED], 0);
}

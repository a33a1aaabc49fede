/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-event-cache-private.h"

/**
 * BcastEventCache:
 *
 * What cache channels remember, whether or not anybody is subscribed. Bounded: the channel whose
 * event is the oldest makes room.
 *
 * Source: Channels documentation, “Cache channels”.
 */
struct _BcastEventCache
{
  GHashTable *links;  /* channel → its link in oldest */
  GQueue      oldest; /* Entry, in the order in which they were put */
};

typedef struct
{
  BcastCachedEvent  cached;
  char             *channel;
} Entry;

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->channel);
  g_free (entry->cached.event);
  g_free (entry->cached.data);
  g_free (entry);
}

static void
forget (BcastEventCache *self,
        GList           *link)
{
  Entry *entry = link->data;

  g_hash_table_remove (self->links, entry->channel);
  g_queue_delete_link (&self->oldest, link);
  free_entry (entry);
}

/**
 * bcast_event_cache_new:
 *
 * Returns: (transfer full): an empty cache
 */
BcastEventCache *
bcast_event_cache_new (void)
{
  BcastEventCache *self = g_new0 (BcastEventCache, 1);

  self->links = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->oldest);
  return self;
}

/**
 * bcast_event_cache_free:
 * @self: (transfer full): a cache
 */
void
bcast_event_cache_free (BcastEventCache *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->links);
  g_queue_clear_full (&self->oldest, free_entry);
  g_free (self);
}

/**
 * bcast_event_cache_put:
 * @self: a cache
 * @channel: a cache channel
 * @event: the event's name
 * @data: its data
 * @now_us: the monotonic clock
 *
 * Remembers the event for half an hour, in the place of the one before.
 */
void
bcast_event_cache_put (BcastEventCache *self,
                       const char      *channel,
                       const char      *event,
                       const char      *data,
                       gint64           now_us)
{
  g_return_if_fail (self != NULL && channel != NULL && event != NULL && data != NULL);

  GList *link = g_hash_table_lookup (self->links, channel);
  Entry *entry = g_new0 (Entry, 1);

  if (link != NULL)
    forget (self, link);
  else if (self->oldest.length >= BCAST_EVENT_CACHE_MAX)
    forget (self, self->oldest.head);

  entry->channel = g_strdup (channel);
  entry->cached.event = g_strdup (event);
  entry->cached.data = g_strdup (data);
  entry->cached.expires_us = now_us + BCAST_EVENT_CACHE_TTL_S * G_USEC_PER_SEC;
  g_queue_push_tail (&self->oldest, entry);
  g_hash_table_insert (self->links, entry->channel, self->oldest.tail);
}

/**
 * bcast_event_cache_find:
 * @self: a cache
 * @channel: a cache channel
 * @now_us: the monotonic clock
 *
 * Returns: (nullable): what is remembered, until the cache is used again
 */
const BcastCachedEvent *
bcast_event_cache_find (BcastEventCache *self,
                        const char      *channel,
                        gint64           now_us)
{
  g_return_val_if_fail (self != NULL && channel != NULL, NULL);

  GList *link = g_hash_table_lookup (self->links, channel);
  Entry *entry = link != NULL ? link->data : NULL;

  if (entry == NULL)
    return NULL;
  if (now_us < entry->cached.expires_us)
    return &entry->cached;

  forget (self, link);
  return NULL;
}

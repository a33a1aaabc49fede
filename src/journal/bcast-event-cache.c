/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-event-cache-private.h"

#define N_BLOCKS 16

typedef struct
{
  gint64     block;
  guint64    used;   /* when it was last asked for; 0 when the slot is free */
  GPtrArray *events; /* of BcastEvent */
} Slot;

typedef struct
{
  BcastEventCache *cache;
  gint64           event_id;
  BcastEvent      *event; /* not owned */
} Live;

/* The events that were read last, by blocks of neighbours, and all that somebody still holds: an
 * event that is asked for again while it lives is the same object. */
struct _BcastEventCache
{
  Slot        slots[N_BLOCKS];
  guint64     n_uses;
  GHashTable *live; /* gint64 in the Live → Live */
};

/**
 * _bcast_event_cache_new:
 *
 * Returns: (transfer full): an empty cache
 */
BcastEventCache *
_bcast_event_cache_new (void)
{
  BcastEventCache *self = g_new0 (BcastEventCache, 1);

  self->live = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  return self;
}

static void
forget_cb (gpointer  data,
           GObject  *object)
{
  Live *live = data;

  g_hash_table_remove (live->cache->live, &live->event_id);
}

/**
 * _bcast_event_cache_free:
 * @self: (transfer full): a cache; events that others hold live on
 */
void
_bcast_event_cache_free (BcastEventCache *self)
{
  GHashTableIter iter;
  Live *live;

  _bcast_event_cache_drop_all (self);
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &live))
    g_object_weak_unref (G_OBJECT (live->event), forget_cb, live);
  g_hash_table_unref (self->live);
  g_free (self);
}

static void
clear_slot (Slot *slot)
{
  slot->used = 0;
  g_clear_pointer (&slot->events, g_ptr_array_unref);
}

static Slot *
find_slot (BcastEventCache *self,
           gint64           block)
{
  for (guint i = 0; i < N_BLOCKS; i++)
    if (self->slots[i].used > 0 && self->slots[i].block == block)
      return &self->slots[i];
  return NULL;
}

/**
 * _bcast_event_cache_get_block:
 * @self: a cache
 * @block: which block
 *
 * Returns: (transfer none) (nullable) (element-type BcastEvent): its events, until the cache changes
 */
GPtrArray *
_bcast_event_cache_get_block (BcastEventCache *self,
                              gint64           block)
{
  Slot *slot = find_slot (self, block);

  if (slot == NULL)
    return NULL;
  slot->used = ++self->n_uses;
  return slot->events;
}

/**
 * _bcast_event_cache_set_block:
 * @self: a cache
 * @block: which block
 * @events: (transfer full) (element-type BcastEvent): its events
 *
 * Keeps a block instead of the one that was not asked for the longest.
 */
void
_bcast_event_cache_set_block (BcastEventCache *self,
                              gint64           block,
                              GPtrArray       *events)
{
  Slot *slot = find_slot (self, block);

  if (slot == NULL)
    {
      slot = &self->slots[0];
      for (guint i = 1; i < N_BLOCKS; i++)
        if (self->slots[i].used < slot->used)
          slot = &self->slots[i];
    }

  clear_slot (slot);
  *slot = (Slot) { block, ++self->n_uses, events };
}

/**
 * _bcast_event_cache_drop_block:
 * @self: a cache
 * @block: which block
 *
 * Lets go of a block. Those of its events that nobody else holds are gone then.
 */
void
_bcast_event_cache_drop_block (BcastEventCache *self,
                               gint64           block)
{
  Slot *slot = find_slot (self, block);

  if (slot != NULL)
    clear_slot (slot);
}

/**
 * _bcast_event_cache_drop_all:
 * @self: a cache
 *
 * Lets go of all blocks.
 */
void
_bcast_event_cache_drop_all (BcastEventCache *self)
{
  for (guint i = 0; i < N_BLOCKS; i++)
    clear_slot (&self->slots[i]);
}

/**
 * _bcast_event_cache_track:
 * @self: a cache
 * @event: a new event
 *
 * Remembers an event for as long as it lives.
 */
void
_bcast_event_cache_track (BcastEventCache *self,
                          BcastEvent      *event)
{
  Live *live = g_new (Live, 1);

  *live = (Live) { self, bcast_event_get_record (event)->id, event };
  g_object_weak_ref (G_OBJECT (event), forget_cb, live);
  g_hash_table_insert (self->live, &live->event_id, live);
}

/**
 * _bcast_event_cache_find_live:
 * @self: a cache
 * @event_id: the number of an event
 *
 * Returns: (transfer none) (nullable): the event when it is kept here or held by somebody
 */
BcastEvent *
_bcast_event_cache_find_live (BcastEventCache *self,
                              gint64           event_id)
{
  Live *live = g_hash_table_lookup (self->live, &event_id);

  return live != NULL ? live->event : NULL;
}

/**
 * _bcast_event_cache_dup_live_ids:
 * @self: a cache
 *
 * Returns: (transfer full) (element-type gint64): the numbers of the events that are kept here or
 *   held by somebody
 */
GArray *
_bcast_event_cache_dup_live_ids (BcastEventCache *self)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), g_hash_table_size (self->live));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_vals (ids, key, 1);
  return ids;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding events by a hash of their texts. */

#include "bcast-matcher-index-private.h"

#include <string.h>

#define FIRST_N_BUCKETS 64

static inline guint64
mix (guint64 hash,
     guint64 word)
{
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return hash ^ hash >> 32;
}

/*
 * bcast_match_hash:
 * @seed: where to begin: a random number, or the hash of what comes before
 * @text: a text
 * @length: its bytes
 *
 * Eight bytes at a time, for this is done with all data that is received. A peer that does not know
 * the seed cannot make texts that collide.
 *
 * Returns: a hash that depends on the length as well, so that texts hashed one after the other do
 *   not run together
 */
guint64
bcast_match_hash (guint64     seed,
                  const char *text,
                  gsize       length)
{
  guint64 hash = mix (seed, length);
  guint64 word;

  for (; length >= sizeof word; length -= sizeof word, text += sizeof word)
    {
      memcpy (&word, text, sizeof word);
      hash = mix (hash, word);
    }
  word = 0;
  memcpy (&word, text, length);
  return mix (hash, word);
}

/*
 * bcast_match_key_init:
 * @self: (out caller-allocates): a key
 * @seed: a random number, the same for all keys that are compared
 * @channel: a channel
 * @name: an event name
 * @data: (nullable): data; none is the same as empty
 *
 * Measures and hashes the texts. They must outlive the key.
 */
void
bcast_match_key_init (BcastMatchKey *self,
                      guint64        seed,
                      const char    *channel,
                      const char    *name,
                      const char    *data)
{
  self->channel = channel;
  self->name = name;
  self->data = data != NULL ? data : "";
  self->channel_length = strlen (channel);
  self->name_length = strlen (name);
  self->data_length = strlen (self->data);
  self->name_hash = bcast_match_hash (bcast_match_hash (seed, channel, self->channel_length),
                                      name, self->name_length);
  self->hash = bcast_match_hash (self->name_hash, self->data, self->data_length);
}

/*
 * bcast_match_index_init:
 * @self: (out caller-allocates): an index
 */
void
bcast_match_index_init (BcastMatchIndex *self)
{
  self->n_nodes = 0;
  self->n_buckets = FIRST_N_BUCKETS;
  self->buckets = g_new0 (BcastMatchBucket, self->n_buckets);
}

/*
 * bcast_match_index_clear:
 * @self: an index
 *
 * Frees what the index has of its own; the nodes are the caller's.
 */
void
bcast_match_index_clear (BcastMatchIndex *self)
{
  g_clear_pointer (&self->buckets, g_free);
}

static void
append (BcastMatchIndex *self,
        BcastMatchNode  *node)
{
  BcastMatchBucket *bucket = &self->buckets[node->hash & (self->n_buckets - 1)];

  node->previous = bucket->last;
  node->next = NULL;
  if (bucket->last != NULL)
    bucket->last->next = node;
  else
    bucket->first = node;
  bucket->last = node;
}

static void
grow (BcastMatchIndex *self)
{
  g_autofree BcastMatchBucket *old_buckets = self->buckets;
  guint n_old = self->n_buckets;

  self->n_buckets = n_old * 2;
  self->buckets = g_new0 (BcastMatchBucket, self->n_buckets);
  for (guint i = 0; i < n_old; i++)
    for (BcastMatchNode *node = old_buckets[i].first, *next; node != NULL; node = next)
      {
        next = node->next;
        append (self, node);
      }
}

/*
 * bcast_match_index_add:
 * @self: an index
 * @node: a node that is in no index
 * @hash: the hash of the item's key
 * @item: what the node is embedded in
 *
 * Adds an item behind those of the same key.
 */
void
bcast_match_index_add (BcastMatchIndex *self,
                       BcastMatchNode  *node,
                       guint64          hash,
                       gpointer         item)
{
  g_assert (node->item == NULL);

  if (self->n_nodes >= self->n_buckets)
    grow (self);

  node->hash = hash;
  node->item = item;
  append (self, node);
  self->n_nodes++;
}

/*
 * bcast_match_index_remove:
 * @self: an index
 * @node: a node that is in it
 */
void
bcast_match_index_remove (BcastMatchIndex *self,
                          BcastMatchNode  *node)
{
  g_assert (node->item != NULL);

  BcastMatchBucket *bucket = &self->buckets[node->hash & (self->n_buckets - 1)];

  *(node->previous != NULL ? &node->previous->next : &bucket->first) = node->next;
  *(node->next != NULL ? &node->next->previous : &bucket->last) = node->previous;
  node->item = NULL;
  self->n_nodes--;
}

static BcastMatchNode *
skip_others (BcastMatchNode *node,
             guint64         hash)
{
  while (node != NULL && node->hash != hash)
    node = node->next;
  return node;
}

/*
 * bcast_match_index_first:
 * @self: an index
 * @hash: the hash of a key
 *
 * Returns: (nullable): the oldest node of that hash; the caller compares the keys
 */
BcastMatchNode *
bcast_match_index_first (const BcastMatchIndex *self,
                         guint64                hash)
{
  return skip_others (self->buckets[hash & (self->n_buckets - 1)].first, hash);
}

/*
 * bcast_match_node_next:
 * @self: a node that is in an index
 *
 * Returns: (nullable): the next younger node of the same hash
 */
BcastMatchNode *
bcast_match_node_next (const BcastMatchNode *self)
{
  return skip_others (self->next, self->hash);
}

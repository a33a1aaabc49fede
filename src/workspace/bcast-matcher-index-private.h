/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an event is paired by, hashed once. The strings are lent by whoever made it. */
typedef struct
{
  const char *channel;
  const char *name;
  const char *data;
  gsize       channel_length;
  gsize       name_length;
  gsize       data_length;
  guint64     name_hash; /* of channel and name */
  guint64     hash;      /* of all three */
} BcastMatchKey;

void    bcast_match_key_init   (BcastMatchKey       *self,
                                guint64              seed,
                                const char          *channel,
                                const char          *name,
                                const char          *data);
guint64 bcast_match_hash       (guint64              seed,
                                const char          *text,
                                gsize                length);

/* A place in an index, to be embedded in what is indexed. */
typedef struct _BcastMatchNode BcastMatchNode;

struct _BcastMatchNode
{
  BcastMatchNode *previous;
  BcastMatchNode *next;
  guint64         hash;
  gpointer        item; /* what it is embedded in */
};

typedef struct
{
  BcastMatchNode *first;
  BcastMatchNode *last;
} BcastMatchBucket;

/* A hash table whose equal keys stay in the order in which they were added. Owns no items. */
typedef struct
{
  BcastMatchBucket *buckets;
  guint             n_buckets; /* a power of two */
  guint             n_nodes;
} BcastMatchIndex;

void     bcast_match_index_init   (BcastMatchIndex     *self);
void     bcast_match_index_clear  (BcastMatchIndex     *self);
void     bcast_match_index_add    (BcastMatchIndex     *self,
                                   BcastMatchNode      *node,
                                   guint64              hash,
                                   gpointer             item);
void     bcast_match_index_remove (BcastMatchIndex     *self,
                                   BcastMatchNode      *node);

BcastMatchNode *bcast_match_index_first (const BcastMatchIndex *self,
                                         guint64                hash);
BcastMatchNode *bcast_match_node_next   (const BcastMatchNode  *self);

G_END_DECLS

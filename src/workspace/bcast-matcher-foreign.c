/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-matcher-foreign-private.h"

#include "bcast-matcher-clients-private.h"

#include <string.h>

#define WINDOW_US   (2 * G_TIME_SPAN_SECOND) /* within which the other clients receive it too */
#define MAX_ENTRIES 65536
#define MAX_BYTES   (32 * 1024 * 1024)

typedef struct
{
  gint64             event_id;
  gint64             opened_us;
  BcastMatchClients  taken;
  BcastMatchNode     node;
  GList              link;
  gsize              channel_length;
  gsize              name_length;
  gsize              data_length;
  char               text[]; /* channel, name and data */
} Entry;

/*
 * bcast_match_foreign_init:
 * @self: (out caller-allocates): a collection
 */
void
bcast_match_foreign_init (BcastMatchForeign *self)
{
  bcast_match_index_init (&self->index);
  g_queue_init (&self->queue);
  self->n_bytes = 0;
}

static gsize
measure (const Entry *entry)
{
  return sizeof *entry + entry->channel_length + entry->name_length + entry->data_length;
}

static void
drop_oldest (BcastMatchForeign *self)
{
  Entry *entry = self->queue.head->data;

  self->n_bytes -= measure (entry);
  bcast_match_index_remove (&self->index, &entry->node);
  g_queue_unlink (&self->queue, &entry->link);
  bcast_match_clients_clear (&entry->taken);
  g_free (entry);
}

/*
 * bcast_match_foreign_clear:
 * @self: a collection
 */
void
bcast_match_foreign_clear (BcastMatchForeign *self)
{
  while (self->queue.head != NULL)
    drop_oldest (self);
  bcast_match_index_clear (&self->index);
}

static gboolean
has_key (const Entry         *entry,
         const BcastMatchKey *key)
{
  const char *name = entry->text + entry->channel_length;
  const char *data = name + entry->name_length;

  return entry->channel_length == key->channel_length &&
         entry->name_length == key->name_length &&
         entry->data_length == key->data_length &&
         memcmp (entry->text, key->channel, key->channel_length) == 0 &&
         memcmp (name, key->name, key->name_length) == 0 &&
         memcmp (data, key->data, key->data_length) == 0;
}

/*
 * bcast_match_foreign_add:
 * @self: a collection
 * @key: what was received
 * @event_id: the row that it opened
 * @client: the number of the client that received it
 * @received_us: monotonic time
 *
 * Adds a row for others to join. When there are too many the oldest are forgotten.
 */
void
bcast_match_foreign_add (BcastMatchForeign   *self,
                         const BcastMatchKey *key,
                         gint64               event_id,
                         guint                client,
                         gint64               received_us)
{
  Entry *entry = g_malloc (sizeof *entry + key->channel_length + key->name_length +
                           key->data_length);

  *entry = (Entry) {
    .event_id = event_id,
    .opened_us = received_us,
    .link = { .data = entry },
    .channel_length = key->channel_length,
    .name_length = key->name_length,
    .data_length = key->data_length,
  };
  memcpy (entry->text, key->channel, key->channel_length);
  memcpy (entry->text + key->channel_length, key->name, key->name_length);
  memcpy (entry->text + key->channel_length + key->name_length, key->data, key->data_length);
  bcast_match_clients_add (&entry->taken, client);

  bcast_match_index_add (&self->index, &entry->node, key->hash, entry);
  g_queue_push_tail_link (&self->queue, &entry->link);
  self->n_bytes += measure (entry);

  while (self->queue.length > MAX_ENTRIES || (self->n_bytes > MAX_BYTES && self->queue.length > 1))
    drop_oldest (self);
}

/*
 * bcast_match_foreign_take:
 * @self: a collection
 * @key: what was received
 * @client: the number of the client that received it
 * @received_us: monotonic time
 *
 * Returns: the oldest row of that event which the client has not joined and which was opened
 *   shortly before, or 0
 */
gint64
bcast_match_foreign_take (BcastMatchForeign   *self,
                          const BcastMatchKey *key,
                          guint                client,
                          gint64               received_us)
{
  while (self->queue.head != NULL &&
         received_us - ((Entry *) self->queue.head->data)->opened_us > WINDOW_US)
    drop_oldest (self);

  for (BcastMatchNode *node = bcast_match_index_first (&self->index, key->hash); node != NULL;
       node = bcast_match_node_next (node))
    {
      Entry *entry = node->item;

      if (has_key (entry, key) && received_us - entry->opened_us <= WINDOW_US &&
          bcast_match_clients_add (&entry->taken, client))
        return entry->event_id;
    }
  return 0;
}

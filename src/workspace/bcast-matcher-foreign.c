/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-matcher-foreign-private.h"

#include <string.h>

#define WINDOW_US   (2 * G_TIME_SPAN_SECOND) /* within which the other clients receive it too */
#define MAX_ROWS    65536
#define MAX_BYTES   (32 * 1024 * 1024)
#define FEW_CLIENTS 4

typedef struct _Group Group;

struct _BcastMatchRow
{
  gint64         event_id;
  gint64         opened_us;
  Group         *group;
  BcastMatchRow *younger; /* of the same group */
  BcastMatchRow *next;    /* of all */
};

/* The rows of equal events. A client joins the oldest row that it has not joined, and opens one only when
 * it has joined all: so what it has joined are always the oldest ones, and it needs no more than a pointer
 * to where it stands. A flood of equal events would otherwise be searched through for each of them. */
struct _Group
{
  BcastMatchNode  node;
  BcastMatchRow  *oldest;
  BcastMatchRow  *youngest;
  BcastMatchRow **next_rows; /* by a client's number: the oldest row not joined, NULL when there is none */
  guint           n_clients; /* in next_rows; all others have joined nothing */
  BcastMatchRow  *few[FEW_CLIENTS];
  BcastMatchRow   first; /* the row that the group was made for; most have no other */
  gsize           channel_length;
  gsize           name_length;
  gsize           data_length;
  char            text[]; /* channel, name and data */
};

static gsize
measure (const BcastMatchKey *key)
{
  return sizeof (Group) + key->channel_length + key->name_length + key->data_length;
}

static gboolean
has_key (const Group         *group,
         const BcastMatchKey *key)
{
  const char *name = group->text + group->channel_length;
  const char *data = name + group->name_length;

  return group->channel_length == key->channel_length &&
         group->name_length == key->name_length &&
         group->data_length == key->data_length &&
         memcmp (group->text, key->channel, key->channel_length) == 0 &&
         memcmp (name, key->name, key->name_length) == 0 &&
         memcmp (data, key->data, key->data_length) == 0;
}

static Group *
find_group (BcastMatchForeign   *self,
            const BcastMatchKey *key)
{
  for (BcastMatchNode *node = bcast_match_index_first (&self->index, key->hash); node != NULL;
       node = bcast_match_node_next (node))
    if (has_key (node->item, key))
      return node->item;
  return NULL;
}

static Group *
add_group (BcastMatchForeign   *self,
           const BcastMatchKey *key)
{
  Group *group = g_malloc (measure (key));

  *group = (Group) {
    .next_rows = group->few,
    .n_clients = FEW_CLIENTS,
    .channel_length = key->channel_length,
    .name_length = key->name_length,
    .data_length = key->data_length,
  };
  memcpy (group->text, key->channel, key->channel_length);
  memcpy (group->text + key->channel_length, key->name, key->name_length);
  memcpy (group->text + key->channel_length + key->name_length, key->data, key->data_length);
  bcast_match_index_add (&self->index, &group->node, key->hash, group);
  self->n_bytes += measure (key);
  return group;
}

static void
remove_group (BcastMatchForeign *self,
              Group             *group)
{
  self->n_bytes -= sizeof *group + group->channel_length + group->name_length + group->data_length;
  if (group->next_rows != group->few)
    {
      self->n_bytes -= group->n_clients * sizeof *group->next_rows;
      g_free (group->next_rows);
    }
  bcast_match_index_remove (&self->index, &group->node);
  g_free (group);
}

/* Makes room for clients up to that number. */
static void
make_room (BcastMatchForeign *self,
           Group             *group,
           guint              client)
{
  guint n_clients = MAX (client + 1, group->n_clients * 2);

  if (client < group->n_clients)
    return;

  if (group->next_rows == group->few)
    group->next_rows = g_memdup2 (group->few, sizeof group->few);
  else
    self->n_bytes -= group->n_clients * sizeof *group->next_rows;
  group->next_rows = g_renew (BcastMatchRow *, group->next_rows, n_clients);
  for (guint i = group->n_clients; i < n_clients; i++)
    group->next_rows[i] = group->oldest;
  group->n_clients = n_clients;
  self->n_bytes += n_clients * sizeof *group->next_rows;
}

static void
drop_oldest (BcastMatchForeign *self)
{
  BcastMatchRow *row = self->oldest;
  Group *group = row->group;

  self->oldest = row->next;
  if (self->oldest == NULL)
    self->youngest = NULL;
  self->n_rows--;
  self->n_bytes -= sizeof *row;

  group->oldest = row->younger;
  for (guint i = 0; i < group->n_clients; i++)
    if (group->next_rows[i] == row)
      group->next_rows[i] = row->younger;
  if (row != &group->first)
    g_slice_free (BcastMatchRow, row);
  if (group->oldest == NULL)
    remove_group (self, group);
}

/*
 * bcast_match_foreign_init:
 * @self: (out caller-allocates): a collection
 */
void
bcast_match_foreign_init (BcastMatchForeign *self)
{
  *self = (BcastMatchForeign) { .oldest = NULL };
  bcast_match_index_init (&self->index);
}

/*
 * bcast_match_foreign_clear:
 * @self: a collection
 */
void
bcast_match_foreign_clear (BcastMatchForeign *self)
{
  while (self->oldest != NULL)
    drop_oldest (self);
  bcast_match_index_clear (&self->index);
}

static void
append_row (BcastMatchForeign *self,
            Group             *group,
            BcastMatchRow     *row)
{
  row->group = group;
  *(self->youngest != NULL ? &self->youngest->next : &self->oldest) = row;
  self->youngest = row;
  *(group->oldest != NULL ? &group->youngest->younger : &group->oldest) = row;
  group->youngest = row;
  self->n_rows++;
  self->n_bytes += sizeof *row;
}

/*
 * bcast_match_foreign_add:
 * @self: a collection
 * @key: what was received
 * @event_id: the row that it opened
 * @client: the number of the client that received it, which has joined every older row of that event
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
  Group *group = find_group (self, key);
  BcastMatchRow *row = group != NULL ? g_slice_new0 (BcastMatchRow) : NULL;

  if (group == NULL)
    {
      group = add_group (self, key);
      row = &group->first;
    }
  append_row (self, group, row);
  row->event_id = event_id;
  row->opened_us = received_us;
  make_room (self, group, client);
  for (guint i = 0; i < group->n_clients; i++)
    if (group->next_rows[i] == NULL)
      group->next_rows[i] = row;
  group->next_rows[client] = NULL;

  while (self->n_rows > MAX_ROWS || (self->n_bytes > MAX_BYTES && self->n_rows > 1))
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
  while (self->oldest != NULL && received_us - self->oldest->opened_us > WINDOW_US)
    drop_oldest (self);

  Group *group = find_group (self, key);

  if (group == NULL)
    return 0;

  make_room (self, group, client);

  BcastMatchRow *row = group->next_rows[client];

  if (row == NULL)
    return 0;
  group->next_rows[client] = row->younger;
  return row->event_id;
}

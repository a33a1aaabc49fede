/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The events that were sent and may still be received. */

#include "bcast-matcher-sent-private.h"

#include "bcast-json.h"

#include <string.h>

#define MAX_ENTRIES    16384
#define MAX_BYTES      (64 * 1024 * 1024)
#define KEEP_TIMEOUTS  6 /* one to arrive in time, five more to arrive late */

/*
 * bcast_match_sent_init:
 * @self: (out caller-allocates): a collection
 * @timeout_us: how long an event may take
 */
void
bcast_match_sent_init (BcastMatchSent *self,
                       gint64          timeout_us)
{
  *self = (BcastMatchSent) { .timeout_us = timeout_us };
  bcast_match_index_init (&self->waiting);
  bcast_match_index_init (&self->late);
  bcast_match_index_init (&self->topics);
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_queue_init (&self->waiting_queue);
  g_queue_init (&self->late_queue);
  self->given_up = g_array_new (FALSE, FALSE, sizeof (BcastMatchGivenUp));
  self->unanswered = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/*
 * bcast_match_sent_clear:
 * @self: a collection
 */
void
bcast_match_sent_clear (BcastMatchSent *self)
{
  while (self->waiting_queue.head != NULL)
    bcast_match_sent_remove (self, self->waiting_queue.head->data);
  while (self->late_queue.head != NULL)
    bcast_match_sent_remove (self, self->late_queue.head->data);

  bcast_match_index_clear (&self->waiting);
  bcast_match_index_clear (&self->late);
  bcast_match_index_clear (&self->topics);
  g_hash_table_unref (self->by_id);
  g_array_unref (self->given_up);
  g_hash_table_unref (self->unanswered);
}

static BcastMatchTopic *
find_topic (BcastMatchSent      *self,
            const BcastMatchKey *key)
{
  for (BcastMatchNode *node = bcast_match_index_first (&self->topics, key->name_hash);
       node != NULL; node = bcast_match_node_next (node))
    {
      BcastMatchTopic *topic = node->item;

      if (strcmp (topic->channel, key->channel) == 0 && strcmp (topic->name, key->name) == 0)
        return topic;
    }
  return NULL;
}

static BcastMatchTopic *
ensure_topic (BcastMatchSent      *self,
              const BcastMatchKey *key)
{
  BcastMatchTopic *topic = find_topic (self, key);

  if (topic == NULL)
    {
      topic = g_new0 (BcastMatchTopic, 1);
      topic->channel = g_strndup (key->channel, key->channel_length);
      topic->name = g_strndup (key->name, key->name_length);
      g_queue_init (&topic->wanting);
      bcast_match_index_add (&self->topics, &topic->node, key->name_hash, topic);
    }
  return topic;
}

static void
leave_topic (BcastMatchSent  *self,
             BcastMatchTopic *topic)
{
  if (--topic->n_entries > 0)
    return;

  bcast_match_index_remove (&self->topics, &topic->node);
  g_free (topic->channel);
  g_free (topic->name);
  g_free (topic);
}

/* By sent_us, among events that are nearly in order. */
static void
queue_by_time (GQueue          *queue,
               BcastMatchEntry *entry)
{
  GList *before = queue->tail;

  while (before != NULL && ((BcastMatchEntry *) before->data)->sent_us > entry->sent_us)
    before = before->prev;
  g_queue_insert_after_link (queue, before, &entry->due_link);
}

static void
give_up (BcastMatchSent  *self,
         BcastMatchEntry *entry)
{
  if (!entry->is_queued_late)
    {
      entry->is_over = TRUE;

      BcastMatchGivenUp given_up = { entry->id, bcast_match_entry_get_outcome (entry) };

      g_array_append_val (self->given_up, given_up);
    }
  if (!entry->is_answered)
    g_hash_table_insert (self->unanswered, g_memdup2 (&entry->id, sizeof entry->id),
                         GUINT_TO_POINTER (bcast_match_entry_get_outcome (entry)));
  bcast_match_sent_remove (self, entry);
}

static void
make_room (BcastMatchSent *self,
           gsize           n_bytes)
{
  while (g_hash_table_size (self->by_id) >= MAX_ENTRIES || self->n_bytes + n_bytes > MAX_BYTES)
    {
      GList *oldest = self->late_queue.head != NULL ? self->late_queue.head
                                                    : self->waiting_queue.head;

      if (oldest == NULL)
        return;
      give_up (self, oldest->data);
    }
}

/*
 * bcast_match_sent_add:
 * @self: a collection
 * @key: what the event is paired by
 * @entry: (transfer full): the event, with its id, time and clients
 *
 * Adds an event that is about to be sent. When there are too many the oldest are given up.
 */
void
bcast_match_sent_add (BcastMatchSent      *self,
                      const BcastMatchKey *key,
                      BcastMatchEntry     *entry)
{
  BcastMatchEntry *former = bcast_match_sent_lookup (self, entry->id);

  if (former != NULL)
    bcast_match_sent_remove (self, former);
  make_room (self, key->data_length);

  entry->serial = ++self->last_serial;
  entry->data = g_strndup (key->data, key->data_length);
  entry->data_length = key->data_length;
  entry->topic = ensure_topic (self, key);
  entry->topic->n_entries++;
  entry->due_link.data = entry;
  entry->wanting_link.data = entry;
  entry->is_wanting = TRUE;
  self->n_bytes += entry->data_length;

  bcast_match_index_add (&self->waiting, &entry->node, key->hash, entry);
  queue_by_time (&self->waiting_queue, entry);
  g_queue_push_tail_link (&entry->topic->wanting, &entry->wanting_link);
  g_hash_table_insert (self->by_id, &entry->id, entry);
}

static void
stop_wanting (BcastMatchEntry *entry)
{
  if (!entry->is_wanting)
    return;

  g_queue_unlink (&entry->topic->wanting, &entry->wanting_link);
  entry->is_wanting = FALSE;
}

/*
 * bcast_match_sent_remove:
 * @self: a collection
 * @entry: one of its events, which is freed
 */
void
bcast_match_sent_remove (BcastMatchSent  *self,
                         BcastMatchEntry *entry)
{
  stop_wanting (entry);
  bcast_match_index_remove (entry->is_indexed_late ? &self->late : &self->waiting, &entry->node);
  g_queue_unlink (entry->is_queued_late ? &self->late_queue : &self->waiting_queue,
                  &entry->due_link);
  g_hash_table_remove (self->by_id, &entry->id);
  self->n_bytes -= entry->data_length;
  leave_topic (self, entry->topic);
  bcast_match_entry_free (entry);
}

/*
 * bcast_match_sent_update:
 * @self: a collection
 * @entry: one of its events, of which something has changed
 *
 * Puts the event where it belongs now.
 */
void
bcast_match_sent_update (BcastMatchSent  *self,
                         BcastMatchEntry *entry)
{
  gboolean is_settled = bcast_match_entry_get_outcome (entry) != BCAST_EVENT_WAITING;
  gboolean is_complete = entry->n_expected > 0 && entry->n_received == entry->n_expected;

  if ((is_settled || is_complete) && !entry->is_indexed_late)
    {
      guint64 hash = entry->node.hash;

      bcast_match_index_remove (&self->waiting, &entry->node);
      bcast_match_index_add (&self->late, &entry->node, hash, entry);
      entry->is_indexed_late = TRUE;
    }
  if (is_settled && !entry->is_queued_late)
    {
      g_queue_unlink (&self->waiting_queue, &entry->due_link);
      g_queue_push_tail_link (&self->late_queue, &entry->due_link);
      entry->is_queued_late = TRUE;
    }
  if (is_complete || (entry->n_expected == 0 && is_settled))
    stop_wanting (entry);
}

/*
 * bcast_match_sent_prune:
 * @self: a collection
 * @now_us: monotonic time
 *
 * Drops the events that can no longer be received. One whose answer is outstanding stays, so that
 * its outcome is known when the answer comes.
 */
void
bcast_match_sent_prune (BcastMatchSent *self,
                        gint64          now_us)
{
  for (guint n = self->late_queue.length; n > 0; n--)
    {
      BcastMatchEntry *entry = self->late_queue.head->data;

      if (now_us - entry->sent_us <= KEEP_TIMEOUTS * self->timeout_us)
        return;
      if (entry->is_answered)
        bcast_match_sent_remove (self, entry);
      else
        g_queue_push_tail_link (&self->late_queue, g_queue_pop_head_link (&self->late_queue));
    }
}

/*
 * bcast_match_sent_restart:
 * @self: a collection
 * @entry: one of its events
 * @sent_us: the time from which it counts
 */
void
bcast_match_sent_restart (BcastMatchSent  *self,
                          BcastMatchEntry *entry,
                          gint64           sent_us)
{
  entry->sent_us = sent_us;
  if (entry->is_queued_late)
    return;

  g_queue_unlink (&self->waiting_queue, &entry->due_link);
  queue_by_time (&self->waiting_queue, entry);
}

/*
 * bcast_match_sent_take_given_up:
 * @self: a collection
 * @event_id: the number of an event that is not in it any more, and whose answer has come
 *
 * Returns: what had become of it when it was given up; %BCAST_EVENT_MISSED when it is not known at all
 */
BcastEventOutcome
bcast_match_sent_take_given_up (BcastMatchSent *self,
                                gint64          event_id)
{
  gpointer outcome;

  if (!g_hash_table_lookup_extended (self->unanswered, &event_id, NULL, &outcome))
    return BCAST_EVENT_MISSED;
  g_hash_table_remove (self->unanswered, &event_id);
  return GPOINTER_TO_UINT (outcome);
}

/*
 * bcast_match_sent_lookup:
 * @self: a collection
 * @event_id: an event's number
 *
 * Returns: (transfer none) (nullable): the event
 */
BcastMatchEntry *
bcast_match_sent_lookup (BcastMatchSent *self,
                         gint64          event_id)
{
  return g_hash_table_lookup (self->by_id, &event_id);
}

static gboolean
may_take (const BcastMatchSent  *self,
          const BcastMatchEntry *entry,
          guint                  client,
          gint64                 received_us)
{
  if (entry->excluded == (int) client || bcast_match_clients_has (&entry->taken, client))
    return FALSE;
  return !entry->is_indexed_late ||
         received_us - entry->sent_us <= KEEP_TIMEOUTS * self->timeout_us;
}

/* Of two events that a client may take: first the one that waits, then the one that expects the
 * client, then the older one. */
static gboolean
is_better (const BcastMatchEntry *entry,
           const BcastMatchEntry *best,
           guint                  client)
{
  if (best == NULL)
    return TRUE;
  if (entry->is_indexed_late != best->is_indexed_late)
    return best->is_indexed_late;

  gboolean is_expected = bcast_match_clients_has (&entry->expected, client);

  if (is_expected != bcast_match_clients_has (&best->expected, client))
    return is_expected;
  return entry->serial < best->serial;
}

static gboolean
has_key (const BcastMatchEntry *entry,
         const BcastMatchKey   *key)
{
  return entry->data_length == key->data_length &&
         memcmp (entry->data, key->data, key->data_length) == 0 &&
         strcmp (entry->topic->channel, key->channel) == 0 &&
         strcmp (entry->topic->name, key->name) == 0;
}

static BcastMatchEntry *
find_identical (BcastMatchSent        *self,
                const BcastMatchIndex *index,
                const BcastMatchKey   *key,
                guint                  client,
                gint64                 received_us)
{
  BcastMatchEntry *best = NULL;

  for (BcastMatchNode *node = bcast_match_index_first (index, key->hash); node != NULL;
       node = bcast_match_node_next (node))
    {
      BcastMatchEntry *entry = node->item;

      if (!may_take (self, entry, client, received_us) || !has_key (entry, key))
        continue;
      if (is_better (entry, best, client))
        best = entry;

      /* What waits stands in the order in which it was sent: nothing better follows. */
      if (index == &self->waiting && bcast_match_clients_has (&best->expected, client))
        break;
    }
  return best;
}

/* Servers and proxies may write the same JSON in another way. To compare is dear, so it is done only
 * while an event of that channel and name waits for this client. */
static BcastMatchEntry *
find_different (BcastMatchSent      *self,
                const BcastMatchKey *key,
                guint                client,
                gint64               received_us)
{
  BcastMatchTopic *topic = find_topic (self, key);
  g_autofree char *canonical = NULL;
  BcastMatchEntry *best = NULL;

  for (GList *link = topic != NULL ? topic->wanting.head : NULL; link != NULL; link = link->next)
    {
      BcastMatchEntry *entry = link->data;

      if (!may_take (self, entry, client, received_us) || !is_better (entry, best, client))
        continue;
      if (canonical == NULL)
        canonical = bcast_json_canonical (key->data);
      if (canonical == NULL)
        return NULL;
      if (g_strcmp0 (canonical, bcast_match_entry_get_canonical (entry)) == 0)
        best = entry;
    }
  return best;
}

/*
 * bcast_match_sent_find:
 * @self: a collection
 * @key: what was received
 * @client: the number of the client that received it
 * @received_us: monotonic time
 * @is_identical: (out): whether it has the same bytes
 *
 * Returns: (transfer none) (nullable): the event that it belongs to, %NULL when nobody here sent it
 */
BcastMatchEntry *
bcast_match_sent_find (BcastMatchSent      *self,
                       const BcastMatchKey *key,
                       guint                client,
                       gint64               received_us,
                       gboolean            *is_identical)
{
  BcastMatchEntry *entry;

  *is_identical = TRUE;
  if (self->topics.n_nodes == 0)
    return NULL;

  entry = find_identical (self, &self->waiting, key, client, received_us);
  if (entry == NULL)
    entry = find_identical (self, &self->late, key, client, received_us);
  if (entry == NULL)
    {
      *is_identical = FALSE;
      entry = find_different (self, key, client, received_us);
    }
  return entry;
}

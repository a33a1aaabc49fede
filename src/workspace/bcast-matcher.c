/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-matcher.h"

#include "bcast-matcher-foreign-private.h"
#include "bcast-matcher-sent-private.h"

/**
 * BcastMatcher:
 *
 * Pairs what was sent with what came back. The server gives no number back, so a receipt belongs to
 * an event by its channel, name and data: to the oldest one that still waits and that this client
 * has not taken yet.
 *
 * - A client that was excluded from an event never takes it.
 * - An event that expects the client comes before one that does not; one that does not is still
 *   taken (a cache channel replays it, or the subscription was confirmed a moment too late), but
 *   counts only when nobody was expected.
 * - An event whose time is over, or which everybody has, comes behind those that wait. It can be
 *   taken for five more timeouts, and its outcome rises.
 * - Data with other bytes that mean the same JSON is paired when nothing has the same bytes.
 * - What nobody here sent opens a row; the other clients' receipts of it join that row when they
 *   come within two seconds, each client once.
 *
 * Encrypted channels are paired by their plain data. Pure: it has no clock, all times are given. What
 * it keeps is bounded by count and by bytes; the oldest goes first.
 */
struct _BcastMatcher
{
  guint64            seed;
  GHashTable        *clients; /* name → its number plus one */
  BcastMatchSent     sent;
  BcastMatchForeign  foreign;
};

/**
 * bcast_matcher_new:
 * @timeout_ms: how long after it was sent an event is missed
 *
 * Returns: (transfer full): a matcher for use in one thread
 */
BcastMatcher *
bcast_matcher_new (guint timeout_ms)
{
  BcastMatcher *self = g_new0 (BcastMatcher, 1);

  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  self->clients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  bcast_match_sent_init (&self->sent, (gint64) timeout_ms * G_TIME_SPAN_MILLISECOND);
  bcast_match_foreign_init (&self->foreign);
  return self;
}

/**
 * bcast_matcher_free:
 * @self: (transfer full) (nullable): a matcher
 */
void
bcast_matcher_free (BcastMatcher *self)
{
  if (self == NULL)
    return;

  bcast_match_sent_clear (&self->sent);
  bcast_match_foreign_clear (&self->foreign);
  g_hash_table_unref (self->clients);
  g_free (self);
}

static guint
get_client (BcastMatcher *self,
            const char   *name)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->clients, name));

  if (number == 0)
    {
      number = g_hash_table_size (self->clients) + 1;
      g_hash_table_insert (self->clients, g_strdup (name), GUINT_TO_POINTER (number));
    }
  return number - 1;
}

/**
 * bcast_matcher_add_sent:
 * @self: a matcher
 * @event_id: the event's number
 * @channel: its channel
 * @name: its name
 * @data: (nullable): its data, before encryption
 * @expected: (nullable) (array zero-terminated=1): the clients subscribed now, without the excluded
 *   one and without the sender of a client event
 * @excluded: (nullable): the client that cannot receive it: excluded by its socket id, or the
 *   sender of a client event
 * @sent_us: monotonic time just before it is written
 *
 * An event is about to be sent. A request to several channels, and a batch, are several events. When
 * very many wait the oldest is given up and reported by the next bcast_matcher_expire().
 */
void
bcast_matcher_add_sent (BcastMatcher       *self,
                        gint64              event_id,
                        const char         *channel,
                        const char         *name,
                        const char         *data,
                        const char * const *expected,
                        const char         *excluded,
                        gint64              sent_us)
{
  g_return_if_fail (self != NULL && channel != NULL && name != NULL);

  BcastMatchEntry *entry = g_new0 (BcastMatchEntry, 1);
  BcastMatchKey key;

  entry->id = event_id;
  entry->sent_us = sent_us;
  entry->excluded = excluded != NULL ? (int) get_client (self, excluded) : -1;
  for (guint i = 0; expected != NULL && expected[i] != NULL; i++)
    if (bcast_match_clients_add (&entry->expected, get_client (self, expected[i])))
      entry->n_expected++;

  bcast_match_key_init (&key, self->seed, channel, name, data);
  bcast_match_sent_prune (&self->sent, sent_us);
  bcast_match_sent_add (&self->sent, &key, entry);
}

/**
 * bcast_matcher_restart:
 * @self: a matcher
 * @event_id: the number of an event that was added
 * @sent_us: monotonic time just before it is written
 *
 * Only now the event is written: until now there was no connection. Latency and timeout count from here.
 */
void
bcast_matcher_restart (BcastMatcher *self,
                       gint64        event_id,
                       gint64        sent_us)
{
  g_return_if_fail (self != NULL);

  BcastMatchEntry *entry = bcast_match_sent_lookup (&self->sent, event_id);

  if (entry != NULL)
    bcast_match_sent_restart (&self->sent, entry, sent_us);
}

/**
 * bcast_matcher_set_answer:
 * @self: a matcher
 * @event_id: the number of an event that was added
 * @refused: whether it is certain that the server has not published it
 *
 * The server answered, or nobody will know what it would have said; a client event, which has no answer,
 * was written or not. An event that was refused is forgotten: an equal one that is received later is
 * somebody else's, or is sent again.
 *
 * Returns: what the event has become; for one that was given up meanwhile, what it was then
 */
BcastEventOutcome
bcast_matcher_set_answer (BcastMatcher *self,
                          gint64        event_id,
                          gboolean      refused)
{
  g_return_val_if_fail (self != NULL, BCAST_EVENT_MISSED);

  BcastMatchEntry *entry = bcast_match_sent_lookup (&self->sent, event_id);

  if (refused)
    {
      if (entry != NULL)
        bcast_match_sent_remove (&self->sent, entry);
      else
        bcast_match_sent_take_given_up (&self->sent, event_id);
      return BCAST_EVENT_REFUSED;
    }
  if (entry == NULL)
    return bcast_match_sent_take_given_up (&self->sent, event_id);

  entry->is_answered = TRUE;
  bcast_match_sent_update (&self->sent, entry);
  return bcast_match_entry_get_outcome (entry);
}

/**
 * bcast_matcher_take:
 * @self: a matcher
 * @client: the client that received it
 * @channel: the channel it came on
 * @name: its name
 * @data: (nullable): its data, decrypted
 * @received_us: monotonic time
 *
 * Finds where a receipt belongs and notes that the client has it. When @event_id of the result is 0
 * the caller opens a row and tells with bcast_matcher_add_foreign().
 *
 * Returns: the event it belongs to, and what this event has become
 */
BcastMatch
bcast_matcher_take (BcastMatcher *self,
                    const char   *client,
                    const char   *channel,
                    const char   *name,
                    const char   *data,
                    gint64        received_us)
{
  BcastMatch match = { 0, BCAST_EVENT_FOREIGN, -1, TRUE };

  g_return_val_if_fail (self != NULL && client != NULL && channel != NULL && name != NULL, match);

  guint number = get_client (self, client);
  gboolean is_identical;
  BcastMatchKey key;

  bcast_match_key_init (&key, self->seed, channel, name, data);

  BcastMatchEntry *entry =
    bcast_match_sent_find (&self->sent, &key, number, received_us, &is_identical);

  if (entry == NULL)
    {
      match.event_id = bcast_match_foreign_take (&self->foreign, &key, number, received_us);
      return match;
    }

  bcast_match_entry_receive (entry, number, is_identical);
  bcast_match_sent_update (&self->sent, entry);
  return (BcastMatch) {
    entry->id, bcast_match_entry_get_outcome (entry), received_us - entry->sent_us, is_identical
  };
}

/**
 * bcast_matcher_add_foreign:
 * @self: a matcher
 * @event_id: the row that was opened
 * @client: the client that received the event
 * @channel: the channel it came on
 * @name: its name
 * @data: (nullable): its data, decrypted
 * @received_us: monotonic time
 *
 * Registers the row that a receipt opened, so that the other clients' receipts join it.
 */
void
bcast_matcher_add_foreign (BcastMatcher *self,
                           gint64        event_id,
                           const char   *client,
                           const char   *channel,
                           const char   *name,
                           const char   *data,
                           gint64        received_us)
{
  g_return_if_fail (self != NULL && client != NULL && channel != NULL && name != NULL);

  BcastMatchKey key;

  bcast_match_key_init (&key, self->seed, channel, name, data);
  bcast_match_foreign_add (&self->foreign, &key, event_id, get_client (self, client), received_us);
}

static void
report_given_up (BcastMatcher            *self,
                 BcastMatcherExpiredFunc  func,
                 gpointer                 user_data)
{
  g_autoptr(GArray) given_up = self->sent.given_up;

  self->sent.given_up = g_array_new (FALSE, FALSE, sizeof (BcastMatchGivenUp));
  for (guint i = 0; i < given_up->len; i++)
    {
      BcastMatchGivenUp *event = &g_array_index (given_up, BcastMatchGivenUp, i);

      func (event->id, event->outcome, user_data);
    }
}

/**
 * bcast_matcher_expire:
 * @self: a matcher
 * @now_us: monotonic time
 * @func: called for each event that waited too long
 * @user_data: for @func
 *
 * Settles what waited too long.
 *
 * Returns: the monotonic time at which the next event will have waited too long, or -1 when none
 *   waits
 */
gint64
bcast_matcher_expire (BcastMatcher            *self,
                      gint64                   now_us,
                      BcastMatcherExpiredFunc  func,
                      gpointer                 user_data)
{
  g_return_val_if_fail (self != NULL && func != NULL, -1);

  GList *oldest;

  bcast_match_sent_prune (&self->sent, now_us);
  if (self->sent.given_up->len > 0)
    report_given_up (self, func, user_data);

  while ((oldest = self->sent.waiting_queue.head) != NULL)
    {
      BcastMatchEntry *entry = oldest->data;
      gint64 due_us = entry->sent_us + self->sent.timeout_us;

      if (due_us > now_us)
        return due_us;
      entry->is_over = TRUE;
      bcast_match_sent_update (&self->sent, entry);
      func (entry->id, bcast_match_entry_get_outcome (entry), user_data);
    }
  return -1;
}

/**
 * bcast_matcher_get_n_waiting:
 * @self: a matcher
 *
 * Returns: how many events wait for an answer or for clients
 */
guint
bcast_matcher_get_n_waiting (BcastMatcher *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->sent.waiting_queue.length;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of one event that was sent. */

#include "bcast-matcher-sent-private.h"

#include "bcast-json.h"

/*
 * bcast_match_entry_get_outcome:
 * @self: a sent event
 *
 * Clients that were not expected count only when nobody was: they neither complete an event nor
 * keep it from being complete.
 *
 * Returns: what has become of it by now
 */
BcastEventOutcome
bcast_match_entry_get_outcome (const BcastMatchEntry *self)
{
  gboolean is_heard = self->n_expected > 0 ? self->n_received > 0 : self->n_taken > 0;

  if (!self->is_answered && !self->is_over)
    return BCAST_EVENT_WAITING;
  if (!is_heard && self->n_expected == 0)
    return BCAST_EVENT_UNHEARD;
  if (self->n_received == self->n_expected)
    return self->is_different ? BCAST_EVENT_DIFFERENT : BCAST_EVENT_MATCHED;
  if (!self->is_over)
    return BCAST_EVENT_WAITING;
  return is_heard ? BCAST_EVENT_PARTLY : BCAST_EVENT_MISSED;
}

/*
 * bcast_match_entry_receive:
 * @self: a sent event
 * @client: the number of a client that has not taken it yet
 * @is_identical: whether it came with the same bytes
 */
void
bcast_match_entry_receive (BcastMatchEntry *self,
                           guint            client,
                           gboolean         is_identical)
{
  gboolean is_expected = bcast_match_clients_has (&self->expected, client);

  bcast_match_clients_add (&self->taken, client);
  self->n_taken++;
  if (is_expected)
    self->n_received++;
  if (!is_identical && (is_expected || self->n_expected == 0))
    self->is_different = TRUE;
}

/*
 * bcast_match_entry_get_canonical:
 * @self: a sent event
 *
 * Returns: (nullable): its data with the form taken away that JSON leaves open, %NULL when it is
 *   not JSON
 */
const char *
bcast_match_entry_get_canonical (BcastMatchEntry *self)
{
  if (!self->has_canonical)
    {
      self->canonical = bcast_json_canonical (self->data);
      self->has_canonical = TRUE;
    }
  return self->canonical;
}

/*
 * bcast_match_entry_free:
 * @self: (transfer full): a sent event that is in no collection
 */
void
bcast_match_entry_free (BcastMatchEntry *self)
{
  bcast_match_clients_clear (&self->expected);
  bcast_match_clients_clear (&self->taken);
  g_free (self->canonical);
  g_free (self->data);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-journal-positions-private.h"

#include "bcast-journal-database-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gint64 first_id;
  gint64 last_id;
  gint64 n_before; /* numbers missing in the gaps before this one */
} Gap;

/* Which event stands at which position. Numbers rise by one but for the gaps, so that both ways are
 * arithmetic after a search among the gaps, of which there are usually none.
 *
 * Gaps are in order, do not overlap, and lie strictly between first_id and last_id. */
struct _BcastJournalPositions
{
  gint64  first_id; /* 0 when there are no events */
  gint64  last_id;
  GArray *gaps;
};

/**
 * _bcast_journal_positions_new:
 * @first_id: the number of the oldest event, 0 when there is none
 * @last_id: that of the newest
 *
 * Returns: (transfer full): positions without gaps
 */
BcastJournalPositions *
_bcast_journal_positions_new (gint64 first_id,
                              gint64 last_id)
{
  BcastJournalPositions *self = g_new (BcastJournalPositions, 1);

  self->first_id = first_id;
  self->last_id = last_id;
  self->gaps = g_array_new (FALSE, FALSE, sizeof (Gap));
  return self;
}

/**
 * _bcast_journal_positions_load:
 * @db: a connection
 * @path: where the journal is, for sentences
 * @error: as _bcast_journal_database_fail() has it
 *
 * Returns: (transfer full) (nullable): the positions now, or %NULL with @error set
 */
BcastJournalPositions *
_bcast_journal_positions_load (sqlite3     *db,
                               const char  *path,
                               GError     **error)
{
  gint64 first_id;
  gint64 last_id;
  sqlite3_stmt *statement = NULL;

  if (!_bcast_journal_database_read_number (db, "SELECT min(id) FROM events", &first_id) ||
      !_bcast_journal_database_read_number (db, "SELECT max(id) FROM events", &last_id))
    {
      _bcast_journal_database_fail (db, path, error);
      return NULL;
    }
  if (first_id < 0 || last_id > BCAST_JOURNAL_MAX_EVENT_ID)
    {
      _bcast_journal_database_set_damaged (path, _("its numbers are out of range"), error);
      return NULL;
    }

  g_autoptr(BcastJournalPositions) self = _bcast_journal_positions_new (first_id, last_id);

  if (sqlite3_prepare_v2 (db, "SELECT first_id, last_id FROM gaps ORDER BY first_id",
                          -1, &statement, NULL) == SQLITE_OK)
    while (sqlite3_step (statement) == SQLITE_ROW)
      _bcast_journal_positions_add_gap (self, sqlite3_column_int64 (statement, 0),
                                        sqlite3_column_int64 (statement, 1));
  if (statement != NULL && sqlite3_finalize (statement) == SQLITE_OK)
    return g_steal_pointer (&self);

  _bcast_journal_database_fail (db, path, error);
  return NULL;
}

/**
 * _bcast_journal_positions_free:
 * @self: (transfer full) (nullable): positions
 */
void
_bcast_journal_positions_free (BcastJournalPositions *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->gaps);
  g_free (self);
}

/**
 * _bcast_journal_positions_add_gap:
 * @self: positions
 * @first_id: the first number that no event has
 * @last_id: the last one of that run
 *
 * Adds a gap behind those added before. What lies outside the events or was added already is left
 * out, so that gaps read from a file cannot break the order.
 */
void
_bcast_journal_positions_add_gap (BcastJournalPositions *self,
                                  gint64                 first_id,
                                  gint64                 last_id)
{
  Gap gap = { MAX (first_id, self->first_id + 1), MIN (last_id, self->last_id - 1), 0 };

  if (self->gaps->len > 0)
    {
      const Gap *previous = &g_array_index (self->gaps, Gap, self->gaps->len - 1);

      gap.first_id = MAX (gap.first_id, previous->last_id + 1);
      gap.n_before = previous->n_before + previous->last_id - previous->first_id + 1;
    }
  if (gap.first_id <= gap.last_id)
    g_array_append_val (self->gaps, gap);
}

/**
 * _bcast_journal_positions_get_last_id:
 * @self: positions
 *
 * Returns: the number of the newest event, 0 when there is none
 */
gint64
_bcast_journal_positions_get_last_id (const BcastJournalPositions *self)
{
  return self->last_id;
}

/**
 * _bcast_journal_positions_get_n_events:
 * @self: positions
 *
 * Returns: how many events there are
 */
gint64
_bcast_journal_positions_get_n_events (const BcastJournalPositions *self)
{
  if (self->first_id == 0)
    return 0;
  return _bcast_journal_positions_find (self, self->last_id) + 1;
}

/* How many gaps begin at or before id. */
static guint
count_gaps_by_id (const BcastJournalPositions *self,
                  gint64                       id)
{
  guint low = 0;
  guint high = self->gaps->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->gaps, Gap, middle).first_id <= id)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* How many gaps stand before the event at position. */
static guint
count_gaps_by_position (const BcastJournalPositions *self,
                        gint64                       position)
{
  guint low = 0;
  guint high = self->gaps->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const Gap *gap = &g_array_index (self->gaps, Gap, middle);

      if (gap->first_id - self->first_id - gap->n_before <= position)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gint64
count_missing (const BcastJournalPositions *self,
               guint                        n_gaps)
{
  if (n_gaps == 0)
    return 0;

  const Gap *gap = &g_array_index (self->gaps, Gap, n_gaps - 1);

  return gap->n_before + gap->last_id - gap->first_id + 1;
}

/**
 * _bcast_journal_positions_get_id:
 * @self: positions
 * @position: from 0 to the number of events less one
 *
 * Returns: the number of the event there
 */
gint64
_bcast_journal_positions_get_id (const BcastJournalPositions *self,
                                 gint64                       position)
{
  return self->first_id + position +
         count_missing (self, count_gaps_by_position (self, position));
}

/**
 * _bcast_journal_positions_find:
 * @self: positions
 * @id: the number of an event
 *
 * Returns: where it stands, or -1 when there is no such event
 */
gint64
_bcast_journal_positions_find (const BcastJournalPositions *self,
                               gint64                       id)
{
  if (self->first_id == 0 || id < self->first_id || id > self->last_id)
    return -1;

  guint n_gaps = count_gaps_by_id (self, id);

  if (n_gaps > 0 && g_array_index (self->gaps, Gap, n_gaps - 1).last_id >= id)
    return -1;
  return id - self->first_id - count_missing (self, n_gaps);
}

/**
 * _bcast_journal_positions_is_prefix:
 * @self: positions
 * @longer: the positions of the same journal at a later time
 *
 * Returns: whether every event is where it was, so that events were at most added at the end
 */
gboolean
_bcast_journal_positions_is_prefix (const BcastJournalPositions *self,
                                    const BcastJournalPositions *longer)
{
  if (self->first_id == 0)
    return TRUE;
  if (self->first_id != longer->first_id || self->last_id > longer->last_id ||
      _bcast_journal_positions_find (longer, self->last_id) < 0 ||
      self->gaps->len != count_gaps_by_id (longer, self->last_id))
    return FALSE;

  for (guint i = 0; i < self->gaps->len; i++)
    {
      const Gap *ours = &g_array_index (self->gaps, Gap, i);
      const Gap *theirs = &g_array_index (longer->gaps, Gap, i);

      if (ours->first_id != theirs->first_id || ours->last_id != theirs->last_id)
        return FALSE;
    }
  return TRUE;
}

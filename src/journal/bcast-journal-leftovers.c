/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Events that an earlier run left waiting: nobody waits for them any more. */

#include "bcast-journal-database-private.h"

#include "bcast-event.h"
#include "bcast-name-array-private.h"

typedef struct
{
  sqlite3_stmt *select;
  sqlite3_stmt *select_deliveries;
  sqlite3_stmt *update;
} Statements;

static gboolean
prepare (Statements *statements,
         sqlite3    *db)
{
  statements->select = _bcast_journal_database_prepare (
    db, "SELECT id, expected FROM events WHERE outcome = 0 AND id > ? ORDER BY id LIMIT 1");
  if (statements->select == NULL)
    return FALSE;
  statements->select_deliveries = _bcast_journal_database_prepare (
    db, "SELECT client, identical FROM deliveries WHERE id BETWEEN ? AND ?");
  if (statements->select_deliveries == NULL)
    return FALSE;
  statements->update = _bcast_journal_database_prepare (
    db, "UPDATE events SET outcome = ? WHERE id = ? AND outcome = 0");
  return statements->update != NULL;
}

static BcastEventOutcome
judge (sqlite3_stmt *deliveries,
       gint64        event_id,
       char        **expected)
{
  g_autoptr(GHashTable) missing = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_expected = expected != NULL ? g_strv_length (expected) : 0;
  gboolean is_heard = FALSE;
  gboolean is_different = FALSE;

  for (guint i = 0; i < n_expected; i++)
    g_hash_table_add (missing, expected[i]);
  n_expected = g_hash_table_size (missing);

  sqlite3_bind_int64 (deliveries, 1, event_id * BCAST_JOURNAL_DELIVERY_SLOTS);
  sqlite3_bind_int64 (deliveries, 2, (event_id + 1) * BCAST_JOURNAL_DELIVERY_SLOTS - 1);
  while (sqlite3_step (deliveries) == SQLITE_ROW)
    {
      const char *client = (const char *) sqlite3_column_text (deliveries, 0);

      if (client == NULL || (n_expected > 0 && !g_hash_table_remove (missing, client)))
        continue;
      is_heard = TRUE;
      is_different |= sqlite3_column_int (deliveries, 1) == 0;
    }
  sqlite3_reset (deliveries);

  if (!is_heard)
    return n_expected > 0 ? BCAST_EVENT_MISSED : BCAST_EVENT_UNHEARD;
  if (g_hash_table_size (missing) > 0)
    return BCAST_EVENT_PARTLY;
  return is_different ? BCAST_EVENT_DIFFERENT : BCAST_EVENT_MATCHED;
}

static gboolean
settle (Statements        *statements,
        gint64             event_id,
        BcastEventOutcome  outcome)
{
  sqlite3_bind_int (statements->update, 1, outcome);
  sqlite3_bind_int64 (statements->update, 2, event_id);

  gboolean is_done = sqlite3_step (statements->update) == SQLITE_DONE;

  sqlite3_reset (statements->update);
  return is_done;
}

/* The numbers come from an index, and a damaged one may name events that do not wait, or name them
 * in no order. Such events are left as they are; and because only rising numbers are taken, the end
 * is reached whatever the index says. */
static gboolean
settle_all (Statements *statements)
{
  gint64 last_id = 0;

  for (;;)
    {
      sqlite3_bind_int64 (statements->select, 1, last_id);

      int code = sqlite3_step (statements->select);
      gint64 event_id = code == SQLITE_ROW ? sqlite3_column_int64 (statements->select, 0) : 0;

      if (event_id <= last_id)
        {
          sqlite3_reset (statements->select);
          return code == SQLITE_ROW || code == SQLITE_DONE;
        }

      g_auto(GStrv) expected =
        _bcast_name_array_parse ((const char *) sqlite3_column_text (statements->select, 1));

      /* The rows of the index that is being read change with the update. */
      sqlite3_reset (statements->select);
      if (!settle (statements, event_id, judge (statements->select_deliveries, event_id, expected)))
        return FALSE;
      last_id = event_id;
    }
}

/**
 * _bcast_journal_database_settle_leftovers:
 * @db: a connection that may write
 * @path: where the journal is, for sentences
 * @error: as _bcast_journal_database_fail() has it
 *
 * Gives every event that still waits the outcome that its deliveries speak for.
 *
 * Returns: %FALSE with @error set when the journal could not be changed; nothing has changed then
 */
gboolean
_bcast_journal_database_settle_leftovers (sqlite3     *db,
                                          const char  *path,
                                          GError     **error)
{
  Statements statements = { 0 };
  gboolean is_done = prepare (&statements, db) &&
                     _bcast_journal_database_run (db, "BEGIN IMMEDIATE") &&
                     settle_all (&statements) &&
                     _bcast_journal_database_run (db, "COMMIT");

  if (!is_done)
    {
      _bcast_journal_database_fail (db, path, error);
      if (!sqlite3_get_autocommit (db))
        _bcast_journal_database_run (db, "ROLLBACK");
    }

  sqlite3_finalize (statements.select);
  sqlite3_finalize (statements.select_deliveries);
  sqlite3_finalize (statements.update);
  return is_done;
}

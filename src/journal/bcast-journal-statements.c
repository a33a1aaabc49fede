/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-journal-statements-private.h"

#include "bcast-journal-database-private.h"

typedef enum
{
  BEGIN,
  COMMIT,
  ROLLBACK,
  INSERT_EVENT,
  INSERT_DELIVERY,
  NEXT_DELIVERY,
  SETTLE,
  SET_OUTCOME,
  FIND_GAP,
  REMOVE_GAP,
  INSERT_GAP,
  COUNT_GAP_CHANGE,
  FIRST_EVENT,
  N_STATEMENTS
} Statement;

static const char * const sql[N_STATEMENTS] = {
  [BEGIN] = "BEGIN IMMEDIATE",
  [COMMIT] = "COMMIT",
  [ROLLBACK] = "ROLLBACK",
  [INSERT_EVENT] =
    "INSERT INTO events (id, trigger_id, outcome, time_us, channel, name, data, sender, excluded,"
    " expected, status, accepted_us, request, response, error)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  [INSERT_DELIVERY] =
    "INSERT INTO deliveries (id, client, received_us, latency_us, identical, data, frame)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)",
  [NEXT_DELIVERY] =
    "SELECT (SELECT max(id) FROM deliveries WHERE id BETWEEN ?2 AND ?3) FROM events WHERE id = ?1",
  [SETTLE] =
    "UPDATE events SET outcome = ?, status = ?, accepted_us = ?, request = coalesce(?, request),"
    " response = coalesce(?, response), error = coalesce(?, error) WHERE id = ?",
  [SET_OUTCOME] = "UPDATE events SET outcome = ? WHERE id = ?",
  [FIND_GAP] =
    "SELECT first_id, last_id FROM gaps WHERE first_id <= ? ORDER BY first_id DESC LIMIT 1",
  [REMOVE_GAP] = "DELETE FROM gaps WHERE first_id = ?",
  [INSERT_GAP] = "INSERT OR REPLACE INTO gaps (first_id, last_id) VALUES (?, ?)",
  [COUNT_GAP_CHANGE] = "UPDATE state SET gaps_version = gaps_version + 1",
  [FIRST_EVENT] = "SELECT min(id) FROM events",
};

/* How many deliveries the newest events have, so that the next number need not be looked up. Only
 * events that are there have a counter. */
#define N_COUNTERS 1024

typedef struct
{
  gint64 event_id;
  guint  n_deliveries;
} Counter;

/* The prepared statements of the writer, and what it must know to use them. */
struct _BcastJournalStatements
{
  sqlite3_stmt *statements[N_STATEMENTS];
  Counter       counters[N_COUNTERS];

  gint64        last_id;           /* of the newest event, 0 when there is none */
  gint64        committed_last_id;
};

/**
 * _bcast_journal_statements_new:
 * @db: a connection that may write; it must outlive the statements
 * @path: where the journal is, for sentences
 * @last_id: the number of the newest event in it
 * @error: %BCAST_ERROR_DAMAGED when the tables are not as they should be
 *
 * Returns: (transfer full) (nullable): the statements, or %NULL with @error set
 */
BcastJournalStatements *
_bcast_journal_statements_new (sqlite3     *db,
                               const char  *path,
                               gint64       last_id,
                               GError     **error)
{
  g_autoptr(BcastJournalStatements) self = g_new0 (BcastJournalStatements, 1);

  self->last_id = last_id;
  self->committed_last_id = last_id;
  for (guint i = 0; i < N_STATEMENTS; i++)
    {
      self->statements[i] = _bcast_journal_database_prepare (db, sql[i]);
      if (self->statements[i] == NULL)
        {
          _bcast_journal_database_fail (db, path, error);
          return NULL;
        }
    }
  return g_steal_pointer (&self);
}

/**
 * _bcast_journal_statements_free:
 * @self: (transfer full) (nullable): statements
 */
void
_bcast_journal_statements_free (BcastJournalStatements *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < N_STATEMENTS; i++)
    sqlite3_finalize (self->statements[i]);
  g_free (self);
}

static void
bind_text (sqlite3_stmt *statement,
           int           index,
           const char   *text)
{
  /* Bound without a copy: the op outlives the step. */
  sqlite3_bind_text (statement, index, text, -1, SQLITE_STATIC);
}

static int
run (BcastJournalStatements *self,
     Statement               which)
{
  sqlite3_stmt *statement = self->statements[which];
  int code = sqlite3_step (statement);

  sqlite3_reset (statement);
  return code == SQLITE_ROW ? SQLITE_DONE : code;
}

static int
insert_gap (BcastJournalStatements *self,
            gint64                  first_id,
            gint64                  last_id)
{
  if (first_id > last_id)
    return SQLITE_DONE;

  sqlite3_bind_int64 (self->statements[INSERT_GAP], 1, first_id);
  sqlite3_bind_int64 (self->statements[INSERT_GAP], 2, last_id);
  return run (self, INSERT_GAP);
}

/* An event came after one with a higher number: it stands in a gap, which is split around it, or
 * before the first event. */
static int
split_gap (BcastJournalStatements *self,
           gint64                  id)
{
  sqlite3_stmt *find = self->statements[FIND_GAP];
  gint64 first_id = 0;
  gint64 last_id = -1;
  int code;

  sqlite3_bind_int64 (find, 1, id);
  if (sqlite3_step (find) == SQLITE_ROW)
    {
      first_id = sqlite3_column_int64 (find, 0);
      last_id = sqlite3_column_int64 (find, 1);
    }
  code = sqlite3_reset (find);
  if (code != SQLITE_OK || last_id < id)
    return code != SQLITE_OK ? code : SQLITE_DONE;

  sqlite3_bind_int64 (self->statements[REMOVE_GAP], 1, first_id);
  code = run (self, REMOVE_GAP);
  if (code == SQLITE_DONE)
    code = insert_gap (self, first_id, id - 1);
  if (code == SQLITE_DONE)
    code = insert_gap (self, id + 1, last_id);
  return code;
}

/* The number of the oldest event, called when the newest was just written out of order. */
static gint64
read_first_id (BcastJournalStatements *self)
{
  sqlite3_stmt *statement = self->statements[FIRST_EVENT];
  gint64 first_id = sqlite3_step (statement) == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;

  sqlite3_reset (statement);
  return first_id;
}

/* Keeps the table of gaps right when the numbers do not rise by one. */
static int
note_order (BcastJournalStatements *self,
            gint64                  id,
            gint64                  previous_first_id)
{
  gint64 last_id = self->last_id;
  int code;

  self->last_id = MAX (last_id, id);
  if (last_id == 0 || id == last_id + 1)
    return SQLITE_DONE;

  if (id > last_id)
    code = insert_gap (self, last_id + 1, id - 1);
  else if (id < previous_first_id)
    code = insert_gap (self, id + 1, previous_first_id - 1);
  else
    code = split_gap (self, id);
  return code == SQLITE_DONE ? run (self, COUNT_GAP_CHANGE) : code;
}

static int
write_event (BcastJournalStatements *self,
             const BcastEventRecord *record,
             const char             *expected)
{
  sqlite3_stmt *statement = self->statements[INSERT_EVENT];
  gint64 first_id = record->id < self->last_id ? read_first_id (self) : 0;

  sqlite3_bind_int64 (statement, 1, record->id);
  sqlite3_bind_int64 (statement, 2, record->trigger_id);
  sqlite3_bind_int (statement, 3, record->outcome);
  sqlite3_bind_int64 (statement, 4, record->time_us);
  bind_text (statement, 5, record->channel);
  bind_text (statement, 6, record->name);
  bind_text (statement, 7, record->data);
  bind_text (statement, 8, record->sender);
  bind_text (statement, 9, record->excluded);
  bind_text (statement, 10, expected);
  sqlite3_bind_int (statement, 11, record->status);
  sqlite3_bind_int64 (statement, 12, record->accepted_us);
  bind_text (statement, 13, record->request);
  bind_text (statement, 14, record->response);
  bind_text (statement, 15, record->error);

  int code = run (self, INSERT_EVENT);

  if (code != SQLITE_DONE)
    return code;
  self->counters[record->id % N_COUNTERS] = (Counter) { record->id, 0 };
  return note_order (self, record->id, first_id);
}

/* An event may be missing that was dropped or could not be written. A delivery without it would be
 * shown as one of the next event with that number. */
static int
count_deliveries (BcastJournalStatements *self,
                  gint64                  event_id,
                  Counter               **counter)
{
  Counter *slot = &self->counters[event_id % N_COUNTERS];
  sqlite3_stmt *statement = self->statements[NEXT_DELIVERY];
  gint64 first = event_id * BCAST_JOURNAL_DELIVERY_SLOTS;

  *counter = slot;
  if (slot->event_id == event_id)
    return SQLITE_OK;

  *slot = (Counter) { 0, 0 };
  sqlite3_bind_int64 (statement, 1, event_id);
  sqlite3_bind_int64 (statement, 2, first);
  sqlite3_bind_int64 (statement, 3, first + BCAST_JOURNAL_DELIVERY_SLOTS - 1);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      slot->event_id = event_id;
      if (sqlite3_column_type (statement, 0) == SQLITE_INTEGER)
        slot->n_deliveries = sqlite3_column_int64 (statement, 0) - first + 1;
    }

  int code = sqlite3_reset (statement);

  if (code == SQLITE_OK && slot->event_id != event_id)
    return SQLITE_CONSTRAINT_FOREIGNKEY;
  return code;
}

static int
set_outcome (BcastJournalStatements *self,
             gint64                  event_id,
             BcastEventOutcome       outcome)
{
  sqlite3_bind_int (self->statements[SET_OUTCOME], 1, outcome);
  sqlite3_bind_int64 (self->statements[SET_OUTCOME], 2, event_id);
  return run (self, SET_OUTCOME);
}

static int
write_delivery (BcastJournalStatements *self,
                gint64                  event_id,
                const BcastDelivery    *delivery,
                BcastEventOutcome       outcome)
{
  sqlite3_stmt *statement = self->statements[INSERT_DELIVERY];
  Counter *counter;
  int code = count_deliveries (self, event_id, &counter);

  if (code != SQLITE_OK)
    return code;
  if (counter->n_deliveries >= BCAST_JOURNAL_DELIVERY_SLOTS)
    return SQLITE_TOOBIG;

  sqlite3_bind_int64 (statement, 1,
                      event_id * BCAST_JOURNAL_DELIVERY_SLOTS + counter->n_deliveries);
  bind_text (statement, 2, delivery->client);
  sqlite3_bind_int64 (statement, 3, delivery->received_us);
  sqlite3_bind_int64 (statement, 4, delivery->latency_us);
  sqlite3_bind_int (statement, 5, delivery->identical != FALSE);
  bind_text (statement, 6, delivery->data);
  bind_text (statement, 7, delivery->frame);
  code = run (self, INSERT_DELIVERY);
  if (code != SQLITE_DONE)
    return code;

  counter->n_deliveries++;

  /* A foreign event was appended as one and stays one: its row need not be written again. */
  return outcome == BCAST_EVENT_FOREIGN ? SQLITE_DONE : set_outcome (self, event_id, outcome);
}

static int
write_answer (BcastJournalStatements   *self,
              gint64                    event_id,
              BcastEventOutcome         outcome,
              const BcastJournalAnswer *answer)
{
  sqlite3_stmt *statement = self->statements[SETTLE];

  sqlite3_bind_int (statement, 1, outcome);
  sqlite3_bind_int (statement, 2, answer->status);
  sqlite3_bind_int64 (statement, 3, answer->accepted_us);
  bind_text (statement, 4, answer->request);
  bind_text (statement, 5, answer->response);
  bind_text (statement, 6, answer->error);
  sqlite3_bind_int64 (statement, 7, event_id);
  return run (self, SETTLE);
}

/**
 * _bcast_journal_statements_begin:
 * @self: statements
 *
 * Returns: %SQLITE_DONE, or the error
 */
int
_bcast_journal_statements_begin (BcastJournalStatements *self)
{
  return run (self, BEGIN);
}

/**
 * _bcast_journal_statements_write:
 * @self: statements
 * @op: what to write, inside a transaction
 *
 * Returns: %SQLITE_DONE, or the error
 */
int
_bcast_journal_statements_write (BcastJournalStatements *self,
                                 const BcastJournalOp   *op)
{
  switch (op->kind)
    {
    case BCAST_JOURNAL_OP_APPEND:
      return write_event (self, &op->record, op->expected);
    case BCAST_JOURNAL_OP_DELIVER:
      return write_delivery (self, op->event_id, &op->delivery, op->outcome);
    case BCAST_JOURNAL_OP_SETTLE:
      return write_answer (self, op->event_id, op->outcome, &op->answer);
    case BCAST_JOURNAL_OP_SET_OUTCOME:
      return set_outcome (self, op->event_id, op->outcome);
    default:
      g_return_val_if_reached (SQLITE_MISUSE);
    }
}

/**
 * _bcast_journal_statements_commit:
 * @self: statements
 *
 * Returns: %SQLITE_DONE, or the error
 */
int
_bcast_journal_statements_commit (BcastJournalStatements *self)
{
  int code = run (self, COMMIT);

  if (code == SQLITE_DONE)
    self->committed_last_id = self->last_id;
  return code;
}

/**
 * _bcast_journal_statements_revert:
 * @self: statements
 *
 * Goes back to the last commit, after an error.
 */
void
_bcast_journal_statements_revert (BcastJournalStatements *self)
{
  run (self, ROLLBACK);
  for (guint i = 0; i < N_COUNTERS; i++)
    self->counters[i] = (Counter) { 0, 0 };
  self->last_id = self->committed_last_id;
}

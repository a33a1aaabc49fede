/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-journal-writer-private.h"

#include "bcast-error.h"
#include "bcast-journal-database-private.h"
#include "bcast-journal-statements-private.h"

#include <glib/gi18n-lib.h>

/* The thread that writes the journal: it takes batches from the queue and commits each as one
 * transaction. A batch that cannot be written is kept and tried again, so that nothing is lost when
 * the disk has room again; meanwhile the queue bounds what waits in memory.
 *
 * What stands above the mutex belongs to the thread while it runs. */
struct _BcastJournalWriter
{
  sqlite3                *db;
  BcastJournalStatements *statements;
  char                   *path;
  gint64                  last_id; /* committed */
  BcastJournalQueue      *queue;
  BcastJournalWriterFunc  func;
  gpointer                user_data;
  GThread                *thread;
  guint64                 n_skipped; /* ops that can never be written */

  GMutex                  mutex;
  GError                 *error; /* atomic too, for whoever only asks whether there is one */
};

/**
 * _bcast_journal_writer_new:
 * @db: (transfer full): a connection that may write; closed on failure too
 * @path: where the journal is, for sentences
 * @last_id: the number of the newest event in it
 * @queue: what to write; it outlives the writer
 * @func: called in the writer's thread after each commit, and when the error is another one
 * @user_data: for @func
 * @error: %BCAST_ERROR_DAMAGED when the tables are not as they should be
 *
 * Returns: (transfer full) (nullable): a writer that is not yet started, or %NULL with @error set
 */
BcastJournalWriter *
_bcast_journal_writer_new (sqlite3                 *db,
                           const char              *path,
                           gint64                   last_id,
                           BcastJournalQueue       *queue,
                           BcastJournalWriterFunc   func,
                           gpointer                 user_data,
                           GError                 **error)
{
  BcastJournalStatements *statements = _bcast_journal_statements_new (db, path, last_id, error);

  if (statements == NULL)
    {
      _bcast_journal_database_close (db);
      return NULL;
    }

  BcastJournalWriter *self = g_new0 (BcastJournalWriter, 1);

  g_mutex_init (&self->mutex);
  self->db = db;
  self->statements = statements;
  self->path = g_strdup (path);
  self->last_id = last_id;
  self->queue = queue;
  self->func = func;
  self->user_data = user_data;
  return self;
}

static gboolean
is_same_error (const GError *one,
               const GError *other)
{
  if (one == NULL || other == NULL)
    return one == other;
  return g_error_matches (one, other->domain, other->code) && g_str_equal (one->message, other->message);
}

/* Returns whether there is another error now than before. */
static gboolean
take_error (BcastJournalWriter *self,
            GError             *error)
{
  g_mutex_lock (&self->mutex);
  g_autoptr(GError) old = self->error;

  g_atomic_pointer_set (&self->error, error);
  g_mutex_unlock (&self->mutex);
  return !is_same_error (old, error);
}

/* Has the error looked at when there is no commit to go with it. */
static void
tell_error (BcastJournalWriter *self)
{
  g_autoptr(GHashTable) nothing = g_hash_table_new (g_int64_hash, g_int64_equal);

  self->func (0, nothing, self->user_data);
}

/* Some of what was given cannot be written however often it is tried. */
static gboolean
is_fault_of_op (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
      return TRUE;
    default:
      return FALSE;
    }
}

/* What became of the entries of a batch. */
typedef struct
{
  guint n_added;   /* events */
  guint n_skipped; /* entries that can never be written */
} Tally;

static int
write_ops (BcastJournalWriter *self,
           BcastJournalBatch  *batch,
           Tally              *tally)
{
  int code = _bcast_journal_statements_begin (self->statements);

  *tally = (Tally) { 0, 0 };
  for (guint i = 0; code == SQLITE_DONE && i < batch->ops->len; i++)
    {
      BcastJournalOp *op = &g_array_index (batch->ops, BcastJournalOp, i);

      code = _bcast_journal_statements_write (self->statements, op);
      if (is_fault_of_op (code))
        {
          tally->n_skipped++;
          code = SQLITE_DONE;
        }
      else if (op->kind == BCAST_JOURNAL_OP_APPEND)
        tally->n_added++;
    }
  return code == SQLITE_DONE ? _bcast_journal_statements_commit (self->statements) : code;
}

/* Returns whether there is something else to tell than before. */
static gboolean
report_losses (BcastJournalWriter *self,
               guint64             n_skipped)
{
  self->n_skipped += n_skipped;

  guint64 n_lost = self->n_skipped + _bcast_journal_queue_get_n_lost (self->queue);

  GError *error = NULL;

  if (n_lost > 0)
    g_set_error (&error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                 g_dngettext (GETTEXT_PACKAGE,
                              "%lu entry is missing in the journal “%s”: it could not be written.",
                              "%lu entries are missing in the journal “%s”: they could not be written.",
                              (gulong) n_lost),
                 (gulong) n_lost, self->path);
  return take_error (self, error);
}

static gboolean
try_batch (BcastJournalWriter *self,
           BcastJournalBatch  *batch,
           Tally              *tally)
{
  if (write_ops (self, batch, tally) == SQLITE_DONE)
    {
      report_losses (self, tally->n_skipped);
      return TRUE;
    }

  g_autoptr(GError) error = NULL;

  _bcast_journal_database_fail (self->db, self->path, &error);
  _bcast_journal_statements_revert (self->statements);
  if (take_error (self, g_steal_pointer (&error)))
    tell_error (self);
  return FALSE;
}

static void
announce (BcastJournalWriter *self,
          BcastJournalBatch  *batch,
          guint               n_added)
{
  g_autoptr(GHashTable) changed_ids = g_hash_table_new (g_int64_hash, g_int64_equal);
  gint64 last_id = self->last_id;

  for (guint i = 0; i < batch->ops->len; i++)
    {
      BcastJournalOp *op = &g_array_index (batch->ops, BcastJournalOp, i);

      if (op->kind == BCAST_JOURNAL_OP_APPEND)
        self->last_id = MAX (self->last_id, op->event_id);
      else if (op->event_id <= last_id)
        g_hash_table_add (changed_ids, &op->event_id);
    }
  self->func (n_added, changed_ids, self->user_data);
}

static void
write_batch (BcastJournalWriter *self,
             BcastJournalBatch  *batch)
{
  gboolean is_last_try = FALSE;
  Tally tally;

  while (!try_batch (self, batch, &tally))
    {
      _bcast_journal_queue_settle (self->queue, FALSE);
      if (is_last_try)
        {
          if (report_losses (self, batch->ops->len))
            tell_error (self);
          return;
        }
      is_last_try = !_bcast_journal_queue_await_retry (self->queue);
    }
  announce (self, batch, tally.n_added);
}

static gpointer
run_cb (gpointer data)
{
  BcastJournalWriter *self = data;
  g_autoptr(BcastJournalBatch) batch = NULL;

  while (_bcast_journal_queue_take (self->queue, &batch))
    {
      write_batch (self, batch);
      _bcast_journal_queue_settle (self->queue, TRUE);
      _bcast_journal_batch_clear (batch);
    }
  return NULL;
}

/**
 * _bcast_journal_writer_start:
 * @self: a writer that was not started
 *
 * Starts its thread.
 */
void
_bcast_journal_writer_start (BcastJournalWriter *self)
{
  self->thread = g_thread_new ("journal", run_cb, self);
}

/**
 * _bcast_journal_writer_is_current:
 * @self: a writer
 *
 * Returns: whether the caller runs in the writer's thread
 */
gboolean
_bcast_journal_writer_is_current (BcastJournalWriter *self)
{
  return g_thread_self () == self->thread;
}

/**
 * _bcast_journal_writer_dup_error:
 * @self: a writer
 *
 * Returns: (transfer full) (nullable): why the last batch could not be written, or what is missing
 */
GError *
_bcast_journal_writer_dup_error (BcastJournalWriter *self)
{
  if (g_atomic_pointer_get (&self->error) == NULL)
    return NULL;

  g_mutex_lock (&self->mutex);
  GError *error = self->error != NULL ? g_error_copy (self->error) : NULL;
  g_mutex_unlock (&self->mutex);
  return error;
}

/**
 * _bcast_journal_writer_stop:
 * @self: a writer
 *
 * Writes what is left, ends the thread and closes the connection. What could not be written by then
 * is given up.
 */
void
_bcast_journal_writer_stop (BcastJournalWriter *self)
{
  _bcast_journal_queue_close (self->queue);
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));

  g_clear_pointer (&self->statements, _bcast_journal_statements_free);

  /* A reader that is still open keeps SQLite from doing this itself when the connection closes. */
  sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  g_clear_pointer (&self->db, _bcast_journal_database_close);
}

/**
 * _bcast_journal_writer_free:
 * @self: (transfer full): a writer that was stopped
 */
void
_bcast_journal_writer_free (BcastJournalWriter *self)
{
  g_clear_error (&self->error);
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self);
}

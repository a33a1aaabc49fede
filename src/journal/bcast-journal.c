/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-journal.h"

#include "bcast-error.h"
#include "bcast-journal-database-private.h"
#include "bcast-journal-file-private.h"
#include "bcast-journal-positions-private.h"
#include "bcast-journal-private.h"
#include "bcast-journal-writer-private.h"

#include <stdatomic.h>
#include <unistd.h>

/**
 * BcastJournal:
 *
 * The timeline on disk: SQLite in WAL mode, written by one thread of its own. One process at a time
 * writes a journal; any number may read it.
 *
 * What is given is committed within some 30 milliseconds, and outlives a crash of the program from
 * then on. Commits do not wait for the disk: a power cut may take the last moments, which the system
 * had not yet written there, and leaves what came before them whole.
 *
 * Functions that write wait only when more than a few ten thousand entries or 16 MiB are outstanding:
 * that is how a slow disk makes the caller read its socket more slowly. When writing fails, what was
 * given is kept in memory up to that size and tried again every second; bcast_journal_dup_error()
 * tells, and the function of bcast_journal_set_commit_func() is called.
 */
struct _BcastJournal
{
  GObject              parent_instance;

  char                *path;
  char                *kept_aside;
  int                  lock_fd;
  BcastJournalQueue   *queue;
  BcastJournalWriter  *writer;

  _Atomic gint64       next_id;
  _Atomic gint64       n_events; /* committed */

  GMutex               func_mutex;
  BcastJournalFunc     func;
  gpointer             func_data;
  GDestroyNotify       func_destroy;

  GMutex               mutex;
  GPtrArray           *watches; /* of BcastJournalChanges */
  gboolean             is_closed;
};

G_DEFINE_FINAL_TYPE (BcastJournal, bcast_journal, G_TYPE_OBJECT)

static void
bcast_journal_dispose (GObject *object)
{
  BcastJournal *self = BCAST_JOURNAL (object);

  bcast_journal_close (self);

  G_OBJECT_CLASS (bcast_journal_parent_class)->dispose (object);
}

static void
bcast_journal_finalize (GObject *object)
{
  BcastJournal *self = BCAST_JOURNAL (object);

  g_clear_pointer (&self->writer, _bcast_journal_writer_free);
  _bcast_journal_queue_free (self->queue);
  g_ptr_array_unref (self->watches);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->func_mutex);
  g_free (self->kept_aside);
  g_free (self->path);

  G_OBJECT_CLASS (bcast_journal_parent_class)->finalize (object);
}

static void
bcast_journal_class_init (BcastJournalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bcast_journal_dispose;
  object_class->finalize = bcast_journal_finalize;
}

static void
bcast_journal_init (BcastJournal *self)
{
  self->lock_fd = -1;
  self->queue = _bcast_journal_queue_new ();
  self->watches = g_ptr_array_new_with_free_func ((GDestroyNotify) _bcast_journal_changes_unref);
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->func_mutex);
}

static void
committed_cb (guint       n_added,
              GHashTable *changed_ids,
              gpointer    user_data)
{
  BcastJournal *self = user_data;

  atomic_fetch_add (&self->n_events, n_added);

  g_mutex_lock (&self->mutex);
  for (guint i = self->watches->len; i > 0; i--)
    {
      BcastJournalChanges *changes = g_ptr_array_index (self->watches, i - 1);

      if (_bcast_journal_changes_is_forgotten (changes))
        g_ptr_array_remove_index_fast (self->watches, i - 1);
      else
        _bcast_journal_changes_add (changes, changed_ids);
    }
  g_mutex_unlock (&self->mutex);

  g_mutex_lock (&self->func_mutex);
  if (self->func != NULL)
    self->func (self, self->func_data);
  g_mutex_unlock (&self->func_mutex);
}

/* Deliveries may be there whose event was never written: what comes next must not get them, so that
 * its number is behind theirs. */
static gboolean
read_next_id (BcastJournal  *self,
              sqlite3       *db,
              gint64         last_id,
              GError       **error)
{
  gint64 last_delivery;

  if (!_bcast_journal_database_read_number (db, "SELECT max(id) FROM deliveries", &last_delivery))
    {
      _bcast_journal_database_fail (db, self->path, error);
      return FALSE;
    }

  atomic_store (&self->next_id, MAX (last_id, last_delivery / BCAST_JOURNAL_DELIVERY_SLOTS) + 1);
  return TRUE;
}

static gboolean
set_up (BcastJournal  *self,
        GError       **error)
{
  sqlite3 *db = _bcast_journal_database_open (self->path, error);

  if (db == NULL)
    return FALSE;

  g_autoptr(BcastJournalPositions) positions = NULL;

  if (_bcast_journal_database_settle_leftovers (db, self->path, error))
    positions = _bcast_journal_positions_load (db, self->path, error);

  gint64 last_id = positions != NULL ? _bcast_journal_positions_get_last_id (positions) : 0;

  if (positions == NULL || !read_next_id (self, db, last_id, error))
    {
      _bcast_journal_database_close (db);
      return FALSE;
    }

  atomic_store (&self->n_events, _bcast_journal_positions_get_n_events (positions));
  self->writer = _bcast_journal_writer_new (db, self->path, last_id, self->queue, committed_cb, self,
                                            error);
  return self->writer != NULL;
}

static gboolean
keep_aside (BcastJournal  *self,
            GError       **error)
{
  self->kept_aside = _bcast_journal_file_keep_aside (self->path, error);
  return self->kept_aside != NULL;
}

/**
 * bcast_journal_open:
 * @path: where the journal is or will be; its folder is made for this user alone
 * @error: %BCAST_ERROR_BUSY when another program writes it, %BCAST_ERROR_UNAVAILABLE when the
 *   folder or the disk does not allow to write
 *
 * Opens a journal for writing. One that cannot be used (it is damaged, no journal, or of a newer
 * version) is renamed, never changed, and a fresh one is begun: bcast_journal_get_kept_aside() tells.
 * Events that an earlier run left waiting get the outcome that their deliveries speak for.
 *
 * Returns: (transfer full) (nullable): the journal, or %NULL with @error set
 */
BcastJournal *
bcast_journal_open (const char  *path,
                    GError     **error)
{
  g_return_val_if_fail (path != NULL && path[0] != '\0', NULL);

  g_autoptr(BcastJournal) self = g_object_new (BCAST_TYPE_JOURNAL, NULL);
  g_autoptr(GError) local_error = NULL;

  self->path = g_canonicalize_filename (path, NULL);
  if (!_bcast_journal_file_prepare (self->path, error))
    return NULL;
  self->lock_fd = _bcast_journal_file_lock (self->path, error);
  if (self->lock_fd < 0)
    return NULL;
  if (_bcast_journal_file_lost_body (self->path) && !keep_aside (self, error))
    return NULL;

  if (!set_up (self, &local_error))
    {
      if (self->kept_aside != NULL ||
          !g_error_matches (local_error, BCAST_ERROR, BCAST_ERROR_DAMAGED))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (!keep_aside (self, error) || !set_up (self, error))
        return NULL;
    }

  _bcast_journal_writer_start (self->writer);
  return g_steal_pointer (&self);
}

/**
 * bcast_journal_dup_default_path:
 * @profile_id: the profile whose journal it is
 *
 * Returns: (transfer full): where the journal of a profile is kept, in the user's data folder
 */
char *
bcast_journal_dup_default_path (const char *profile_id)
{
  g_return_val_if_fail (profile_id != NULL, NULL);

  g_autofree char *escaped = g_uri_escape_string (profile_id, NULL, FALSE);
  g_autofree char *name = g_strconcat (escaped, ".journal", NULL);

  return g_build_filename (g_get_user_data_dir (), "broadcast", "journals", name, NULL);
}

/**
 * bcast_journal_get_path:
 * @self: a journal
 *
 * Returns: (transfer none): where it is
 */
const char *
bcast_journal_get_path (BcastJournal *self)
{
  g_return_val_if_fail (BCAST_IS_JOURNAL (self), NULL);

  return self->path;
}

/**
 * bcast_journal_get_kept_aside:
 * @self: a journal
 *
 * Returns: (transfer none) (nullable): where the journal is now that was found in its place and
 *   could not be used
 */
const char *
bcast_journal_get_kept_aside (BcastJournal *self)
{
  g_return_val_if_fail (BCAST_IS_JOURNAL (self), NULL);

  return self->kept_aside;
}

/**
 * bcast_journal_set_commit_func:
 * @self: a journal
 * @func: (nullable): called in the journal's thread after each commit, and when the error changes;
 *   must return at once, and may neither call this function nor drop the last reference to @self
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data when it is replaced or the journal closed
 *
 * Whenever bcast_journal_dup_error() tells something else than before (an error, another one, or none
 * any more), @func is called, be it for a commit or for this alone. Tries that fail for the same
 * reason as before call nothing. Ask once by hand after this function: an error may be there already.
 *
 * When this returns, the former function is not running and will not be called again.
 */
void
bcast_journal_set_commit_func (BcastJournal     *self,
                               BcastJournalFunc  func,
                               gpointer          user_data,
                               GDestroyNotify    destroy)
{
  g_return_if_fail (BCAST_IS_JOURNAL (self));

  g_mutex_lock (&self->func_mutex);
  gpointer old_data = self->func_data;
  GDestroyNotify old_destroy = self->func_destroy;

  self->func = func;
  self->func_data = user_data;
  self->func_destroy = destroy;
  g_mutex_unlock (&self->func_mutex);

  if (old_destroy != NULL)
    old_destroy (old_data);
}

/**
 * bcast_journal_next_id:
 * @self: a journal
 *
 * Returns: the number for the next event, behind all that are on disk; append the event soon, and
 *   in the order of the numbers: who looks at the end of the journal waits for it
 */
gint64
bcast_journal_next_id (BcastJournal *self)
{
  g_return_val_if_fail (BCAST_IS_JOURNAL (self), 0);

  return atomic_fetch_add (&self->next_id, 1);
}

/**
 * bcast_journal_flush:
 * @self: a journal
 *
 * Waits until everything given before is committed, or a try to write it has failed.
 */
void
bcast_journal_flush (BcastJournal *self)
{
  g_return_if_fail (BCAST_IS_JOURNAL (self));

  if (!_bcast_journal_writer_is_current (self->writer))
    _bcast_journal_queue_flush (self->queue);
}

/**
 * bcast_journal_get_n_events:
 * @self: a journal
 *
 * Returns: how many events are committed
 */
gint64
bcast_journal_get_n_events (BcastJournal *self)
{
  g_return_val_if_fail (BCAST_IS_JOURNAL (self), 0);

  return atomic_load (&self->n_events);
}

/**
 * bcast_journal_dup_error:
 * @self: a journal
 *
 * May be called often, and from the function of bcast_journal_set_commit_func(), which is called
 * when there is something else to tell: it costs next to nothing when all is well.
 *
 * Returns: (transfer full) (nullable): why events cannot be written at present, or how many are
 *   missing since; %NULL when all is well
 */
GError *
bcast_journal_dup_error (BcastJournal *self)
{
  g_return_val_if_fail (BCAST_IS_JOURNAL (self), NULL);

  return _bcast_journal_writer_dup_error (self->writer);
}

/**
 * bcast_journal_close:
 * @self: a journal
 *
 * Writes what is left and lets another program write this journal. Whatever is given later is
 * dropped. May be called more than once.
 */
void
bcast_journal_close (BcastJournal *self)
{
  g_return_if_fail (BCAST_IS_JOURNAL (self));

  g_mutex_lock (&self->mutex);
  gboolean was_closed = self->is_closed;
  self->is_closed = TRUE;
  g_mutex_unlock (&self->mutex);
  if (was_closed)
    return;

  if (self->writer != NULL)
    _bcast_journal_writer_stop (self->writer);
  bcast_journal_set_commit_func (self, NULL, NULL, NULL);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  self->lock_fd = -1;
}

/**
 * _bcast_journal_watch:
 * @self: a journal
 *
 * Returns: (transfer full): a set to which the journal adds the numbers of events that change from
 *   now on, until it is given back
 */
BcastJournalChanges *
_bcast_journal_watch (BcastJournal *self)
{
  BcastJournalChanges *changes = _bcast_journal_changes_new ();

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->watches, _bcast_journal_changes_ref (changes));
  g_mutex_unlock (&self->mutex);
  return changes;
}

/**
 * _bcast_journal_push:
 * @self: a journal
 * @op: what to write; copied with its texts
 *
 * Hands over to the writer. Waits while too much is outstanding, unless writing fails.
 */
void
_bcast_journal_push (BcastJournal         *self,
                     const BcastJournalOp *op)
{
  _bcast_journal_queue_push (self->queue, op);
}

/**
 * _bcast_journal_get_queue:
 * @self: a journal
 *
 * Returns: (transfer none): what is outstanding, for tests that must know when it is full
 */
BcastJournalQueue *
_bcast_journal_get_queue (BcastJournal *self)
{
  return self->queue;
}

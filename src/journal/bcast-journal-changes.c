/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-journal-changes-private.h"

#define MAX_CHANGES 4096

/* The numbers of the events that changed since one list looked last: the writer adds, the list
 * drains. When nobody drains it the numbers are forgotten, and the list takes all for changed. */
struct _BcastJournalChanges
{
  gatomicrefcount  ref_count;

  GMutex           mutex;
  GHashTable      *event_ids; /* of gint64, owned */
  gboolean         is_all;
};

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * _bcast_journal_changes_new:
 *
 * Returns: (transfer full): an empty set
 */
BcastJournalChanges *
_bcast_journal_changes_new (void)
{
  BcastJournalChanges *self = g_new0 (BcastJournalChanges, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->event_ids = new_set ();
  return self;
}

/**
 * _bcast_journal_changes_ref:
 * @self: a set
 *
 * Returns: (transfer full): the same set
 */
BcastJournalChanges *
_bcast_journal_changes_ref (BcastJournalChanges *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * _bcast_journal_changes_unref:
 * @self: (transfer full): a set
 */
void
_bcast_journal_changes_unref (BcastJournalChanges *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->event_ids);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * _bcast_journal_changes_is_forgotten:
 * @self: a set
 *
 * Returns: whether the caller holds the only reference
 */
gboolean
_bcast_journal_changes_is_forgotten (BcastJournalChanges *self)
{
  return g_atomic_ref_count_compare (&self->ref_count, 1);
}

/**
 * _bcast_journal_changes_add:
 * @self: a set
 * @event_ids: (element-type gint64): the numbers of events that changed
 *
 * For the writer, after a commit.
 */
void
_bcast_journal_changes_add (BcastJournalChanges *self,
                            GHashTable          *event_ids)
{
  GHashTableIter iter;
  gpointer key;

  g_mutex_lock (&self->mutex);
  g_hash_table_iter_init (&iter, event_ids);
  while (!self->is_all && g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_hash_table_add (self->event_ids, g_memdup2 (key, sizeof (gint64)));
      self->is_all = g_hash_table_size (self->event_ids) > MAX_CHANGES;
    }
  if (self->is_all)
    g_hash_table_remove_all (self->event_ids);
  g_mutex_unlock (&self->mutex);
}

/**
 * _bcast_journal_changes_drain:
 * @self: a set
 * @is_all: (out): whether any event may have changed
 *
 * For the list: takes what was added and leaves the set empty.
 *
 * Returns: (transfer full) (element-type gint64): the numbers of events that changed
 */
GHashTable *
_bcast_journal_changes_drain (BcastJournalChanges *self,
                              gboolean            *is_all)
{
  GHashTable *fresh = new_set ();

  g_mutex_lock (&self->mutex);
  GHashTable *event_ids = self->event_ids;
  self->event_ids = fresh;
  *is_all = self->is_all;
  self->is_all = FALSE;
  g_mutex_unlock (&self->mutex);
  return event_ids;
}

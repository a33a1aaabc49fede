/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-event-list.h"

#include "bcast-event-cache-private.h"
#include "bcast-event-reader-private.h"
#include "bcast-journal-private.h"

#include <glib/gi18n-lib.h>

#define BLOCK_ROWS 64

/**
 * BcastEventList:
 *
 * The events of a journal as a list of #BcastEvent, oldest first, over a connection of its own that
 * only reads. It has in memory what was asked for last, however long the journal is. It is used in
 * the context it was made in.
 *
 * The list changes in bcast_event_list_refresh() and at no other time. Events that changed keep
 * their object, which emits #BcastEvent::changed.
 */
struct _BcastEventList
{
  GObject                parent_instance;

  BcastEventReader      *reader;
  BcastEventCache       *cache;
  BcastJournalChanges   *changes; /* NULL when nobody tells of changes */
  BcastJournalPositions *positions;
  gboolean               is_refreshing;
};

static void bcast_event_list_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BcastEventList, bcast_event_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      bcast_event_list_iface_init))

static void
bcast_event_list_finalize (GObject *object)
{
  BcastEventList *self = BCAST_EVENT_LIST (object);

  g_clear_pointer (&self->changes, _bcast_journal_changes_unref);
  g_clear_pointer (&self->cache, _bcast_event_cache_free);
  g_clear_pointer (&self->reader, _bcast_event_reader_free);
  g_clear_pointer (&self->positions, _bcast_journal_positions_free);

  G_OBJECT_CLASS (bcast_event_list_parent_class)->finalize (object);
}

static void
bcast_event_list_class_init (BcastEventListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_event_list_finalize;
}

static void
bcast_event_list_init (BcastEventList *self)
{
  self->cache = _bcast_event_cache_new ();
  self->positions = _bcast_journal_positions_new (0, 0);
}

static GType
bcast_event_list_get_item_type (GListModel *model)
{
  return BCAST_TYPE_EVENT;
}

static guint
count_items (BcastJournalPositions *positions)
{
  return MIN (_bcast_journal_positions_get_n_events (positions), G_MAXUINT);
}

static guint
bcast_event_list_get_n_items (GListModel *model)
{
  return count_items (BCAST_EVENT_LIST (model)->positions);
}

/* A list that announced an event must give one, even if its row was removed since or cannot be read. */
static BcastEvent *
new_unreadable (gint64 event_id)
{
  BcastEventRecord *record = bcast_event_record_new ();

  record->id = event_id;
  record->trigger_id = event_id;
  record->outcome = BCAST_EVENT_FOREIGN;
  record->channel = g_strdup ("");
  record->name = g_strdup ("");
  record->error = g_strdup (_("This event is gone from the journal or cannot be read."));
  return bcast_event_new (record, NULL);
}

typedef struct
{
  BcastEvent       *event;
  BcastEventRecord *record;
  GPtrArray        *deliveries;
} Replacement;

/* Gives the event of a row: the object that somebody holds, else a new one. A held one that is
 * stale gets its new values later, when the whole block is in place. */
static BcastEvent *
take_row (BcastEventList *self,
          gint64          event_id,
          BcastEventRow  *row,
          gboolean        is_stale,
          GArray         *replacements)
{
  BcastEvent *live = _bcast_event_cache_find_live (self->cache, event_id);

  if (live != NULL)
    {
      if (is_stale && row != NULL)
        {
          Replacement replacement = {
            g_object_ref (live), g_steal_pointer (&row->record), g_steal_pointer (&row->deliveries)
          };

          g_array_append_val (replacements, replacement);
        }
      return g_object_ref (live);
    }

  BcastEvent *event = row != NULL
    ? bcast_event_new (g_steal_pointer (&row->record), g_steal_pointer (&row->deliveries))
    : new_unreadable (event_id);

  _bcast_event_cache_track (self->cache, event);
  return event;
}

static BcastEventRow *
find_row (GPtrArray *rows,
          guint     *next,
          gint64     event_id)
{
  for (; rows != NULL && *next < rows->len; (*next)++)
    {
      BcastEventRow *row = g_ptr_array_index (rows, *next);

      if (row->record->id == event_id)
        {
          (*next)++;
          return row;
        }
      if (row->record->id > event_id)
        break;
    }
  return NULL;
}

/* Reads a block into the cache. The events whose numbers are in stale_ids get new values. */
static GPtrArray *
load_block (BcastEventList *self,
            gint64          block,
            GHashTable     *stale_ids)
{
  GPtrArray *events = g_ptr_array_new_full (BLOCK_ROWS, g_object_unref);
  g_autoptr(GArray) replacements = g_array_new (FALSE, FALSE, sizeof (Replacement));
  gint64 start = block * BLOCK_ROWS;
  gint64 end = MIN (start + BLOCK_ROWS, (gint64) count_items (self->positions));
  gint64 first_id = _bcast_journal_positions_get_id (self->positions, start);
  gint64 last_id = _bcast_journal_positions_get_id (self->positions, end - 1);
  g_autoptr(GPtrArray) rows =
    _bcast_event_reader_read_rows (self->reader, first_id, last_id, BLOCK_ROWS);
  guint next = 0;

  for (gint64 position = start; position < end; position++)
    {
      gint64 event_id = _bcast_journal_positions_get_id (self->positions, position);
      BcastEventRow *row = find_row (rows, &next, event_id);
      gboolean is_stale = stale_ids != NULL && g_hash_table_contains (stale_ids, &event_id);

      g_ptr_array_add (events, take_row (self, event_id, row, is_stale, replacements));
    }
  _bcast_event_cache_set_block (self->cache, block, g_ptr_array_ref (events));

  for (guint i = 0; i < replacements->len; i++)
    {
      Replacement *replacement = &g_array_index (replacements, Replacement, i);

      bcast_event_replace (replacement->event, replacement->record, replacement->deliveries);
      g_object_unref (replacement->event);
    }
  return events;
}

static gpointer
bcast_event_list_get_item (GListModel *model,
                           guint       position)
{
  BcastEventList *self = BCAST_EVENT_LIST (model);

  if (position >= count_items (self->positions))
    return NULL;

  GPtrArray *cached = _bcast_event_cache_get_block (self->cache, position / BLOCK_ROWS);
  g_autoptr(GPtrArray) events = cached != NULL ? g_ptr_array_ref (cached)
                                               : load_block (self, position / BLOCK_ROWS, NULL);

  return g_object_ref (g_ptr_array_index (events, position % BLOCK_ROWS));
}

static void
bcast_event_list_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = bcast_event_list_get_item_type;
  iface->get_n_items = bcast_event_list_get_n_items;
  iface->get_item = bcast_event_list_get_item;
}

static BcastEventList *
new_for (const char           *path,
         BcastJournalChanges  *changes,
         GError              **error)
{
  g_autoptr(BcastEventList) self = g_object_new (BCAST_TYPE_EVENT_LIST, NULL);

  self->changes = changes;
  self->reader = _bcast_event_reader_new (path, error);
  if (self->reader == NULL)
    return NULL;
  bcast_event_list_refresh (self);
  return g_steal_pointer (&self);
}

/**
 * bcast_event_list_new:
 * @journal: a journal that is open for writing
 * @error: %BCAST_ERROR_DAMAGED or %BCAST_ERROR_UNAVAILABLE when it cannot be read
 *
 * Returns: (transfer full) (nullable): its events, or %NULL with @error set. The list does not keep
 *   the journal open.
 */
BcastEventList *
bcast_event_list_new (BcastJournal  *journal,
                      GError       **error)
{
  g_return_val_if_fail (BCAST_IS_JOURNAL (journal), NULL);

  return new_for (bcast_journal_get_path (journal), _bcast_journal_watch (journal), error);
}

/**
 * bcast_event_list_new_for_path:
 * @path: where a journal is; somebody else may be writing it
 * @error: %BCAST_ERROR_NOT_FOUND when there is none, %BCAST_ERROR_DAMAGED when it cannot be
 *   understood, %BCAST_ERROR_UNAVAILABLE when it cannot be read
 *
 * Reads a journal without writing it. Such a list learns of new events when it is refreshed, but an
 * event that somebody holds keeps its values.
 *
 * Returns: (transfer full) (nullable): its events, or %NULL with @error set
 */
BcastEventList *
bcast_event_list_new_for_path (const char  *path,
                               GError     **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return new_for (path, NULL, error);
}

static void
take_positions (BcastEventList        *self,
                BcastJournalPositions *positions)
{
  g_autoptr(BcastJournalPositions) old_positions = g_steal_pointer (&self->positions);
  guint old_count = count_items (old_positions);
  guint new_count = count_items (positions);
  gboolean is_added = _bcast_journal_positions_is_prefix (old_positions, positions);

  self->positions = positions;
  if (!is_added)
    {
      _bcast_event_cache_drop_all (self->cache);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, old_count, new_count);
    }
  else if (new_count > old_count)
    {
      _bcast_event_cache_drop_block (self->cache, old_count / BLOCK_ROWS);
      g_list_model_items_changed (G_LIST_MODEL (self), old_count, 0, new_count - old_count);
    }
}

/* Lets go of the blocks that are out of date, and of those reads again what somebody still holds. */
static void
reload (BcastEventList *self,
        GHashTable     *stale_ids)
{
  g_autoptr(GHashTable) blocks = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(GArray) live_ids = NULL;
  GHashTableIter iter;
  gint64 *id;

  g_hash_table_iter_init (&iter, stale_ids);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, NULL))
    {
      gint64 position = _bcast_journal_positions_find (self->positions, *id);

      if (position >= 0)
        _bcast_event_cache_drop_block (self->cache, position / BLOCK_ROWS);
    }

  live_ids = _bcast_event_cache_dup_live_ids (self->cache);
  for (guint i = 0; i < live_ids->len; i++)
    {
      gint64 event_id = g_array_index (live_ids, gint64, i);
      gint64 position = _bcast_journal_positions_find (self->positions, event_id);
      gint64 *block = &g_array_index (live_ids, gint64, i); /* takes the place of the number */

      if (position < 0 || !g_hash_table_contains (stale_ids, &event_id))
        continue;
      *block = position / BLOCK_ROWS;
      if (g_hash_table_add (blocks, block))
        g_ptr_array_unref (load_block (self, *block, stale_ids));
    }
}

static void
read_changes (BcastEventList *self,
              GHashTable     *changed_ids,
              gboolean        is_all)
{
  if (is_all)
    {
      g_autoptr(GArray) live_ids = _bcast_event_cache_dup_live_ids (self->cache);

      for (guint i = 0; i < live_ids->len; i++)
        g_hash_table_add (changed_ids,
                          g_memdup2 (&g_array_index (live_ids, gint64, i), sizeof (gint64)));
    }
  if (g_hash_table_size (changed_ids) > 0)
    reload (self, changed_ids);
}

/**
 * bcast_event_list_refresh:
 * @self: a list
 *
 * Looks what the journal has by now: announces new events as items, and lets events that changed
 * emit #BcastEvent::changed.
 */
void
bcast_event_list_refresh (BcastEventList *self)
{
  g_return_if_fail (BCAST_IS_EVENT_LIST (self));

  if (self->is_refreshing)
    return;
  self->is_refreshing = TRUE;
  g_object_ref (self);

  gboolean is_all = FALSE;
  g_autoptr(GHashTable) changed_ids =
    self->changes != NULL ? _bcast_journal_changes_drain (self->changes, &is_all) : NULL;
  BcastJournalPositions *positions = _bcast_event_reader_read_positions (self->reader);

  if (positions != NULL)
    take_positions (self, positions);
  if (changed_ids != NULL)
    read_changes (self, changed_ids, is_all);

  self->is_refreshing = FALSE;
  g_object_unref (self);
}

/**
 * bcast_event_list_find:
 * @self: a list
 * @event_id: the number of an event
 * @position: (out) (optional): where it stands
 *
 * Returns: (transfer full) (nullable): the event, %NULL when the list does not have it, or not yet
 */
BcastEvent *
bcast_event_list_find (BcastEventList *self,
                       gint64          event_id,
                       guint          *position)
{
  g_return_val_if_fail (BCAST_IS_EVENT_LIST (self), NULL);

  gint64 found = _bcast_journal_positions_find (self->positions, event_id);

  if (found < 0 || found >= (gint64) count_items (self->positions))
    return NULL;
  if (position != NULL)
    *position = found;
  return g_list_model_get_item (G_LIST_MODEL (self), found);
}

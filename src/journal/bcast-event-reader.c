/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-event-reader-private.h"

#include "bcast-error.h"
#include "bcast-journal-database-private.h"
#include "bcast-name-array-private.h"

/* A connection that reads a journal while somebody else may be writing it. What it reads comes from
 * a file that anybody may have changed: texts are made valid UTF-8 and numbers are held to their
 * ranges. */
struct _BcastEventReader
{
  char         *path;
  sqlite3      *db;
  sqlite3_stmt *select_state;
  sqlite3_stmt *select_events;
  sqlite3_stmt *select_deliveries;

  gboolean      has_state;
  gint64        first_id;
  gint64        last_id;
  gint64        gaps_version;
};

static const char select_state[] =
  "SELECT (SELECT min(id) FROM events), (SELECT max(id) FROM events),"
  " (SELECT gaps_version FROM state)";

static const char select_events[] =
  "SELECT e.id, e.trigger_id, e.outcome, e.time_us, e.channel, e.name, e.data, e.sender,"
  " e.excluded, e.expected, e.status, e.accepted_us, coalesce(e.request, t.request),"
  " coalesce(e.response, t.response), e.error"
  " FROM events e LEFT JOIN events t ON e.trigger_id <> e.id AND t.id = e.trigger_id"
  " WHERE e.id BETWEEN ? AND ? ORDER BY e.id LIMIT ?";

static const char select_deliveries[] =
  "SELECT id, client, received_us, latency_us, identical, data, frame"
  " FROM deliveries WHERE id BETWEEN ? AND ? ORDER BY id";

/**
 * _bcast_event_reader_new:
 * @path: where the journal is
 * @error: %BCAST_ERROR_NOT_FOUND when there is none, %BCAST_ERROR_DAMAGED when it cannot be
 *   understood, %BCAST_ERROR_UNAVAILABLE when it cannot be read
 *
 * Returns: (transfer full) (nullable): a reader for use in one thread, or %NULL with @error set
 */
BcastEventReader *
_bcast_event_reader_new (const char  *path,
                         GError     **error)
{
  sqlite3 *db = _bcast_journal_database_open_to_read (path, error);

  if (db == NULL)
    return NULL;

  BcastEventReader *self = g_new0 (BcastEventReader, 1);

  self->path = g_strdup (path);
  self->db = db;
  if ((self->select_state = _bcast_journal_database_prepare (db, select_state)) != NULL &&
      (self->select_events = _bcast_journal_database_prepare (db, select_events)) != NULL &&
      (self->select_deliveries = _bcast_journal_database_prepare (db, select_deliveries)) != NULL)
    return self;

  _bcast_journal_database_fail (db, path, error);
  _bcast_event_reader_free (self);
  return NULL;
}

/**
 * _bcast_event_reader_free:
 * @self: (transfer full): a reader
 */
void
_bcast_event_reader_free (BcastEventReader *self)
{
  sqlite3_finalize (self->select_state);
  sqlite3_finalize (self->select_events);
  sqlite3_finalize (self->select_deliveries);
  _bcast_journal_database_close (self->db);
  g_free (self->path);
  g_free (self);
}

static gboolean
has_new_state (BcastEventReader *self)
{
  sqlite3_stmt *statement = self->select_state;
  gboolean is_new = FALSE;

  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 first_id = sqlite3_column_int64 (statement, 0);
      gint64 last_id = sqlite3_column_int64 (statement, 1);
      gint64 gaps_version = sqlite3_column_int64 (statement, 2);

      is_new = !self->has_state || first_id != self->first_id || last_id != self->last_id ||
               gaps_version != self->gaps_version;
      self->has_state = TRUE;
      self->first_id = first_id;
      self->last_id = last_id;
      self->gaps_version = gaps_version;
    }
  sqlite3_reset (statement);
  return is_new;
}

/**
 * _bcast_event_reader_read_positions:
 * @self: a reader
 *
 * Returns: (transfer full) (nullable): which event stands where, %NULL when nothing has changed
 *   since it was asked last or the journal cannot be read at present
 */
BcastJournalPositions *
_bcast_event_reader_read_positions (BcastEventReader *self)
{
  BcastJournalPositions *positions = NULL;

  if (!_bcast_journal_database_run (self->db, "BEGIN"))
    return NULL;
  if (has_new_state (self))
    {
      positions = _bcast_journal_positions_load (self->db, self->path, NULL);
      self->has_state = positions != NULL;
    }
  _bcast_journal_database_run (self->db, "COMMIT");
  return positions;
}

static char *
dup_text (sqlite3_stmt *statement,
          int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  if (text == NULL || g_utf8_validate (text, -1, NULL))
    return g_strdup (text);
  return g_utf8_make_valid (text, -1);
}

static char *
dup_required_text (sqlite3_stmt *statement,
                   int           column)
{
  char *text = dup_text (statement, column);

  return text != NULL ? text : g_strdup ("");
}

static BcastEventRecord *
read_record (sqlite3_stmt *statement)
{
  BcastEventRecord *record = bcast_event_record_new ();
  gint64 outcome = sqlite3_column_int64 (statement, 2);
  g_autofree char *expected = dup_text (statement, 9);

  record->id = sqlite3_column_int64 (statement, 0);
  record->trigger_id = sqlite3_column_int64 (statement, 1);
  record->outcome = outcome >= 0 && outcome <= BCAST_EVENT_FOREIGN ? outcome : BCAST_EVENT_FOREIGN;
  record->time_us = sqlite3_column_int64 (statement, 3);
  record->channel = dup_required_text (statement, 4);
  record->name = dup_required_text (statement, 5);
  record->data = dup_text (statement, 6);
  record->sender = dup_text (statement, 7);
  record->excluded = dup_text (statement, 8);
  record->expected = _bcast_name_array_parse (expected);
  record->status = CLAMP (sqlite3_column_int64 (statement, 10), 0, 999);
  record->accepted_us = sqlite3_column_int64 (statement, 11);
  record->request = dup_text (statement, 12);
  record->response = dup_text (statement, 13);
  record->error = dup_text (statement, 14);
  return record;
}

static BcastDelivery *
read_delivery (sqlite3_stmt *statement)
{
  BcastDelivery *delivery = g_new (BcastDelivery, 1);

  delivery->client = dup_required_text (statement, 1);
  delivery->received_us = sqlite3_column_int64 (statement, 2);
  delivery->latency_us = sqlite3_column_int64 (statement, 3);
  delivery->identical = sqlite3_column_int (statement, 4) != 0;
  delivery->data = dup_text (statement, 5);
  delivery->frame = dup_text (statement, 6);
  return delivery;
}

static void
free_row (gpointer data)
{
  BcastEventRow *row = data;

  bcast_event_record_free (row->record);
  g_clear_pointer (&row->deliveries, g_ptr_array_unref);
  g_free (row);
}

static gboolean
read_events (BcastEventReader *self,
             GPtrArray        *rows,
             gint64            first_id,
             gint64            last_id,
             guint             max_rows)
{
  sqlite3_stmt *statement = self->select_events;

  sqlite3_bind_int64 (statement, 1, first_id);
  sqlite3_bind_int64 (statement, 2, last_id);
  sqlite3_bind_int64 (statement, 3, max_rows);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      BcastEventRow *row = g_new0 (BcastEventRow, 1);

      row->record = read_record (statement);
      g_ptr_array_add (rows, row);
    }
  return sqlite3_reset (statement) == SQLITE_OK;
}

static gboolean
read_deliveries (BcastEventReader *self,
                 GPtrArray        *rows,
                 gint64            first_id,
                 gint64            last_id)
{
  sqlite3_stmt *statement = self->select_deliveries;
  guint i = 0;

  sqlite3_bind_int64 (statement, 1, first_id * BCAST_JOURNAL_DELIVERY_SLOTS);
  sqlite3_bind_int64 (statement, 2, (last_id + 1) * BCAST_JOURNAL_DELIVERY_SLOTS - 1);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 event_id = sqlite3_column_int64 (statement, 0) / BCAST_JOURNAL_DELIVERY_SLOTS;
      BcastEventRow *row = NULL;

      for (; i < rows->len; i++)
        {
          row = g_ptr_array_index (rows, i);
          if (row->record->id >= event_id)
            break;
        }
      if (i == rows->len)
        break;
      if (row->record->id != event_id)
        continue;
      if (row->deliveries == NULL)
        row->deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_delivery_free);
      g_ptr_array_add (row->deliveries, read_delivery (statement));
    }
  return sqlite3_reset (statement) == SQLITE_OK;
}

/**
 * _bcast_event_reader_read_rows:
 * @self: a reader
 * @first_id: the number of the first event wanted
 * @last_id: the number of the last one
 * @max_rows: at most so many
 *
 * Reads a run of events with their deliveries, as they are at one moment.
 *
 * Returns: (transfer full) (nullable) (element-type BcastEventRow): rows in the order of their
 *   numbers, %NULL when they cannot be read
 */
GPtrArray *
_bcast_event_reader_read_rows (BcastEventReader *self,
                               gint64            first_id,
                               gint64            last_id,
                               guint             max_rows)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_full (max_rows, free_row);

  if (!_bcast_journal_database_run (self->db, "BEGIN"))
    return NULL;

  gboolean is_read = read_events (self, rows, first_id, last_id, max_rows) &&
                     read_deliveries (self, rows, first_id, last_id);

  _bcast_journal_database_run (self->db, "COMMIT");
  return is_read ? g_steal_pointer (&rows) : NULL;
}

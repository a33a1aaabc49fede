/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-journal-schema-private.h"

#include "bcast-error.h"
#include "bcast-journal-database-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define FULL_CHECK_BYTES (16 * 1024 * 1024) /* larger files are not read whole when opened */

/* An event's number is its rowid. Gaps lists the numbers between the first and the last event that
 * no event has: with it the n-th event is found by arithmetic, without counting rows. It is empty
 * unless rows were removed from the middle or numbers were given and never used. */
static const char schema[] =
  "CREATE TABLE events ("
  " id INTEGER PRIMARY KEY,"
  " trigger_id INTEGER NOT NULL,"
  " outcome INTEGER NOT NULL,"
  " time_us INTEGER NOT NULL,"
  " channel TEXT NOT NULL,"
  " name TEXT NOT NULL,"
  " data TEXT,"
  " sender TEXT,"
  " excluded TEXT,"
  " expected TEXT," /* a JSON array of names */
  " status INTEGER NOT NULL,"
  " accepted_us INTEGER NOT NULL,"
  " request TEXT,"
  " response TEXT,"
  " error TEXT"
  ") STRICT;"
  "CREATE INDEX events_waiting ON events (outcome) WHERE outcome = 0;"
  "CREATE TABLE deliveries ("
  " id INTEGER PRIMARY KEY," /* event * 1024 + how many came before */
  " client TEXT NOT NULL,"
  " received_us INTEGER NOT NULL,"
  " latency_us INTEGER NOT NULL,"
  " identical INTEGER NOT NULL,"
  " data TEXT,"
  " frame TEXT"
  ") STRICT;"
  "CREATE TABLE gaps ("
  " first_id INTEGER PRIMARY KEY,"
  " last_id INTEGER NOT NULL"
  ") STRICT;"
  "CREATE TABLE state ("
  " id INTEGER PRIMARY KEY CHECK (id = 1),"
  " gaps_version INTEGER NOT NULL" /* rises with every change of gaps */
  ") STRICT;"
  "INSERT INTO state VALUES (1, 0);"
  "CREATE TRIGGER events_removed AFTER DELETE ON events"
  " WHEN old.id > (SELECT min(id) FROM events) BEGIN"
  " INSERT OR REPLACE INTO gaps VALUES (old.id, old.id);"
  " UPDATE state SET gaps_version = gaps_version + 1;"
  " END;"
  "PRAGMA application_id = " G_STRINGIFY (BCAST_JOURNAL_APPLICATION_ID) ";"
  "PRAGMA user_version = " G_STRINGIFY (BCAST_JOURNAL_VERSION) ";";

/**
 * _bcast_journal_schema_check:
 * @db: a connection
 * @path: where the journal is
 * @version: (out): the version of its schema, 0 when the database is empty
 * @error: %BCAST_ERROR_DAMAGED when it is no journal, or one of a newer version
 *
 * Returns: whether this is a journal that we understand, or an empty database
 */
gboolean
_bcast_journal_schema_check (sqlite3     *db,
                             const char  *path,
                             gint64      *version,
                             GError     **error)
{
  gint64 application_id;
  gint64 n_entries;

  if (!_bcast_journal_database_read_number (db, "SELECT count(*) FROM sqlite_schema", &n_entries) ||
      !_bcast_journal_database_read_number (db, "PRAGMA application_id", &application_id) ||
      !_bcast_journal_database_read_number (db, "PRAGMA user_version", version))
    {
      _bcast_journal_database_fail (db, path, error);
      return FALSE;
    }

  if (application_id == 0 && *version == 0 && n_entries == 0)
    return TRUE;
  if (application_id != BCAST_JOURNAL_APPLICATION_ID || *version < 1)
    {
      _bcast_journal_database_set_damaged (path, _("it is a database of another program"), error);
      return FALSE;
    }
  if (*version > BCAST_JOURNAL_VERSION)
    {
      _bcast_journal_database_set_damaged (path, _("it was written by a newer version of Broadcast"), error);
      return FALSE;
    }
  return TRUE;
}

/* SQLite finds a damaged page when it reads it. A small journal is read whole, so that damage is
 * known before anything is added; a large one must open as fast, and is checked at both ends. */
static gboolean
check_body (sqlite3     *db,
            const char  *path,
            GError     **error)
{
  GStatBuf status;
  gint64 n_bad = 0;
  gint64 first_id;
  gint64 last_id;
  gint64 last_delivery;

  if (g_stat (path, &status) == 0 && status.st_size <= FULL_CHECK_BYTES &&
      !_bcast_journal_database_read_number (
        db, "SELECT count(*) FROM pragma_quick_check(1) WHERE quick_check <> 'ok'", &n_bad))
    {
      _bcast_journal_database_fail (db, path, error);
      return FALSE;
    }
  if (!_bcast_journal_database_read_number (db, "SELECT min(id) FROM events", &first_id) ||
      !_bcast_journal_database_read_number (db, "SELECT max(id) FROM events", &last_id) ||
      !_bcast_journal_database_read_number (db, "SELECT max(id) FROM deliveries", &last_delivery))
    {
      _bcast_journal_database_fail (db, path, error);
      return FALSE;
    }
  if (n_bad > 0 || first_id < 0 || last_id > BCAST_JOURNAL_MAX_EVENT_ID ||
      last_delivery / BCAST_JOURNAL_DELIVERY_SLOTS > BCAST_JOURNAL_MAX_EVENT_ID)
    {
      _bcast_journal_database_set_damaged (path, _("parts of it were overwritten"), error);
      return FALSE;
    }
  return TRUE;
}

/**
 * _bcast_journal_schema_set_up:
 * @db: a connection that may write
 * @path: where the journal is
 * @version: the version of its schema, 0 when the database is empty
 * @error: %BCAST_ERROR_DAMAGED when parts of it cannot be read
 *
 * Makes the tables in an empty database; checks those of an older one.
 *
 * Returns: whether the journal can be used
 */
gboolean
_bcast_journal_schema_set_up (sqlite3     *db,
                              const char  *path,
                              gint64       version,
                              GError     **error)
{
  if (version == BCAST_JOURNAL_VERSION)
    return check_body (db, path, error);

  if (_bcast_journal_database_run (db, "BEGIN IMMEDIATE") &&
      _bcast_journal_database_run (db, schema) &&
      _bcast_journal_database_run (db, "COMMIT"))
    return TRUE;

  _bcast_journal_database_fail (db, path, error);
  return FALSE;
}

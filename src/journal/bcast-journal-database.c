/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal as a database: connections to it, and its errors in words. */

#include "bcast-journal-database-private.h"

#include "bcast-error.h"
#include "bcast-journal-schema-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS      2000               /* a backup program may hold the file for a moment */
#define MAX_TEXT_BYTES       (64 * 1024 * 1024) /* a longer value cannot be ours */

/**
 * _bcast_journal_database_run:
 * @db: a connection
 * @sql: statements without results
 *
 * Returns: whether all went well; if not, sqlite3_errcode() tells
 */
gboolean
_bcast_journal_database_run (sqlite3    *db,
                             const char *sql)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/**
 * _bcast_journal_database_prepare:
 * @db: a connection
 * @sql: one statement
 *
 * Returns: (transfer full) (nullable): the statement, %NULL when the tables are not as they should
 */
sqlite3_stmt *
_bcast_journal_database_prepare (sqlite3    *db,
                                 const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v3 (db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    return NULL;
  return statement;
}

/**
 * _bcast_journal_database_read_number:
 * @db: a connection
 * @sql: a query for one number
 * @number: (out): the number, 0 when there is none
 *
 * Returns: %FALSE when the query failed
 */
gboolean
_bcast_journal_database_read_number (sqlite3    *db,
                                     const char *sql,
                                     gint64     *number)
{
  sqlite3_stmt *statement = NULL;

  *number = 0;
  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    return FALSE;
  if (sqlite3_step (statement) == SQLITE_ROW)
    *number = sqlite3_column_int64 (statement, 0);
  return sqlite3_finalize (statement) == SQLITE_OK;
}

/**
 * _bcast_journal_database_set_damaged:
 * @path: where the journal is
 * @why: what is wrong with it, the end of a sentence
 * @error: (out): %BCAST_ERROR_DAMAGED
 */
void
_bcast_journal_database_set_damaged (const char  *path,
                                     const char  *why,
                                     GError     **error)
{
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_DAMAGED,
               _("The journal “%s” cannot be understood: %s. "
                 "Keep the file if you need what is in it; a fresh journal can be begun."),
               path, why);
}

/**
 * _bcast_journal_database_fail:
 * @db: (nullable): a connection whose last call failed
 * @path: where the journal is
 * @error: (out): %BCAST_ERROR_DAMAGED when the file itself is at fault, %BCAST_ERROR_BUSY when
 *   another program holds it, else %BCAST_ERROR_UNAVAILABLE
 *
 * Puts SQLite's last error into a sentence.
 */
void
_bcast_journal_database_fail (sqlite3     *db,
                              const char  *path,
                              GError     **error)
{
  int code = db != NULL ? sqlite3_errcode (db) & 0xff : SQLITE_NOMEM;
  const char *words = db != NULL ? sqlite3_errmsg (db) : sqlite3_errstr (SQLITE_NOMEM);

  switch (code)
    {
    case SQLITE_CORRUPT:
    case SQLITE_ERROR:
    case SQLITE_MISMATCH:
    case SQLITE_NOTADB:
    case SQLITE_SCHEMA:
      _bcast_journal_database_set_damaged (path, words, error);
      break;

    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_BUSY,
                   _("The journal “%s” is held by another program. "
                     "Close that program, then try again."),
                   path);
      break;

    case SQLITE_FULL:
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                   _("There is no room left on the disk for the journal “%s”. "
                     "Make some room there."),
                   path);
      break;

    default:
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                   _("The journal “%s” cannot be used: %s. "
                     "Check that its folder may be written and has room."),
                   path, words);
    }
}

static sqlite3 *
connect (const char  *path,
         int          flags,
         GError     **error)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      _bcast_journal_database_fail (db, path, error);
      sqlite3_close (db);
      return NULL;
    }

  sqlite3_extended_result_codes (db, TRUE);
  sqlite3_busy_timeout (db, BUSY_TIMEOUT_MS);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, MAX_TEXT_BYTES);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return db;
}

static gboolean
begin_file (const char  *path,
            GError     **error)
{
  GStatBuf status;

  /* SQLite gives its -wal and -shm files the mode of the database. An existing file is not opened
   * here: to close it again would drop the locks that other connections of this process have. */
  if (g_stat (path, &status) == 0)
    {
      if (S_ISREG (status.st_mode) && (status.st_mode & 0077) != 0)
        g_chmod (path, 0600);
      return TRUE;
    }

  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }

  int code = errno;
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
               _("The journal “%s” cannot be made: %s. "
                 "Check that its folder may be written and has room."),
               path, g_strerror (code));
  return FALSE;
}

/* With synchronous = NORMAL the log is put on the disk when it is checkpointed and not at each commit:
 * only a crash of the machine can take commits, the last ones, and the database stays whole. */
static gboolean
set_up_writing (sqlite3     *db,
                const char  *path,
                GError     **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean is_wal = FALSE;

  /* Two texts of two KiB do not fit into a page of four; half of it would be written in vain, twice.
   * Only a new file takes another size. */
  _bcast_journal_database_run (db, "PRAGMA page_size = 16384;");
  if (sqlite3_prepare_v2 (db, "PRAGMA journal_mode = WAL", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    is_wal = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "wal") == 0;

  if (statement == NULL || sqlite3_finalize (statement) != SQLITE_OK ||
      !_bcast_journal_database_run (db,
                                    "PRAGMA synchronous = NORMAL;"
                                    "PRAGMA cell_size_check = ON;"
                                    "PRAGMA wal_autocheckpoint = 1000;"
                                    "PRAGMA journal_size_limit = 67108864;"))
    {
      _bcast_journal_database_fail (db, path, error);
      return FALSE;
    }
  if (!is_wal)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                   _("The disk of the journal “%s” does not support write-ahead logging. "
                     "Keep the journal on a local disk."),
                   path);
      return FALSE;
    }
  return TRUE;
}

/**
 * _bcast_journal_database_open:
 * @path: where the journal is; the caller holds its lock
 * @error: %BCAST_ERROR_DAMAGED when the file is no journal of ours that this version understands,
 *   %BCAST_ERROR_UNAVAILABLE or %BCAST_ERROR_BUSY when the machine is at fault
 *
 * Opens a journal for writing and makes it when there is none.
 *
 * Returns: (transfer full) (nullable): a connection, or %NULL with @error set
 */
sqlite3 *
_bcast_journal_database_open (const char  *path,
                              GError     **error)
{
  gint64 version;

  if (!begin_file (path, error))
    return NULL;

  sqlite3 *db = connect (path, SQLITE_OPEN_READWRITE, error);
  if (db == NULL)
    return NULL;
  if (_bcast_journal_schema_check (db, path, &version, error) &&
      set_up_writing (db, path, error) &&
      _bcast_journal_schema_set_up (db, path, version, error))
    return db;

  _bcast_journal_database_close (db);
  return NULL;
}

/**
 * _bcast_journal_database_open_to_read:
 * @path: where the journal is
 * @error: %BCAST_ERROR_NOT_FOUND when there is none, %BCAST_ERROR_DAMAGED when it cannot be
 *   understood, %BCAST_ERROR_UNAVAILABLE when it cannot be read
 *
 * Opens a journal that somebody else may be writing.
 *
 * Returns: (transfer full) (nullable): a connection that cannot change anything, or %NULL with
 *   @error set
 */
sqlite3 *
_bcast_journal_database_open_to_read (const char  *path,
                                      GError     **error)
{
  gint64 version;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_NOT_FOUND,
                   _("There is no journal “%s” yet. Send or receive an event first."), path);
      return NULL;
    }

  sqlite3 *db = connect (path, SQLITE_OPEN_READONLY, error);
  if (db == NULL)
    return NULL;

  if (!_bcast_journal_database_run (db, "PRAGMA query_only = ON; PRAGMA cell_size_check = ON;"))
    _bcast_journal_database_fail (db, path, error);
  else if (_bcast_journal_schema_check (db, path, &version, error))
    {
      if (version == BCAST_JOURNAL_VERSION)
        return db;
      _bcast_journal_database_set_damaged (path, _("it is empty"), error);
    }

  _bcast_journal_database_close (db);
  return NULL;
}

/**
 * _bcast_journal_database_close:
 * @db: (transfer full) (nullable): a connection whose statements are finalized
 */
void
_bcast_journal_database_close (sqlite3 *db)
{
  int code = sqlite3_close (db);

  g_warn_if_fail (code == SQLITE_OK);
}

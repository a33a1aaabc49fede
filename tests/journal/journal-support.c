/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "journal-support.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

void
place_set_up (Place         *place,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  place->folder = g_dir_make_tmp ("broadcast-journal-XXXXXX", &error);
  g_assert_no_error (error);
  place->path = g_build_filename (place->folder, "below", "test.journal", NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
place_tear_down (Place         *place,
                 gconstpointer  data)
{
  remove_folder (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

BcastJournal *
open_journal (Place *place)
{
  g_autoptr(GError) error = NULL;
  BcastJournal *journal = bcast_journal_open (place->path, &error);

  g_assert_no_error (error);
  return journal;
}

/* As the journal itself has them, but for tests that make them on the spot: what is given is freed. */
void
give_event (BcastJournal     *journal,
            BcastEventRecord *record)
{
  bcast_journal_append (journal, record);
  bcast_event_record_free (record);
}

void
give_delivery (BcastJournal      *journal,
               gint64             event_id,
               BcastDelivery     *delivery,
               BcastEventOutcome  outcome)
{
  bcast_journal_deliver (journal, event_id, delivery, outcome);
  bcast_delivery_free (delivery);
}

void
append_foreign (BcastJournal *journal,
                gint64        id,
                const char   *channel)
{
  BcastEventRecord *record = bcast_event_record_new ();

  record->id = id;
  record->trigger_id = id;
  record->outcome = BCAST_EVENT_FOREIGN;
  record->time_us = id * 1000;
  record->channel = g_strdup (channel);
  record->name = g_strdup_printf ("event-%" G_GINT64_FORMAT, id);
  record->data = g_strdup ("{}");
  give_event (journal, record);
}

BcastEventRecord *
new_sent (gint64              id,
          const char * const *expected)
{
  BcastEventRecord *record = bcast_event_record_new ();

  record->id = id;
  record->trigger_id = id;
  record->outcome = BCAST_EVENT_WAITING;
  record->time_us = id * 1000;
  record->channel = g_strdup ("my-channel");
  record->name = g_strdup ("my-event");
  record->data = g_strdup ("{\"message\":\"hello\"}");
  record->expected = g_strdupv ((char **) expected);
  return record;
}

void
run_sql (const char *path,
         const char *sql)
{
  sqlite3 *db = NULL;
  char *words = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &words);
  g_assert_cmpstr (words, ==, NULL);
  sqlite3_close (db);
}

char *
query_text (const char *path,
            const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  char *text = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
  sqlite3_close (db);
  return text;
}

gint64
query_number (const char *path,
              const char *sql)
{
  g_autofree char *text = query_text (path, sql);

  g_assert_nonnull (text);
  return g_ascii_strtoll (text, NULL, 10);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Journals that cannot be used: each is kept under another name, and a fresh one is begun. */

#include "journal-support.h"

#include "bcast-error.h"
#include "bcast-event-list.h"

#include <glib/gstdio.h>
#include <string.h>

static void
write_some (Place *place)
{
  g_autoptr(BcastJournal) journal = open_journal (place);

  for (guint i = 0; i < 400; i++)
    append_foreign (journal, bcast_journal_next_id (journal), "some-channel");
}

static void
spoil_bytes (Place *place,
             gsize  start,
             gsize  length)
{
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (place->path, &bytes, &size, NULL));
  g_assert_cmpuint (start + length, <=, size);
  memset (bytes + start, 0xa5, length);
  g_assert_true (g_file_set_contents (place->path, bytes, size, NULL));
}

static void
spoil_no_database (Place *place)
{
  g_assert_true (g_file_set_contents (place->path, "This is a diary, not a journal.\n", -1, NULL));
}

static void
spoil_header (Place *place)
{
  spoil_bytes (place, 0, 16);
}

static void
spoil_schema_page (Place *place)
{
  spoil_bytes (place, 100, 500);
}

static void
spoil_middle (Place *place)
{
  spoil_bytes (place, 5 * 16384 + 1, 3000);
}

static void
spoil_half (Place *place)
{
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (place->path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (place->path, bytes, size / 2, NULL));
}

static void
spoil_newer_version (Place *place)
{
  run_sql (place->path, "PRAGMA user_version = 2");
}

static void
spoil_other_program (Place *place)
{
  run_sql (place->path, "PRAGMA application_id = 1");
}

static void
spoil_missing_table (Place *place)
{
  run_sql (place->path, "DROP TABLE deliveries");
}

static void
spoil_missing_column (Place *place)
{
  run_sql (place->path, "ALTER TABLE events DROP COLUMN response");
}

static void
spoil_huge_number (Place *place)
{
  run_sql (place->path, "UPDATE events SET id = 9223372036854775807 WHERE id = 400");
}

static void
spoil_huge_delivery (Place *place)
{
  run_sql (place->path, "INSERT INTO deliveries VALUES (9223372036854775807, 'x', 0, 0, 0, NULL, NULL)");
}

typedef struct
{
  const char  *what;
  void       (*spoil) (Place *place);
} Vector;

static const Vector vectors[] = {
  { "no-database", spoil_no_database },
  { "header", spoil_header },
  { "schema-page", spoil_schema_page },
  { "middle", spoil_middle },
  { "half", spoil_half },
  { "newer-version", spoil_newer_version },
  { "other-program", spoil_other_program },
  { "missing-table", spoil_missing_table },
  { "missing-column", spoil_missing_column },
  { "huge-number", spoil_huge_number },
  { "huge-delivery", spoil_huge_delivery },
};

static void
test_kept (Place         *place,
           gconstpointer  data)
{
  const Vector *vector = data;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n_before;
  gsize n_after;

  write_some (place);
  vector->spoil (place);
  g_assert_true (g_file_get_contents (place->path, &before, &n_before, NULL));

  g_autoptr(BcastJournal) journal = open_journal (place);
  const char *kept = bcast_journal_get_kept_aside (journal);

  g_assert_nonnull (kept);
  g_assert_true (g_str_has_prefix (kept, place->path));
  g_assert_cmpint (bcast_journal_get_n_events (journal), ==, 0);
  g_assert_true (g_file_get_contents (kept, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);

  append_foreign (journal, bcast_journal_next_id (journal), "fresh");
  bcast_journal_flush (journal);
  g_assert_cmpint (query_number (place->path, "SELECT count(*) FROM events"), ==, 1);
}

/* Whoever only reads a damaged journal says so and leaves it where it is. */
static void
test_read_damaged (Place         *place,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  write_some (place);
  spoil_newer_version (place);
  g_assert_null (bcast_event_list_new_for_path (place->path, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "newer"));
  g_assert_true (g_file_test (place->path, G_FILE_TEST_EXISTS));
}

static void
test_kept_twice (Place         *place,
                 gconstpointer  data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_object_unref (open_journal (place));
      spoil_no_database (place);

      g_autoptr(BcastJournal) journal = open_journal (place);

      *(i == 0 ? &first : &second) = g_strdup (bcast_journal_get_kept_aside (journal));
    }

  g_assert_cmpstr (first, !=, second);
  g_assert_true (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
}

/* SQLite would delete logs without their database, and play those of another one into ours. */
static void
test_logs_go_along (Place         *place,
                    gconstpointer  data)
{
  static const char * const suffixes[] = { "-wal", "-journal" };

  write_some (place);
  g_assert_true (g_file_set_contents (place->path, "", 0, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *log = g_strconcat (place->path, suffixes[i], NULL);

      g_assert_true (g_file_set_contents (log, suffixes[i], -1, NULL));
    }

  g_autoptr(BcastJournal) journal = open_journal (place);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *kept = g_strconcat (bcast_journal_get_kept_aside (journal), suffixes[i], NULL);
      g_autofree char *contents = NULL;

      g_assert_true (g_file_get_contents (kept, &contents, NULL, NULL));
      g_assert_cmpstr (contents, ==, suffixes[i]);
    }
}

static void
test_missing_to_read (Place         *place,
                      gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (bcast_event_list_new_for_path (place->path, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strconcat ("/journal/kept/", vectors[i].what, NULL);

      g_test_add (path, Place, &vectors[i], place_set_up, test_kept, place_tear_down);
    }
#define ADD(path, func) g_test_add (path, Place, NULL, place_set_up, func, place_tear_down)
  ADD ("/journal/kept/twice", test_kept_twice);
  ADD ("/journal/kept/logs-go-along", test_logs_go_along);
  ADD ("/journal/read/damaged", test_read_damaged);
  ADD ("/journal/read/missing", test_missing_to_read);
#undef ADD

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "journal-support.h"

#include "bcast-error.h"
#include "bcast-event-list.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static BcastEvent *
read_event (Place  *place,
            gint64  id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastEventList) list = bcast_event_list_new_for_path (place->path, &error);

  g_assert_no_error (error);

  BcastEvent *event = bcast_event_list_find (list, id, NULL);

  g_assert_nonnull (event);
  return event;
}

static void
test_schema (Place         *place,
             gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);

  g_assert_cmpint (query_number (place->path, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (query_number (place->path, "PRAGMA application_id"), ==, 0x42436a6c);

  g_autofree char *mode = query_text (place->path, "PRAGMA journal_mode");
  g_assert_cmpstr (mode, ==, "wal");
  g_assert_null (bcast_journal_get_kept_aside (journal));
  g_assert_cmpstr (bcast_journal_get_path (journal), ==, place->path);
  g_assert_null (bcast_journal_dup_error (journal));
}

static void
test_modes (Place         *place,
            gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  g_autofree char *folder = g_path_get_dirname (place->path);
  static const char * const suffixes[] = { "", "-wal", "-shm", ".lock" };
  GStatBuf status;

  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (place->path, suffixes[i], NULL);

      g_assert_cmpint (g_stat (path, &status), ==, 0);
      g_assert_cmphex (status.st_mode & 0777, ==, 0600);
    }
}

static void
test_mode_of_existing (Place         *place,
                       gconstpointer  data)
{
  g_object_unref (open_journal (place));
  g_assert_cmpint (g_chmod (place->path, 0644), ==, 0);

  g_autoptr(BcastJournal) journal = open_journal (place);
  GStatBuf status;

  g_assert_cmpint (g_stat (place->path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);
}

static void
test_round_trip (Place         *place,
                 gconstpointer  data)
{
  static const char * const expected[] = { "Alice", "Bob \"the\" \\ ] , builder\n", NULL };
  g_autoptr(BcastJournal) journal = open_journal (place);
  BcastEventRecord *record = new_sent (bcast_journal_next_id (journal), expected);

  record->trigger_id = 1;
  record->sender = g_strdup ("Carol");
  record->excluded = g_strdup ("Dave");
  record->request = g_strdup ("POST /apps/1/events");
  give_event (journal, record);
  give_delivery (journal, 1, bcast_delivery_new ("Alice", 77, 9, FALSE, "{}", "{\"a\":1}"),
                 BCAST_EVENT_WAITING);
  give_delivery (journal, 1, bcast_delivery_new ("Erin", 78, 10, TRUE, NULL, NULL),
                 BCAST_EVENT_WAITING);
  bcast_journal_settle (journal, 1, BCAST_EVENT_DIFFERENT, 200, 1234, NULL, "{}", NULL);
  bcast_journal_flush (journal);

  g_autoptr(BcastEvent) event = read_event (place, 1);
  const BcastEventRecord *found = bcast_event_get_record (event);

  g_assert_cmpint (found->outcome, ==, BCAST_EVENT_DIFFERENT);
  g_assert_cmpint (found->time_us, ==, 1000);
  g_assert_cmpstr (found->channel, ==, "my-channel");
  g_assert_cmpstr (found->name, ==, "my-event");
  g_assert_cmpstr (found->data, ==, "{\"message\":\"hello\"}");
  g_assert_cmpstr (found->sender, ==, "Carol");
  g_assert_cmpstr (found->excluded, ==, "Dave");
  g_assert_true (g_strv_equal ((const char * const *) found->expected, expected));
  g_assert_cmpuint (found->status, ==, 200);
  g_assert_cmpint (found->accepted_us, ==, 1234);
  g_assert_cmpstr (found->request, ==, "POST /apps/1/events");
  g_assert_cmpstr (found->response, ==, "{}");
  g_assert_null (found->error);
  g_assert_cmpuint (bcast_event_get_n_deliveries (event), ==, 2);

  const BcastDelivery *delivery = bcast_event_get_delivery (event, 0);

  g_assert_cmpstr (delivery->client, ==, "Alice");
  g_assert_cmpint (delivery->received_us, ==, 77);
  g_assert_cmpint (delivery->latency_us, ==, 9);
  g_assert_false (delivery->identical);
  g_assert_cmpstr (delivery->data, ==, "{}");
  g_assert_cmpstr (delivery->frame, ==, "{\"a\":1}");
  g_assert_cmpstr (bcast_event_get_delivery (event, 1)->client, ==, "Erin");
  g_assert_true (bcast_event_get_delivery (event, 1)->identical);
}

static void
test_request_of_trigger (Place         *place,
                         gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);

  for (guint i = 1; i <= 2; i++)
    {
      BcastEventRecord *record = new_sent (bcast_journal_next_id (journal), NULL);

      record->trigger_id = 1;
      give_event (journal, record);
    }
  bcast_journal_settle (journal, 1, BCAST_EVENT_UNHEARD, 200, 5, "POST", "{\"ok\":1}", NULL);
  bcast_journal_settle (journal, 2, BCAST_EVENT_UNHEARD, 200, 5, NULL, NULL, NULL);
  bcast_journal_flush (journal);

  g_autoptr(BcastEvent) second = read_event (place, 2);

  g_assert_cmpstr (bcast_event_get_record (second)->request, ==, "POST");
  g_assert_cmpstr (bcast_event_get_record (second)->response, ==, "{\"ok\":1}");
  g_assert_cmpint (query_number (place->path, "SELECT count(request) FROM events"), ==, 1);
}

static void
test_reopen (Place         *place,
             gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);

  for (guint i = 0; i < 10; i++)
    append_foreign (journal, bcast_journal_next_id (journal), "a");
  bcast_journal_set_outcome (journal, 4, BCAST_EVENT_MISSED);
  g_assert_finalize_object (g_steal_pointer (&journal));

  journal = open_journal (place);
  g_assert_null (bcast_journal_get_kept_aside (journal));
  g_assert_cmpint (bcast_journal_get_n_events (journal), ==, 10);
  g_assert_cmpint (bcast_journal_next_id (journal), ==, 11);
  g_assert_cmpint (bcast_journal_next_id (journal), ==, 12);
  g_assert_cmpint (query_number (place->path, "SELECT outcome FROM events WHERE id = 4"), ==,
                   BCAST_EVENT_MISSED);
}

/* A new event must not be given what was received of another one, which is gone. */
static void
test_deliveries_without_event (Place         *place,
                               gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);

  append_foreign (journal, bcast_journal_next_id (journal), "a");
  g_assert_finalize_object (g_steal_pointer (&journal));
  run_sql (place->path, "INSERT INTO deliveries VALUES (3 * 1024 + 1, 'Alice', 1, 1, 1, NULL, 'old')");

  journal = open_journal (place);
  g_assert_null (bcast_journal_get_kept_aside (journal));
  g_assert_cmpint (bcast_journal_next_id (journal), ==, 4);
  append_foreign (journal, 4, "a");
  bcast_journal_flush (journal);
  g_assert_cmpint (bcast_journal_get_n_events (journal), ==, 2);

  g_autoptr(BcastEvent) event = read_event (place, 4);

  g_assert_cmpuint (bcast_event_get_n_deliveries (event), ==, 0);
}

static void
test_closed_leaves_no_log (Place         *place,
                           gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  g_autofree char *log = g_strconcat (place->path, "-wal", NULL);

  append_foreign (journal, bcast_journal_next_id (journal), "a");
  bcast_journal_close (journal);
  bcast_journal_close (journal);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));

  /* What comes later is dropped without a word, and waits for nothing. */
  append_foreign (journal, bcast_journal_next_id (journal), "a");
  bcast_journal_flush (journal);
  g_assert_cmpint (query_number (place->path, "SELECT count(*) FROM events"), ==, 1);
}

static void
test_lock (Place         *place,
           gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  g_autoptr(GError) error = NULL;

  g_assert_null (bcast_journal_open (place->path, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, place->path));

  bcast_journal_close (journal);

  g_autoptr(BcastJournal) next = open_journal (place);

  g_assert_null (bcast_journal_get_kept_aside (next));
}

static void
test_no_folder (Place         *place,
                gconstpointer  data)
{
  g_autofree char *file = g_build_filename (place->folder, "file", NULL);
  g_autofree char *path = g_build_filename (file, "x", "y.journal", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_null (bcast_journal_open (path, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, file));
}

static void
test_read_only_folder (Place         *place,
                       gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  uid_t user = geteuid ();

  g_assert_cmpint (g_chmod (place->folder, 0555), ==, 0);
  if (user == 0)
    g_assert_cmpint (seteuid (65534), ==, 0);

  g_autofree char *path = g_build_filename (place->folder, "test.journal", NULL);
  BcastJournal *journal = bcast_journal_open (path, &error);

  if (user == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_chmod (place->folder, 0755);
  g_assert_null (journal);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_default_path (void)
{
  g_autofree char *path = bcast_journal_dup_default_path ("../a/b");
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_true (g_str_has_prefix (path, g_get_user_data_dir ()));
  g_assert_true (g_str_has_suffix (folder, "/journals"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Place, NULL, place_set_up, func, place_tear_down)
  ADD ("/journal/schema", test_schema);
  ADD ("/journal/modes", test_modes);
  ADD ("/journal/mode-of-existing", test_mode_of_existing);
  ADD ("/journal/round-trip", test_round_trip);
  ADD ("/journal/request-of-trigger", test_request_of_trigger);
  ADD ("/journal/reopen", test_reopen);
  ADD ("/journal/deliveries-without-event", test_deliveries_without_event);
  ADD ("/journal/closed-leaves-no-log", test_closed_leaves_no_log);
  ADD ("/journal/lock", test_lock);
  ADD ("/journal/no-folder", test_no_folder);
  ADD ("/journal/read-only-folder", test_read_only_folder);
#undef ADD
  g_test_add_func ("/journal/default-path", test_default_path);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A program that is killed while it writes: what it left behind is whole and settled. */

#include "journal-support.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static const char * const alice_and_bob[] = { "Alice", "Bob", NULL };
static const char * const nobody[] = { NULL };

/* Runs func in a process of its own that then kills itself without a chance to tidy up. */
static void
run_and_kill (Place *place,
              void (*func) (BcastJournal *journal))
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      BcastJournal *journal = bcast_journal_open (place->path, NULL);

      if (journal == NULL)
        _exit (1);
      func (journal);
      kill (getpid (), SIGKILL);
      _exit (2);
    }

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
}

static void
deliver (BcastJournal *journal,
         gint64        id,
         const char   *client,
         gboolean      is_identical)
{
  give_delivery (journal, id,
                 bcast_delivery_new (client, 1, 1, is_identical, NULL, "frame"),
                 BCAST_EVENT_WAITING);
}

static void
leave_waiting (BcastJournal *journal)
{
  for (gint64 id = 1; id <= 7; id++)
    give_event (journal, new_sent (bcast_journal_next_id (journal),
                                   id >= 5 && id <= 6 ? nobody : alice_and_bob));
  /* 1: nobody */
  deliver (journal, 2, "Alice", TRUE);
  deliver (journal, 3, "Alice", TRUE);
  deliver (journal, 3, "Bob", TRUE);
  deliver (journal, 4, "Alice", FALSE);
  deliver (journal, 4, "Bob", TRUE);
  /* 5: nobody, and nobody was expected */
  deliver (journal, 6, "Carol", TRUE);
  deliver (journal, 7, "Carol", TRUE);
  append_foreign (journal, bcast_journal_next_id (journal), "a");
  give_event (journal, new_sent (bcast_journal_next_id (journal), alice_and_bob));
  bcast_journal_set_outcome (journal, 9, BCAST_EVENT_REFUSED);
  bcast_journal_flush (journal);
}

static void
test_leftovers (Place         *place,
                gconstpointer  data)
{
  static const BcastEventOutcome outcomes[] = {
    BCAST_EVENT_MISSED, BCAST_EVENT_PARTLY, BCAST_EVENT_MATCHED, BCAST_EVENT_DIFFERENT,
    BCAST_EVENT_UNHEARD, BCAST_EVENT_MATCHED, BCAST_EVENT_MISSED, BCAST_EVENT_FOREIGN,
    BCAST_EVENT_REFUSED,
  };

  run_and_kill (place, leave_waiting);
  g_assert_cmpint (query_number (place->path, "SELECT count(*) FROM events WHERE outcome = 0"), ==,
                   7);

  g_autoptr(BcastJournal) journal = open_journal (place);

  g_assert_null (bcast_journal_get_kept_aside (journal));
  g_assert_cmpint (bcast_journal_next_id (journal), ==, 10);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT outcome FROM events WHERE id = %u", i + 1);

      g_assert_cmpint (query_number (place->path, sql), ==, outcomes[i]);
    }
}

static void
append_waiting (BcastJournal *journal)
{
  for (guint i = 0; i < 3; i++)
    give_event (journal, new_sent (bcast_journal_next_id (journal), alice_and_bob));
  bcast_journal_flush (journal);
}

/* Makes the index of waiting events be something else than what its definition says: what SQLite's
 * quick check does not see. */
static void
replace_index (Place      *place,
               const char *definition,
               const char *change)
{
  static const char honest[] = "CREATE INDEX events_waiting ON events (outcome) WHERE outcome = 0";
  g_autofree char *make = g_strconcat ("DROP INDEX events_waiting;", definition, NULL);
  g_autofree char *pretend =
    g_strdup_printf ("PRAGMA writable_schema = ON;"
                     "UPDATE sqlite_schema SET sql = '%s' WHERE name = 'events_waiting'", honest);

  run_sql (place->path, make);
  run_sql (place->path, change);
  run_sql (place->path, pretend);
}

static void
open_with_damaged_index (Place *place)
{
  /* Who goes round in circles is stopped. */
  alarm (20);

  g_autoptr(BcastJournal) journal = open_journal (place);

  alarm (0);
  g_assert_null (bcast_journal_get_kept_aside (journal));
  g_assert_cmpint (bcast_journal_next_id (journal), ==, 4);
}

/* The index says of an event with an outcome that it still waits. */
static void
test_index_names_others (Place         *place,
                         gconstpointer  data)
{
  run_and_kill (place, append_waiting);
  replace_index (place, "CREATE INDEX events_waiting ON events (trigger_id * 0) WHERE trigger_id > 0",
                 "UPDATE events SET outcome = 6 WHERE id = 2");
  open_with_damaged_index (place);
  g_assert_cmpint (query_number (place->path, "SELECT outcome FROM events NOT INDEXED WHERE id = 2"),
                   ==, BCAST_EVENT_REFUSED);
  g_assert_cmpint (query_number (place->path, "SELECT min(outcome) FROM events NOT INDEXED"), ==,
                   BCAST_EVENT_MISSED);
}

/* The index gives the same event for whatever number it is asked. */
static void
test_index_in_disorder (Place         *place,
                        gconstpointer  data)
{
  run_and_kill (place, append_waiting);
  replace_index (place, "CREATE INDEX events_waiting ON events (outcome * 0, 100 - id) WHERE id > 0",
                 "UPDATE events SET outcome = 6");
  open_with_damaged_index (place);
  g_assert_cmpint (query_number (place->path, "SELECT min(outcome) FROM events NOT INDEXED"), ==,
                   BCAST_EVENT_REFUSED);
}

#define N_FLUSHED 1000

static void
append_some (BcastJournal *journal,
             guint         n)
{
  for (guint i = 0; i < n; i++)
    {
      gint64 id = bcast_journal_next_id (journal);

      append_foreign (journal, id, "a");
      give_delivery (journal, id,
                     bcast_delivery_new ("Alice", 1, -1, TRUE, NULL, "{\"event\":\"x\"}"),
                     BCAST_EVENT_FOREIGN);
    }
}

/* Killed at no particular moment after the flush, most likely in the midst of a commit. */
static void
kill_in_flood (BcastJournal *journal)
{
  append_some (journal, N_FLUSHED);
  bcast_journal_flush (journal);
  append_some (journal, g_random_int_range (0, 30000));
}

static void
test_flood (Place         *place,
            gconstpointer  data)
{
  gint64 n_before = 0;

  for (guint i = 0; i < 5; i++)
    {
      run_and_kill (place, kill_in_flood);

      g_autoptr(BcastJournal) journal = open_journal (place);
      gint64 n_events = bcast_journal_get_n_events (journal);

      g_assert_null (bcast_journal_get_kept_aside (journal));
      g_assert_cmpint (n_events, >=, n_before + N_FLUSHED);
      g_assert_cmpint (query_number (place->path, "SELECT count(*) FROM events"), ==, n_events);
      g_assert_cmpint (query_number (place->path, "SELECT count(*) FROM pragma_integrity_check"
                                                  " WHERE integrity_check <> 'ok'"), ==, 0);
      /* No delivery without its event. */
      g_assert_cmpint (query_number (place->path, "SELECT count(*) FROM deliveries WHERE id / 1024"
                                                  " NOT IN (SELECT id FROM events)"), ==, 0);
      n_before = n_events;
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Place, NULL, place_set_up, func, place_tear_down)
  ADD ("/journal/crash/leftovers", test_leftovers);
  ADD ("/journal/crash/index-names-others", test_index_names_others);
  ADD ("/journal/crash/index-in-disorder", test_index_in_disorder);
  ADD ("/journal/crash/flood", test_flood);
#undef ADD

  return g_test_run ();
}

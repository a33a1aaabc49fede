/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The road from the caller through the queue to the disk: batches, pressure, trouble. */

#include "journal-support.h"

#include "bcast-error.h"
#include "bcast-journal-private.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static void
count_cb (BcastJournal *journal,
          gpointer      user_data)
{
  g_atomic_int_inc ((int *) user_data);
}

static void
destroy_cb (gpointer user_data)
{
  g_atomic_int_add ((int *) user_data, 1000);
}

static void
test_batches (Place         *place,
              gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  int n_commits = 0;

  bcast_journal_set_commit_func (journal, count_cb, &n_commits, NULL);
  for (guint i = 0; i < 5000; i++)
    append_foreign (journal, bcast_journal_next_id (journal), "a");
  bcast_journal_flush (journal);

  g_assert_cmpint (bcast_journal_get_n_events (journal), ==, 5000);
  g_assert_cmpint (g_atomic_int_get (&n_commits), >=, 1);
  g_assert_cmpint (g_atomic_int_get (&n_commits), <, 100);
}

/* Nobody asks for it, and still it is written. */
static void
test_written_in_time (Place         *place,
                      gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  append_foreign (journal, bcast_journal_next_id (journal), "a");
  while (bcast_journal_get_n_events (journal) == 0 && g_get_monotonic_time () < deadline)
    g_thread_yield ();
  g_assert_cmpint (bcast_journal_get_n_events (journal), ==, 1);
}

static void
test_commit_func_is_replaced (Place         *place,
                              gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  int first = 0;
  int second = 0;

  bcast_journal_set_commit_func (journal, count_cb, &first, destroy_cb);
  append_foreign (journal, bcast_journal_next_id (journal), "a");
  bcast_journal_flush (journal);
  g_assert_cmpint (first, ==, 1);

  bcast_journal_set_commit_func (journal, count_cb, &second, destroy_cb);
  g_assert_cmpint (first, ==, 1001);
  append_foreign (journal, bcast_journal_next_id (journal), "a");
  g_assert_finalize_object (g_steal_pointer (&journal));
  g_assert_cmpint (first, ==, 1001);
  g_assert_cmpint (second, ==, 1001);
}

/* Keeps the writer from going on for as long as the mutex is locked. */
typedef struct
{
  GMutex mutex;
  int    n_held; /* atomic: commits that came this far */
} Hold;

static void
hold_cb (BcastJournal *journal,
         gpointer      user_data)
{
  Hold *hold = user_data;

  g_atomic_int_inc (&hold->n_held);
  g_mutex_lock (&hold->mutex);
  g_mutex_unlock (&hold->mutex);
}

typedef struct
{
  BcastJournal *journal;
  guint         n_events;
  int           n_done; /* atomic */
} Producer;

static gpointer
produce_cb (gpointer data)
{
  Producer *producer = data;

  for (guint i = 0; i < producer->n_events; i++)
    {
      append_foreign (producer->journal, bcast_journal_next_id (producer->journal), "a");
      g_atomic_int_inc (&producer->n_done);
    }
  return NULL;
}

/* The queue may be full for a moment before the writer takes its first batch; once the writer is held,
 * whoever waits goes on waiting. */
static gboolean
is_stalled (BcastJournal *journal,
            Hold         *hold)
{
  return g_atomic_int_get (&hold->n_held) > 0 &&
         _bcast_journal_queue_is_stalled (_bcast_journal_get_queue (journal));
}

/* While the writer cannot go on the caller is made to wait; then everything arrives. */
static void
test_back_pressure (Place         *place,
                    gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  Producer producer = { journal, 300000, 0 };
  Hold hold = { 0 };
  gint64 deadline = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;

  g_mutex_init (&hold.mutex);
  bcast_journal_set_commit_func (journal, hold_cb, &hold, NULL);
  g_mutex_lock (&hold.mutex);

  GThread *thread = g_thread_new ("producer", produce_cb, &producer);

  while (!is_stalled (journal, &hold) && g_get_monotonic_time () < deadline)
    g_usleep (G_TIME_SPAN_MILLISECOND);
  g_assert_true (is_stalled (journal, &hold));

  int n_done = g_atomic_int_get (&producer.n_done);

  g_assert_cmpint (n_done, <, 150000);
  g_assert_true (is_stalled (journal, &hold));
  g_assert_cmpint (g_atomic_int_get (&producer.n_done), ==, n_done);

  g_mutex_unlock (&hold.mutex);
  g_thread_join (thread);
  bcast_journal_flush (journal);
  g_assert_cmpint (bcast_journal_get_n_events (journal), ==, producer.n_events);
  bcast_journal_set_commit_func (journal, NULL, NULL, NULL);
  g_mutex_clear (&hold.mutex);
}

static void
limit_files (rlim_t size)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = size == 0 ? limit.rlim_max : size;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
make_room (BcastJournal *journal)
{
  limit_files (0);

  /* A try that began before may still fail, and is over with the first. */
  bcast_journal_flush (journal);
  bcast_journal_flush (journal);
}

static void
append_large (BcastJournal *journal,
              const char   *data)
{
  BcastEventRecord *record = new_sent (bcast_journal_next_id (journal), NULL);

  record->data = (g_free (record->data), g_strdup (data));
  give_event (journal, record);
}

/* A disk that is full, in the form that a test can have: files may not grow. */
static void
test_disk_full (Place         *place,
                gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  g_autofree char *large = g_strnfill (1024 * 1024, 'x');
  g_autoptr(GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  append_foreign (journal, bcast_journal_next_id (journal), "before");
  bcast_journal_flush (journal);

  limit_files (512 * 1024);
  append_large (journal, large);
  give_delivery (journal, 1, bcast_delivery_new ("Bob", 1, 1, TRUE, NULL, NULL),
                 BCAST_EVENT_FOREIGN);
  bcast_journal_flush (journal);
  error = bcast_journal_dup_error (journal);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, place->path));
  g_assert_cmpint (bcast_journal_get_n_events (journal), ==, 1);

  /* The program goes on, in memory. */
  append_foreign (journal, bcast_journal_next_id (journal), "during");
  give_delivery (journal, 2, bcast_delivery_new ("Alice", 1, 1, TRUE, NULL, NULL),
                 BCAST_EVENT_MATCHED);
  bcast_journal_flush (journal);
  g_assert_cmpint (bcast_journal_get_n_events (journal), ==, 1);

  /* There is room again: nothing was lost. */
  make_room (journal);
  g_assert_null (bcast_journal_dup_error (journal));
  g_assert_cmpint (bcast_journal_get_n_events (journal), ==, 3);
  g_assert_cmpint (query_number (place->path, "SELECT gaps_version FROM state"), ==, 0);
  g_assert_cmpint (query_number (place->path, "SELECT sum(id) FROM deliveries"), ==, 3 * 1024);
}

/* What somebody knows who asks only when called. */
typedef struct
{
  GMutex  mutex;
  GError *error;
  guint   n_changes;
  guint   n_calls;
} Witness;

static void
witness_cb (BcastJournal *journal,
            gpointer      user_data)
{
  Witness *witness = user_data;
  g_autoptr(GError) error = bcast_journal_dup_error (journal);

  g_mutex_lock (&witness->mutex);
  if (g_strcmp0 (error != NULL ? error->message : NULL,
                 witness->error != NULL ? witness->error->message : NULL) != 0)
    {
      g_clear_error (&witness->error);
      witness->error = g_steal_pointer (&error);
      witness->n_changes++;
    }
  witness->n_calls++;
  g_mutex_unlock (&witness->mutex);
}

/* Checks what the witness knows: nothing, or a sentence with these words. */
static void
check_witness (Witness    *witness,
               guint       n_calls,
               guint       n_changes,
               const char *words)
{
  g_mutex_lock (&witness->mutex);
  g_assert_cmpuint (witness->n_changes, ==, n_changes);
  g_assert_cmpuint (witness->n_calls, ==, n_calls);
  if (words == NULL)
    g_assert_no_error (witness->error);
  else
    g_assert_nonnull (strstr (witness->error->message, words));
  g_mutex_unlock (&witness->mutex);
}

/* Trouble, other trouble and its end are told, and trouble that stays is told once. */
static void
test_errors_are_told (Place         *place,
                      gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  g_autofree char *large = g_strnfill (1024 * 1024, 'x');
  Witness witness = { 0 };

  g_mutex_init (&witness.mutex);
  bcast_journal_set_commit_func (journal, witness_cb, &witness, NULL);
  append_foreign (journal, bcast_journal_next_id (journal), "before");
  bcast_journal_flush (journal);
  check_witness (&witness, 1, 0, NULL);

  signal (SIGXFSZ, SIG_IGN);
  limit_files (512 * 1024);
  append_large (journal, large);
  bcast_journal_flush (journal);
  bcast_journal_flush (journal);
  check_witness (&witness, 2, 1, "cannot be used");

  make_room (journal);
  check_witness (&witness, 3, 2, NULL);

  append_foreign (journal, 1, "again");
  bcast_journal_flush (journal);
  check_witness (&witness, 4, 3, "missing");

  limit_files (512 * 1024);
  append_large (journal, large);
  bcast_journal_close (journal);
  limit_files (0);
  check_witness (&witness, 6, 5, "2 entries are missing");
  g_clear_error (&witness.error);
  g_mutex_clear (&witness.mutex);
}

/* Whoever calls is never held up for ever, and what is lost is counted. */
static void
test_disk_stays_full (Place         *place,
                      gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  g_autofree char *large = g_strnfill (1024 * 1024, 'x');

  signal (SIGXFSZ, SIG_IGN);
  limit_files (512 * 1024);
  for (guint i = 0; i < 100; i++)
    append_large (journal, large);
  bcast_journal_flush (journal);
  make_room (journal);

  g_autoptr(GError) error = bcast_journal_dup_error (journal);

  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "missing"));
  g_assert_cmpint (bcast_journal_get_n_events (journal), >, 10);
  g_assert_cmpint (bcast_journal_get_n_events (journal), <, 100);
}

/* An event was dropped while the disk was full, and its delivery came when there was room again. */
static void
test_delivery_of_lost_event (Place         *place,
                             gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  g_autofree char *large = g_strnfill (1024 * 1024, 'x');

  signal (SIGXFSZ, SIG_IGN);
  limit_files (512 * 1024);
  for (guint i = 0; i < 100; i++)
    append_large (journal, large);
  bcast_journal_flush (journal);
  make_room (journal);

  give_delivery (journal, 100, bcast_delivery_new ("Alice", 1, 1, TRUE, NULL, "of the lost"),
                 BCAST_EVENT_MATCHED);
  give_delivery (journal, 1, bcast_delivery_new ("Alice", 1, 1, TRUE, NULL, "of the first"),
                 BCAST_EVENT_MATCHED);
  bcast_journal_flush (journal);
  g_assert_cmpint (query_number (place->path, "SELECT count(*) FROM events WHERE id = 100"), ==, 0);
  g_assert_cmpint (query_number (place->path, "SELECT sum(id) FROM deliveries"), ==, 1024);
}

/* Whoever closes is told how much was given up, not only that there was no room. */
static void
test_close_with_full_disk (Place         *place,
                           gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);
  g_autofree char *large = g_strnfill (1024 * 1024, 'x');

  signal (SIGXFSZ, SIG_IGN);
  limit_files (512 * 1024);
  for (guint i = 0; i < 3; i++)
    append_large (journal, large);
  bcast_journal_close (journal);
  limit_files (0);

  g_autoptr(GError) error = bcast_journal_dup_error (journal);

  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  g_assert_true (g_str_has_prefix (error->message, "3 entries are missing"));
}

/* One entry that can never be written does not take the others with it. */
static void
test_number_twice (Place         *place,
                   gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);

  append_foreign (journal, 1, "first");
  append_foreign (journal, 1, "again");
  append_foreign (journal, 2, "next");
  bcast_journal_flush (journal);

  g_autoptr(GError) error = bcast_journal_dup_error (journal);

  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  g_assert_cmpint (query_number (place->path, "SELECT count(*) FROM events"), ==, 2);
  g_assert_cmpint (bcast_journal_get_n_events (journal), ==, 2);
  g_assert_cmpint (query_number (place->path, "SELECT channel = 'first' FROM events WHERE id = 1"),
                   ==, 1);
}

static void
test_too_many_deliveries (Place         *place,
                          gconstpointer  data)
{
  g_autoptr(BcastJournal) journal = open_journal (place);

  append_foreign (journal, 1, "a");
  append_foreign (journal, 2, "a");
  for (guint i = 0; i < 1100; i++)
    give_delivery (journal, 1, bcast_delivery_new ("Alice", i, -1, TRUE, NULL, NULL),
                   BCAST_EVENT_FOREIGN);
  bcast_journal_flush (journal);
  g_assert_cmpint (query_number (place->path, "SELECT count(*) FROM deliveries"), ==, 1024);
  g_assert_cmpint (query_number (place->path, "SELECT max(id) < 2048 FROM deliveries"), ==, 1);
}

/* The counters of the writer are a cache: deliveries of long ago still find their place. */
static void
test_deliveries_across_runs (Place         *place,
                             gconstpointer  data)
{
  for (guint run = 0; run < 3; run++)
    {
      g_autoptr(BcastJournal) journal = open_journal (place);

      if (run == 0)
        for (guint i = 0; i < 3000; i++)
          append_foreign (journal, bcast_journal_next_id (journal), "a");
      for (gint64 id = 1; id <= 3000; id += 1024)
        give_delivery (journal, id, bcast_delivery_new ("Alice", run, -1, TRUE, NULL, NULL),
                       BCAST_EVENT_FOREIGN);
    }
  g_assert_cmpint (query_number (place->path, "SELECT count(*) FROM deliveries"), ==, 9);
  g_assert_cmpint (query_number (place->path,
                                 "SELECT count(*) FROM deliveries WHERE id % 1024 = received_us"),
                   ==, 9);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Place, NULL, place_set_up, func, place_tear_down)
  ADD ("/journal/writing/batches", test_batches);
  ADD ("/journal/writing/in-time", test_written_in_time);
  ADD ("/journal/writing/commit-func-is-replaced", test_commit_func_is_replaced);
  ADD ("/journal/writing/back-pressure", test_back_pressure);
  ADD ("/journal/writing/disk-full", test_disk_full);
  ADD ("/journal/writing/errors-are-told", test_errors_are_told);
  ADD ("/journal/writing/disk-stays-full", test_disk_stays_full);
  ADD ("/journal/writing/delivery-of-lost-event", test_delivery_of_lost_event);
  ADD ("/journal/writing/close-with-full-disk", test_close_with_full_disk);
  ADD ("/journal/writing/number-twice", test_number_twice);
  ADD ("/journal/writing/too-many-deliveries", test_too_many_deliveries);
  ADD ("/journal/writing/deliveries-across-runs", test_deliveries_across_runs);
#undef ADD

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many foreign events a second the journal takes, each with one delivery, and what it costs; and
 * how long a list over all of them takes to open and to jump. Prints figures and never fails by time.
 *
 *   bench-journal [EVENTS] [FOLDER] */

#include "bcast-event-list.h"

#include <glib/gstdio.h>
#include <sys/resource.h>

#define FRAME                                                                                      \
  "{\"event\":\"order-shipped\",\"channel\":\"private-orders\",\"data\":\"{\\\"id\\\":%u,"         \
  "\\\"customer\\\":\\\"Ada Lovelace\\\",\\\"total\\\":129.95,\\\"note\\\":\\\"leave it at the "   \
  "door\\\"}\"}"

static gint64
get_cpu_us (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec +
         usage.ru_stime.tv_usec;
}

static long
get_peak_kib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static void
write_event (BcastJournal *journal,
             guint         number)
{
  g_autoptr(BcastEventRecord) record = bcast_event_record_new ();
  g_autoptr(BcastDelivery) delivery = NULL;
  char frame[512];

  g_snprintf (frame, sizeof frame, FRAME, number);
  record->id = bcast_journal_next_id (journal);
  record->trigger_id = record->id;
  record->outcome = BCAST_EVENT_FOREIGN;
  record->time_us = number;
  record->channel = g_strdup ("private-orders");
  record->name = g_strdup ("order-shipped");
  record->data = g_strdup_printf ("{\"id\":%u,\"customer\":\"Ada Lovelace\",\"total\":129.95,"
                                  "\"note\":\"leave it at the door\"}", number);

  delivery = bcast_delivery_new ("Alice", number, -1, TRUE, NULL, frame);
  bcast_journal_append (journal, record);
  bcast_journal_deliver (journal, record->id, delivery, BCAST_EVENT_FOREIGN);
}

static void
bench_writing (BcastJournal *journal,
               guint         n_events)
{
  gint64 cpu_us = get_cpu_us ();
  gint64 start_us = g_get_monotonic_time ();

  for (guint i = 0; i < n_events; i++)
    write_event (journal, i);

  gint64 given_us = g_get_monotonic_time () - start_us;

  bcast_journal_flush (journal);

  gint64 written_us = g_get_monotonic_time () - start_us;

  cpu_us = get_cpu_us () - cpu_us;
  g_print ("journal: %u events, %.0f events/s on disk, %.2f us CPU/event (all threads), "
           "last one on disk %.0f ms after it was given, peak memory %ld MiB\n",
           n_events, n_events * 1e6 / written_us, (double) cpu_us / n_events,
           (written_us - given_us) / 1e3, get_peak_kib () / 1024);
}

static void
bench_reading (BcastJournal *journal)
{
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr(BcastEventList) list = bcast_event_list_new (journal, NULL);
  guint n_events = g_list_model_get_n_items (G_LIST_MODEL (list));
  gint64 opened_us = g_get_monotonic_time () - start_us;
  guint n_jumps = 200;
  gint64 worst_us = 0;
  gint64 total_us = 0;

  for (guint i = 0; i < n_jumps; i++)
    {
      start_us = g_get_monotonic_time ();
      g_object_unref (g_list_model_get_item (G_LIST_MODEL (list),
                                             (guint) ((guint64) i * 2654435761u % n_events)));

      gint64 taken_us = g_get_monotonic_time () - start_us;

      worst_us = MAX (worst_us, taken_us);
      total_us += taken_us;
    }

  start_us = g_get_monotonic_time ();
  for (guint i = 0; i < 1000; i++)
    bcast_event_list_refresh (list);

  g_print ("event list: %u events, opens in %.2f ms, jumps in %.2f ms (worst %.2f), "
           "refreshes in %.1f us when nothing is new\n",
           n_events, opened_us / 1e3, total_us / 1e3 / n_jumps, worst_us / 1e3,
           (g_get_monotonic_time () - start_us) / 1e3);
}

static void
remove_files (const char *folder,
              const char *path)
{
  static const char * const suffixes[] = { "", "-wal", "-shm", ".lock" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  guint n_events = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 300000;
  g_autofree char *folder = argc > 2
    ? g_build_filename (argv[2], "bench-journal", NULL)
    : g_dir_make_tmp ("bench-journal-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bench.journal", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastJournal) journal = bcast_journal_open (path, &error);

  if (journal == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  bench_writing (journal, MAX (n_events, 1));
  bench_reading (journal);
  bcast_journal_close (journal);
  remove_files (folder, path);
  return 0;
}

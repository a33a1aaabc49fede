/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast events come from a socket into a handler and into the journal, beside pusher-js, which
 * receives the same frames from the same server and keeps nothing. It prints and never fails by its
 * figures. With BENCH_RECEIVE_MEMORY=1 in the environment it also tells how much memory is in use after
 * millions of events.
 *
 * Usage: bench-receive FLOOD-SERVER N [NODE SCRIPT] */

#include "bcast-workspace.h"
#include "client-receiver.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#define N_ROUNDS 3
#define DEADLINE_US (120 * G_USEC_PER_SEC)
#define MEMORY_VARIABLE "BENCH_RECEIVE_MEMORY"
#define MOST_EVENTS "10000000"

typedef struct
{
  double wall_s;
  double cpu_s;
} Cost;

typedef struct
{
  const char *flood_server;
  const char *n_frames;
  const char *node;
  const char *script;
  guint64     n;
  char       *port;
} Bench;

typedef gboolean (*ReceiveFunc) (const Bench  *bench,
                                 Cost         *cost,
                                 GError      **error);

static double
cpu_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static guint16
get_port (const Bench *bench)
{
  return (guint16) g_ascii_strtoull (bench->port, NULL, 10);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  gboolean *is_open = user_data;
  g_autoptr(GError) error = NULL;

  if (!bcast_workspace_open_finish (BCAST_WORKSPACE (object), result, &error))
    g_printerr ("%s\n", error->message);
  *is_open = TRUE;
}

static BcastWorkspace *
open_workspace (const Bench *bench,
                const char  *journal_path)
{
  g_autoptr(BcastProfile) profile = bcast_profile_new ("bench", BCAST_PROFILE_SERVER);
  guint port = get_port (bench);
  BcastWorkspace *workspace;
  gboolean is_open = FALSE;

  g_object_set (profile, "name", "Bench", "app-id", "1", "key", "bench", "ws-host", "127.0.0.1",
                "ws-port", port, "http-host", "127.0.0.1", "http-port", port, NULL);
  workspace = bcast_workspace_new (profile, &(BcastSecretBundle) { .secret = (char *) "secret" }, journal_path);
  bcast_workspace_open_async (workspace, NULL, opened_cb, &is_open);
  while (!is_open)
    g_main_context_iteration (NULL, TRUE);
  return workspace;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Iterates until the journal holds all the events, which is when they could be shown. */
static gboolean
wait_for_journal (BcastWorkspace *workspace,
                  guint64         n)
{
  gint64 deadline_us = g_get_monotonic_time () + DEADLINE_US;
  guint waker = g_timeout_add (5, wake_cb, NULL);
  gboolean is_complete;

  do
    {
      g_main_context_iteration (NULL, TRUE);
      is_complete = (guint64) bcast_workspace_get_stats (workspace).n_journal >= n;
    }
  while (!is_complete && g_get_monotonic_time () < deadline_us);

  g_source_remove (waker);
  return is_complete;
}

static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

static gboolean
receive_into (const Bench  *bench,
              const char   *journal_path,
              Cost         *cost,
              GError      **error)
{
  g_autoptr(BcastWorkspace) workspace = open_workspace (bench, journal_path);
  BcastClientMirror *client = bcast_workspace_add_client (workspace, "Bench", "bench", NULL, error);
  gint64 start_us;
  double start_cpu_s;
  gboolean is_complete;

  if (client == NULL || !bcast_workspace_subscribe (workspace, client, "flood", error))
    return FALSE;

  start_us = g_get_monotonic_time ();
  start_cpu_s = cpu_seconds ();
  bcast_workspace_connect (workspace, client);
  is_complete = wait_for_journal (workspace, bench->n);
  cost->wall_s = (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;
  cost->cpu_s = cpu_seconds () - start_cpu_s;
  bcast_workspace_close (workspace);

  if (!is_complete)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the events did not arrive in time");
  return is_complete;
}

static gboolean
receive_with_client (const Bench  *bench,
                     Cost         *cost,
                     GError      **error)
{
  ClientReceiver receiver = { .port = get_port (bench), .n = bench->n };
  gint64 start_us = g_get_monotonic_time ();
  double start_cpu_s = cpu_seconds ();

  client_receiver_run (&receiver);
  cost->wall_s = (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;
  cost->cpu_s = cpu_seconds () - start_cpu_s;
  if (!receiver.is_complete)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the events did not arrive in time");
  return receiver.is_complete;
}

static gboolean
receive_with_journal (const Bench  *bench,
              Cost         *cost,
              GError      **error)
{
  g_autofree char *folder = g_dir_make_tmp ("bench-XXXXXX", error);
  g_autofree char *path = NULL;
  gboolean is_complete;

  if (folder == NULL)
    return FALSE;
  path = g_build_filename (folder, "journal.db", NULL);
  is_complete = receive_into (bench, path, cost, error);
  remove_folder (folder);
  return is_complete;
}

static gboolean
receive_with_pusher_js (const Bench  *bench,
                        Cost         *cost,
                        GError      **error)
{
  g_autofree char *output = NULL;
  g_autoptr(GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, error, bench->node,
                                                     bench->script, bench->port, bench->n_frames, NULL);

  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, error))
    return FALSE;
  if (sscanf (output, "{\"wall_s\":%lf,\"cpu_s\":%lf}", &cost->wall_s, &cost->cpu_s) == 2)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "pusher-js said nothing: is it installed?");
  return FALSE;
}

static int
compare_costs (gconstpointer a,
               gconstpointer b)
{
  const Cost *left = a;
  const Cost *right = b;

  return (left->wall_s > right->wall_s) - (left->wall_s < right->wall_s);
}

static Cost
median (Cost *costs)
{
  qsort (costs, N_ROUNDS, sizeof *costs, compare_costs);
  return costs[N_ROUNDS / 2];
}

static void
print_cost (const Bench *bench,
            const char  *who,
            Cost         cost)
{
  g_print ("  %-28s %10.0f events/s %8.2f µs CPU per event %8.3f s\n", who,
           (double) bench->n / cost.wall_s, cost.cpu_s * 1e6 / (double) bench->n, cost.wall_s);
}

enum
{
  HANDLER,
  JOURNAL,
  PUSHER_JS,
  N_RECEIVERS
};

static const struct
{
  const char  *name;
  ReceiveFunc  func;
} receivers[N_RECEIVERS] = {
  [HANDLER] = { "Broadcast, into a handler", receive_with_client },
  [JOURNAL] = { "Broadcast, into the journal", receive_with_journal },
  [PUSHER_JS] = { "pusher-js, into a counter", receive_with_pusher_js },
};

/* The rounds alternate, so that a machine that gets slower gets slower for all. */
static gboolean
compare (const Bench  *bench,
         guint         data_bytes,
         GError      **error)
{
  Cost costs[N_RECEIVERS][N_ROUNDS];
  Cost medians[N_RECEIVERS];
  guint n_receivers = bench->node != NULL ? N_RECEIVERS : PUSHER_JS;

  for (guint round = 0; round < N_ROUNDS; round++)
    for (guint i = 0; i < n_receivers; i++)
      if (!receivers[i].func (bench, &costs[i][round], error))
        return FALSE;

  g_print ("%s events with %u bytes of data over loopback, median of %d rounds\n",
           bench->n_frames, data_bytes, N_ROUNDS);
  for (guint i = 0; i < n_receivers; i++)
    {
      medians[i] = median (costs[i]);
      print_cost (bench, receivers[i].name, medians[i]);
    }
  for (guint i = 0; i < n_receivers && n_receivers == N_RECEIVERS; i++)
    if (i != PUSHER_JS)
      g_print ("  %s: %.2f times as many events per second as pusher-js, at %.2f times the CPU.\n",
               receivers[i].name, medians[PUSHER_JS].wall_s / medians[i].wall_s,
               medians[i].cpu_s / medians[PUSHER_JS].cpu_s);
  return TRUE;
}

static void
print_memory (guint64 n_events)
{
  g_autofree char *text = NULL;
  guint64 resident = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%*u %" G_GUINT64_FORMAT, &resident);
  g_print ("  after %8" G_GUINT64_FORMAT " events: %" G_GUINT64_FORMAT " KiB resident\n", n_events,
           resident * (guint64) sysconf (_SC_PAGESIZE) / 1024);
}

static gboolean
watch_memory (const Bench  *bench,
              guint         data_bytes,
              GError      **error)
{
  static const guint64 marks[] = { 1000000, 5000000, 10000000, 0 };
  ClientReceiver receiver = { .port = get_port (bench), .n = bench->n, .each = print_memory, .marks = marks };

  g_print ("Memory, with %u bytes of data in each event\n", data_bytes);
  client_receiver_run (&receiver);
  if (!receiver.is_complete)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the events did not arrive in time");
  return receiver.is_complete;
}

/* Starts a flood server, and has @func receive from it. */
static gboolean
with_server (Bench        *bench,
             guint         data_bytes,
             gboolean    (*func) (const Bench *bench, guint data_bytes, GError **error),
             GError      **error)
{
  g_autofree char *size = g_strdup_printf ("%u", data_bytes);
  g_autoptr(GSubprocess) server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, error, bench->flood_server,
                                                    bench->n_frames, size, NULL);
  g_autoptr(GDataInputStream) output = NULL;
  gboolean is_done;

  if (server == NULL)
    return FALSE;

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  bench->port = g_data_input_stream_read_line (output, NULL, NULL, error);
  is_done = bench->port != NULL && func (bench, data_bytes, error);
  g_subprocess_force_exit (server);
  g_clear_pointer (&bench->port, g_free);
  return is_done;
}

int
main (int   argc,
      char *argv[])
{
  static const guint sizes[] = { 200, 2048 };
  Bench bench = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean is_done = TRUE;

  setlocale (LC_ALL, "");

  if ((argc != 3 && argc != 5) || !g_ascii_string_to_unsigned (argv[2], 10, 1, 10000000, &bench.n, NULL))
    {
      g_printerr ("Usage: bench-receive FLOOD-SERVER N [NODE SCRIPT]\n");
      return 2;
    }
  bench.flood_server = argv[1];
  bench.n_frames = argv[2];
  bench.node = argc == 5 ? argv[3] : NULL;
  bench.script = argc == 5 ? argv[4] : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sizes) && is_done; i++)
    is_done = with_server (&bench, sizes[i], compare, &error);

  if (is_done && g_getenv (MEMORY_VARIABLE) != NULL)
    {
      bench.n_frames = MOST_EVENTS;
      bench.n = g_ascii_strtoull (MOST_EVENTS, NULL, 10);
      is_done = with_server (&bench, sizes[0], watch_memory, &error);
    }

  if (!is_done)
    g_printerr ("The bench did not end: %s\n", error != NULL ? error->message : "no flood server");
  return is_done ? 0 : 1;
}

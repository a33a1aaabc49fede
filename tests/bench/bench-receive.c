/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast events come from a socket into the journal, beside pusher-js, which receives the same
 * frames from the same server and keeps nothing. It prints and never fails by its figures.
 *
 * Usage: bench-receive FLOOD-SERVER N [NODE SCRIPT] */

#include "bcast-workspace.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>
#include <sys/resource.h>

#define N_ROUNDS 3
#define DEADLINE_US (120 * G_USEC_PER_SEC)

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

static double
cpu_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
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
  guint port = (guint) g_ascii_strtoull (bench->port, NULL, 10);
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
receive_here (const Bench  *bench,
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
  g_print ("%-28s %10.0f events/s %8.2f µs CPU per event %8.3f s\n", who,
           (double) bench->n / cost.wall_s, cost.cpu_s * 1e6 / (double) bench->n, cost.wall_s);
}

/* The rounds alternate, so that a machine that gets slower gets slower for both. */
static gboolean
run (const Bench  *bench,
     GError      **error)
{
  Cost here[N_ROUNDS];
  Cost there[N_ROUNDS];

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      if (!receive_here (bench, &here[i], error)
          || (bench->node != NULL && !receive_with_pusher_js (bench, &there[i], error)))
        return FALSE;
    }

  g_print ("%s frames over loopback, median of %d rounds\n", bench->n_frames, N_ROUNDS);
  print_cost (bench, "Broadcast, into the journal", median (here));
  if (bench->node != NULL)
    {
      print_cost (bench, "pusher-js, into a counter", median (there));
      g_print ("Broadcast receives %.2f times as many events per second, at %.2f times the CPU.\n",
               median (there).wall_s / median (here).wall_s, median (here).cpu_s / median (there).cpu_s);
    }
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) server = NULL;
  g_autoptr(GDataInputStream) output = NULL;
  gboolean is_done;

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

  server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, bench.flood_server, bench.n_frames, NULL);
  if (server == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  bench.port = g_data_input_stream_read_line (output, NULL, NULL, NULL);

  is_done = bench.port != NULL && run (&bench, &error);
  if (!is_done)
    g_printerr ("The bench did not end: %s\n", error != NULL ? error->message : "no flood server");
  g_subprocess_force_exit (server);
  g_free (bench.port);
  return is_done ? 0 : 1;
}

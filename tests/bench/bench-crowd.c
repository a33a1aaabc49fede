/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What many sockets that do nothing cost a sandbox, and what one that behaves badly costs the others. It
 * prints and never fails by its figures.
 *
 * Usage: bench-crowd BROADCASTCTL READERS ABUSER */

#include "fanout-publisher.h"
#include "fanout-server.h"
#include "fanout-socket.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define N_ROUNDS   5
#define N_IDLE     "10000"
#define N_OTHERS   100
#define N_EVENTS   10000
#define CHANNEL    "private-fanout"

/* The first one is nobody, with whom the others are compared. */
static const struct
{
  const char *kind;
  const char *title;
} abusers[] = {
  { NULL, "alone" },
  { "silent", "beside one that reads nothing" },
  { "flood", "beside one that floods with client events" },
  { "subscribe", "beside one that subscribes all the time" },
  { "churn", "beside one that connects all the time" },
};

typedef struct
{
  const char *broadcastctl;
  const char *readers;
  const char *abuser;
} Bench;

static FanoutServer *
start_sandbox (const Bench  *bench,
               GError      **error)
{
  const char * const argv[] = {
    bench->broadcastctl, "serve", "--json", "--host", "127.0.0.1", "--port", "0", "--app-id", FANOUT_APP_ID,
    "--key", FANOUT_KEY, "--secret-file", "-", "--no-subscription-counts", NULL
  };

  return fanout_server_start (argv, error);
}

static gboolean
measure_idle (const Bench  *bench,
              const char   *n_channels,
              const char   *n_each,
              GError      **error)
{
  g_autoptr(FanoutServer) server = start_sandbox (bench, error);
  g_autoptr(GDataInputStream) output = NULL;
  g_autoptr(GSubprocess) readers = NULL;
  g_autofree char *port = NULL;
  double empty_mb;
  double full_mb;

  if (server == NULL)
    return FALSE;

  port = g_strdup_printf ("%u", server->port);
  empty_mb = fanout_server_get_resident_mb (server);
  readers = fanout_start_client (&output, error, bench->readers, port, CHANNEL, n_channels, n_each, "0", NULL);
  if (readers == NULL || !fanout_await_line (output, "ready", error))
    return FALSE;

  full_mb = fanout_server_get_resident_mb (server);
  g_print ("%s idle sockets, subscribed to %s channel(s): %.1f MB resident, %.2f KB for each\n", N_IDLE,
           n_channels, full_mb, (full_mb - empty_mb) * 1e3 / atoi (N_IDLE));
  g_subprocess_force_exit (readers);
  return TRUE;
}

static gboolean
publish (GSubprocess       *readers,
         GDataInputStream  *output,
         FanoutPublisher   *publisher,
         double            *per_s,
         GError           **error)
{
  g_autofree char *line = g_strdup_printf ("%d\n", N_EVENTS * N_OTHERS);
  gint64 start_us = g_get_monotonic_time ();

  if (!g_output_stream_write_all (g_subprocess_get_stdin_pipe (readers), line, strlen (line), NULL, NULL, error)
      || !fanout_publisher_run (publisher, N_EVENTS, error)
      || !fanout_await_line (output, "done", error))
    return FALSE;

  *per_s = (double) N_EVENTS * N_OTHERS * G_USEC_PER_SEC / (double) (g_get_monotonic_time () - start_us);
  return TRUE;
}

static gboolean
measure_beside (const Bench  *bench,
                const char   *kind,
                double       *per_s,
                GError      **error)
{
  g_autoptr(FanoutServer) server = start_sandbox (bench, error);
  g_autofree char *n_others = g_strdup_printf ("%d", N_OTHERS);
  g_autofree char *port = g_strdup_printf ("%u", server != NULL ? server->port : 0);
  g_autoptr(FanoutPublisher) publisher = NULL;
  g_autoptr(GDataInputStream) output = NULL;
  g_autoptr(GDataInputStream) noise = NULL;
  g_autoptr(GSubprocess) readers = NULL;
  g_autoptr(GSubprocess) abuser = NULL;
  gboolean is_done;

  if (server == NULL)
    return FALSE;

  readers = fanout_start_client (&output, error, bench->readers, port, CHANNEL, "1", n_others, "0", NULL);
  if (readers == NULL || !fanout_await_line (output, "ready", error))
    return FALSE;
  publisher = fanout_publisher_new (server->port, CHANNEL "-0", 1, 4, error);
  if (publisher == NULL)
    return FALSE;
  if (kind != NULL)
    {
      abuser = fanout_start_client (&noise, error, bench->abuser, port, CHANNEL "-0", kind, NULL);
      if (abuser == NULL || !fanout_await_line (noise, "ready", error))
        return FALSE;
    }

  is_done = publish (readers, output, publisher, per_s, error);
  if (abuser != NULL)
    g_subprocess_force_exit (abuser);
  return is_done;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  return (*(const double *) a > *(const double *) b) - (*(const double *) a < *(const double *) b);
}

/* Each is compared with the one alone of its own round: the machine may be another one in the next. */
static gboolean
measure_abusers (const Bench  *bench,
                 GError      **error)
{
  double per_s[G_N_ELEMENTS (abusers)][N_ROUNDS];
  double ratios[G_N_ELEMENTS (abusers)][N_ROUNDS];

  for (guint round = 0; round < N_ROUNDS; round++)
    for (guint i = 0; i < G_N_ELEMENTS (abusers); i++)
      {
        if (!measure_beside (bench, abusers[i].kind, &per_s[i][round], error))
          return FALSE;
        ratios[i][round] = per_s[i][round] / per_s[0][round];
      }

  g_print ("%d subscribers, median of %d rounds\n", N_OTHERS, N_ROUNDS);
  for (guint i = 0; i < G_N_ELEMENTS (abusers); i++)
    {
      qsort (per_s[i], N_ROUNDS, sizeof **per_s, compare_doubles);
      qsort (ratios[i], N_ROUNDS, sizeof **ratios, compare_doubles);
      g_print ("  %-42s %8.0f deliveries per second, %4.0f %%\n", abusers[i].title,
               per_s[i][N_ROUNDS / 2], ratios[i][N_ROUNDS / 2] * 100);
    }
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { 0 };
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  if (argc != 4)
    {
      g_printerr ("Usage: bench-crowd BROADCASTCTL READERS ABUSER\n");
      return 2;
    }
  bench = (Bench) { argv[1], argv[2], argv[3] };

  if (measure_idle (&bench, "1", N_IDLE, &error)
      && measure_idle (&bench, N_IDLE, "1", &error)
      && measure_abusers (&bench, &error))
    return 0;

  g_printerr ("The bench did not end: %s\n", error->message);
  return 1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many events a CPU second of the sandbox brings to subscribers, beside a server made with Node's `ws`:
 * the same requests from the same publisher, the same frames to the same readers. Counted is what the
 * server's process alone takes. It prints and never fails by its figures.
 *
 * BENCH_FANOUT_ONLY=TEXT in the environment leaves out scenarios whose title does not hold TEXT.
 *
 * Usage: bench-fanout BROADCASTCTL READERS [NODE SCRIPT] */

#include "fanout-publisher.h"
#include "fanout-server.h"
#include "fanout-socket.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define N_ROUNDS 3
#define CHANNEL  "private-fanout"
#define ONLY     "BENCH_FANOUT_ONLY"

typedef enum
{
  SANDBOX,
  WS_SEND,
  WS_SHARE,
  N_SERVERS
} Server;

static const char * const server_names[N_SERVERS] = {
  [SANDBOX] = "the sandbox",
  [WS_SEND] = "ws, with send()",
  [WS_SHARE] = "ws, its frame made once",
};

typedef struct
{
  const char *title;
  guint       n_channels;
  guint       n_each;       /* subscribers of each channel */
  guint       n_deliveries; /* to be counted; a tenth of them are whole events as well */
  guint       per_request;  /* events; 0 for client events */
  guint       n_requests;   /* at a time */
  guint       rate;         /* client events in a second */
} Scenario;

static const Scenario scenarios[] = {
  { "10 subscribers, published one request after the other", 1, 10, 150000, 1, 1, 0 },
  { "10 subscribers, published by 8 requests at a time", 1, 10, 150000, 1, 8, 0 },
  { "10 subscribers, published in batches of 10", 1, 10, 300000, 10, 1, 0 },
  { "10 subscribers on each of 100 channels, client events", 100, 10, 216000, 0, 0, 8000 },
  { "1000 subscribers, published one request after the other", 1, 1000, 300000, 1, 1, 0 },
  { "1000 subscribers, published by 8 requests at a time", 1, 1000, 300000, 1, 8, 0 },
  { "1000 subscribers, client events", 1, 1000, 149850, 0, 0, 50 },
};

typedef struct
{
  const char *broadcastctl;
  const char *readers;
  const char *node;
  const char *script;
} Bench;

static FanoutServer *
start_server (const Bench  *bench,
              Server        which,
              GError      **error)
{
  const char * const sandbox[] = {
    bench->broadcastctl, "serve", "--json", "--host", "127.0.0.1", "--port", "0", "--app-id", FANOUT_APP_ID,
    "--key", FANOUT_KEY, "--secret-file", "-", "--no-subscription-counts", NULL
  };
  const char * const ws[] = { bench->node, bench->script, which == WS_SHARE ? "share" : "send", NULL };

  return fanout_server_start (which == SANDBOX ? sandbox : ws, error);
}

static gboolean
ask_readers (GSubprocess  *readers,
             guint         n_deliveries,
             GError      **error)
{
  g_autofree char *line = g_strdup_printf ("%u\n", n_deliveries);
  GOutputStream *input = g_subprocess_get_stdin_pipe (readers);

  return g_output_stream_write_all (input, line, strlen (line), NULL, NULL, error);
}

static gboolean
deliver (const Scenario    *scenario,
         FanoutPublisher   *publisher,
         GSubprocess       *readers,
         GDataInputStream  *output,
         guint              n_deliveries,
         GError           **error)
{
  return ask_readers (readers, n_deliveries, error)
         && (publisher == NULL || fanout_publisher_run (publisher, n_deliveries / scenario->n_each, error))
         && fanout_await_line (output, "done", error);
}

/* Counts after a tenth, by which Node has compiled what it runs. */
static gboolean
measure_server (const Bench     *bench,
                const Scenario  *scenario,
                FanoutServer    *server,
                double          *per_cpu_s,
                GError         **error)
{
  g_autofree char *port = g_strdup_printf ("%u", server->port);
  g_autofree char *n_channels = g_strdup_printf ("%u", scenario->n_channels);
  g_autofree char *n_each = g_strdup_printf ("%u", scenario->n_each);
  g_autofree char *rate = g_strdup_printf ("%u", scenario->rate);
  g_autoptr(GDataInputStream) output = NULL;
  g_autoptr(FanoutPublisher) publisher = NULL;
  g_autoptr(GSubprocess) readers = fanout_start_client (&output, error, bench->readers, port, CHANNEL,
                                                        n_channels, n_each, rate, NULL);
  double start_cpu_s;

  if (readers == NULL || !fanout_await_line (output, "ready", error))
    return FALSE;
  if (scenario->per_request > 0)
    {
      publisher = fanout_publisher_new (server->port, CHANNEL "-0", scenario->per_request,
                                        scenario->n_requests, error);
      if (publisher == NULL)
        return FALSE;
    }

  if (!deliver (scenario, publisher, readers, output, scenario->n_deliveries / 10, error))
    return FALSE;
  start_cpu_s = fanout_server_get_cpu_s (server);
  if (!deliver (scenario, publisher, readers, output, scenario->n_deliveries, error))
    return FALSE;
  *per_cpu_s = scenario->n_deliveries / (fanout_server_get_cpu_s (server) - start_cpu_s);
  return TRUE;
}

static gboolean
measure (const Bench     *bench,
         const Scenario  *scenario,
         Server           which,
         double          *per_cpu_s,
         GError         **error)
{
  g_autoptr(FanoutServer) server = start_server (bench, which, error);

  return server != NULL && measure_server (bench, scenario, server, per_cpu_s, error);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  return (*(const double *) a > *(const double *) b) - (*(const double *) a < *(const double *) b);
}

static double
median (double *values)
{
  qsort (values, N_ROUNDS, sizeof *values, compare_doubles);
  return values[N_ROUNDS / 2];
}

/* The rounds alternate, so that a machine that gets slower gets slower for all. */
static gboolean
compare (const Bench     *bench,
         const Scenario  *scenario,
         GError         **error)
{
  guint n_servers = bench->node != NULL ? N_SERVERS : 1;
  double figures[N_SERVERS][N_ROUNDS];
  double medians[N_SERVERS];

  for (guint round = 0; round < N_ROUNDS; round++)
    for (guint i = 0; i < n_servers; i++)
      if (!measure (bench, scenario, i, &figures[i][round], error))
        return FALSE;

  g_print ("%s\n", scenario->title);
  for (guint i = 0; i < n_servers; i++)
    {
      medians[i] = median (figures[i]);
      g_print ("  %-26s %9.0f deliveries per CPU second, %6.2f µs each\n", server_names[i], medians[i],
               1e6 / medians[i]);
    }
  for (guint i = WS_SEND; i < n_servers; i++)
    g_print ("  %.2f times as many as %s\n", medians[SANDBOX] / medians[i], server_names[i]);
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { 0 };
  const char *only = g_getenv (ONLY);
  g_autoptr(GError) error = NULL;
  gboolean is_done = TRUE;

  setlocale (LC_ALL, "");
  if (argc != 3 && argc != 5)
    {
      g_printerr ("Usage: bench-fanout BROADCASTCTL READERS [NODE SCRIPT]\n");
      return 2;
    }
  bench.broadcastctl = argv[1];
  bench.readers = argv[2];
  bench.node = argc == 5 ? argv[3] : NULL;
  bench.script = argc == 5 ? argv[4] : NULL;

  g_print ("Events with %d bytes of data over loopback, median of %d rounds\n", FANOUT_DATA_BYTES, N_ROUNDS);
  for (guint i = 0; i < G_N_ELEMENTS (scenarios) && is_done; i++)
    if (only == NULL || strstr (scenarios[i].title, only) != NULL)
      is_done = compare (&bench, &scenarios[i], &error);

  if (!is_done)
    g_printerr ("The bench did not end: %s\n", error->message);
  return is_done ? 0 : 1;
}

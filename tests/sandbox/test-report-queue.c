/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-report-queue-private.h"

/* A queue that is read in this thread, and what came out of it. */
typedef struct
{
  BcastReportQueue *queue;
  guint             n_calls;
  guint             n_reports;
  guint64           n_lost;
  char             *last_channel;
} Fixture;

static void
read_cb (GPtrArray *reports,
         guint64    n_lost,
         gpointer   user_data)
{
  Fixture *fixture = user_data;

  fixture->n_calls++;
  fixture->n_reports += reports->len;
  fixture->n_lost += n_lost;
  g_free (fixture->last_channel);
  fixture->last_channel = reports->len > 0
                          ? g_strdup (((BcastReport *) reports->pdata[reports->len - 1])->channel) : NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->queue = bcast_report_queue_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  bcast_report_queue_watch (fixture->queue, 0, NULL, NULL);
  bcast_report_queue_unref (fixture->queue);
  g_free (fixture->last_channel);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
push (Fixture    *fixture,
      const char *channel,
      const char *data)
{
  bcast_report_queue_push (fixture->queue, &(BcastReport) {
    .kind = BCAST_REPORT_API_MESSAGE,
    .channel = (char *) channel,
    .data = (char *) data,
  });
}

static void
drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
test_batches (Fixture       *fixture,
              gconstpointer  data)
{
  /* Nobody wants it. */
  push (fixture, "early", NULL);
  bcast_report_queue_watch (fixture->queue, 1u << BCAST_REPORT_API_MESSAGE, read_cb, fixture);
  drain ();
  g_assert_cmpuint (fixture->n_calls, ==, 0);

  push (fixture, "a", "1");
  push (fixture, "b", "2");
  bcast_report_queue_push (fixture->queue, &(BcastReport) { .kind = BCAST_REPORT_ERROR });
  drain ();
  g_assert_cmpuint (fixture->n_calls, ==, 1);
  g_assert_cmpuint (fixture->n_reports, ==, 2);
  g_assert_cmpstr (fixture->last_channel, ==, "b");

  push (fixture, "c", NULL);
  drain ();
  g_assert_cmpuint (fixture->n_calls, ==, 2);
  g_assert_cmpstr (fixture->last_channel, ==, "c");
}

static void
test_count_limit (Fixture       *fixture,
                  gconstpointer  data)
{
  bcast_report_queue_watch (fixture->queue, BCAST_REPORT_ALL, read_cb, fixture);
  for (guint i = 0; i < 20007; i++)
    push (fixture, "ch", NULL);
  drain ();
  g_assert_cmpuint (fixture->n_reports, ==, 20000);
  g_assert_cmpuint (fixture->n_lost, ==, 7);

  /* There is room again. */
  push (fixture, "next", NULL);
  drain ();
  g_assert_cmpuint (fixture->n_reports, ==, 20001);
  g_assert_cmpuint (fixture->n_lost, ==, 7);
}

static void
test_byte_limit (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *big = g_strnfill (1024 * 1024, 'x');

  bcast_report_queue_watch (fixture->queue, BCAST_REPORT_ALL, read_cb, fixture);
  for (guint i = 0; i < 20; i++)
    push (fixture, "ch", big);
  drain ();
  g_assert_cmpuint (fixture->n_reports, ==, 16);
  g_assert_cmpuint (fixture->n_lost, ==, 4);
}

static void
test_unwatch (Fixture       *fixture,
              gconstpointer  data)
{
  bcast_report_queue_watch (fixture->queue, BCAST_REPORT_ALL, read_cb, fixture);
  push (fixture, "ch", NULL);
  bcast_report_queue_watch (fixture->queue, 0, NULL, NULL);
  drain ();
  g_assert_cmpuint (fixture->n_calls, ==, 0);
}

static gpointer
push_many (gpointer user_data)
{
  for (guint i = 0; i < 1000; i++)
    push (user_data, "ch", "data");
  return NULL;
}

static void
test_threads (Fixture       *fixture,
              gconstpointer  data)
{
  GThread *threads[4];

  bcast_report_queue_watch (fixture->queue, BCAST_REPORT_ALL, read_cb, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("push", push_many, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  while (fixture->n_reports < 4000)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_reports, ==, 4000);
  g_assert_cmpuint (fixture->n_lost, ==, 0);
}

#define ADD(name, func) g_test_add ("/report-queue/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("batches", test_batches);
  ADD ("count-limit", test_count_limit);
  ADD ("byte-limit", test_byte_limit);
  ADD ("unwatch", test_unwatch);
  ADD ("threads", test_threads);
  return g_test_run ();
}

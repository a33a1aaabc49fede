/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-stats-window.h"

static void
test_empty (void)
{
  BcastStatsWindow window = { 0, };
  gint64 median_us, p99_us;

  bcast_stats_window_get_percentiles (&window, &median_us, &p99_us);
  g_assert_cmpint (median_us, ==, -1);
  g_assert_cmpint (p99_us, ==, -1);
  g_assert_cmpfloat (bcast_stats_window_get_rate (&window), ==, 0);
  g_assert_false (bcast_stats_window_tick (&window));
}

static void
test_percentiles (void)
{
  BcastStatsWindow window = { 0, };
  gint64 median_us, p99_us;

  for (guint i = 100; i > 0; i--)
    bcast_stats_window_add_latency (&window, i);
  bcast_stats_window_get_percentiles (&window, &median_us, &p99_us);
  g_assert_cmpint (median_us, ==, 50);
  g_assert_cmpint (p99_us, ==, 99);

  /* only the newest 1024 count */
  for (guint i = 0; i < 1024; i++)
    bcast_stats_window_add_latency (&window, 7);
  bcast_stats_window_get_percentiles (&window, &median_us, &p99_us);
  g_assert_cmpint (median_us, ==, 7);
  g_assert_cmpint (p99_us, ==, 7);
}

static void
test_rate_decays (void)
{
  BcastStatsWindow window = { 0, };

  for (guint i = 0; i < 30; i++)
    bcast_stats_window_add_event (&window);
  g_assert_cmpfloat (bcast_stats_window_get_rate (&window), ==, 10.0);
  g_assert_cmpuint (window.n_events, ==, 30);

  for (guint i = 1; i < BCAST_STATS_N_SLOTS; i++)
    g_assert_true (bcast_stats_window_tick (&window));
  g_assert_false (bcast_stats_window_tick (&window));
  g_assert_cmpfloat (bcast_stats_window_get_rate (&window), ==, 0);
  g_assert_cmpuint (window.n_events, ==, 30);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stats-window/empty", test_empty);
  g_test_add_func ("/stats-window/percentiles", test_percentiles);
  g_test_add_func ("/stats-window/rate-decays", test_rate_decays);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sleep-watch.h"

#include "await.h"

static gint64 slept_us;
static guint n_looks;

static gint64
read_slept (void)
{
  n_looks++;
  return slept_us;
}

static void
count_cb (gpointer user_data)
{
  guint *count = user_data;

  *count += 1;
}

static void
test_told (void)
{
  guint n_told = 0;
  guint looks;

  slept_us = 5 * G_USEC_PER_SEC;
  g_autoptr(BcastSleepWatch) watch = bcast_sleep_watch_new (NULL, 1, read_slept, count_cb, &n_told);

  looks = n_looks;
  WAIT_FOR (n_looks > looks + 2);
  g_assert_cmpuint (n_told, ==, 0);

  /* The clocks are not read at once. */
  slept_us += G_USEC_PER_SEC / 100;
  looks = n_looks;
  WAIT_FOR (n_looks > looks + 1);
  g_assert_cmpuint (n_told, ==, 0);

  slept_us += (gint64) 3600 * G_USEC_PER_SEC;
  WAIT_FOR (n_told > 0);
  looks = n_looks;
  WAIT_FOR (n_looks > looks + 2);
  g_assert_cmpuint (n_told, ==, 1);

  slept_us += 2 * G_USEC_PER_SEC;
  WAIT_FOR (n_told == 2);
}

/* The kernel's clocks say nothing while nobody sleeps. */
static void
test_awake (void)
{
  guint n_told = 0;
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr(BcastSleepWatch) watch = bcast_sleep_watch_new (NULL, 1, NULL, count_cb, &n_told);

  WAIT_FOR (g_get_monotonic_time () - start_us > 50000);
  g_assert_cmpuint (n_told, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sleep-watch/told", test_told);
  g_test_add_func ("/sleep-watch/awake", test_awake);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-reports-private.h"

#define SECOND G_USEC_PER_SEC

static void
test_once (void)
{
  BcastReports *reports = bcast_reports_new ();

  g_assert_cmpint (bcast_reports_add (reports, "a", SECOND), ==, BCAST_REPORTS_SAY);
  g_assert_cmpint (bcast_reports_add (reports, "a", SECOND), ==, BCAST_REPORTS_PASS_OVER);
  g_assert_cmpint (bcast_reports_add (reports, "b", 5 * SECOND), ==, BCAST_REPORTS_SAY);
  g_assert_cmpint (bcast_reports_add (reports, "a", 11 * SECOND - 1), ==, BCAST_REPORTS_PASS_OVER);
  g_assert_cmpint (bcast_reports_add (reports, "a", 11 * SECOND), ==, BCAST_REPORTS_SAY);
  g_assert_cmpint (bcast_reports_add (reports, "b", 11 * SECOND), ==, BCAST_REPORTS_SAY);
  bcast_reports_reset (reports);
  g_assert_cmpint (bcast_reports_add (reports, "b", 11 * SECOND), ==, BCAST_REPORTS_SAY);
  bcast_reports_free (reports);
}

static void
test_many (void)
{
  BcastReports *reports = bcast_reports_new ();
  guint n_said = 0;
  guint n_last = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *sentence = g_strdup_printf ("%u", i);
      BcastReportsAnswer answer = bcast_reports_add (reports, sentence, SECOND);

      n_said += answer == BCAST_REPORTS_SAY;
      n_last += answer == BCAST_REPORTS_SAY_LAST;
    }
  g_assert_cmpuint (n_said, ==, BCAST_REPORTS_MOST - 1);
  g_assert_cmpuint (n_last, ==, 1);
  g_assert_cmpint (bcast_reports_add (reports, "0", 60 * SECOND), ==, BCAST_REPORTS_SAY);
  bcast_reports_free (reports);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reports/once", test_once);
  g_test_add_func ("/reports/many", test_many);

  return g_test_run ();
}

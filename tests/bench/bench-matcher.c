/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many foreign events a second the matcher passes while another event waits. Prints a figure and never
 * fails by time. */

#include "bcast-matcher.h"

#define N_EVENTS 1000000

int
main (void)
{
  g_autoptr(BcastMatcher) matcher = bcast_matcher_new (1000);
  g_autofree char *filling = g_strnfill (200, 'x');
  gint64 started_us = g_get_monotonic_time ();
  char data[300];

  bcast_matcher_add_sent (matcher, 1, "a", "other", "{}", NULL, NULL, 0);
  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_snprintf (data, sizeof data, "{\"n\":%u,\"text\":\"%s\"}", i, filling);
      if (bcast_matcher_take (matcher, "Alice", "a", "my-event", data, i * 10).event_id != 0)
        {
          g_printerr ("A foreign event was taken for one of ours.\n");
          return 1;
        }
      bcast_matcher_add_foreign (matcher, i + 2, "Alice", "a", "my-event", data, i * 10);
    }

  g_print ("matcher: %.0f foreign events/s\n",
           N_EVENTS / ((g_get_monotonic_time () - started_us) / (double) G_USEC_PER_SEC));
  return 0;
}

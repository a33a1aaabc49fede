/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-stats-window.h"

#include <stdlib.h>
#include <string.h>

/**
 * bcast_stats_window_add_event:
 * @self: a window
 *
 * One event was sent or received.
 */
void
bcast_stats_window_add_event (BcastStatsWindow *self)
{
  self->n_events++;
  self->slots[self->slot]++;
}

/**
 * bcast_stats_window_add_latency:
 * @self: a window
 * @latency_us: of one delivery
 */
void
bcast_stats_window_add_latency (BcastStatsWindow *self,
                                gint64            latency_us)
{
  self->latencies[self->n_latencies++ % G_N_ELEMENTS (self->latencies)] = latency_us;
}

/**
 * bcast_stats_window_tick:
 * @self: a window
 *
 * To be called each %BCAST_STATS_SLOT_MS.
 *
 * Returns: whether a rate above 0 is left, so that another tick is due
 */
gboolean
bcast_stats_window_tick (BcastStatsWindow *self)
{
  self->slot = (self->slot + 1) % BCAST_STATS_N_SLOTS;
  self->slots[self->slot] = 0;

  for (guint i = 0; i < BCAST_STATS_N_SLOTS; i++)
    if (self->slots[i] > 0)
      return TRUE;
  return FALSE;
}

/**
 * bcast_stats_window_get_rate:
 * @self: a window
 *
 * Returns: events a second over the window
 */
double
bcast_stats_window_get_rate (BcastStatsWindow *self)
{
  guint sum = 0;

  for (guint i = 0; i < BCAST_STATS_N_SLOTS; i++)
    sum += self->slots[i];
  return sum * 1000.0 / (BCAST_STATS_N_SLOTS * BCAST_STATS_SLOT_MS);
}

static int
compare_latencies (const void *a,
                   const void *b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

/**
 * bcast_stats_window_get_percentiles:
 * @self: a window
 * @median_us: (out): the median, -1 when there is none
 * @p99_us: (out): the 99th percentile, -1 when there is none
 *
 * Nearest-rank percentiles over the newest 1024 latencies.
 */
void
bcast_stats_window_get_percentiles (BcastStatsWindow *self,
                                    gint64           *median_us,
                                    gint64           *p99_us)
{
  gint64 sorted[G_N_ELEMENTS (self->latencies)];
  gsize n = MIN (self->n_latencies, G_N_ELEMENTS (sorted));

  *median_us = -1;
  *p99_us = -1;
  if (n == 0)
    return;

  memcpy (sorted, self->latencies, n * sizeof *sorted);
  qsort (sorted, n, sizeof *sorted, compare_latencies);
  *median_us = sorted[(n - 1) / 2];
  *p99_us = sorted[(n * 99 + 99) / 100 - 1];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BCAST_STATS_SLOT_MS 200
#define BCAST_STATS_N_SLOTS 15

/**
 * BcastStatsWindow:
 * @n_events: all events so far
 * @slots: events of the last slots of %BCAST_STATS_SLOT_MS, the running one at @slot
 * @slot: the running slot
 * @latencies: the last latencies in microseconds, a ring
 * @n_latencies: how many were ever added; the ring keeps the newest
 *
 * Numbers of the status bar: a rate over 3 seconds and percentiles of the last 1024 deliveries.
 */
typedef struct
{
  guint64 n_events;
  guint   slots[BCAST_STATS_N_SLOTS];
  guint   slot;
  gint64  latencies[1024];
  guint64 n_latencies;
} BcastStatsWindow;

void     bcast_stats_window_add_event   (BcastStatsWindow *self);
void     bcast_stats_window_add_latency (BcastStatsWindow *self,
                                         gint64            latency_us);
gboolean bcast_stats_window_tick        (BcastStatsWindow *self);
double   bcast_stats_window_get_rate    (BcastStatsWindow *self);
void     bcast_stats_window_get_percentiles (BcastStatsWindow *self,
                                         gint64           *median_us,
                                         gint64           *p99_us);

G_END_DECLS

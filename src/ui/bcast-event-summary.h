/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-event.h"

G_BEGIN_DECLS

/**
 * BcastEventSummary:
 * @latency: what stands in the middle column, empty for a foreign event
 * @style: the style class that colours @latency
 * @edge: (nullable): the style class of the row's left edge
 * @sentence: (nullable): what stands under Received while nothing was received
 * @sender_note: (nullable): stands behind the data that was sent
 * @receiver_note: (nullable): stands behind the data that was received
 *
 * An event in the words of the timeline.
 */
typedef struct
{
  char       *latency;
  const char *style;
  const char *edge;
  char       *sentence;
  char       *sender_note;
  char       *receiver_note;
} BcastEventSummary;

BcastEventSummary *bcast_event_summary_new  (BcastEvent        *event,
                                             gint64             now_us) G_GNUC_WARN_UNUSED_RESULT;
void               bcast_event_summary_free (BcastEventSummary *self);

gint64             bcast_event_summary_find_latency (BcastEvent *event);
char             **bcast_event_summary_dup_absent   (BcastEvent *event) G_GNUC_WARN_UNUSED_RESULT;
char              *bcast_event_summary_dup_spoken   (BcastEvent *event,
                                                     gint64      now_us) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastEventSummary, bcast_event_summary_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-event.h"

G_BEGIN_DECLS

typedef struct _BcastMatcher BcastMatcher;

/**
 * BcastMatch:
 * @event_id: the event the delivery belongs to; 0 when it opens a foreign event
 * @outcome: the event's outcome with this delivery
 * @latency_us: from the event's sent_us; -1 when foreign
 * @identical: whether the data has the same bytes
 *
 * Where a delivery belongs.
 */
typedef struct
{
  gint64             event_id;
  BcastEventOutcome  outcome;
  gint64             latency_us;
  gboolean           identical;
} BcastMatch;

/**
 * BcastMatcherExpiredFunc:
 * @event_id: an event whose time is over
 * @outcome: what became of it
 * @user_data: what the caller passed
 */
typedef void (*BcastMatcherExpiredFunc) (gint64             event_id,
                                         BcastEventOutcome  outcome,
                                         gpointer           user_data);

BcastMatcher      *bcast_matcher_new         (guint                    timeout_ms) G_GNUC_WARN_UNUSED_RESULT;
void               bcast_matcher_free        (BcastMatcher            *self);

void               bcast_matcher_add_sent    (BcastMatcher            *self,
                                              gint64                   event_id,
                                              const char              *channel,
                                              const char              *name,
                                              const char              *data,
                                              const char * const      *expected,
                                              const char              *excluded,
                                              gint64                   sent_us);
void               bcast_matcher_restart     (BcastMatcher            *self,
                                              gint64                   event_id,
                                              gint64                   sent_us);
BcastEventOutcome  bcast_matcher_set_answer  (BcastMatcher            *self,
                                              gint64                   event_id,
                                              gboolean                 refused);
BcastMatch         bcast_matcher_take        (BcastMatcher            *self,
                                              const char              *client,
                                              const char              *channel,
                                              const char              *name,
                                              const char              *data,
                                              gint64                   received_us);
void               bcast_matcher_add_foreign (BcastMatcher            *self,
                                              gint64                   event_id,
                                              const char              *client,
                                              const char              *channel,
                                              const char              *name,
                                              const char              *data,
                                              gint64                   received_us);
gint64             bcast_matcher_expire      (BcastMatcher            *self,
                                              gint64                   now_us,
                                              BcastMatcherExpiredFunc  func,
                                              gpointer                 user_data);
guint              bcast_matcher_get_n_waiting (BcastMatcher          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastMatcher, bcast_matcher_free)

G_END_DECLS

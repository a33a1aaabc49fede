/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-near-miss.h"

G_BEGIN_DECLS

/* Longer names are none of ours: the protocol's limit for both is 200 characters. */
#define BCAST_NEAR_MISS_MAX_BYTES 800

void      bcast_near_miss_take             (GPtrArray                       *list,
                                            BcastNearMissKind                kind,
                                            gboolean                         is_channel,
                                            char                            *text);
char     *bcast_near_miss_dup_trimmed      (const char                      *name,
                                            const char                      *more_at_start,
                                            const char                      *more_at_end) G_GNUC_WARN_UNUSED_RESULT;
char     *bcast_near_miss_dup_shown        (const char                      *name) G_GNUC_WARN_UNUSED_RESULT;

gboolean  bcast_near_miss_compare_channels (const char                      *one,
                                            const char                      *other,
                                            BcastNearMissKind               *kind);
void      bcast_near_miss_add_channel      (GPtrArray                       *list,
                                            const char                      *channel,
                                            const BcastNearMissSubscription *subscriptions,
                                            gsize                            n_subscriptions);
void      bcast_near_miss_add_event        (GPtrArray                       *list,
                                            const char                      *name,
                                            const char * const              *seen_names);

G_END_DECLS

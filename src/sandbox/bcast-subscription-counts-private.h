/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-hub-channel-private.h"

G_BEGIN_DECLS

/* Source: Channels documentation, “Events”, section “Subscription count”. */
#define BCAST_SUBSCRIPTION_COUNTS_AT_ONCE    100 /* up to so many subscribers learn each change at once */
#define BCAST_SUBSCRIPTION_COUNTS_INTERVAL_S 5   /* more of them no more often than this */

typedef struct _BcastSubscriptionCounts BcastSubscriptionCounts;

/* Is told of each telling, too. */
typedef void (*BcastSubscriptionCountsFunc) (BcastHubChannel *channel,
                                             gpointer         user_data);

BcastSubscriptionCounts *bcast_subscription_counts_new    (BcastSubscriptionCountsFunc  told,
                                                           gpointer                     user_data) G_GNUC_WARN_UNUSED_RESULT;
void                     bcast_subscription_counts_free   (BcastSubscriptionCounts     *self);

void                     bcast_subscription_counts_change (BcastSubscriptionCounts *self,
                                                           BcastHubChannel         *channel,
                                                           gint64                   now_us);
void                     bcast_subscription_counts_run    (BcastSubscriptionCounts *self,
                                                           gint64                   now_us);
void                     bcast_subscription_counts_forget (BcastSubscriptionCounts *self,
                                                           BcastHubChannel         *channel);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-subscription.h"

G_BEGIN_DECLS

/* For the client, which alone decides what becomes of a subscription. */
BcastSubscription *bcast_subscription_new       (const char             *channel) G_GNUC_WARN_UNUSED_RESULT;
void               bcast_subscription_set_state (BcastSubscription      *self,
                                                 BcastSubscriptionState  state,
                                                 const GError           *error);
void               bcast_subscription_set_problem (BcastSubscription    *self,
                                                 const GError           *problem);
void               bcast_subscription_set_count (BcastSubscription      *self,
                                                 gint64                  count);

G_END_DECLS

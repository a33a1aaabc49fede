/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-member-list.h"

G_BEGIN_DECLS

/**
 * BcastSubscriptionState:
 * @BCAST_SUBSCRIPTION_WAITING: wanted; goes out once the client is connected
 * @BCAST_SUBSCRIPTION_SUBSCRIBING: being authorized, or the server has not answered yet
 * @BCAST_SUBSCRIPTION_SUBSCRIBED: the server confirmed it
 * @BCAST_SUBSCRIPTION_REFUSED: the authorizer or the server said no: see the error
 */
typedef enum
{
  BCAST_SUBSCRIPTION_WAITING,
  BCAST_SUBSCRIPTION_SUBSCRIBING,
  BCAST_SUBSCRIPTION_SUBSCRIBED,
  BCAST_SUBSCRIPTION_REFUSED,
} BcastSubscriptionState;

#define BCAST_TYPE_SUBSCRIPTION (bcast_subscription_get_type ())

G_DECLARE_FINAL_TYPE (BcastSubscription, bcast_subscription, BCAST, SUBSCRIPTION, GObject)

const char             *bcast_subscription_get_channel (BcastSubscription *self);
BcastSubscriptionState  bcast_subscription_get_state   (BcastSubscription *self);
const GError           *bcast_subscription_get_error   (BcastSubscription *self);
BcastMemberList        *bcast_subscription_get_members (BcastSubscription *self);
gint64                  bcast_subscription_get_count   (BcastSubscription *self);

const char             *bcast_subscription_state_to_nick (BcastSubscriptionState state);

G_END_DECLS

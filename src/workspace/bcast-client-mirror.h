/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-client.h"
#include "bcast-client-options.h"
#include "bcast-connection-step.h"

G_BEGIN_DECLS

#define BCAST_TYPE_SUBSCRIPTION_MIRROR (bcast_subscription_mirror_get_type ())

/* What the main context knows of one subscription. Properties with notification: "state" (int,
 * BcastSubscriptionState), "error" (string or NULL), "n-unread" (uint), "n-members" (uint), "count"
 * (int64, -1 unless the server tells how many are subscribed). */
G_DECLARE_FINAL_TYPE (BcastSubscriptionMirror, bcast_subscription_mirror, BCAST, SUBSCRIPTION_MIRROR, GObject)

const char             *bcast_subscription_mirror_get_channel  (BcastSubscriptionMirror *self);
const char             *bcast_subscription_mirror_get_client   (BcastSubscriptionMirror *self);
BcastSubscriptionState  bcast_subscription_mirror_get_state    (BcastSubscriptionMirror *self);
const char             *bcast_subscription_mirror_get_error    (BcastSubscriptionMirror *self);
guint                   bcast_subscription_mirror_get_n_unread (BcastSubscriptionMirror *self);
void                    bcast_subscription_mirror_mark_read    (BcastSubscriptionMirror *self);
BcastMemberList        *bcast_subscription_mirror_get_members  (BcastSubscriptionMirror *self);
gint64                  bcast_subscription_mirror_get_count    (BcastSubscriptionMirror *self);

#define BCAST_TYPE_CLIENT_MIRROR (bcast_client_mirror_get_type ())

/* What the main context knows of one client. Properties with notification: "name", "state" (int,
 * BcastClientState), "socket-id", "error" (string or NULL), "retry-us" (int64), "sign-in-state" (int,
 * BcastSignInState). Signal "sign-in-changed": state, error or id of
 * the sign-in, or who of the watchlist is online. */
G_DECLARE_FINAL_TYPE (BcastClientMirror, bcast_client_mirror, BCAST, CLIENT_MIRROR, GObject)

const char       *bcast_client_mirror_get_name          (BcastClientMirror *self);
const char       *bcast_client_mirror_get_user_id       (BcastClientMirror *self);
BcastClientState  bcast_client_mirror_get_state         (BcastClientMirror *self);
const char       *bcast_client_mirror_get_socket_id     (BcastClientMirror *self);
const char       *bcast_client_mirror_get_error         (BcastClientMirror *self);
gint64            bcast_client_mirror_get_retry_us      (BcastClientMirror *self);
GListModel       *bcast_client_mirror_get_history       (BcastClientMirror *self);
const BcastClientOptions *bcast_client_mirror_get_options (BcastClientMirror *self);
BcastSignInState  bcast_client_mirror_get_sign_in_state (BcastClientMirror *self);
const char       *bcast_client_mirror_get_sign_in_error (BcastClientMirror *self);
const char       *bcast_client_mirror_get_signed_in_id  (BcastClientMirror *self);
const char * const *bcast_client_mirror_get_online      (BcastClientMirror *self);
GListModel       *bcast_client_mirror_get_subscriptions (BcastClientMirror *self);
BcastSubscriptionMirror *bcast_client_mirror_find_subscription (BcastClientMirror *self,
                                                         const char        *channel);

G_END_DECLS

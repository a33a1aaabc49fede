/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-client-mirror.h"

G_BEGIN_DECLS

BcastSubscriptionMirror *bcast_subscription_mirror_new         (const char              *client,
                                                                const char              *channel) G_GNUC_WARN_UNUSED_RESULT;
void                     bcast_subscription_mirror_set_state   (BcastSubscriptionMirror *self,
                                                                BcastSubscriptionState   state,
                                                                const char              *error);
void                     bcast_subscription_mirror_set_members (BcastSubscriptionMirror *self,
                                                                const char * const      *members);
void                     bcast_subscription_mirror_add_unread  (BcastSubscriptionMirror *self,
                                                                guint                    n_unread);

BcastClientMirror       *bcast_client_mirror_new               (const char              *name,
                                                                const char              *user_id) G_GNUC_WARN_UNUSED_RESULT;
void                     bcast_client_mirror_set_state         (BcastClientMirror       *self,
                                                                BcastClientState         state,
                                                                const char              *socket_id,
                                                                gint64                   connect_us,
                                                                const char              *error);
gint64                   bcast_client_mirror_get_connect_us    (BcastClientMirror       *self);
void                     bcast_client_mirror_set_wanted        (BcastClientMirror       *self,
                                                                gboolean                 wanted);
gboolean                 bcast_client_mirror_get_wanted        (BcastClientMirror       *self);
BcastSubscriptionMirror *bcast_client_mirror_add_subscription  (BcastClientMirror       *self,
                                                                const char              *channel);
gboolean                 bcast_client_mirror_remove_subscription (BcastClientMirror     *self,
                                                                const char              *channel);
void                     bcast_client_mirror_set_subscription_state
                                                               (BcastClientMirror       *self,
                                                                BcastSubscriptionMirror *subscription,
                                                                BcastSubscriptionState   state,
                                                                const char              *error);
guint                    bcast_client_mirror_count_subscribed  (BcastClientMirror       *self);

G_END_DECLS

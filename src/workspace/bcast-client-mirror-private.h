/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-client-mirror.h"

G_BEGIN_DECLS

/**
 * BcastClientMirror:
 *
 * What the main context knows of one client; the client itself lives in the network context.
 * bcast-client-mirror.c has the object, its connection and its options, bcast-client-mirror-sign-in.c the
 * sign-in and bcast-client-mirror-subscriptions.c the subscriptions.
 */
struct _BcastClientMirror
{
  GObject             parent_instance;

  BcastClientOptions *options;
  BcastClientState    state;
  char               *socket_id;
  char               *error;
  gint64              connect_us;
  gint64              retry_us;
  gboolean            wanted;       /* whether the user wants it connected */
  GListStore         *history;      /* of BcastConnectionStep, the newest last */

  BcastSignInState    sign_in_state;
  char               *sign_in_error;
  char               *signed_in_id;
  char              **online;

  GListStore         *subscriptions;
  GHashTable         *by_channel;   /* the same, by their channel: there may be thousands */
  guint               n_subscribed; /* of them, those that the server has confirmed */
};

BcastSubscriptionMirror *bcast_subscription_mirror_new         (const char              *client,
                                                                const char              *channel) G_GNUC_WARN_UNUSED_RESULT;
void                     bcast_subscription_mirror_set_state   (BcastSubscriptionMirror *self,
                                                                BcastSubscriptionState   state,
                                                                const char              *error);
void                     bcast_subscription_mirror_set_members (BcastSubscriptionMirror *self,
                                                                const char * const      *members);
void                     bcast_subscription_mirror_set_count   (BcastSubscriptionMirror *self,
                                                                gint64                   count);
void                     bcast_subscription_mirror_add_unread  (BcastSubscriptionMirror *self,
                                                                guint                    n_unread);

BcastClientMirror       *bcast_client_mirror_new               (const BcastClientOptions *options) G_GNUC_WARN_UNUSED_RESULT;
void                     bcast_client_mirror_set_options       (BcastClientMirror       *self,
                                                                const BcastClientOptions *options);
void                     bcast_client_mirror_add_steps         (BcastClientMirror       *self,
                                                                GPtrArray               *steps);
void                     bcast_client_mirror_set_retry_us      (BcastClientMirror       *self,
                                                                gint64                   retry_us);
void                     bcast_client_mirror_emit_sign_in_changed
                                                               (BcastClientMirror       *self);
void                     bcast_client_mirror_set_sign_in       (BcastClientMirror       *self,
                                                                BcastSignInState         state,
                                                                const char              *error,
                                                                const char              *signed_in_id,
                                                                const char * const      *online);
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

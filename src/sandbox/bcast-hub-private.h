/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-app.h"
#include "bcast-event-cache-private.h"
#include "bcast-hub-channel-private.h"
#include "bcast-hub-faults-private.h"
#include "bcast-hub-observers-private.h"
#include "bcast-hub-options.h"
#include "bcast-hub-users-private.h"
#include "bcast-peer-private.h"
#include "bcast-subscription-counts-private.h"

G_BEGIN_DECLS

#define BCAST_TYPE_HUB (bcast_hub_get_type ())

G_DECLARE_FINAL_TYPE (BcastHub, bcast_hub, BCAST, HUB, GObject)

BcastHub               *bcast_hub_new                  (BcastApp         *app,
                                                        const BcastHubOptions *options) G_GNUC_WARN_UNUSED_RESULT;

BcastApp               *bcast_hub_get_app              (BcastHub         *self);
void                    bcast_hub_set_app              (BcastHub         *self,
                                                        BcastApp         *app,
                                                        const BcastHubOptions *options);
const BcastHubOptions  *bcast_hub_get_options          (BcastHub         *self);

char                   *bcast_hub_make_socket_id       (BcastHub         *self) G_GNUC_WARN_UNUSED_RESULT;
void                    bcast_hub_add_peer             (BcastHub         *self,
                                                        BcastPeer        *peer);
void                    bcast_hub_remove_peer          (BcastHub         *self,
                                                        BcastPeer        *peer);
BcastPeer              *bcast_hub_find_peer            (BcastHub         *self,
                                                        const char       *socket_id);
guint                   bcast_hub_count_peers          (BcastHub         *self);
GPtrArray              *bcast_hub_list_peers           (BcastHub         *self) G_GNUC_WARN_UNUSED_RESULT;

BcastEventCache        *bcast_hub_get_cache            (BcastHub         *self);
BcastHubUsers          *bcast_hub_get_users            (BcastHub         *self);
BcastHubObservers      *bcast_hub_get_observers        (BcastHub         *self);
BcastHubFaults         *bcast_hub_get_faults           (BcastHub         *self);

GHashTable             *bcast_hub_get_channel_table    (BcastHub         *self);
BcastSubscriptionCounts *bcast_hub_get_counts          (BcastHub         *self);
void                    bcast_hub_add_deliveries       (BcastHub         *self,
                                                        guint             n_deliveries);
guint64                 bcast_hub_count_deliveries     (BcastHub         *self);

/* In bcast-hub-channels.c */
BcastHubChannel        *bcast_hub_find_channel         (BcastHub         *self,
                                                        const char       *name);
BcastHubChannel        *bcast_hub_ensure_channel       (BcastHub         *self,
                                                        const char       *name);
void                    bcast_hub_drop_channel         (BcastHub         *self,
                                                        BcastHubChannel  *channel);
GPtrArray              *bcast_hub_list_channels        (BcastHub         *self,
                                                        const char       *prefix) G_GNUC_WARN_UNUSED_RESULT;
void                    bcast_hub_count_changed        (BcastHub         *self,
                                                        BcastHubChannel  *channel);
guint                   bcast_hub_count_channels       (BcastHub         *self);
guint64                 bcast_hub_count_subscriptions  (BcastHub         *self);

/* In bcast-hub-peers.c */
void                    bcast_hub_check_liveness       (BcastHub         *self,
                                                        gint64            now_us);
void                    bcast_hub_close                (BcastHub         *self,
                                                        guint             code,
                                                        const char       *reason);
void                    bcast_hub_stop                 (BcastHub         *self,
                                                        guint             code,
                                                        const char       *reason);

/* In bcast-hub-events.c */
const BcastCachedEvent *bcast_hub_find_cached          (BcastHub         *self,
                                                        const char       *channel);
void                    bcast_hub_publish              (BcastHub         *self,
                                                        const char       *channel,
                                                        const char       *event,
                                                        const char       *data,
                                                        const char       *except_socket_id);
void                    bcast_hub_relay                (BcastHub         *self,
                                                        BcastHubChannel  *channel,
                                                        BcastPeer        *sender,
                                                        const char       *event,
                                                        const char       *data);

/* In bcast-hub-subscriptions.c */
gboolean                bcast_hub_subscribe            (BcastHub         *self,
                                                        BcastPeer        *peer,
                                                        const char       *name,
                                                        const char       *user_id,
                                                        const char       *user_info,
                                                        GError          **error);
void                    bcast_hub_unsubscribe          (BcastHub         *self,
                                                        BcastPeer        *peer,
                                                        const char       *name);
void                    bcast_hub_unsubscribe_all      (BcastHub         *self,
                                                        BcastPeer        *peer);
void                    bcast_hub_join_user            (BcastHub         *self,
                                                        BcastPeer        *peer,
                                                        const char       *user_id);

/* In bcast-hub-sign-in.c */
gboolean                bcast_hub_sign_in              (BcastHub         *self,
                                                        BcastPeer        *peer,
                                                        const char       *user_id,
                                                        const char       *user_info,
                                                        GError          **error);
void                    bcast_hub_watch                (BcastHub         *self,
                                                        BcastPeer        *peer,
                                                        const char * const *user_ids);
void                    bcast_hub_sign_out             (BcastHub         *self,
                                                        BcastPeer        *peer);
void                    bcast_hub_terminate_user       (BcastHub         *self,
                                                        const char       *user_id);

G_END_DECLS

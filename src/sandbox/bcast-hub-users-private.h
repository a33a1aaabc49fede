/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-peer-private.h"

G_BEGIN_DECLS

typedef struct _BcastHubUsers BcastHubUsers;

BcastHubUsers *bcast_hub_users_new           (void) G_GNUC_WARN_UNUSED_RESULT;
void           bcast_hub_users_free          (BcastHubUsers       *self);

gboolean       bcast_hub_users_add           (BcastHubUsers       *self,
                                              const char          *user_id,
                                              BcastPeer           *peer);
gboolean       bcast_hub_users_remove        (BcastHubUsers       *self,
                                              const char          *user_id,
                                              BcastPeer           *peer);
void           bcast_hub_users_watch         (BcastHubUsers       *self,
                                              BcastPeer           *peer,
                                              const char * const  *user_ids);
void           bcast_hub_users_unwatch       (BcastHubUsers       *self,
                                              BcastPeer           *peer);

gboolean       bcast_hub_users_is_online     (BcastHubUsers       *self,
                                              const char          *user_id);
GPtrArray     *bcast_hub_users_list_sockets  (BcastHubUsers       *self,
                                              const char          *user_id) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray     *bcast_hub_users_list_watchers (BcastHubUsers       *self,
                                              const char          *user_id) G_GNUC_WARN_UNUSED_RESULT;
guint          bcast_hub_users_count         (BcastHubUsers       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastHubUsers, bcast_hub_users_free)

G_END_DECLS

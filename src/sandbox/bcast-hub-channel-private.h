/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-channel-name.h"
#include "bcast-peer-private.h"

G_BEGIN_DECLS

/**
 * BcastHubMember:
 * @user_id: who it is
 * @user_info: (nullable): what the member's first socket told about itself, as JSON
 * @n_sockets: how many of the member's sockets are on the channel; never 0
 *
 * One user on a presence channel.
 */
typedef struct
{
  char  *user_id;
  char  *user_info;
  guint  n_sockets;
} BcastHubMember;

typedef struct _BcastHubChannel BcastHubChannel;

BcastHubChannel  *bcast_hub_channel_new           (const char      *name) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_hub_channel_free          (BcastHubChannel *self);

const char       *bcast_hub_channel_get_name      (BcastHubChannel *self);
BcastChannelType  bcast_hub_channel_get_type      (BcastHubChannel *self);
guint             bcast_hub_channel_count_peers   (BcastHubChannel *self);
GPtrArray        *bcast_hub_channel_get_peers     (BcastHubChannel *self);
GPtrArray        *bcast_hub_channel_get_members   (BcastHubChannel *self);
BcastHubMember   *bcast_hub_channel_find_member   (BcastHubChannel *self,
                                                   const char      *user_id);
BcastHubMember   *bcast_hub_channel_find_peer     (BcastHubChannel *self,
                                                   BcastPeer       *peer);
gboolean          bcast_hub_channel_has_peer      (BcastHubChannel *self,
                                                   BcastPeer       *peer);

gboolean          bcast_hub_channel_add           (BcastHubChannel *self,
                                                   BcastPeer       *peer,
                                                   const char      *user_id,
                                                   const char      *user_info);
char             *bcast_hub_channel_remove        (BcastHubChannel *self,
                                                   BcastPeer       *peer) G_GNUC_WARN_UNUSED_RESULT;

guint             bcast_hub_channel_send          (BcastHubChannel *self,
                                                   const char      *text,
                                                   BcastPeer       *except);
char             *bcast_hub_channel_format_roster (BcastHubChannel *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastHubChannel, bcast_hub_channel_free)

G_END_DECLS

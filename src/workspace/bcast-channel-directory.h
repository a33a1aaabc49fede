/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-occupied-channel.h"
#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CHANNEL_DIRECTORY (bcast_channel_directory_get_type ())

/* What the server says is occupied, by the HTTP API. GListModel of BcastOccupiedChannel, sorted by name.
 * Signal "changed": an answer came, or is waited for. */
G_DECLARE_FINAL_TYPE (BcastChannelDirectory, bcast_channel_directory, BCAST, CHANNEL_DIRECTORY, GObject)

BcastChannelDirectory *bcast_channel_directory_new             (void) G_GNUC_WARN_UNUSED_RESULT;
void                   bcast_channel_directory_set_workspace   (BcastChannelDirectory *self,
                                                                BcastWorkspace        *workspace);
void                   bcast_channel_directory_set_prefix      (BcastChannelDirectory *self,
                                                                const char            *prefix);
void                   bcast_channel_directory_set_chosen      (BcastChannelDirectory *self,
                                                                const char            *channel);
void                   bcast_channel_directory_refresh         (BcastChannelDirectory *self);

gboolean               bcast_channel_directory_is_loading      (BcastChannelDirectory *self);
gboolean               bcast_channel_directory_has_answer      (BcastChannelDirectory *self);
const char            *bcast_channel_directory_get_prefix      (BcastChannelDirectory *self);
const GError          *bcast_channel_directory_get_error       (BcastChannelDirectory *self);

/* Of the chosen channel, if that is a presence channel. GListModel of BcastMember */
GListModel            *bcast_channel_directory_get_users       (BcastChannelDirectory *self);
const GError          *bcast_channel_directory_get_users_error (BcastChannelDirectory *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastChannelType:
 *
 * The channel types, in the order in which their prefixes are tested.
 * Source: Channels documentation, “Channels” and “Cache channels”.
 */
typedef enum
{
  BCAST_CHANNEL_SERVER_TO_USER,
  BCAST_CHANNEL_ENCRYPTED_CACHE,
  BCAST_CHANNEL_ENCRYPTED,
  BCAST_CHANNEL_PRIVATE_CACHE,
  BCAST_CHANNEL_PRIVATE,
  BCAST_CHANNEL_PRESENCE_CACHE,
  BCAST_CHANNEL_PRESENCE,
  BCAST_CHANNEL_CACHE,
  BCAST_CHANNEL_PUBLIC,
} BcastChannelType;

BcastChannelType  bcast_channel_name_find_type        (const char        *name);
gboolean          bcast_channel_name_check            (const char        *name,
                                                       gsize              max_length,
                                                       GError           **error);
const char       *bcast_channel_name_skip_prefix      (const char        *name);

const char       *bcast_channel_type_get_prefix       (BcastChannelType   type);
gboolean          bcast_channel_type_needs_auth       (BcastChannelType   type);
gboolean          bcast_channel_type_is_presence      (BcastChannelType   type);
gboolean          bcast_channel_type_is_encrypted     (BcastChannelType   type);
gboolean          bcast_channel_type_is_cache         (BcastChannelType   type);
gboolean          bcast_channel_type_has_client_events (BcastChannelType  type);

gboolean          bcast_user_id_check                 (const char        *user_id,
                                                       GError           **error);
gboolean          bcast_socket_id_is_valid            (const char        *socket_id);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastPeerInfo:
 * @app_id: the app to which it is connected
 * @socket_id: its id
 * @address: (nullable): the IP address it connected from
 * @library: (nullable): what it says it is, such as `js 8.6.0`
 * @user_id: (nullable): whom it is signed in as
 * @since_us: when it connected, in microseconds of the wall clock since 1970
 * @n_channels: to how many channels it is subscribed
 *
 * What can be told about a socket of the sandbox.
 */
typedef struct
{
  char   *app_id;
  char   *socket_id;
  char   *address;
  char   *library;
  char   *user_id;
  gint64  since_us;
  guint   n_channels;
} BcastPeerInfo;

void bcast_peer_info_free (BcastPeerInfo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastPeerInfo, bcast_peer_info_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-peer-private.h"

#include "bcast-hub-private.h"

/**
 * bcast_peer_introduce:
 * @self: a new peer
 * @address: (nullable): the IP address it connected from
 * @library: (nullable): what it says it is, such as `js 8.6.0`
 *
 * Remembers where the peer comes from, and reports that it is there.
 */
void
bcast_peer_introduce (BcastPeer  *self,
                      const char *address,
                      const char *library)
{
  g_return_if_fail (BCAST_IS_PEER (self));

  BcastPeerOrigin *origin = bcast_peer_get_origin (self);
  g_autofree char *text = g_strjoin (", ", address != NULL ? address : library,
                                     address != NULL ? library : NULL, NULL);

  g_free (origin->address);
  g_free (origin->library);
  origin->address = g_strdup (address);
  origin->library = g_strdup (library);
  bcast_hub_report (bcast_peer_get_hub (self), &(BcastReport) {
    .kind = BCAST_REPORT_CONNECTION,
    .socket_id = (char *) bcast_peer_get_socket_id (self),
    .text = text,
  });
}

/**
 * bcast_peer_report_end:
 * @self: a peer whose connection is gone
 *
 * Reports how long it lived, and how it ended.
 */
void
bcast_peer_report_end (BcastPeer *self)
{
  g_return_if_fail (BCAST_IS_PEER (self));

  bcast_hub_report (bcast_peer_get_hub (self), &(BcastReport) {
    .kind = BCAST_REPORT_DISCONNECTION,
    .socket_id = (char *) bcast_peer_get_socket_id (self),
    .user_id = (char *) bcast_peer_get_user_id (self),
    .text = (char *) bcast_peer_get_close_reason (self),
    .code = bcast_peer_get_close_code (self),
    .duration_us = g_get_monotonic_time () - bcast_peer_get_origin (self)->since_us,
  });
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-private.h"

static const char * const nicks[] = {
  [BCAST_CLIENT_INITIALIZED] = "initialized",
  [BCAST_CLIENT_CONNECTING] = "connecting",
  [BCAST_CLIENT_CONNECTED] = "connected",
  [BCAST_CLIENT_UNAVAILABLE] = "unavailable",
  [BCAST_CLIENT_FAILED] = "failed",
  [BCAST_CLIENT_DISCONNECTED] = "disconnected",
};

/* The moves that pusher-js' connection manager makes. */
static const struct
{
  BcastClientState before;
  BcastClientState after;
} moves[] = {
  { BCAST_CLIENT_INITIALIZED, BCAST_CLIENT_CONNECTING },
  { BCAST_CLIENT_INITIALIZED, BCAST_CLIENT_FAILED },
  { BCAST_CLIENT_CONNECTING, BCAST_CLIENT_CONNECTED },
  { BCAST_CLIENT_CONNECTING, BCAST_CLIENT_UNAVAILABLE },
  { BCAST_CLIENT_CONNECTING, BCAST_CLIENT_DISCONNECTED },
  { BCAST_CLIENT_CONNECTED, BCAST_CLIENT_CONNECTING },
  { BCAST_CLIENT_CONNECTED, BCAST_CLIENT_DISCONNECTED },
  { BCAST_CLIENT_UNAVAILABLE, BCAST_CLIENT_CONNECTED },
  { BCAST_CLIENT_UNAVAILABLE, BCAST_CLIENT_CONNECTING },
  { BCAST_CLIENT_UNAVAILABLE, BCAST_CLIENT_DISCONNECTED },
  { BCAST_CLIENT_DISCONNECTED, BCAST_CLIENT_CONNECTING },
};

/* Whether a client may go from one state to another. */
gboolean
bcast_client_state_can_follow (BcastClientState before,
                               BcastClientState after)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].before == before && moves[i].after == after)
      return TRUE;
  return FALSE;
}

/**
 * bcast_client_state_to_nick:
 * @state: a state
 *
 * Returns: the name that pusher-js gives @state
 */
const char *
bcast_client_state_to_nick (BcastClientState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (nicks), "unknown");

  return nicks[state];
}

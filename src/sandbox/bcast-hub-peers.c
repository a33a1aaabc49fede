/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-hub-private.h"

/**
 * bcast_hub_check_liveness:
 * @self: a hub
 * @now_us: the monotonic clock
 *
 * Pings sockets that were silent for the activity timeout, and closes those that did not answer.
 */
void
bcast_hub_check_liveness (BcastHub *self,
                          gint64    now_us)
{
  g_return_if_fail (BCAST_IS_HUB (self));

  g_autoptr(GPtrArray) peers = bcast_hub_list_peers (self);
  gint64 timeout_us = bcast_hub_get_options (self)->activity_timeout_s * G_USEC_PER_SEC;

  for (guint i = 0; i < peers->len; i++)
    bcast_peer_check_liveness (peers->pdata[i], now_us, timeout_us);
}

/**
 * bcast_hub_close:
 * @self: a hub
 * @code: a close code
 * @reason: why
 *
 * Asks every socket to go, in good order.
 */
void
bcast_hub_close (BcastHub   *self,
                 guint       code,
                 const char *reason)
{
  g_return_if_fail (BCAST_IS_HUB (self));

  g_autoptr(GPtrArray) peers = bcast_hub_list_peers (self);

  for (guint i = 0; i < peers->len; i++)
    bcast_peer_close (peers->pdata[i], code, reason);
}

/**
 * bcast_hub_stop:
 * @self: a hub
 * @code: a close code
 * @reason: why
 *
 * Closes every socket at once, without waiting for answers.
 */
void
bcast_hub_stop (BcastHub   *self,
                guint       code,
                const char *reason)
{
  g_return_if_fail (BCAST_IS_HUB (self));

  g_autoptr(GPtrArray) peers = bcast_hub_list_peers (self);

  /* First all are closed, so that none is told of the members that leave by it. */
  bcast_hub_close (self, code, reason);
  for (guint i = 0; i < peers->len; i++)
    bcast_peer_drop (peers->pdata[i]);
}

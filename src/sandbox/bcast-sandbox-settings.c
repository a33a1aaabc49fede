/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-private.h"

#include <string.h>

/**
 * bcast_sandbox_set_host:
 * @self: a sandbox
 * @host: the address to listen at: an IP address of this machine, `0.0.0.0` or `::` for all of
 *   them, or `localhost`
 *
 * Without it only programs on this machine reach the sandbox. Counts from the next start on.
 */
void
bcast_sandbox_set_host (BcastSandbox *self,
                        const char   *host)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self) && host != NULL);

  g_autofree char *old = g_steal_pointer (&self->host);

  self->host = g_strdup (host);
}

/**
 * bcast_sandbox_set_master_key:
 * @self: a sandbox
 * @master_key: (nullable): an encryption master key, 32 bytes in base64
 *
 * With a key the authorize routes give the shared secrets of encrypted channels; the server itself
 * never encrypts. A key that is none keeps the sandbox from starting. Counts from the next start on.
 * Source: Channels documentation, “End-to-end encryption”.
 */
void
bcast_sandbox_set_master_key (BcastSandbox *self,
                              const char   *master_key)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self));

  char *old = self->master_key;

  self->master_key = g_strdup (master_key);
  if (old != NULL)
    explicit_bzero (old, strlen (old));
  g_free (old);
}

/**
 * bcast_sandbox_set_activity_timeout:
 * @self: a sandbox
 * @timeout_s: seconds of silence after which a client pings, and is pinged; at least 1
 *
 * Counts from the next start on.
 */
void
bcast_sandbox_set_activity_timeout (BcastSandbox *self,
                                    guint         timeout_s)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self) && timeout_s > 0);

  self->options.activity_timeout_s = timeout_s;
}

/**
 * bcast_sandbox_set_max_sockets:
 * @self: a sandbox
 * @max_sockets: how many WebSockets may be connected at a time; 20 000 unless told
 *
 * One more is closed with 4100. Counts from the next start on.
 */
void
bcast_sandbox_set_max_sockets (BcastSandbox *self,
                               guint         max_sockets)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self));

  self->options.max_sockets = max_sockets;
}

/**
 * bcast_sandbox_set_max_members:
 * @self: a sandbox
 * @max_members: how many members a presence channel may have; 100 unless told, as it is documented
 *
 * Counts from the next start on.
 */
void
bcast_sandbox_set_max_members (BcastSandbox *self,
                               guint         max_members)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self));

  self->options.max_members = max_members;
}

/**
 * bcast_sandbox_set_subscription_counts:
 * @self: a sandbox
 * @is_on: whether subscribers are told how many they are; %TRUE unless told, while hosted apps have to
 *   switch it on
 *
 * Counts from the next start on.
 * Source: Channels documentation, “Events”, section “Subscription count”.
 */
void
bcast_sandbox_set_subscription_counts (BcastSandbox *self,
                                       gboolean      is_on)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self));

  self->options.has_subscription_counts = is_on;
}

/**
 * bcast_sandbox_get_host:
 * @self: a sandbox
 *
 * Returns: the address it listens at
 */
const char *
bcast_sandbox_get_host (BcastSandbox *self)
{
  g_return_val_if_fail (BCAST_IS_SANDBOX (self), NULL);

  return self->host;
}

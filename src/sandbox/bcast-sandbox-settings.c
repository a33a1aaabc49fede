/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-private.h"

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
  g_clear_pointer (&self->tls, bcast_sandbox_tls_unref);
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

/**
 * bcast_sandbox_set_max_sockets:
 * @self: a sandbox
 * @max_sockets: how many WebSockets may be connected at a time, to all apps together; 20 000 unless told
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
 * bcast_sandbox_set_metrics:
 * @self: a sandbox
 * @is_on: whether counters can be read at `/metrics`, in the text form of Prometheus
 *
 * Counts from the next start on.
 */
void
bcast_sandbox_set_metrics (BcastSandbox *self,
                           gboolean      is_on)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self));

  self->options.has_metrics = is_on;
}

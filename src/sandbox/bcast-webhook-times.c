/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-times-private.h"

#define MAX_DOUBLINGS 16

/**
 * bcast_webhook_times_get_delay_ms:
 * @self: times
 * @n_attempts: how often a delivery was sent in vain; at least once
 *
 * Returns: how long to wait before it is sent again
 */
guint
bcast_webhook_times_get_delay_ms (const BcastWebhookTimes *self,
                                  guint                    n_attempts)
{
  g_return_val_if_fail (self != NULL && n_attempts > 0, 0);

  guint64 delay_ms = (guint64) self->first_retry_ms << MIN (n_attempts - 1, MAX_DOUBLINGS);

  return (guint) MIN (delay_ms, self->longest_retry_ms);
}

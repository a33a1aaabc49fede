/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-webhook-grace-private.h"

G_BEGIN_DECLS

/**
 * BcastWebhookTimes:
 * @grace_ms: for how long leaves are held back
 * @batch_ms: for how long the events of one request are gathered
 * @first_retry_ms: how long after a failure it is sent again; doubled each time
 * @longest_retry_ms: how long that becomes at most
 * @give_up_ms: how long after it was made a delivery is given up
 * @request_ms: how long one request may take
 *
 * When webhooks are sent. Tests have less time than receivers.
 */
typedef struct
{
  guint grace_ms;
  guint batch_ms;
  guint first_retry_ms;
  guint longest_retry_ms;
  guint give_up_ms;
  guint request_ms;
} BcastWebhookTimes;

/* Source: Channels documentation, “Webhooks”, for grace, growing delays and the five minutes; the other
 * times are ours. */
#define BCAST_WEBHOOK_TIMES_DEFAULT { \
    .grace_ms = BCAST_WEBHOOK_GRACE_MS, \
    .batch_ms = 50, \
    .first_retry_ms = 1000, \
    .longest_retry_ms = 60 * 1000, \
    .give_up_ms = 5 * 60 * 1000, \
    .request_ms = 10 * 1000, \
  }

guint bcast_webhook_times_get_delay_ms (const BcastWebhookTimes *self,
                                        guint                    n_attempts);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-webhook-delivery.h"

G_BEGIN_DECLS

/**
 * BcastWebhookJob:
 * @delivery: what can be told about it
 * @headers: (nullable): what is sent along, name and value by turns
 * @next_us: when it is sent next, on the monotonic clock
 * @give_up_us: when it is given up, on the monotonic clock
 * @is_only_try: whether it is given up when the first attempt fails
 *
 * A delivery on its way, held by who sends it and by the list of the last ones.
 */
typedef struct
{
  BcastWebhookDelivery  *delivery;
  char                 **headers;
  gint64                 next_us;
  gint64                 give_up_us;
  gboolean               is_only_try;
} BcastWebhookJob;

BcastWebhookJob *bcast_webhook_job_new   (const char         *url,
                                          const char * const *headers,
                                          char               *body) G_GNUC_WARN_UNUSED_RESULT;
BcastWebhookJob *bcast_webhook_job_ref   (BcastWebhookJob    *self);
void             bcast_webhook_job_unref (BcastWebhookJob    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastWebhookJob, bcast_webhook_job_unref)

G_END_DECLS

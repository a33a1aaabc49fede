/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-job-private.h"

/**
 * bcast_webhook_job_new:
 * @url: where it goes
 * @headers: (nullable): what is sent along, name and value by turns
 * @body: (transfer full): what is sent
 *
 * Returns: (transfer full): a delivery that was not sent yet
 */
BcastWebhookJob *
bcast_webhook_job_new (const char         *url,
                       const char * const *headers,
                       char               *body)
{
  g_return_val_if_fail (url != NULL && body != NULL, NULL);

  BcastWebhookJob *self = g_rc_box_new0 (BcastWebhookJob);

  self->delivery = g_new0 (BcastWebhookDelivery, 1);
  self->delivery->url = g_strdup (url);
  self->delivery->body = body;
  self->delivery->created_us = g_get_real_time ();
  self->headers = g_strdupv ((char **) headers);
  return self;
}

/**
 * bcast_webhook_job_ref:
 * @self: a job
 *
 * Returns: (transfer full): @self
 */
BcastWebhookJob *
bcast_webhook_job_ref (BcastWebhookJob *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  BcastWebhookJob *self = data;

  bcast_webhook_delivery_free (self->delivery);
  g_strfreev (self->headers);
}

/**
 * bcast_webhook_job_unref:
 * @self: (transfer full): a job
 */
void
bcast_webhook_job_unref (BcastWebhookJob *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, clear);
}

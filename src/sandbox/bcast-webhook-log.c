/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-log-private.h"

#include <string.h>

/**
 * BcastWebhookLog:
 *
 * The last deliveries, whether they ended or not. Bounded in number and in bytes; the newest is always kept.
 */
struct _BcastWebhookLog
{
  GQueue jobs; /* BcastWebhookJob, by serial */
  gsize  size_bytes;
};

/**
 * bcast_webhook_log_new:
 *
 * Returns: (transfer full): an empty log
 */
BcastWebhookLog *
bcast_webhook_log_new (void)
{
  BcastWebhookLog *self = g_new0 (BcastWebhookLog, 1);

  g_queue_init (&self->jobs);
  return self;
}

static void
unref_job (gpointer job)
{
  bcast_webhook_job_unref (job);
}

/**
 * bcast_webhook_log_free:
 * @self: (transfer full): a log
 */
void
bcast_webhook_log_free (BcastWebhookLog *self)
{
  g_return_if_fail (self != NULL);

  g_queue_clear_full (&self->jobs, unref_job);
  g_free (self);
}

/**
 * bcast_webhook_log_push:
 * @self: a log
 * @job: the newest; referenced
 */
void
bcast_webhook_log_push (BcastWebhookLog *self,
                        BcastWebhookJob *job)
{
  g_return_if_fail (self != NULL && job != NULL);

  g_queue_push_tail (&self->jobs, bcast_webhook_job_ref (job));
  self->size_bytes += strlen (job->delivery->body);

  while (self->jobs.length > BCAST_WEBHOOK_LOG_MAX
         || (self->jobs.length > 1 && self->size_bytes > BCAST_WEBHOOK_LOG_MAX_BYTES))
    {
      BcastWebhookJob *oldest = g_queue_pop_head (&self->jobs);

      self->size_bytes -= strlen (oldest->delivery->body);
      bcast_webhook_job_unref (oldest);
    }
}

/**
 * bcast_webhook_log_find:
 * @self: a log
 * @serial: a delivery's serial
 *
 * Returns: (transfer none) (nullable): the delivery, if it is still remembered
 */
BcastWebhookJob *
bcast_webhook_log_find (BcastWebhookLog *self,
                        guint64          serial)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (GList *l = self->jobs.head; l != NULL; l = l->next)
    if (((BcastWebhookJob *) l->data)->delivery->serial == serial)
      return l->data;
  return NULL;
}

static void
free_delivery (gpointer delivery)
{
  bcast_webhook_delivery_free (delivery);
}

/**
 * bcast_webhook_log_list:
 * @self: a log
 *
 * Returns: (transfer full) (element-type BcastWebhookDelivery): copies of what is remembered, the oldest first
 */
GPtrArray *
bcast_webhook_log_list (BcastWebhookLog *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GPtrArray *deliveries = g_ptr_array_new_full (self->jobs.length, free_delivery);

  for (GList *l = self->jobs.head; l != NULL; l = l->next)
    g_ptr_array_add (deliveries, bcast_webhook_delivery_copy (((BcastWebhookJob *) l->data)->delivery));
  return deliveries;
}

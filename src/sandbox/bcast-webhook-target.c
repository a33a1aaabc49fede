/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-target-private.h"

#include <string.h>

#include "bcast-webhook-format-private.h"

static void
send_batch_cb (const char *events,
               guint       n_events,
               gpointer    user_data)
{
  BcastWebhookTarget *self = user_data;

  self->send (self, events, n_events, self->user_data);
}

/**
 * bcast_webhook_target_new:
 * @webhook: what it wants to know; copied
 * @sender: (transfer full): how it is reached
 * @gather_ms: for how long the events of one request are gathered
 * @send: makes requests
 * @user_data: for @send
 *
 * Returns: (transfer full): a receiver that was told nothing yet
 */
BcastWebhookTarget *
bcast_webhook_target_new (const BcastWebhook     *webhook,
                          BcastWebhookSender     *sender,
                          guint                   gather_ms,
                          BcastWebhookTargetFunc  send,
                          gpointer                user_data)
{
  g_return_val_if_fail (webhook != NULL && sender != NULL && send != NULL, NULL);

  BcastWebhookTarget *self = g_new0 (BcastWebhookTarget, 1);

  self->webhook = bcast_webhook_copy (webhook);
  self->sender = sender;
  self->batch = bcast_webhook_batch_new (gather_ms, send_batch_cb, self);
  self->is_gathering = TRUE;
  self->send = send;
  self->user_data = user_data;
  return self;
}

/**
 * bcast_webhook_target_free:
 * @self: (transfer full): a receiver, whose deliveries are cut off
 */
void
bcast_webhook_target_free (BcastWebhookTarget *self)
{
  g_return_if_fail (self != NULL);

  bcast_webhook_batch_free (self->batch);
  bcast_webhook_sender_free (self->sender);
  bcast_webhook_free (self->webhook);
  g_free (self);
}

/**
 * bcast_webhook_target_set_webhook:
 * @self: a receiver
 * @webhook: what it wants to know from now on, at the same address; copied
 */
void
bcast_webhook_target_set_webhook (BcastWebhookTarget *self,
                                  const BcastWebhook *webhook)
{
  g_return_if_fail (self != NULL && webhook != NULL);

  bcast_webhook_batch_send (self->batch);
  bcast_webhook_free (self->webhook);
  self->webhook = bcast_webhook_copy (webhook);
}

/**
 * bcast_webhook_target_tell:
 * @self: a receiver
 * @event: from bcast_webhook_format_event()
 */
void
bcast_webhook_target_tell (BcastWebhookTarget *self,
                           const char         *event)
{
  g_return_if_fail (self != NULL && event != NULL);

  if (self->webhook->is_batched && self->is_gathering)
    bcast_webhook_batch_add (self->batch, event);
  else
    self->send (self, event, 1, self->user_data);
}

static void
free_target (gpointer target)
{
  bcast_webhook_target_free (target);
}

/**
 * bcast_webhook_targets_new:
 *
 * Returns: (transfer full) (element-type BcastWebhookTarget): no receivers
 */
GPtrArray *
bcast_webhook_targets_new (void)
{
  return g_ptr_array_new_with_free_func (free_target);
}

/**
 * bcast_webhook_targets_find:
 * @targets: receivers
 * @url: an address
 *
 * Returns: (transfer none) (nullable): the first receiver there
 */
BcastWebhookTarget *
bcast_webhook_targets_find (GPtrArray  *targets,
                            const char *url)
{
  g_return_val_if_fail (targets != NULL && url != NULL, NULL);

  for (guint i = 0; i < targets->len; i++)
    if (strcmp (((BcastWebhookTarget *) targets->pdata[i])->webhook->url, url) == 0)
      return targets->pdata[i];
  return NULL;
}

/**
 * bcast_webhook_targets_take:
 * @targets: receivers
 * @url: an address
 *
 * Returns: (transfer full) (nullable): the first receiver there, no longer in the list
 */
BcastWebhookTarget *
bcast_webhook_targets_take (GPtrArray  *targets,
                            const char *url)
{
  BcastWebhookTarget *target = bcast_webhook_targets_find (targets, url);
  guint index;

  return target != NULL && g_ptr_array_find (targets, target, &index)
         ? g_ptr_array_steal_index (targets, index) : NULL;
}

/**
 * bcast_webhook_targets_tell:
 * @targets: receivers
 * @report: what those of them are told who want to know
 */
void
bcast_webhook_targets_tell (GPtrArray         *targets,
                            const BcastReport *report)
{
  g_return_if_fail (targets != NULL && report != NULL);

  g_autofree char *event = NULL;

  for (guint i = 0; i < targets->len; i++)
    {
      BcastWebhookTarget *target = targets->pdata[i];

      if (!bcast_webhook_wants (target->webhook, report))
        continue;
      if (event == NULL)
        event = bcast_webhook_format_event (report);
      bcast_webhook_target_tell (target, event);
    }
}

/**
 * bcast_webhook_targets_hurry:
 * @targets: receivers
 *
 * Sends what there is now and once, and gathers nothing from now on.
 */
void
bcast_webhook_targets_hurry (GPtrArray *targets)
{
  g_return_if_fail (targets != NULL);

  for (guint i = 0; i < targets->len; i++)
    {
      BcastWebhookTarget *target = targets->pdata[i];

      target->is_gathering = FALSE;
      bcast_webhook_batch_send (target->batch);
      bcast_webhook_sender_hurry (target->sender);
    }
}

/**
 * bcast_webhook_targets_give_up:
 * @targets: receivers
 * @reason: a sentence that says why nothing is sent any more
 */
void
bcast_webhook_targets_give_up (GPtrArray  *targets,
                               const char *reason)
{
  g_return_if_fail (targets != NULL && reason != NULL);

  for (guint i = 0; i < targets->len; i++)
    {
      BcastWebhookTarget *target = targets->pdata[i];

      bcast_webhook_batch_send (target->batch);
      bcast_webhook_sender_give_up (target->sender, reason);
    }
}

/**
 * bcast_webhook_targets_are_idle:
 * @targets: receivers
 *
 * Returns: whether nothing waits for them or is on its way
 */
gboolean
bcast_webhook_targets_are_idle (GPtrArray *targets)
{
  g_return_val_if_fail (targets != NULL, TRUE);

  for (guint i = 0; i < targets->len; i++)
    if (!bcast_webhook_sender_is_idle (((BcastWebhookTarget *) targets->pdata[i])->sender))
      return FALSE;
  return TRUE;
}

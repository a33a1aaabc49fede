/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-batch-private.h"

#include <string.h>

#include "bcast-webhook-timer-private.h"

#define ENVELOPE_BYTES 64 /* what a body has besides its events, and a little more */

/**
 * BcastWebhookBatch:
 *
 * Gathers what happens within a moment for one request.
 *
 * Source: Channels documentation, “Webhooks”, section “Batch events”.
 */
struct _BcastWebhookBatch
{
  BcastWebhookBatchFunc  send;
  gpointer               user_data;
  guint                  gather_ms;

  GString               *events;
  guint                  n_events;
  GSource               *timer; /* NULL while there are none */
};

/**
 * bcast_webhook_batch_new:
 * @gather_ms: for how long events are gathered
 * @send: called with what came within that time
 * @user_data: for @send
 *
 * Returns: (transfer full): an empty batch
 */
BcastWebhookBatch *
bcast_webhook_batch_new (guint                  gather_ms,
                         BcastWebhookBatchFunc  send,
                         gpointer               user_data)
{
  g_return_val_if_fail (send != NULL, NULL);

  BcastWebhookBatch *self = g_new0 (BcastWebhookBatch, 1);

  self->send = send;
  self->user_data = user_data;
  self->gather_ms = gather_ms;
  self->events = g_string_new (NULL);
  return self;
}

/**
 * bcast_webhook_batch_free:
 * @self: (transfer full): what is in it is not sent
 */
void
bcast_webhook_batch_free (BcastWebhookBatch *self)
{
  g_return_if_fail (self != NULL);

  bcast_webhook_timer_stop (&self->timer);
  g_string_free (self->events, TRUE);
  g_free (self);
}

static gboolean
timer_cb (gpointer user_data)
{
  bcast_webhook_batch_send (user_data);
  return G_SOURCE_REMOVE;
}

/**
 * bcast_webhook_batch_add:
 * @self: a batch
 * @event: from bcast_webhook_format_event()
 *
 * Sends it soon with others, or at once when the batch is full.
 */
void
bcast_webhook_batch_add (BcastWebhookBatch *self,
                         const char        *event)
{
  g_return_if_fail (self != NULL && event != NULL);

  if (self->n_events > 0
      && self->events->len + strlen (event) + ENVELOPE_BYTES > BCAST_WEBHOOK_BATCH_MAX_BYTES)
    bcast_webhook_batch_send (self);

  if (self->n_events > 0)
    g_string_append_c (self->events, ',');
  g_string_append (self->events, event);
  self->n_events++;

  if (self->n_events >= BCAST_WEBHOOK_BATCH_MAX_EVENTS)
    bcast_webhook_batch_send (self);
  else if (self->timer == NULL)
    bcast_webhook_timer_start (&self->timer, self->gather_ms, timer_cb, self);
}

/**
 * bcast_webhook_batch_send:
 * @self: a batch
 *
 * Sends now what is in it, if anything.
 */
void
bcast_webhook_batch_send (BcastWebhookBatch *self)
{
  g_return_if_fail (self != NULL);

  bcast_webhook_timer_stop (&self->timer);
  if (self->n_events == 0)
    return;

  self->send (self->events->str, self->n_events, self->user_data);
  g_string_truncate (self->events, 0);
  self->n_events = 0;
}

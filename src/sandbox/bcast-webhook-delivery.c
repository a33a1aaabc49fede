/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-delivery.h"

/**
 * bcast_webhook_delivery_copy:
 * @self: a delivery
 *
 * Returns: (transfer full): the same with texts of its own
 */
BcastWebhookDelivery *
bcast_webhook_delivery_copy (const BcastWebhookDelivery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  BcastWebhookDelivery *copy = g_new (BcastWebhookDelivery, 1);

  *copy = *self;
  copy->url = g_strdup (self->url);
  copy->body = g_strdup (self->body);
  copy->text = g_strdup (self->text);
  return copy;
}

/**
 * bcast_webhook_delivery_free:
 * @self: (transfer full): a delivery
 */
void
bcast_webhook_delivery_free (BcastWebhookDelivery *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->url);
  g_free (self->body);
  g_free (self->text);
  g_free (self);
}

/**
 * bcast_webhook_state_to_string:
 * @state: a state
 *
 * Returns: its name for machines, the same in every language
 */
const char *
bcast_webhook_state_to_string (BcastWebhookState state)
{
  switch (state)
    {
    case BCAST_WEBHOOK_SENDING:
      return "sending";
    case BCAST_WEBHOOK_DELIVERED:
      return "delivered";
    case BCAST_WEBHOOK_GIVEN_UP:
      return "given-up";
    case BCAST_WEBHOOK_WAITING:
    default:
      return "waiting";
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastWebhookState:
 * @BCAST_WEBHOOK_WAITING: to be sent, or sent again, when its time comes
 * @BCAST_WEBHOOK_SENDING: on its way
 * @BCAST_WEBHOOK_DELIVERED: the receiver took it
 * @BCAST_WEBHOOK_GIVEN_UP: not delivered, and not tried any more
 *
 * Where a webhook's request stands.
 */
typedef enum
{
  BCAST_WEBHOOK_WAITING,
  BCAST_WEBHOOK_SENDING,
  BCAST_WEBHOOK_DELIVERED,
  BCAST_WEBHOOK_GIVEN_UP,
} BcastWebhookState;

/**
 * BcastWebhookDelivery:
 * @serial: counts an app's deliveries from 1
 * @replay_of: the serial of the one that it repeats; 0 for none
 * @url: where it goes
 * @body: what is sent, a JSON text of which every byte is signed
 * @n_events: how many events are in @body
 * @state: where it stands
 * @attempts: how often it was sent
 * @status: the HTTP status of the last answer; 0 without one
 * @text: (nullable): a sentence that says why the last attempt failed
 * @created_us: when it was made, in microseconds of the wall clock since 1970
 * @next_try_us: when it is sent next; 0 unless it waits
 * @ended_us: when it was delivered or given up; 0 before
 * @duration_us: how long the last attempt took
 *
 * One request to a webhook's receiver, with all attempts to make it.
 */
typedef struct
{
  guint64            serial;
  guint64            replay_of;
  char              *url;
  char              *body;
  guint              n_events;
  BcastWebhookState  state;
  guint              attempts;
  guint              status;
  char              *text;
  gint64             created_us;
  gint64             next_try_us;
  gint64             ended_us;
  gint64             duration_us;
} BcastWebhookDelivery;

BcastWebhookDelivery *bcast_webhook_delivery_copy   (const BcastWebhookDelivery *self) G_GNUC_WARN_UNUSED_RESULT;
void                  bcast_webhook_delivery_free   (BcastWebhookDelivery       *self);
const char           *bcast_webhook_state_to_string (BcastWebhookState           state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastWebhookDelivery, bcast_webhook_delivery_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-webhook-sender-private.h"
#include "webhook-receiver.h"

G_BEGIN_DECLS

/* A sender without a hub around it, and somebody to send to. */
typedef struct
{
  Receiver            receiver;
  SoupSession        *session;
  BcastApp           *app;
  BcastWebhookSender *sender;
  guint64             last_serial;
  GPtrArray          *changes; /* BcastWebhookDelivery, as they were */
} SenderFixture;

void sender_set_up        (SenderFixture              *fixture,
                           gconstpointer               data);
void sender_tear_down     (SenderFixture              *fixture,
                           gconstpointer               data);
void sender_use_times     (SenderFixture              *fixture,
                           const BcastWebhookTimes    *times);

void sender_push_to       (SenderFixture              *fixture,
                           const char                 *url,
                           const char * const         *headers,
                           const char                 *body);
void sender_push          (SenderFixture              *fixture,
                           const char                 *body);

const BcastWebhookDelivery *sender_get_change      (SenderFixture *fixture,
                                                    guint          index);
const BcastWebhookDelivery *sender_get_last_change (SenderFixture *fixture);

void delivery_assert_text (const BcastWebhookDelivery *delivery,
                           const char                 *part);

G_END_DECLS

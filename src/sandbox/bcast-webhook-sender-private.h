/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-app.h"
#include "bcast-webhook-job-private.h"
#include "bcast-webhook-times-private.h"

G_BEGIN_DECLS

/* Ours: what waits for one receiver at most. */
#define BCAST_WEBHOOK_SENDER_MAX_WAITING 1000
#define BCAST_WEBHOOK_SENDER_MAX_BYTES   (8 * 1024 * 1024)

typedef struct _BcastWebhookSender BcastWebhookSender;

/* Is told after each attempt, and when a delivery is given up without one; and with NULL when the request ended
 * whose delivery was given up before. */
typedef void (*BcastWebhookSenderFunc) (BcastWebhookJob *job,
                                        gpointer         user_data);

BcastWebhookSender *bcast_webhook_sender_new     (SoupSession             *session,
                                                  BcastApp                *app,
                                                  const BcastWebhookTimes *times,
                                                  BcastWebhookSenderFunc   changed,
                                                  gpointer                 user_data) G_GNUC_WARN_UNUSED_RESULT;
void                bcast_webhook_sender_free    (BcastWebhookSender      *self);
void                bcast_webhook_sender_set_app (BcastWebhookSender      *self,
                                                  BcastApp                *app);

void                bcast_webhook_sender_push    (BcastWebhookSender      *self,
                                                  BcastWebhookJob         *job);
void                bcast_webhook_sender_hurry   (BcastWebhookSender      *self);
void                bcast_webhook_sender_give_up (BcastWebhookSender      *self,
                                                  const char              *reason);
gboolean            bcast_webhook_sender_is_idle (BcastWebhookSender      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastWebhookSender, bcast_webhook_sender_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ours: hosted Pusher does not tell how much it puts into one request. */
#define BCAST_WEBHOOK_BATCH_MAX_EVENTS 1000
#define BCAST_WEBHOOK_BATCH_MAX_BYTES  (256 * 1024)

typedef struct _BcastWebhookBatch BcastWebhookBatch;

/* Is given events to send in one request, with commas between. */
typedef void (*BcastWebhookBatchFunc) (const char *events,
                                       guint       n_events,
                                       gpointer    user_data);

BcastWebhookBatch *bcast_webhook_batch_new  (guint                  gather_ms,
                                             BcastWebhookBatchFunc  send,
                                             gpointer               user_data) G_GNUC_WARN_UNUSED_RESULT;
void               bcast_webhook_batch_free (BcastWebhookBatch     *self);

void               bcast_webhook_batch_add  (BcastWebhookBatch     *self,
                                             const char            *event);
void               bcast_webhook_batch_send (BcastWebhookBatch     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastWebhookBatch, bcast_webhook_batch_free)

G_END_DECLS

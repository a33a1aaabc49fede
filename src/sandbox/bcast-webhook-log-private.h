/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-webhook-job-private.h"

G_BEGIN_DECLS

#define BCAST_WEBHOOK_LOG_MAX       200
#define BCAST_WEBHOOK_LOG_MAX_BYTES (8 * 1024 * 1024)

typedef struct _BcastWebhookLog BcastWebhookLog;

BcastWebhookLog *bcast_webhook_log_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void             bcast_webhook_log_free (BcastWebhookLog *self);

void             bcast_webhook_log_push (BcastWebhookLog *self,
                                         BcastWebhookJob *job);
BcastWebhookJob *bcast_webhook_log_find (BcastWebhookLog *self,
                                         guint64          serial);
GPtrArray       *bcast_webhook_log_list (BcastWebhookLog *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastWebhookLog, bcast_webhook_log_free)

G_END_DECLS

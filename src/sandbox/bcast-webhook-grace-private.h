/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-report.h"

G_BEGIN_DECLS

#define BCAST_WEBHOOK_GRACE_MS  3000  /* Source: Channels documentation, “Webhooks”, section “Delays” */
#define BCAST_WEBHOOK_GRACE_MAX 20000 /* ours: so many leaves wait at most */

typedef struct _BcastWebhookGrace BcastWebhookGrace;

/* Is told of what stands; @report is there for the time of the call. */
typedef void (*BcastWebhookGraceFunc) (const BcastReport *report,
                                       gpointer           user_data);

BcastWebhookGrace *bcast_webhook_grace_new   (guint                  grace_ms,
                                              BcastWebhookGraceFunc  tell,
                                              gpointer               user_data) G_GNUC_WARN_UNUSED_RESULT;
void               bcast_webhook_grace_free  (BcastWebhookGrace     *self);

void               bcast_webhook_grace_take  (BcastWebhookGrace     *self,
                                              const BcastReport     *report,
                                              gint64                 now_us);
void               bcast_webhook_grace_run   (BcastWebhookGrace     *self,
                                              gint64                 now_us);
void               bcast_webhook_grace_end   (BcastWebhookGrace     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastWebhookGrace, bcast_webhook_grace_free)

G_END_DECLS

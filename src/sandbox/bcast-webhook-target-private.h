/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-webhook-batch-private.h"
#include "bcast-webhook-sender-private.h"
#include "bcast-webhook.h"

G_BEGIN_DECLS

typedef struct _BcastWebhookTarget BcastWebhookTarget;

/* Is asked to make a request of @events, which have commas between, and to push it to the target's sender. */
typedef void (*BcastWebhookTargetFunc) (BcastWebhookTarget *target,
                                        const char         *events,
                                        guint               n_events,
                                        gpointer            user_data);

/**
 * BcastWebhookTarget:
 * @webhook: what it wants to know
 * @sender: how it is reached
 * @batch: what is gathered for it
 * @is_gathering: whether events wait for others to come along, as far as @webhook allows it
 * @send: makes requests
 * @user_data: for @send
 *
 * One receiver of webhooks.
 */
struct _BcastWebhookTarget
{
  BcastWebhook           *webhook;
  BcastWebhookSender     *sender;
  BcastWebhookBatch      *batch;
  gboolean                is_gathering;
  BcastWebhookTargetFunc  send;
  gpointer                user_data;
};

BcastWebhookTarget *bcast_webhook_target_new         (const BcastWebhook     *webhook,
                                                      BcastWebhookSender     *sender,
                                                      guint                   gather_ms,
                                                      BcastWebhookTargetFunc  send,
                                                      gpointer                user_data) G_GNUC_WARN_UNUSED_RESULT;
void                bcast_webhook_target_free        (BcastWebhookTarget     *self);

void                bcast_webhook_target_set_webhook (BcastWebhookTarget     *self,
                                                      const BcastWebhook     *webhook);
void                bcast_webhook_target_tell        (BcastWebhookTarget     *self,
                                                      const char             *event);

/* Lists of receivers, which own them. */
GPtrArray          *bcast_webhook_targets_new        (void) G_GNUC_WARN_UNUSED_RESULT;
BcastWebhookTarget *bcast_webhook_targets_find       (GPtrArray              *targets,
                                                      const char             *url);
BcastWebhookTarget *bcast_webhook_targets_take       (GPtrArray              *targets,
                                                      const char             *url);
void                bcast_webhook_targets_tell       (GPtrArray              *targets,
                                                      const BcastReport      *report);
void                bcast_webhook_targets_hurry      (GPtrArray              *targets);
void                bcast_webhook_targets_give_up    (GPtrArray              *targets,
                                                      const char             *reason);
gboolean            bcast_webhook_targets_are_idle   (GPtrArray              *targets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastWebhookTarget, bcast_webhook_target_free)

G_END_DECLS

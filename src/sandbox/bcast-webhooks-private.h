/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-hub-private.h"
#include "bcast-webhook-delivery.h"
#include "bcast-webhook-times-private.h"
#include "bcast-webhook.h"

G_BEGIN_DECLS

typedef struct _BcastWebhooks BcastWebhooks;

BcastWebhooks *bcast_webhooks_new              (BcastHub                 *hub) G_GNUC_WARN_UNUSED_RESULT;
BcastWebhooks *bcast_webhooks_new_with_times   (BcastHub                 *hub,
                                                const BcastWebhookTimes  *times) G_GNUC_WARN_UNUSED_RESULT;
void           bcast_webhooks_free             (BcastWebhooks            *self);

void           bcast_webhooks_set              (BcastWebhooks            *self,
                                                GPtrArray                *webhooks);
void           bcast_webhooks_set_clock_offset (BcastWebhooks            *self,
                                                int                       offset_s);

GPtrArray     *bcast_webhooks_list             (BcastWebhooks            *self) G_GNUC_WARN_UNUSED_RESULT;
guint64        bcast_webhooks_replay           (BcastWebhooks            *self,
                                                guint64                   serial,
                                                const char               *url,
                                                GError                  **error);

void           bcast_webhooks_flush_async      (BcastWebhooks            *self,
                                                guint                     limit_ms,
                                                GAsyncReadyCallback       callback,
                                                gpointer                  user_data);
gboolean       bcast_webhooks_flush_finish     (BcastWebhooks            *self,
                                                GAsyncResult             *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastWebhooks, bcast_webhooks_free)

G_END_DECLS

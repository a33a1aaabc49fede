/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ours: the documentation tells that misses are not repeated, and not for how long. */
#define BCAST_WEBHOOK_MISSES_S   30
#define BCAST_WEBHOOK_MISSES_MAX 10000

typedef struct _BcastWebhookMisses BcastWebhookMisses;

BcastWebhookMisses *bcast_webhook_misses_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void                bcast_webhook_misses_free   (BcastWebhookMisses *self);

gboolean            bcast_webhook_misses_is_new (BcastWebhookMisses *self,
                                                 const char         *channel,
                                                 gint64              now_us);
void                bcast_webhook_misses_forget (BcastWebhookMisses *self,
                                                 const char         *channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastWebhookMisses, bcast_webhook_misses_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-app.h"

G_BEGIN_DECLS

#define BCAST_WEBHOOK_ANSWER_BYTES (16 * 1024) /* more of an answer is not read */

/**
 * BcastWebhookRequest:
 * @app: who signs it
 * @url: where it goes
 * @headers: (nullable): what is sent along, name and value by turns
 * @body: every byte of it is signed
 * @timeout_ms: how long it may take from start to end
 *
 * One attempt to deliver a webhook.
 */
typedef struct
{
  BcastApp           *app;
  const char         *url;
  const char * const *headers;
  GBytes             *body;
  guint               timeout_ms;
} BcastWebhookRequest;

SoupSession *bcast_webhook_session_new    (void) G_GNUC_WARN_UNUSED_RESULT;

void         bcast_webhook_request_async  (SoupSession               *session,
                                           const BcastWebhookRequest *request,
                                           GCancellable              *cancellable,
                                           GAsyncReadyCallback        callback,
                                           gpointer                   user_data);
gboolean     bcast_webhook_request_finish (GAsyncResult              *result,
                                           guint                     *status,
                                           GError                   **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * BcastHttpExchange:
 * @session: what sends it
 * @message: the request; afterwards it has the status
 * @max_bytes: how much of the answer's body is read
 * @timeout_ms: how long it may take from start to end
 *
 * One HTTP request and what bounds it.
 */
typedef struct
{
  SoupSession *session;
  SoupMessage *message;
  gsize        max_bytes;
  guint        timeout_ms;
} BcastHttpExchange;

void    bcast_http_exchange_async  (const BcastHttpExchange  *exchange,
                                    GCancellable             *cancellable,
                                    GAsyncReadyCallback       callback,
                                    gpointer                  user_data);
GBytes *bcast_http_exchange_finish (GAsyncResult             *result,
                                    gboolean                 *is_cut,
                                    GError                  **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-report.h"

G_BEGIN_DECLS

/* The kinds of reports that are webhooks too. Source: Channels documentation, “Webhooks”. */
#define BCAST_WEBHOOK_ALL (1u << BCAST_REPORT_OCCUPIED | 1u << BCAST_REPORT_VACATED \
                           | 1u << BCAST_REPORT_MEMBER_ADDED | 1u << BCAST_REPORT_MEMBER_REMOVED \
                           | 1u << BCAST_REPORT_CLIENT_EVENT | 1u << BCAST_REPORT_CACHE_MISS \
                           | 1u << BCAST_REPORT_SUBSCRIPTION_COUNT)

/**
 * BcastWebhook:
 * @url: where it goes, http or https; its query may hold a secret of the receiver's
 * @kinds: what it is told, a bit `1u << BCAST_REPORT_…` each; 0 for all of %BCAST_WEBHOOK_ALL
 * @channel_prefix: (nullable): only about channels whose names begin with this
 * @headers: (nullable) (array zero-terminated=1): headers that are sent along, name and value by turns; the
 *   values may be secret
 * @is_batched: whether what happens within a moment comes in one request
 *
 * Where an app wants to be told of what happens on its channels.
 */
typedef struct
{
  char      *url;
  guint      kinds;
  char      *channel_prefix;
  char     **headers;
  gboolean   is_batched;
} BcastWebhook;

BcastWebhook *bcast_webhook_new            (const char          *url) G_GNUC_WARN_UNUSED_RESULT;
BcastWebhook *bcast_webhook_copy           (const BcastWebhook  *self) G_GNUC_WARN_UNUSED_RESULT;
void          bcast_webhook_free           (BcastWebhook        *self);
gboolean      bcast_webhook_check          (const BcastWebhook  *self,
                                            GError             **error);
char         *bcast_webhook_dup_shown_url  (const char          *url) G_GNUC_WARN_UNUSED_RESULT;
gboolean      bcast_webhook_wants          (const BcastWebhook  *self,
                                            const BcastReport   *report);

GPtrArray    *bcast_webhook_array_new      (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *bcast_webhook_array_copy     (GPtrArray           *webhooks) G_GNUC_WARN_UNUSED_RESULT;

const char   *bcast_webhook_kind_to_string (BcastReportKind      kind);
gboolean      bcast_webhook_kind_parse     (const char          *text,
                                            BcastReportKind     *kind,
                                            GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastWebhook, bcast_webhook_free)

G_END_DECLS

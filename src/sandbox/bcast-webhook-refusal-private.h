/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GError *bcast_webhook_refusal_new         (const char   *url,
                                           guint         status,
                                           const char   *words) G_GNUC_WARN_UNUSED_RESULT;
GError *bcast_webhook_refusal_new_failed  (const char   *url,
                                           const GError *cause) G_GNUC_WARN_UNUSED_RESULT;
GError *bcast_webhook_refusal_new_timeout (const char   *url,
                                           guint         waited_ms) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

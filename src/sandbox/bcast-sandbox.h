/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-app.h"
#include "bcast-fault.h"
#include "bcast-peer-info.h"
#include "bcast-report.h"
#include "bcast-sandbox-app.h"
#include "bcast-webhook-delivery.h"

G_BEGIN_DECLS

#define BCAST_TYPE_SANDBOX (bcast_sandbox_get_type ())

#define BCAST_SANDBOX_MAX_FAULTS     100  /* at a time */
#define BCAST_SANDBOX_PREFERRED_PORT 6001 /* what soketi and laravel-websockets listen on */

/* The embedded server. It runs in a thread and context of its own from start to stop; the functions
 * here may be called from the context it was made in. */
G_DECLARE_FINAL_TYPE (BcastSandbox, bcast_sandbox, BCAST, SANDBOX, GObject)

/* Gets reports, and how many more there were that could not be kept because the last ones were not read
 * in time. */
typedef void (*BcastSandboxReportsFunc) (GPtrArray *reports,
                                         guint64    n_lost,
                                         gpointer   user_data);

BcastSandbox *bcast_sandbox_new              (const char    *app_id,
                                              const char    *key,
                                              const char    *secret) G_GNUC_WARN_UNUSED_RESULT;

gboolean      bcast_sandbox_start            (BcastSandbox  *self,
                                              guint16        preferred_port,
                                              gboolean       any_port,
                                              GError       **error);
void          bcast_sandbox_stop             (BcastSandbox  *self);

gboolean      bcast_sandbox_is_running       (BcastSandbox  *self);
guint16       bcast_sandbox_get_port         (BcastSandbox  *self);
BcastApp     *bcast_sandbox_dup_app          (BcastSandbox  *self) G_GNUC_WARN_UNUSED_RESULT;

/* In bcast-sandbox-settings.c */
void          bcast_sandbox_set_host         (BcastSandbox  *self,
                                              const char    *host);
const char   *bcast_sandbox_get_host         (BcastSandbox  *self);
void          bcast_sandbox_set_max_sockets  (BcastSandbox  *self,
                                              guint          max_sockets);
void          bcast_sandbox_set_metrics      (BcastSandbox  *self,
                                              gboolean       is_on);

/* In bcast-sandbox-tls-settings.c */
void          bcast_sandbox_set_tls_certificate (BcastSandbox *self,
                                              GTlsCertificate *certificate);
GTlsCertificate *bcast_sandbox_dup_tls_certificate (BcastSandbox *self,
                                              GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void          bcast_sandbox_set_tls_demanded (BcastSandbox  *self,
                                              gboolean       is_demanded);

/* In bcast-sandbox-apps.c */
gboolean      bcast_sandbox_set_apps         (BcastSandbox  *self,
                                              GPtrArray     *apps,
                                              GError       **error);
GPtrArray    *bcast_sandbox_get_apps         (BcastSandbox  *self);
void          bcast_sandbox_set_user         (BcastSandbox  *self,
                                              const char    *user_id,
                                              const char    *user_info);
void          bcast_sandbox_set_master_key   (BcastSandbox  *self,
                                              const char    *master_key);
void          bcast_sandbox_set_activity_timeout (BcastSandbox *self,
                                              guint          timeout_s);
void          bcast_sandbox_set_max_members  (BcastSandbox  *self,
                                              guint          max_members);
void          bcast_sandbox_set_subscription_counts (BcastSandbox *self,
                                              gboolean       is_on);

/* In bcast-sandbox-faults.c */
void          bcast_sandbox_set_faults       (BcastSandbox  *self,
                                              GPtrArray     *faults);

/* In bcast-sandbox-watch.c */
void          bcast_sandbox_watch_reports    (BcastSandbox  *self,
                                              guint          kinds,
                                              BcastSandboxReportsFunc func,
                                              gpointer       user_data);
void          bcast_sandbox_list_peers_async (BcastSandbox  *self,
                                              GCancellable  *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer       user_data);
GPtrArray    *bcast_sandbox_list_peers_finish (BcastSandbox  *self,
                                              GAsyncResult  *result,
                                              GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void          bcast_sandbox_list_webhooks_async (BcastSandbox *self,
                                              GCancellable  *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer       user_data);
GPtrArray    *bcast_sandbox_list_webhooks_finish (BcastSandbox *self,
                                              GAsyncResult  *result,
                                              GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* In bcast-sandbox-webhooks.c */
void          bcast_sandbox_set_webhooks     (BcastSandbox  *self,
                                              GPtrArray     *webhooks);
void          bcast_sandbox_replay_webhook   (BcastSandbox  *self,
                                              guint64        serial,
                                              const char    *url);

G_END_DECLS

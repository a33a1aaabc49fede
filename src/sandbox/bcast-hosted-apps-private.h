/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-hub-private.h"
#include "bcast-sandbox-app.h"
#include "bcast-webhooks-private.h"

G_BEGIN_DECLS

/**
 * BcastHostedApp:
 * @settings: what is told about the app
 * @hub: its sockets and channels
 * @webhooks: who is told of what happens there
 * @counts: how often each kind of thing happened
 */
typedef struct
{
  BcastSandboxApp *settings;
  BcastHub        *hub;
  BcastWebhooks   *webhooks;
  guint64          counts[BCAST_N_REPORT_KINDS];
} BcastHostedApp;

typedef struct _BcastHostedApps BcastHostedApps;

BcastHostedApps *bcast_hosted_apps_new         (BcastHubObserver  observer,
                                                gpointer          user_data) G_GNUC_WARN_UNUSED_RESULT;
void             bcast_hosted_apps_free        (BcastHostedApps  *self);

gboolean         bcast_hosted_apps_set         (BcastHostedApps  *self,
                                                GPtrArray        *apps,
                                                GError          **error);
GPtrArray       *bcast_hosted_apps_get         (BcastHostedApps  *self);
BcastHostedApp  *bcast_hosted_apps_find_by_id  (BcastHostedApps  *self,
                                                const char       *app_id);
BcastHostedApp  *bcast_hosted_apps_find_by_key (BcastHostedApps  *self,
                                                const char       *key);
BcastHostedApp  *bcast_hosted_apps_find_hub    (BcastHostedApps  *self,
                                                BcastHub         *hub);
guint            bcast_hosted_apps_count_peers (BcastHostedApps  *self);
void             bcast_hosted_apps_report      (BcastHostedApps  *self,
                                                const BcastReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastHostedApps, bcast_hosted_apps_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "bcast-app.h"
#include "bcast-hub-options.h"
#include "bcast-sandbox-routes.h"
#include "bcast-webhook.h"

G_BEGIN_DECLS

#define BCAST_SANDBOX_USER_ID   "1"
#define BCAST_SANDBOX_USER_INFO "{\"name\":\"Sandbox user\"}"

/**
 * BcastSandboxApp:
 * @app_id: the app's id
 * @key: its key
 * @secret: its secret
 * @master_key: (nullable): an encryption master key, 32 bytes in base64
 * @is_enabled: whether anybody may connect to it
 * @user_id: whom the authorize routes sign for when a request does not say
 * @user_info: (nullable): what is known of that user, as JSON
 * @options: what else is set about it
 * @allowed_origins: (nullable) (array zero-terminated=1): the pages whose browsers may connect, as in
 *   their header `Origin`; %NULL for all
 * @routes: how its authorize routes behave
 * @webhooks: (element-type BcastWebhook): who is told of what happens on its channels
 *
 * One app as the sandbox serves it.
 */
typedef struct
{
  char                *app_id;
  char                *key;
  char                *secret;
  char                *master_key;
  gboolean             is_enabled;
  char                *user_id;
  char                *user_info;
  BcastHubOptions      options;
  char               **allowed_origins;
  BcastSandboxRoutes  *routes;
  GPtrArray           *webhooks;
} BcastSandboxApp;

BcastSandboxApp *bcast_sandbox_app_new            (const char             *app_id,
                                                   const char             *key,
                                                   const char             *secret) G_GNUC_WARN_UNUSED_RESULT;
BcastSandboxApp *bcast_sandbox_app_copy           (const BcastSandboxApp  *self) G_GNUC_WARN_UNUSED_RESULT;
void             bcast_sandbox_app_free           (BcastSandboxApp        *self);

void             bcast_sandbox_app_set_master_key (BcastSandboxApp        *self,
                                                   const char             *master_key);
void             bcast_sandbox_app_set_user       (BcastSandboxApp        *self,
                                                   const char             *user_id,
                                                   const char             *user_info);
void             bcast_sandbox_app_set_webhooks   (BcastSandboxApp        *self,
                                                   GPtrArray              *webhooks);
BcastApp        *bcast_sandbox_app_make_app       (const BcastSandboxApp  *self,
                                                   const char             *host,
                                                   guint16                 port,
                                                   GError                **error) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray       *bcast_sandbox_apps_new           (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray       *bcast_sandbox_apps_copy          (GPtrArray              *apps) G_GNUC_WARN_UNUSED_RESULT;
gboolean         bcast_sandbox_apps_check         (GPtrArray              *apps,
                                                   GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastSandboxApp, bcast_sandbox_app_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "bcast-app.h"

G_BEGIN_DECLS

/**
 * BcastProfileKind:
 * @BCAST_PROFILE_SANDBOX: the embedded server
 * @BCAST_PROFILE_CLUSTER: hosted Pusher, reached by its cluster's name
 * @BCAST_PROFILE_SERVER: an own server: host, ports, TLS, path
 */
typedef enum
{
  BCAST_PROFILE_SANDBOX,
  BCAST_PROFILE_CLUSTER,
  BCAST_PROFILE_SERVER,
} BcastProfileKind;

/**
 * BcastProfileAuthorizer:
 * @BCAST_PROFILE_AUTHORIZER_LOCAL: this program, with the app's secret
 * @BCAST_PROFILE_AUTHORIZER_ENDPOINT: the user's own app, asked over HTTP
 *
 * Who signs subscriptions and sign-ins.
 */
typedef enum
{
  BCAST_PROFILE_AUTHORIZER_LOCAL,
  BCAST_PROFILE_AUTHORIZER_ENDPOINT,
} BcastProfileAuthorizer;

#define BCAST_TYPE_PROFILE (bcast_profile_get_type ())

/* Properties, all read-write with notification: "id" (construct only), "name", "kind" (int),
 * "app-id", "key", "cluster", "ws-host", "ws-port" (uint), "http-host", "http-port" (uint), "path",
 * "tls", "accept-any-certificate", "ca-file", "authorizer" (int), "auth-endpoint", "user-auth-endpoint",
 * "csrf-cookie", "csrf-header", "production", "miss-timeout-ms" (uint, default 5000).
 * A profile never holds its secrets; see BcastSecretBundle. */
G_DECLARE_FINAL_TYPE (BcastProfile, bcast_profile, BCAST, PROFILE, GObject)

BcastProfile     *bcast_profile_new            (const char        *id,
                                                BcastProfileKind   kind) G_GNUC_WARN_UNUSED_RESULT;
BcastProfile     *bcast_profile_new_copy       (BcastProfile      *original) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_profile_assign         (BcastProfile      *self,
                                                BcastProfile      *from);
gboolean          bcast_profile_equal          (BcastProfile      *self,
                                                BcastProfile      *other);

const char       *bcast_profile_get_id         (BcastProfile      *self);
const char       *bcast_profile_get_name       (BcastProfile      *self);
BcastProfileKind  bcast_profile_get_kind       (BcastProfile      *self);
const char       *bcast_profile_get_app_id     (BcastProfile      *self);
const char       *bcast_profile_get_key        (BcastProfile      *self);
const char       *bcast_profile_get_cluster    (BcastProfile      *self);
const char       *bcast_profile_get_ws_host    (BcastProfile      *self);
guint             bcast_profile_get_ws_port    (BcastProfile      *self);
const char       *bcast_profile_get_http_host  (BcastProfile      *self);
guint             bcast_profile_get_http_port  (BcastProfile      *self);
const char       *bcast_profile_get_path       (BcastProfile      *self);
gboolean          bcast_profile_get_tls        (BcastProfile      *self);
gboolean          bcast_profile_get_accept_any_certificate (BcastProfile *self);
const char       *bcast_profile_get_ca_file    (BcastProfile      *self);
BcastProfileAuthorizer bcast_profile_get_authorizer (BcastProfile *self);
const char       *bcast_profile_get_auth_endpoint (BcastProfile   *self);
const char       *bcast_profile_get_user_auth_endpoint (BcastProfile *self);
const char       *bcast_profile_get_csrf_cookie (BcastProfile     *self);
const char       *bcast_profile_get_csrf_header (BcastProfile     *self);
gboolean          bcast_profile_get_production (BcastProfile      *self);
guint             bcast_profile_get_miss_timeout_ms (BcastProfile *self);

char             *bcast_profile_dup_address    (BcastProfile      *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean          bcast_profile_check          (BcastProfile      *self,
                                                const char       **field,
                                                GError           **error);
BcastApp         *bcast_profile_dup_app        (BcastProfile      *self,
                                                const char        *secret,
                                                const char        *master_key,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

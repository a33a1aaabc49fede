/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-fields-private.h"

/**
 * bcast_profile_get_id:
 * @self: a profile
 *
 * Returns: what tells this profile from all others; never changes
 */
const char *
bcast_profile_get_id (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), NULL);

  return self->id;
}

/**
 * bcast_profile_get_name:
 * @self: a profile
 *
 * Returns: what the user calls it
 */
const char *
bcast_profile_get_name (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), NULL);

  return self->texts[PROP_NAME - FIRST_TEXT];
}

/**
 * bcast_profile_get_kind:
 * @self: a profile
 *
 * Returns: what it reaches
 */
BcastProfileKind
bcast_profile_get_kind (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), BCAST_PROFILE_SANDBOX);

  return self->kind;
}

/**
 * bcast_profile_get_app_id:
 * @self: a profile
 *
 * Returns: the app's id, which the HTTP API needs; may be empty
 */
const char *
bcast_profile_get_app_id (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), NULL);

  return self->texts[PROP_APP_ID - FIRST_TEXT];
}

/**
 * bcast_profile_get_key:
 * @self: a profile
 *
 * Returns: the app's key; may be empty
 */
const char *
bcast_profile_get_key (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), NULL);

  return self->texts[PROP_KEY - FIRST_TEXT];
}

/**
 * bcast_profile_get_cluster:
 * @self: a profile
 *
 * Returns: the cluster's name, such as `eu`; matters for a cluster alone
 */
const char *
bcast_profile_get_cluster (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), NULL);

  return self->texts[PROP_CLUSTER - FIRST_TEXT];
}

/**
 * bcast_profile_get_ws_host:
 * @self: a profile
 *
 * Returns: the host for WebSockets; matters for a server and the sandbox
 */
const char *
bcast_profile_get_ws_host (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), NULL);

  return self->texts[PROP_WS_HOST - FIRST_TEXT];
}

/**
 * bcast_profile_get_ws_port:
 * @self: a profile
 *
 * Returns: its port; 0 means 443 with TLS and 80 without
 */
guint
bcast_profile_get_ws_port (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), 0);

  return self->numbers[PROP_WS_PORT - FIRST_NUMBER];
}

/**
 * bcast_profile_get_http_host:
 * @self: a profile
 *
 * Returns: the host of the HTTP API; empty means that for WebSockets
 */
const char *
bcast_profile_get_http_host (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), NULL);

  return self->texts[PROP_HTTP_HOST - FIRST_TEXT];
}

/**
 * bcast_profile_get_http_port:
 * @self: a profile
 *
 * Returns: its port; 0 means that for WebSockets
 */
guint
bcast_profile_get_http_port (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), 0);

  return self->numbers[PROP_HTTP_PORT - FIRST_NUMBER];
}

/**
 * bcast_profile_get_path:
 * @self: a profile
 *
 * Returns: what stands before `/app` and `/apps`; empty or with a leading slash
 */
const char *
bcast_profile_get_path (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), NULL);

  return self->texts[PROP_PATH - FIRST_TEXT];
}

/**
 * bcast_profile_get_tls:
 * @self: a profile
 *
 * Returns: whether `wss` and `https` are used
 */
gboolean
bcast_profile_get_tls (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), FALSE);

  return self->switches[PROP_TLS - FIRST_SWITCH];
}

/**
 * bcast_profile_get_accept_any_certificate:
 * @self: a profile
 *
 * Returns: whether the server's certificate is not verified
 */
gboolean
bcast_profile_get_accept_any_certificate (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), FALSE);

  return self->switches[PROP_ACCEPT_ANY_CERTIFICATE - FIRST_SWITCH];
}

/**
 * bcast_profile_get_ca_file:
 * @self: a profile
 *
 * Returns: a file of certificates that are trusted instead of the system's; may be empty
 */
const char *
bcast_profile_get_ca_file (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), NULL);

  return self->texts[PROP_CA_FILE - FIRST_TEXT];
}

/**
 * bcast_profile_get_authorizer:
 * @self: a profile
 *
 * Returns: who signs subscriptions and sign-ins
 */
BcastProfileAuthorizer
bcast_profile_get_authorizer (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), BCAST_PROFILE_AUTHORIZER_LOCAL);

  return self->authorizer;
}

/**
 * bcast_profile_get_auth_endpoint:
 * @self: a profile
 *
 * Returns: where the user's app signs subscriptions; matters when it is who signs
 */
const char *
bcast_profile_get_auth_endpoint (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), NULL);

  return self->texts[PROP_AUTH_ENDPOINT - FIRST_TEXT];
}

/**
 * bcast_profile_get_user_auth_endpoint:
 * @self: a profile
 *
 * Returns: where it signs sign-ins; may be empty
 */
const char *
bcast_profile_get_user_auth_endpoint (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), NULL);

  return self->texts[PROP_USER_AUTH_ENDPOINT - FIRST_TEXT];
}

/**
 * bcast_profile_get_csrf_cookie:
 * @self: a profile
 *
 * Returns: the cookie whose value the app wants in a header too; may be empty
 */
const char *
bcast_profile_get_csrf_cookie (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), NULL);

  return self->texts[PROP_CSRF_COOKIE - FIRST_TEXT];
}

/**
 * bcast_profile_get_csrf_header:
 * @self: a profile
 *
 * Returns: that header's name; empty means X-XSRF-TOKEN
 */
const char *
bcast_profile_get_csrf_header (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), NULL);

  return self->texts[PROP_CSRF_HEADER - FIRST_TEXT];
}

/**
 * bcast_profile_get_production:
 * @self: a profile
 *
 * Returns: whether to ask before something is sent
 */
gboolean
bcast_profile_get_production (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), FALSE);

  return self->switches[PROP_PRODUCTION - FIRST_SWITCH];
}

/**
 * bcast_profile_get_miss_timeout_ms:
 * @self: a profile
 *
 * Returns: milliseconds after which an event that did not arrive counts as missed
 */
guint
bcast_profile_get_miss_timeout_ms (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), 0);

  return self->numbers[PROP_MISS_TIMEOUT_MS - FIRST_NUMBER];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bcast-host-text-private.h"

#define WS_HOST_OF_CLUSTER   "ws-%s.pusher.com"  /* Channels documentation, “Clusters” */
#define HTTP_HOST_OF_CLUSTER "api-%s.pusher.com" /* ibid. */
#define TLS_PORT             443
#define PLAIN_PORT           80

/* The sandbox has a host and a port even where its profile was emptied by hand. */
static const char *
get_ws_host (BcastProfile *self)
{
  const char *host = bcast_profile_get_ws_host (self);

  if (*host == '\0' && bcast_profile_get_kind (self) == BCAST_PROFILE_SANDBOX)
    return BCAST_SANDBOX_HOST;
  return host;
}

static guint
get_ws_port (BcastProfile *self)
{
  guint port = bcast_profile_get_ws_port (self);

  if (port != 0)
    return port;
  if (bcast_profile_get_kind (self) == BCAST_PROFILE_SANDBOX)
    return BCAST_SANDBOX_PORT;
  return bcast_profile_get_tls (self) ? TLS_PORT : PLAIN_PORT;
}

/**
 * bcast_profile_dup_address:
 * @self: a profile
 *
 * Where the profile leads to, in the few words that fit beside its name: `127.0.0.1:6001`,
 * `cluster eu`, `ws.example.com:443`.
 *
 * Returns: (transfer full): text for people
 */
char *
bcast_profile_dup_address (BcastProfile *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), NULL);

  const char *cluster = bcast_profile_get_cluster (self);
  const char *host = get_ws_host (self);

  if (bcast_profile_get_kind (self) == BCAST_PROFILE_CLUSTER)
    return *cluster != '\0' ? g_strdup_printf (_("cluster %s"), cluster)
                            : g_strdup (_("no cluster yet"));
  if (*host == '\0')
    return g_strdup (_("no host yet"));
  if (strchr (host, ':') != NULL && host[0] != '[')
    return g_strdup_printf ("[%s]:%u", host, get_ws_port (self));
  return g_strdup_printf ("%s:%u", host, get_ws_port (self));
}

static BcastApp *
new_cluster_app (BcastProfile     *self,
                 BcastAppOptions  *options,
                 GError          **error)
{
  const char *cluster = bcast_profile_get_cluster (self);
  g_autofree char *ws_host = g_strdup_printf (WS_HOST_OF_CLUSTER, cluster);
  g_autofree char *http_host = g_strdup_printf (HTTP_HOST_OF_CLUSTER, cluster);

  options->ws_host = ws_host;
  options->http_host = http_host;
  return bcast_app_new (options, error);
}

static BcastApp *
new_server_app (BcastProfile     *self,
                BcastAppOptions  *options,
                GError          **error)
{
  const char *http_name = bcast_profile_get_http_host (self);
  guint http_port = bcast_profile_get_http_port (self);
  g_autofree char *ws_host = bcast_host_text_dup_ascii (get_ws_host (self));
  g_autofree char *http_host = *http_name != '\0' ? bcast_host_text_dup_ascii (http_name) : NULL;

  options->ws_host = ws_host;
  options->ws_port = get_ws_port (self);
  options->http_host = http_host;
  options->http_port = http_port != 0 ? http_port : options->ws_port;
  options->path = bcast_profile_get_path (self);
  return bcast_app_new (options, error);
}

/**
 * bcast_profile_dup_app:
 * @self: a profile
 * @secret: (nullable): the app's secret; without it nothing can be signed here
 * @master_key: (nullable): its encryption master key; without it encrypted channels stay closed
 * @error: %BCAST_ERROR_INVALID with what is wrong with the profile, as bcast_profile_check() says it, or
 *   with @master_key
 *
 * What a client and the HTTP API connect to. A cluster's hosts follow from its name; what a server's
 * HTTP API leaves out is as for WebSockets. A missing app id is no error here: subscribing goes
 * without.
 *
 * Returns: (transfer full) (nullable): the app, or %NULL with @error set
 */
BcastApp *
bcast_profile_dup_app (BcastProfile  *self,
                       const char    *secret,
                       const char    *master_key,
                       GError       **error)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (self), NULL);

  const char *app_id = bcast_profile_get_app_id (self);
  BcastAppOptions options = {
    .app_id = *app_id != '\0' ? app_id : NULL,
    .key = bcast_profile_get_key (self),
    .secret = secret,
    .tls = bcast_profile_get_tls (self) && bcast_profile_get_kind (self) != BCAST_PROFILE_SANDBOX,
    .accept_any_certificate = bcast_profile_get_accept_any_certificate (self),
    .ca_file = bcast_profile_get_ca_file (self),
    .master_key = master_key,
  };

  if (!bcast_profile_check_reach (self, error))
    return NULL;
  if (bcast_profile_get_kind (self) == BCAST_PROFILE_CLUSTER)
    return new_cluster_app (self, &options, error);
  return new_server_app (self, &options, error);
}

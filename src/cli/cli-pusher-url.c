/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-pusher-url.h"

#include "bcast-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define HOSTED_PREFIX "api-"
#define HOSTED_SUFFIX ".pusher.com"
#define APPS_PATH     "/apps/"

/* The messages never repeat the URL: it holds the secret. */
static void
set_malformed (GError **error)
{
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("The environment variable PUSHER_URL is malformed. Its form is "
                 "https://KEY:SECRET@HOST:PORT/apps/APP_ID."));
}

/* Source of the cluster rule: Channels documentation, “Clusters”: api-CLUSTER.pusher.com serves HTTP,
 * ws-CLUSTER.pusher.com WebSockets; any other host serves both. */
static char *
dup_cluster (const char *host)
{
  gsize length = strlen (host);
  gsize around = strlen (HOSTED_PREFIX) + strlen (HOSTED_SUFFIX);

  if (length > around && g_str_has_prefix (host, HOSTED_PREFIX) && g_str_has_suffix (host, HOSTED_SUFFIX))
    return g_strndup (host + strlen (HOSTED_PREFIX), length - around);
  return NULL;
}

static BcastProfile *
new_profile (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  gboolean tls = g_str_equal (g_uri_get_scheme (uri), "https");
  int port = g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : tls ? 443 : 80;
  g_autofree char *cluster = dup_cluster (host);
  BcastProfile *profile = bcast_profile_new ("pusher-url", cluster != NULL ? BCAST_PROFILE_CLUSTER
                                                                           : BCAST_PROFILE_SERVER);

  g_object_set (profile, "name", "PUSHER_URL", "tls", tls, "key", g_uri_get_user (uri),
                "app-id", g_uri_get_path (uri) + strlen (APPS_PATH), NULL);
  if (cluster != NULL)
    g_object_set (profile, "cluster", cluster, NULL);
  else
    g_object_set (profile, "ws-host", host, "ws-port", (guint) port, "http-port", (guint) port, NULL);
  return profile;
}

/**
 * cli_pusher_url_parse:
 * @url: `scheme://KEY:SECRET@HOST[:PORT]/apps/APP_ID`, as hosting platforms hand it to an app
 * @secret: (out) (transfer full): the secret in it
 * @error: %BCAST_ERROR_INVALID
 *
 * Source: pusher-http-node, pusher-http-ruby and pusher-http-go read this form of PUSHER_URL.
 *
 * Returns: (transfer full) (nullable): the app it describes, or %NULL with @error set
 */
BcastProfile *
cli_pusher_url_parse (const char  *url,
                      char       **secret,
                      GError     **error)
{
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD, NULL);

  if (uri == NULL
      || (!g_str_equal (g_uri_get_scheme (uri), "http") && !g_str_equal (g_uri_get_scheme (uri), "https"))
      || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || g_uri_get_user (uri) == NULL || *g_uri_get_user (uri) == '\0'
      || g_uri_get_password (uri) == NULL || *g_uri_get_password (uri) == '\0'
      || !g_str_has_prefix (g_uri_get_path (uri), APPS_PATH)
      || strlen (g_uri_get_path (uri)) == strlen (APPS_PATH))
    {
      set_malformed (error);
      return NULL;
    }

  *secret = g_strdup (g_uri_get_password (uri));
  return new_profile (uri);
}

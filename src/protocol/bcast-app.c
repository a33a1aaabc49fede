/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-app.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "config.h"

#include "bcast-error.h"
#include "bcast-secret-box.h"

/**
 * BcastApp:
 *
 * Where one app is and the credentials for it. Never changes once made, so that it can be handed
 * from one context to another. The secrets are wiped when the last reference goes.
 */
struct _BcastApp
{
  gatomicrefcount  refs;

  char            *app_id;
  char            *key;
  char            *secret;
  char            *ws_host;
  char            *http_host;
  char            *path;
  guint16          ws_port;
  guint16          http_port;
  gboolean         tls;
  gboolean         accept_any_certificate;
  char            *ca_file;
  char            *master_key;
};

G_DEFINE_BOXED_TYPE (BcastApp, bcast_app, bcast_app_ref, bcast_app_unref)

/* The key stands in a URI path and before the colon of a signature; pusher-js does not escape it. */
static gboolean
is_plain_word (const char *text)
{
  if (text == NULL || *text == '\0')
    return FALSE;

  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("-_.~", *c) == NULL)
      return FALSE;

  return TRUE;
}

static char *
dup_clean_path (const char *path)
{
  g_autofree char *clean = g_strdup (path != NULL ? path : "");
  gsize length = strlen (clean);

  while (length > 0 && clean[length - 1] == '/')
    clean[--length] = '\0';

  if (length > 0 && clean[0] != '/')
    return g_strconcat ("/", clean, NULL);
  return g_steal_pointer (&clean);
}

static guint16
choose_port (guint16  port,
             gboolean tls)
{
  if (port != 0)
    return port;
  return tls ? 443 : 80;
}

static gboolean
check_master_key (const char  *master_key,
                  GError     **error)
{
  g_autoptr(GBytes) key = NULL;

  if (master_key == NULL)
    return TRUE;
  key = bcast_secret_box_parse_key (master_key, error);
  return key != NULL;
}

static const char *
non_empty (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * bcast_app_new:
 * @options: where the app is; copied
 * @error: %BCAST_ERROR_INVALID when the key or host is missing or cannot stand in an address, or when
 *   the master key is none
 *
 * Returns: (transfer full) (nullable): a new app, or %NULL with @error set
 */
BcastApp *
bcast_app_new (const BcastAppOptions  *options,
               GError                **error)
{
  g_return_val_if_fail (options != NULL, NULL);

  if (!is_plain_word (options->key))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The app key is empty or has characters that cannot stand in an address. "
                             "Copy it again from the app's settings."));
      return NULL;
    }

  if (options->app_id != NULL && *options->app_id != '\0' && !is_plain_word (options->app_id))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The app id has characters that cannot stand in an address. "
                             "Copy it again from the app's settings."));
      return NULL;
    }

  if (options->ws_host == NULL || *options->ws_host == '\0')
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("There is no host to connect to. Enter the server's host name."));
      return NULL;
    }

  if (!check_master_key (non_empty (options->master_key), error))
    return NULL;

  BcastApp *self = g_new0 (BcastApp, 1);

  g_atomic_ref_count_init (&self->refs);
  self->app_id = g_strdup (options->app_id);
  self->key = g_strdup (options->key);
  self->secret = g_strdup (options->secret);
  self->ws_host = g_strdup (options->ws_host);
  self->http_host = g_strdup (options->http_host != NULL && *options->http_host != '\0'
                              ? options->http_host : options->ws_host);
  self->path = dup_clean_path (options->path);
  self->tls = options->tls;
  self->ws_port = choose_port (options->ws_port, options->tls);
  self->http_port = choose_port (options->http_port, options->tls);
  self->accept_any_certificate = options->accept_any_certificate;
  self->ca_file = g_strdup (non_empty (options->ca_file));
  self->master_key = g_strdup (non_empty (options->master_key));

  return self;
}

/* The default port of plain connections becomes that of TLS, and any other one stays. */
static guint16
secure_port (guint16 port)
{
  return port == 80 ? 443 : port;
}

/**
 * bcast_app_new_with_tls:
 * @self: an app
 *
 * Returns: (transfer full): the same app, reached over TLS
 */
BcastApp *
bcast_app_new_with_tls (BcastApp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return bcast_app_new (&(BcastAppOptions) {
    .app_id = self->app_id,
    .key = self->key,
    .secret = self->secret,
    .ws_host = self->ws_host,
    .ws_port = secure_port (self->ws_port),
    .http_host = self->http_host,
    .http_port = secure_port (self->http_port),
    .path = self->path,
    .tls = TRUE,
    .accept_any_certificate = self->accept_any_certificate,
    .ca_file = self->ca_file,
    .master_key = self->master_key,
  }, NULL);
}

/**
 * bcast_app_ref:
 * @self: an app
 *
 * Returns: (transfer full): @self
 */
BcastApp *
bcast_app_ref (BcastApp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * bcast_app_unref:
 * @self: (transfer full): an app
 *
 * Releases @self, and wipes its secrets with the last reference.
 */
void
bcast_app_unref (BcastApp *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  wipe (self->secret);
  wipe (self->master_key);
  g_free (self->ca_file);
  g_free (self->app_id);
  g_free (self->key);
  g_free (self->ws_host);
  g_free (self->http_host);
  g_free (self->path);
  g_free (self);
}

/**
 * bcast_app_get_app_id:
 * @self: an app
 *
 * Returns: (nullable): the app's id
 */
const char *
bcast_app_get_app_id (BcastApp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->app_id;
}

/**
 * bcast_app_get_key:
 * @self: an app
 *
 * Returns: the app's key
 */
const char *
bcast_app_get_key (BcastApp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->key;
}

/**
 * bcast_app_get_secret:
 * @self: an app
 *
 * Returns: (nullable): the app's secret, which must not leave this process
 */
const char *
bcast_app_get_secret (BcastApp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->secret;
}

/**
 * bcast_app_get_ws_host:
 * @self: an app
 *
 * Returns: the host for WebSockets
 */
const char *
bcast_app_get_ws_host (BcastApp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->ws_host;
}

/**
 * bcast_app_get_ws_port:
 * @self: an app
 *
 * Returns: the port for WebSockets, never 0
 */
guint16
bcast_app_get_ws_port (BcastApp *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->ws_port;
}

/**
 * bcast_app_get_http_host:
 * @self: an app
 *
 * Returns: the host of the HTTP API
 */
const char *
bcast_app_get_http_host (BcastApp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->http_host;
}

/**
 * bcast_app_get_http_port:
 * @self: an app
 *
 * Returns: the port of the HTTP API, never 0
 */
guint16
bcast_app_get_http_port (BcastApp *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->http_port;
}

/**
 * bcast_app_get_path:
 * @self: an app
 *
 * Returns: the prefix before `/app` and `/apps`, empty or with a leading slash and none at its end
 */
const char *
bcast_app_get_path (BcastApp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

/**
 * bcast_app_get_tls:
 * @self: an app
 *
 * Returns: whether `wss` and `https` are used
 */
gboolean
bcast_app_get_tls (BcastApp *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->tls;
}

/**
 * bcast_app_get_accept_any_certificate:
 * @self: an app
 *
 * Returns: whether the server's certificate is not verified
 */
gboolean
bcast_app_get_accept_any_certificate (BcastApp *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->accept_any_certificate;
}

/**
 * bcast_app_get_ca_file:
 * @self: an app
 *
 * Returns: (nullable): the file of certificates that are trusted instead of the system's
 */
const char *
bcast_app_get_ca_file (BcastApp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->ca_file;
}

/**
 * bcast_app_get_master_key:
 * @self: an app
 *
 * Returns: (nullable): the encryption master key in base64, which must not leave this process
 */
const char *
bcast_app_get_master_key (BcastApp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->master_key;
}

static void
append_authority (GString    *uri,
                  const char *host,
                  guint16     port)
{
  gboolean is_ipv6 = strchr (host, ':') != NULL && host[0] != '[';

  g_string_append_printf (uri, is_ipv6 ? "[%s]:%u" : "%s:%u", host, port);
}

/**
 * bcast_app_dup_ws_uri:
 * @self: an app
 *
 * The address of the WebSocket, with the query that tells protocol 7 and this program.
 * Source: Channels documentation, “Pusher Channels Protocol”, section “Connection”.
 *
 * Returns: (transfer full): a `ws:` or `wss:` URI
 */
char *
bcast_app_dup_ws_uri (BcastApp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *uri = g_string_new (self->tls ? "wss://" : "ws://");

  append_authority (uri, self->ws_host, self->ws_port);
  g_string_append_printf (uri, "%s/app/%s?protocol=7&client=broadcast&version=" BCAST_VERSION
                          "&flash=false", self->path, self->key);
  return g_string_free (uri, FALSE);
}

/**
 * bcast_app_dup_http_uri:
 * @self: an app
 * @path: path below the prefix, such as `/apps/3/events`
 * @query: (nullable): the query, already encoded
 *
 * Returns: (transfer full): an `http:` or `https:` URI
 */
char *
bcast_app_dup_http_uri (BcastApp   *self,
                        const char *path,
                        const char *query)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL && path[0] == '/', NULL);

  GString *uri = g_string_new (self->tls ? "https://" : "http://");

  append_authority (uri, self->http_host, self->http_port);
  g_string_append (uri, self->path);
  g_string_append (uri, path);
  if (query != NULL && *query != '\0')
    g_string_append_printf (uri, "?%s", query);
  return g_string_free (uri, FALSE);
}

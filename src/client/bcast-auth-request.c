/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-auth-request-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-http-text.h"

#define FORM_TYPE   "application/x-www-form-urlencoded" /* without a charset, as pusher-js has it */
#define XSRF_HEADER "X-XSRF-TOKEN"                      /* what Laravel and Angular have agreed on */
#define CSRF_HEADER "X-CSRF-TOKEN"                      /* what Laravel Echo sends */

/* What encodeURIComponent() leaves alone beyond what GLib does: together `A-Z a-z 0-9 - _ . ! ~ * ' ( )`. */
#define ALSO_PLAIN "!*'()"

static void
append_encoded (GString    *body,
                const char *name,
                const char *value)
{
  g_autofree char *name_text = g_uri_escape_string (name, ALSO_PLAIN, FALSE);
  g_autofree char *value_text = g_uri_escape_string (value, ALSO_PLAIN, FALSE);

  g_string_append_printf (body, "%s%s=%s", body->len > 0 ? "&" : "", name_text, value_text);
}

static gboolean
has_header (const BcastAuthRequest *self,
            const char             *name)
{
  for (guint i = 0; i < self->headers->len; i += 2)
    if (g_ascii_strcasecmp (self->headers->pdata[i], name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
add_header (BcastAuthRequest  *self,
            const char        *name,
            const char        *value,
            GError           **error)
{
  if (!bcast_http_header_check (name, value, error))
    return FALSE;

  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
  bcast_auth_secrets_add (self->secrets, value);
  return TRUE;
}

static gboolean
add_headers (BcastAuthRequest    *self,
             const char * const  *headers,
             GError             **error)
{
  if (headers == NULL)
    return TRUE;
  if (!bcast_http_headers_check (headers, error))
    return FALSE;

  for (gsize i = 0; headers[i] != NULL && headers[i + 1] != NULL; i += 2)
    if (!add_header (self, headers[i], headers[i + 1], error))
      return FALSE;
  return TRUE;
}

static gboolean
add_params (BcastAuthRequest    *self,
            const char * const  *params,
            GError             **error)
{
  if (params == NULL)
    return TRUE;
  if (!bcast_http_params_check (params, error))
    return FALSE;

  for (gsize i = 0; params[i] != NULL && params[i + 1] != NULL; i += 2)
    {
      g_autofree char *encoded = g_uri_escape_string (params[i + 1], ALSO_PLAIN, FALSE);

      g_ptr_array_add (self->params, g_strdup (params[i]));
      g_ptr_array_add (self->params, g_strdup (params[i + 1]));
      bcast_auth_secrets_add (self->secrets, params[i + 1]);
      bcast_auth_secrets_add (self->secrets, encoded);
    }
  return TRUE;
}

static void
hide_pairs (BcastAuthRequest *self,
            const char       *text,
            const char       *separator)
{
  g_auto(GStrv) pairs = g_strsplit (text, separator, -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      const char *equals = strchr (g_strstrip (pairs[i]), '=');
      g_autofree char *decoded = g_uri_unescape_string (equals != NULL ? equals + 1 : pairs[i], NULL);

      bcast_auth_secrets_add (self->secrets, equals != NULL ? equals + 1 : pairs[i]);
      bcast_auth_secrets_add (self->secrets, decoded);
    }
}

static gboolean
add_cookies (BcastAuthRequest  *self,
             const char        *cookies,
             GError           **error)
{
  if (cookies == NULL || *cookies == '\0')
    return TRUE;
  if (has_header (self, "Cookie"))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("There are cookies for your app, and a Cookie header too. Leave one of them out."));
      return FALSE;
    }

  hide_pairs (self, cookies, ";");
  return bcast_http_cookies_check (cookies, error) && add_header (self, "Cookie", cookies, error);
}

static gboolean
add_bearer (BcastAuthRequest  *self,
            const char        *bearer,
            GError           **error)
{
  if (bearer == NULL || *bearer == '\0')
    return TRUE;
  if (has_header (self, "Authorization"))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("There is a bearer token for your app, and an Authorization header too. Leave one "
                             "of them out."));
      return FALSE;
    }
  if (!bcast_http_bearer_check (bearer, error))
    return FALSE;

  g_autofree char *value = g_strconcat ("Bearer ", bearer, NULL);

  bcast_auth_secrets_add (self->secrets, bearer);
  return add_header (self, "Authorization", value, error);
}

/* The cookie's value is percent-encoded, since cookies cannot have an `=` or `/` safely, and the
 * application compares the header with what was encoded. */
static gboolean
add_csrf (BcastAuthRequest            *self,
          const BcastEndpointOptions  *options,
          GError                     **error)
{
  const char *cookie = options->csrf_cookie;
  const char *header = options->csrf_header != NULL && *options->csrf_header != '\0'
                       ? options->csrf_header : XSRF_HEADER;

  if (options->csrf_token != NULL && *options->csrf_token != '\0'
      && !add_header (self, CSRF_HEADER, options->csrf_token, error))
    return FALSE;
  if (cookie == NULL || *cookie == '\0' || has_header (self, header))
    return TRUE;

  g_autofree char *value = options->cookies != NULL ? bcast_http_cookies_find (options->cookies, cookie) : NULL;

  if (value == NULL)
    {
      self->missing_cookie = g_strdup (cookie);
      return TRUE;
    }

  g_autofree char *decoded = g_uri_unescape_string (value, NULL);

  return add_header (self, header, decoded != NULL ? decoded : value, error);
}

/* What of the profile and the addresses an app could say back. */
static void
hide_rest (BcastAuthRequest           *self,
           const BcastEndpointOptions *options)
{
  const char *endpoints[] = { options->channel_endpoint, options->user_endpoint };

  for (guint i = 0; i < G_N_ELEMENTS (endpoints); i++)
    {
      const char *query = endpoints[i] != NULL ? strchr (endpoints[i], '?') : NULL;

      if (query != NULL)
        hide_pairs (self, query + 1, "&");
    }
  if (options->app != NULL)
    {
      bcast_auth_secrets_add (self->secrets, bcast_app_get_secret (options->app));
      bcast_auth_secrets_add (self->secrets, bcast_app_get_master_key (options->app));
    }
}

/**
 * bcast_auth_request_new:
 * @options: how the app is asked
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE with what cannot be sent
 *
 * Returns: (transfer full) (nullable): what is sent each time
 */
BcastAuthRequest *
bcast_auth_request_new (const BcastEndpointOptions  *options,
                        GError                     **error)
{
  g_return_val_if_fail (options != NULL, NULL);

  g_autoptr(BcastAuthRequest) self = g_new0 (BcastAuthRequest, 1);

  self->headers = g_ptr_array_new_with_free_func (bcast_auth_wipe);
  self->params = g_ptr_array_new_with_free_func (bcast_auth_wipe);
  self->secrets = bcast_auth_secrets_new ();
  hide_rest (self, options);

  if (!add_headers (self, options->headers, error)
      || !add_bearer (self, options->bearer, error)
      || !add_cookies (self, options->cookies, error)
      || !add_csrf (self, options, error)
      || !add_params (self, options->params, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * bcast_auth_request_free:
 * @self: (transfer full): what is sent
 */
void
bcast_auth_request_free (BcastAuthRequest *self)
{
  g_ptr_array_unref (self->headers);
  g_ptr_array_unref (self->params);
  bcast_auth_secrets_free (self->secrets);
  g_free (self->missing_cookie);
  g_free (self);
}

/**
 * bcast_auth_request_make_message:
 * @self: what is sent
 * @uri: where to
 * @socket_id: the socket to sign for
 * @channel: (nullable): the channel, or %NULL for a sign-in
 *
 * The request as pusher-js makes it: the socket, the channel, then the parameters in their order.
 * Source: pusher-js 8.6.0, src/core/auth/channel_authorizer.ts, user_authenticator.ts and
 * src/runtimes/isomorphic/auth/xhr_auth.ts
 *
 * Returns: (transfer full): a message that follows no redirect
 */
SoupMessage *
bcast_auth_request_make_message (BcastAuthRequest *self,
                                 GUri             *uri,
                                 const char       *socket_id,
                                 const char       *channel)
{
  g_return_val_if_fail (self != NULL && uri != NULL && socket_id != NULL, NULL);

  SoupMessage *message = soup_message_new_from_uri (SOUP_METHOD_POST, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  GString *body = g_string_new (NULL);
  g_autoptr(GBytes) bytes = NULL;

  append_encoded (body, "socket_id", socket_id);
  if (channel != NULL)
    append_encoded (body, "channel_name", channel);
  for (guint i = 0; i < self->params->len; i += 2)
    append_encoded (body, self->params->pdata[i], self->params->pdata[i + 1]);

  bytes = g_string_free_to_bytes (body);
  soup_message_set_request_body_from_bytes (message, FORM_TYPE, bytes);
  for (guint i = 0; i < self->headers->len; i += 2)
    soup_message_headers_append (headers, self->headers->pdata[i], self->headers->pdata[i + 1]);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  return message;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bcast-error.h"
#include "bcast-http-text.h"

#define MAX_PATH_BYTES 4096

static const char * const nicks[] = {
  [BCAST_PROFILE_AUTHORIZER_LOCAL] = "local",
  [BCAST_PROFILE_AUTHORIZER_ENDPOINT] = "endpoint",
};

/* The word that stands for who signs in the key file. */
const char *
bcast_profile_authorizer_to_nick (BcastProfileAuthorizer authorizer)
{
  return nicks[authorizer];
}

gboolean
bcast_profile_authorizer_from_nick (const char             *nick,
                                    BcastProfileAuthorizer *authorizer)
{
  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    if (g_str_equal (nick, nicks[i]))
      {
        *authorizer = i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
asks_app (BcastProfile *self)
{
  return bcast_profile_get_authorizer (self) == BCAST_PROFILE_AUTHORIZER_ENDPOINT;
}

static gboolean
check_url (const char  *url,
           const char  *what,
           GError     **error)
{
  if (bcast_http_url_check (url, error))
    return TRUE;
  g_prefix_error (error, "%s ", what);
  return FALSE;
}

gboolean
bcast_profile_check_auth_endpoint (BcastProfile  *self,
                                   GError       **error)
{
  const char *url = bcast_profile_get_auth_endpoint (self);

  if (!asks_app (self))
    return TRUE;
  if (*url == '\0')
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The channel endpoint is missing: your app is to sign subscriptions there. Enter its "
                             "address, as in “http://localhost:8000/broadcasting/auth”."));
      return FALSE;
    }
  return check_url (url, _("The channel endpoint cannot be used."), error);
}

gboolean
bcast_profile_check_user_auth_endpoint (BcastProfile  *self,
                                        GError       **error)
{
  const char *url = bcast_profile_get_user_auth_endpoint (self);

  return !asks_app (self) || *url == '\0' || check_url (url, _("The user endpoint cannot be used."), error);
}

gboolean
bcast_profile_check_csrf_cookie (BcastProfile  *self,
                                 GError       **error)
{
  const char *cookie = bcast_profile_get_csrf_cookie (self);

  if (!asks_app (self) || *cookie == '\0' || bcast_http_name_is_valid (cookie))
    return TRUE;

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                       _("The CSRF cookie is no name of a cookie. Enter the name alone, without its value; in Laravel "
                         "it is XSRF-TOKEN."));
  return FALSE;
}

gboolean
bcast_profile_check_csrf_header (BcastProfile  *self,
                                 GError       **error)
{
  const char *header = bcast_profile_get_csrf_header (self);

  if (!asks_app (self) || *header == '\0' || bcast_http_header_check (header, "", NULL))
    return TRUE;

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                       _("The CSRF header is no name of a header that can be set. Enter the name alone, or leave it "
                         "empty for X-XSRF-TOKEN."));
  return FALSE;
}

gboolean
bcast_profile_check_ca_file (BcastProfile  *self,
                             GError       **error)
{
  const char *path = bcast_profile_get_ca_file (self);

  if (*path == '\0' || (g_path_is_absolute (path) && strlen (path) <= MAX_PATH_BYTES))
    return TRUE;

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                       _("The CA file is no whole path. Enter it from the root, as in “/home/me/ca.pem”, or choose the "
                         "file."));
  return FALSE;
}

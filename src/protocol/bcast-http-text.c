/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-http-text.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"

/*
 * Checks of texts that users put into an HTTP request. None of the sentences repeats what was
 * entered: most of it is secret, and what is not may have been pasted into the wrong field.
 */

#define MAX_NAME_BYTES  200
#define MAX_VALUE_BYTES 8192 /* all headers together may have as much on many servers */
#define MAX_URL_BYTES   2000
#define MAX_FIELDS      100

/* RFC 7230, 3.2.6 */
#define TOKEN_CSET G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "!#$%&'*+-.^_`|~"

/* What the request's own length, form and connection follow from; no browser lets a page set most of
 * these either. Source: Fetch standard, “forbidden request-header”. */
static const char * const reserved[] = {
  "Accept-Encoding", "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Expect", "Host",
  "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
};

static gboolean
fail (GError     **error,
      const char  *sentence)
{
  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID, sentence);
  return FALSE;
}

/**
 * bcast_http_name_is_valid:
 * @name: the name of a header or a cookie
 *
 * Source: RFC 7230, section 3.2.6, and RFC 6265, section 4.1.1.
 *
 * Returns: whether @name is a token of reasonable length
 */
gboolean
bcast_http_name_is_valid (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  gsize length = strlen (name);

  return length > 0 && length <= MAX_NAME_BYTES && strspn (name, TOKEN_CSET) == length;
}

/* One line of text, as goes into a header without being read as the next one. */
static gboolean
is_value (const char *value)
{
  if (strlen (value) > MAX_VALUE_BYTES || !g_utf8_validate (value, -1, NULL))
    return FALSE;
  for (const char *c = value; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) && *c != '\t')
      return FALSE;
  return TRUE;
}

/**
 * bcast_http_header_check:
 * @name: the name of a header that the user wants sent
 * @value: its value
 * @error: %BCAST_ERROR_INVALID
 *
 * Returns: whether the header can be sent and leaves the request's form alone
 */
gboolean
bcast_http_header_check (const char  *name,
                         const char  *value,
                         GError     **error)
{
  g_return_val_if_fail (name != NULL && value != NULL, FALSE);

  if (!bcast_http_name_is_valid (name))
    return fail (error, _("The name of a header is empty, too long or has characters that none can have, such "
                          "as spaces. Write each header as in “X-Tenant: acme”."));

  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    if (g_ascii_strcasecmp (name, reserved[i]) == 0)
      {
        g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                     _("The header %s cannot be set: it follows from the request itself. Leave it out."),
                     reserved[i]);
        return FALSE;
      }

  if (is_value (value))
    return TRUE;
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("The value of the header %s is too long, or has a line break or another invisible character "
                 "in it. Enter it again on one line."), name);
  return FALSE;
}

static gboolean
check_number (const char * const  *fields,
              GError             **error)
{
  if (g_strv_length ((char **) fields) <= 2 * MAX_FIELDS)
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
               _("There are more than %d headers or parameters for your app. Leave some out."), MAX_FIELDS);
  return FALSE;
}

/**
 * bcast_http_headers_check:
 * @headers: (array zero-terminated=1): headers that the user wants sent, name and value by turns
 * @error: %BCAST_ERROR_INVALID, or %BCAST_ERROR_TOO_LARGE when there are too many
 *
 * Returns: whether all of them can be sent
 */
gboolean
bcast_http_headers_check (const char * const  *headers,
                          GError             **error)
{
  g_return_val_if_fail (headers != NULL, FALSE);

  if (!check_number (headers, error))
    return FALSE;
  for (gsize i = 0; headers[i] != NULL && headers[i + 1] != NULL; i += 2)
    if (!bcast_http_header_check (headers[i], headers[i + 1], error))
      return FALSE;
  return TRUE;
}

/**
 * bcast_http_params_check:
 * @params: (array zero-terminated=1): parameters that the user wants sent, name and value by turns
 * @error: %BCAST_ERROR_INVALID, or %BCAST_ERROR_TOO_LARGE when there are too many
 *
 * Returns: whether all of them can be sent
 */
gboolean
bcast_http_params_check (const char * const  *params,
                         GError             **error)
{
  g_return_val_if_fail (params != NULL, FALSE);

  if (!check_number (params, error))
    return FALSE;
  for (gsize i = 0; params[i] != NULL && params[i + 1] != NULL; i += 2)
    if (*params[i] == '\0' || !is_value (params[i]) || !is_value (params[i + 1]))
      return fail (error, _("A parameter for your app has no name, is too long or has a line break or another "
                            "invisible character in it. Write each as in “tenant=acme”."));
  return TRUE;
}

/**
 * bcast_http_bearer_check:
 * @token: what stands behind `Authorization: Bearer`
 * @error: %BCAST_ERROR_INVALID
 *
 * Returns: whether @token can be sent
 */
gboolean
bcast_http_bearer_check (const char  *token,
                         GError     **error)
{
  g_return_val_if_fail (token != NULL, FALSE);

  if (is_value (token) && *token != '\0' && strpbrk (token, " \t") == NULL)
    return TRUE;
  return fail (error, _("The bearer token is empty, too long or has a space or line break in it. Enter the token "
                        "alone, without the word Bearer before it."));
}

static gboolean
is_cookie (const char *pair)
{
  const char *equals = strchr (pair, '=');
  g_autofree char *name = equals != NULL ? g_strndup (pair, equals - pair) : NULL;

  return name != NULL && bcast_http_name_is_valid (name);
}

/**
 * bcast_http_cookies_check:
 * @cookies: what stands in a `Cookie` header
 * @error: %BCAST_ERROR_INVALID
 *
 * Source: RFC 6265, section 4.2.1; the values are taken as they are, as browsers do.
 *
 * Returns: whether @cookies can be sent
 */
gboolean
bcast_http_cookies_check (const char  *cookies,
                          GError     **error)
{
  g_return_val_if_fail (cookies != NULL, FALSE);

  gboolean good = is_value (cookies);
  g_auto(GStrv) pairs = good ? g_strsplit (cookies, ";", -1) : NULL;

  for (guint i = 0; good && pairs[i] != NULL; i++)
    {
      g_strstrip (pairs[i]);
      good = *pairs[i] == '\0' || is_cookie (pairs[i]);
    }
  if (good)
    return TRUE;
  return fail (error, _("The cookies are too long or not written as cookies are. Enter them on one line as in "
                        "“session=abc; XSRF-TOKEN=def”, as the developer tools of a browser show them."));
}

/**
 * bcast_http_cookies_find:
 * @cookies: what stands in a `Cookie` header
 * @name: a cookie's name
 *
 * Returns: (transfer full) (nullable): the value of the first cookie of that name, as it stands
 */
char *
bcast_http_cookies_find (const char *cookies,
                         const char *name)
{
  g_return_val_if_fail (cookies != NULL && name != NULL, NULL);

  g_auto(GStrv) pairs = g_strsplit (cookies, ";", -1);
  gsize length = strlen (name);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      const char *pair = g_strstrip (pairs[i]);

      if (strncmp (pair, name, length) == 0 && pair[length] == '=')
        return g_strdup (pair + length + 1);
    }
  return NULL;
}

static gboolean
has_odd_bytes (const char *url)
{
  for (const char *c = url; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) || *c == ' ' || strchr ("\"<>\\^`{|}", *c) != NULL)
      return TRUE;
  return !g_utf8_validate (url, -1, NULL);
}

/**
 * bcast_http_url_check:
 * @url: an address that the user entered
 * @error: %BCAST_ERROR_INVALID
 *
 * Returns: whether a request can be sent to @url
 */
gboolean
bcast_http_url_check (const char  *url,
                      GError     **error)
{
  g_return_val_if_fail (url != NULL, FALSE);

  g_autoptr(GUri) uri = NULL;

  if (g_ascii_strncasecmp (url, "http://", 7) != 0 && g_ascii_strncasecmp (url, "https://", 8) != 0)
    return fail (error, _("The address does not begin with http:// or https://. Enter it as in "
                          "“http://localhost:8000/broadcasting/auth”."));

  if (strlen (url) <= MAX_URL_BYTES && !has_odd_bytes (url))
    uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || g_uri_get_port (uri) == 0)
    return fail (error, _("The address is too long, has no host, or has characters that cannot stand in one, such "
                          "as spaces. Enter it as in “http://localhost:8000/broadcasting/auth”."));
  if (g_uri_get_userinfo (uri) != NULL)
    return fail (error, _("The address has a user name or password in it, which would not be kept secret. Leave "
                          "it out, and enter an Authorization header instead."));
  if (g_uri_get_fragment (uri) != NULL)
    return fail (error, _("The address has a # in it, and what follows that is never sent. Leave it out."));
  return TRUE;
}

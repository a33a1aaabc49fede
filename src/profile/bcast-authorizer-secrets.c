/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-authorizer-secrets.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-http-text.h"
#include "bcast-json.h"
#include "bcast-secret-private.h"

#define MOST_PAIRS 1000 /* what is read; how many may be sent is for the check */

static const char * const no_pairs[] = { NULL };

/**
 * bcast_authorizer_secrets_new:
 * @headers: (nullable) (array zero-terminated=1): name and value by turns
 * @params: (nullable) (array zero-terminated=1): name and value by turns
 * @cookies: (nullable): what goes into the `Cookie` header
 * @bearer: (nullable): a bearer token
 *
 * Checks nothing; see bcast_authorizer_secrets_check().
 *
 * Returns: (transfer full): what a user's app is sent; it is wiped when it is freed
 */
BcastAuthorizerSecrets *
bcast_authorizer_secrets_new (const char * const *headers,
                              const char * const *params,
                              const char         *cookies,
                              const char         *bearer)
{
  BcastAuthorizerSecrets *self = g_new0 (BcastAuthorizerSecrets, 1);

  self->headers = g_strdupv ((char **) (headers != NULL ? headers : no_pairs));
  self->params = g_strdupv ((char **) (params != NULL ? params : no_pairs));
  self->cookies = g_strdup (cookies != NULL ? cookies : "");
  self->bearer = g_strdup (bearer != NULL ? bearer : "");
  return self;
}

/**
 * bcast_authorizer_secrets_free:
 * @self: (transfer full) (nullable): what a user's app is sent
 */
void
bcast_authorizer_secrets_free (BcastAuthorizerSecrets *self)
{
  if (self == NULL)
    return;

  bcast_authorizer_pairs_free (self->headers);
  bcast_authorizer_pairs_free (self->params);
  bcast_secret_free (self->cookies);
  bcast_secret_free (self->bearer);
  g_free (self);
}

/**
 * bcast_authorizer_secrets_is_empty:
 * @self: what a user's app is sent
 *
 * Returns: whether that is nothing
 */
gboolean
bcast_authorizer_secrets_is_empty (const BcastAuthorizerSecrets *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->headers[0] == NULL && self->params[0] == NULL && *self->cookies == '\0' && *self->bearer == '\0';
}

static gboolean
check_length (const BcastAuthorizerSecrets  *self,
              GError                       **error)
{
  char *json = bcast_authorizer_secrets_format (self);
  gboolean good = strlen (json) <= BCAST_SECRET_MAX_BYTES;

  bcast_secret_free (json);
  if (!good)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                 _("Headers, parameters, cookies and token for your app have more than %d bytes together. Leave out "
                   "what it does not need."), BCAST_SECRET_MAX_BYTES);
  return good;
}

/**
 * bcast_authorizer_secrets_check:
 * @self: what a user's app is sent
 * @field: (out) (optional) (nullable) (transfer none): the field at fault, such as `cookies`; %NULL when
 *   it is none alone, or all is well
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE, with a sentence that repeats none of it
 *
 * Returns: whether all of it can be sent and kept
 */
gboolean
bcast_authorizer_secrets_check (const BcastAuthorizerSecrets  *self,
                                const char                   **field,
                                GError                       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  const char *wrong = NULL;

  if (!bcast_http_headers_check ((const char * const *) self->headers, error))
    wrong = "headers";
  else if (!bcast_http_params_check ((const char * const *) self->params, error))
    wrong = "params";
  else if (*self->cookies != '\0' && !bcast_http_cookies_check (self->cookies, error))
    wrong = "cookies";
  else if (*self->bearer != '\0' && !bcast_http_bearer_check (self->bearer, error))
    wrong = "bearer";

  if (field != NULL)
    *field = wrong;
  return wrong == NULL && check_length (self, error);
}

static void
append_pairs (GString            *json,
              const char         *member,
              const char * const *pairs)
{
  g_string_append_printf (json, "\"%s\":[", member);
  for (gsize i = 0; pairs[i] != NULL && pairs[i + 1] != NULL; i += 2)
    {
      g_string_append (json, i > 0 ? ",[" : "[");
      bcast_json_append_quoted (json, pairs[i], -1);
      g_string_append_c (json, ',');
      bcast_json_append_quoted (json, pairs[i + 1], -1);
      g_string_append_c (json, ']');
    }
  g_string_append (json, "],");
}

/**
 * bcast_authorizer_secrets_format:
 * @self: what a user's app is sent
 *
 * Returns: (transfer full): one line of JSON to keep, for bcast_secret_free()
 */
char *
bcast_authorizer_secrets_format (const BcastAuthorizerSecrets *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  /* Large enough from the start for all that can be kept: a buffer that grows leaves copies behind. */
  GString *json = g_string_sized_new (2 * BCAST_SECRET_MAX_BYTES);

  g_string_append_c (json, '{');
  append_pairs (json, "headers", (const char * const *) self->headers);
  append_pairs (json, "params", (const char * const *) self->params);
  g_string_append (json, "\"cookies\":");
  bcast_json_append_quoted (json, self->cookies, -1);
  g_string_append (json, ",\"bearer\":");
  bcast_json_append_quoted (json, self->bearer, -1);
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

/* The string that begins at @at, which the scanner has passed already. */
static BcastJsonSpan
span_of_string (const char *at)
{
  BcastJsonSpan span = { BCAST_JSON_STRING, at, 0 };

  for (at++; *at != '"'; at++)
    if (*at == '\\')
      at++;
  span.length = (gsize) (at + 1 - span.start);
  return span;
}

/* A list of lists of two strings has nothing but these, commas, brackets and space. */
static char **
take_pairs (const BcastJsonSpan *value)
{
  g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_secret_free);
  guint depth = 0, n_in_pair = 0;
  gboolean good = value->type == BCAST_JSON_ARRAY;
  BcastJsonSpan span;

  for (const char *at = value->start; good && at < value->start + value->length; at++)
    if (*at == '[')
      {
        depth++;
        n_in_pair = 0;
      }
    else if (*at == ']')
      good = depth-- == 1 || n_in_pair == 2;
    else if (*at == '"')
      {
        span = span_of_string (at);
        at += span.length - 1;
        good = depth == 2 && n_in_pair++ < 2 && pairs->len < 2 * MOST_PAIRS && bcast_json_span_is_text (&span);
        if (good)
          g_ptr_array_add (pairs, bcast_json_span_dup_string (&span, NULL));
      }
    else
      good = strchr (", \t\r\n", *at) != NULL;

  if (!good)
    return NULL;
  g_ptr_array_add (pairs, NULL);
  return g_strdupv ((char **) pairs->pdata);
}

static gboolean
replace_pairs (char                ***pairs,
               const BcastJsonSpan   *value)
{
  char **taken = take_pairs (value);

  if (taken == NULL)
    return FALSE;
  bcast_authorizer_pairs_free (*pairs);
  *pairs = taken;
  return TRUE;
}

static gboolean
replace_text (char                **text,
              const BcastJsonSpan  *value)
{
  if (value->type != BCAST_JSON_STRING || !bcast_json_span_is_text (value))
    return FALSE;
  bcast_secret_free (*text);
  *text = bcast_json_span_dup_string (value, NULL);
  return TRUE;
}

static gboolean
take_member (const BcastJsonSpan *key,
             const BcastJsonSpan *value,
             gpointer             user_data)
{
  BcastAuthorizerSecrets *self = user_data;

  if (bcast_json_span_equals (key, "headers"))
    return replace_pairs (&self->headers, value);
  if (bcast_json_span_equals (key, "params"))
    return replace_pairs (&self->params, value);
  if (bcast_json_span_equals (key, "cookies"))
    return replace_text (&self->cookies, value);
  if (bcast_json_span_equals (key, "bearer"))
    return replace_text (&self->bearer, value);
  return TRUE;
}

/**
 * bcast_authorizer_secrets_parse:
 * @json: what bcast_authorizer_secrets_format() made, or a person wrote: an object with `headers` and
 *   `params`, lists of pairs, and `cookies` and `bearer`, texts; each may be missing
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE, with a sentence that repeats none of it
 *
 * Returns: (transfer full) (nullable): what a user's app is sent, or %NULL with @error set
 */
BcastAuthorizerSecrets *
bcast_authorizer_secrets_parse (const char  *json,
                                GError     **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  g_autoptr(BcastAuthorizerSecrets) self = bcast_authorizer_secrets_new (NULL, NULL, NULL, NULL);

  if (!bcast_json_scan_object (json, strlen (json), take_member, self, NULL, NULL))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("What your app is sent cannot be read. It must be JSON as in {\"headers\":[[\"X-Tenant\","
                             "\"acme\"]],\"params\":[],\"cookies\":\"a=b\",\"bearer\":\"\"}."));
      return NULL;
    }
  return bcast_authorizer_secrets_check (self, NULL, error) ? g_steal_pointer (&self) : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-request-signature.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-limits.h"
#include "bcast-number.h"
#include "bcast-signature.h"

#define MAX_PARAMETERS 64

typedef struct
{
  char *key; /* lower case: the signature is made over lower-cased keys */
  char *value;
} Parameter;

static void
clear_parameter (gpointer data)
{
  Parameter *parameter = data;

  g_free (parameter->key);
  g_free (parameter->value);
}

static int
compare_parameters (gconstpointer a,
                    gconstpointer b)
{
  return strcmp (((const Parameter *) a)->key, ((const Parameter *) b)->key);
}

static GArray *
parameters_new (void)
{
  GArray *parameters = g_array_new (FALSE, FALSE, sizeof (Parameter));

  g_array_set_clear_func (parameters, clear_parameter);
  return parameters;
}

static void
add_parameter (GArray     *parameters,
               const char *key,
               const char *value)
{
  Parameter parameter = { g_ascii_strdown (key, -1), g_strdup (value) };

  g_array_append_val (parameters, parameter);
}

static char *
format_string_to_sign (const char *method,
                       const char *path,
                       GArray     *parameters)
{
  g_autofree char *upper = g_ascii_strup (method, -1);
  GString *string = g_string_new (upper);

  g_string_append_printf (string, "\n%s\n", path);
  for (guint i = 0; i < parameters->len; i++)
    {
      Parameter *parameter = &g_array_index (parameters, Parameter, i);

      g_string_append_printf (string, "%s%s=%s", i > 0 ? "&" : "", parameter->key, parameter->value);
    }
  return g_string_free (string, FALSE);
}

/* A comma goes out as it is, as the official libraries send it in `info=a,b`. */
static char *
format_query (GArray     *parameters,
              const char *signature)
{
  GString *query = g_string_new (NULL);

  for (guint i = 0; i < parameters->len; i++)
    {
      Parameter *parameter = &g_array_index (parameters, Parameter, i);

      g_string_append_uri_escaped (query, parameter->key, NULL, FALSE);
      g_string_append_c (query, '=');
      g_string_append_uri_escaped (query, parameter->value, ",", FALSE);
      g_string_append_c (query, '&');
    }
  g_string_append_printf (query, "auth_signature=%s", signature);
  return g_string_free (query, FALSE);
}

/**
 * bcast_request_signature_new:
 * @key: the app's key
 * @secret: the app's secret
 * @method: the HTTP method
 * @path: the path from `/apps/` on, without any prefix of a proxy
 * @params: (nullable) (array zero-terminated=1): further parameters, name and value by turns,
 *   not encoded
 * @body: (nullable) (array length=body_length): the exact bytes of the body
 * @body_length: how many; 0 for a request without a body
 * @now_s: seconds since 1970; the server refuses 600 or more away from its own clock
 *
 * Signs the decoded values under lower-cased keys and encodes them for the wire.
 * Source: Channels documentation, “HTTP API”, section “Generating authentication signatures”.
 *
 * Returns: (transfer full): the signature and every step to it
 */
BcastRequestSignature *
bcast_request_signature_new (const char         *key,
                             const char         *secret,
                             const char         *method,
                             const char         *path,
                             const char * const *params,
                             gconstpointer       body,
                             gsize               body_length,
                             gint64              now_s)
{
  g_return_val_if_fail (key != NULL && secret != NULL, NULL);
  g_return_val_if_fail (method != NULL && path != NULL, NULL);

  g_autoptr(GArray) parameters = parameters_new ();
  g_autofree char *timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, now_s);
  BcastRequestSignature *self = g_new0 (BcastRequestSignature, 1);

  for (guint i = 0; params != NULL && params[i] != NULL && params[i + 1] != NULL; i += 2)
    add_parameter (parameters, params[i], params[i + 1]);
  add_parameter (parameters, "auth_key", key);
  add_parameter (parameters, "auth_timestamp", timestamp);
  add_parameter (parameters, "auth_version", "1.0");
  if (body_length > 0)
    {
      self->body_md5 = bcast_signature_md5 (body, body_length);
      add_parameter (parameters, "body_md5", self->body_md5);
    }
  g_array_sort (parameters, compare_parameters);

  self->string_to_sign = format_string_to_sign (method, path, parameters);
  self->signature = bcast_signature_hmac (secret, self->string_to_sign, strlen (self->string_to_sign));
  self->query = format_query (parameters, self->signature);
  return self;
}

/**
 * bcast_request_signature_free:
 * @self: (transfer full): a request signature
 */
void
bcast_request_signature_free (BcastRequestSignature *self)
{
  if (self == NULL)
    return;

  g_free (self->body_md5);
  g_free (self->string_to_sign);
  g_free (self->signature);
  g_free (self->query);
  g_free (self);
}

static char *
decode_component (const char *text,
                  gsize       length)
{
  g_autofree char *copy = g_strndup (text, length);

  g_strdelimit (copy, "+", ' ');
  return g_uri_unescape_string (copy, NULL);
}

/**
 * bcast_query_parse:
 * @query: (nullable): a query or form body, encoded
 * @error: %BCAST_ERROR_INVALID when it is malformed or too long
 *
 * Returns: (transfer full) (array zero-terminated=1) (nullable): name and value by turns, decoded;
 *   free with g_strfreev()
 */
char **
bcast_query_parse (const char  *query,
                   GError     **error)
{
  g_autoptr(GPtrArray) params = g_ptr_array_new_with_free_func (g_free);

  for (const char *at = query; at != NULL && *at != '\0'; )
    {
      gsize length = strcspn (at, "&");
      const char *equals = memchr (at, '=', length);
      gsize name_length = equals != NULL ? (gsize) (equals - at) : length;
      g_autofree char *name = decode_component (at, name_length);
      g_autofree char *value = equals != NULL ? decode_component (equals + 1, length - name_length - 1)
                                              : g_strdup ("");

      if (name == NULL || value == NULL || params->len >= 2 * MAX_PARAMETERS
          || !g_utf8_validate (name, -1, NULL) || !g_utf8_validate (value, -1, NULL))
        {
          g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                               _("The query is malformed: a percent escape is broken or there are too "
                                 "many parameters."));
          return NULL;
        }

      if (length > 0)
        {
          g_ptr_array_add (params, g_steal_pointer (&name));
          g_ptr_array_add (params, g_steal_pointer (&value));
        }
      at += length + (at[length] == '&' ? 1 : 0);
    }

  g_ptr_array_add (params, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&params), FALSE);
}

/**
 * bcast_query_find:
 * @params: (array zero-terminated=1): what bcast_query_parse() gave
 * @name: a parameter's name
 *
 * Returns: (nullable): the value of the first parameter called @name
 */
const char *
bcast_query_find (const char * const *params,
                  const char         *name)
{
  g_return_val_if_fail (params != NULL && name != NULL, NULL);

  for (guint i = 0; params[i] != NULL; i += 2)
    if (strcmp (params[i], name) == 0)
      return params[i + 1];
  return NULL;
}

/* The signature is made over lower-cased names, and so they are read. */
static void
lower_names (char **params)
{
  for (guint i = 0; params[i] != NULL; i += 2)
    {
      g_autofree char *name = params[i];

      params[i] = g_ascii_strdown (name, -1);
    }
}

static gboolean
check_key (const char * const  *params,
           const char          *key,
           GError             **error)
{
  const char *given = bcast_query_find (params, "auth_key");

  if (given == NULL)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                         _("Missing parameter: auth_key. Sign the request with the app's key and secret."));
  else if (strcmp (given, key) != 0)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                 _("Unknown auth_key: “%.*s” is not the key of this app."),
                 bcast_error_clip (given, 64), given);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_version (const char * const  *params,
               GError             **error)
{
  const char *version = bcast_query_find (params, "auth_version");

  if (version == NULL)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                         _("Version required: auth_version is missing; it must be 1.0."));
  else if (strcmp (version, "1.0") != 0)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                 _("Version not supported: auth_version is “%.*s”; it must be 1.0."),
                 bcast_error_clip (version, 16), version);
  else
    return TRUE;
  return FALSE;
}

static char *
format_time (gint64 time_s)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (time_s);

  return time != NULL ? g_date_time_format_iso8601 (time) : g_strdup ("?");
}

static gboolean
check_timestamp (const char * const  *params,
                 gint64               now_s,
                 GError             **error)
{
  const char *given = bcast_query_find (params, "auth_timestamp");
  guint64 number = 0;

  if (given == NULL)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                           _("Timestamp required: auth_timestamp is missing."));
      return FALSE;
    }

  gboolean is_number = bcast_number_parse (given, 0, G_MAXINT32 * (guint64) 1000, &number);
  gint64 given_s = (gint64) number;

  if (!is_number || ABS (given_s - now_s) >= BCAST_LIMIT_TIMESTAMP_SKEW_S)
    {
      g_autofree char *given_time = format_time (given_s);
      g_autofree char *now_time = format_time (now_s);

      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                   _("Timestamp expired: Given timestamp (%s) not within %ds of server time (%s)"),
                   given_time, BCAST_LIMIT_TIMESTAMP_SKEW_S, now_time);
      return FALSE;
    }
  return TRUE;
}

/* pusher-http-python signs the MD5 of an empty body on GET requests, so that it may be there
 * without a body, but must be right. */
static gboolean
check_body_md5 (const char * const  *params,
                gconstpointer        body,
                gsize                body_length,
                GError             **error)
{
  const char *given = bcast_query_find (params, "body_md5");

  if (given == NULL && body_length == 0)
    return TRUE;

  g_autofree char *expected = bcast_signature_md5 (body, body_length);

  if (given == NULL)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                         _("Missing parameter: body_md5 must be signed with a body."));
  else if (!bcast_signature_equal (given, expected))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                 _("Invalid body_md5: the body of %zu bytes has the MD5 %s, but “%.*s” was sent. "
                   "The body was changed after signing, or another one was signed."),
                 body_length, expected, bcast_error_clip (given, 64), given);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_signature (const char          *secret,
                 const char          *method,
                 const char          *path,
                 const char * const  *params,
                 GError             **error)
{
  const char *given = bcast_query_find (params, "auth_signature");
  g_autoptr(GArray) parameters = parameters_new ();

  if (given == NULL)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                           _("Missing parameter: auth_signature."));
      return FALSE;
    }

  for (guint i = 0; params[i] != NULL; i += 2)
    if (strcmp (params[i], "auth_signature") != 0)
      add_parameter (parameters, params[i], params[i + 1]);
  g_array_sort (parameters, compare_parameters);

  g_autofree char *string_to_sign = format_string_to_sign (method, path, parameters);
  g_autofree char *expected = bcast_signature_hmac (secret, string_to_sign, strlen (string_to_sign));

  if (bcast_signature_equal (given, expected))
    return TRUE;

  g_autofree char *escaped = g_strescape (string_to_sign, NULL);

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
               _("Invalid signature: you should have sent HmacSHA256Hex(\"%s\", your_secret_key), "
                 "but you sent \"%.*s\""), escaped, bcast_error_clip (given, 128), given);
  return FALSE;
}

/**
 * bcast_request_signature_check:
 * @key: the app's key
 * @secret: the app's secret
 * @method: the HTTP method
 * @path: the path that was signed
 * @query: (nullable): the query as it came
 * @body: (nullable) (array length=body_length): the body as it came
 * @body_length: how many bytes
 * @now_s: seconds since 1970
 * @error: %BCAST_ERROR_UNAUTHORIZED or %BCAST_ERROR_INVALID; the sentence tells which of key,
 *   version, timestamp, body digest and signature is wrong, in the words that hosted Pusher uses
 *
 * Verifies as a server does. The digest of the body is made anew; the one sent is not trusted.
 *
 * Returns: whether the request is signed rightly
 */
gboolean
bcast_request_signature_check (const char     *key,
                               const char     *secret,
                               const char     *method,
                               const char     *path,
                               const char     *query,
                               gconstpointer   body,
                               gsize           body_length,
                               gint64          now_s,
                               GError        **error)
{
  g_return_val_if_fail (key != NULL && secret != NULL && method != NULL && path != NULL, FALSE);

  g_auto(GStrv) parsed = bcast_query_parse (query, error);
  const char * const *params = (const char * const *) parsed;

  if (parsed != NULL)
    lower_names (parsed);

  return params != NULL
         && check_key (params, key, error)
         && check_version (params, error)
         && check_timestamp (params, now_s, error)
         && check_body_md5 (params, body, body_length, error)
         && check_signature (secret, method, path, params, error);
}

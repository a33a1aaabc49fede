/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-signing.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-presence-data.h"
#include "bcast-request-signature.h"
#include "bcast-signature.h"

static void
free_part (gpointer data)
{
  BcastSigningPart *part = data;

  g_free (part->text);
  g_free (part);
}

static void
add_part (BcastSigning       *self,
          BcastSigningOrigin  origin,
          const char         *text)
{
  BcastSigningPart *part = g_new0 (BcastSigningPart, 1);

  part->origin = origin;
  part->text = g_strdup (text);
  g_ptr_array_add (self->parts, part);
}

static BcastSigning *
signing_new (void)
{
  BcastSigning *self = g_new0 (BcastSigning, 1);

  self->parts = g_ptr_array_new_with_free_func (free_part);
  return self;
}

static char *
join_parts (BcastSigning *self)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < self->parts->len; i++)
    g_string_append (joined, ((BcastSigningPart *) g_ptr_array_index (self->parts, i))->text);
  return g_string_free (joined, FALSE);
}

/* For both kinds of `key:digest`: a subscription and a sign-in. */
static void
sign_parts (BcastSigning *self,
            const char   *key,
            const char   *secret,
            const char   *data_member,
            const char   *data)
{
  GString *answer = g_string_new ("{\"auth\":");

  self->string_to_sign = join_parts (self);
  self->digest = bcast_signature_hmac (secret, self->string_to_sign, strlen (self->string_to_sign));
  self->value = g_strconcat (key, ":", self->digest, NULL);

  bcast_json_append_quoted (answer, self->value, -1);
  if (data != NULL)
    {
      g_string_append_printf (answer, ",\"%s\":", data_member);
      bcast_json_append_quoted (answer, data, -1);
    }
  g_string_append_c (answer, '}');
  self->answer = g_string_free (answer, FALSE);
}

static gboolean
check_credentials (const char  *key,
                   const char  *secret,
                   GError     **error)
{
  if (key != NULL && *key != '\0' && secret != NULL && *secret != '\0')
    return TRUE;

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                       key == NULL || *key == '\0' ? _("The key is empty. Enter the app's key.")
                                                   : _("The secret is empty. Enter the app's secret."));
  return FALSE;
}

static gboolean
check_socket_id (const char  *socket_id,
                 GError     **error)
{
  if (bcast_socket_id_is_valid (socket_id))
    return TRUE;

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                       _("The socket id must be two numbers with a dot between, such as 1234.5678."));
  return FALSE;
}

static gboolean
check_channel (const char  *channel,
               const char  *channel_data,
               GError     **error)
{
  BcastChannelType type = bcast_channel_name_find_type (channel);
  g_autofree char *user_id = NULL;

  if (!bcast_channel_name_check (channel, G_MAXSIZE, error))
    return FALSE;

  if (!bcast_channel_type_needs_auth (type))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("“%s” is a public channel, which needs no signature. Names of private and presence "
                     "channels begin with “private-” or “presence-”."), channel);
      return FALSE;
    }

  if (bcast_channel_type_is_presence (type) && channel_data == NULL)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("A presence channel needs channel data with a user_id."));
      return FALSE;
    }

  return channel_data == NULL
         || !bcast_channel_type_is_presence (type)
         || bcast_presence_data_parse (channel_data, &user_id, NULL, error);
}

/**
 * bcast_signing_new_channel:
 * @key: the app's key
 * @secret: the app's secret
 * @socket_id: the socket that subscribes
 * @channel: a private or presence channel
 * @channel_data: (nullable): the exact JSON text that goes on the wire
 * @error: %BCAST_ERROR_INVALID, naming the input at fault
 *
 * Source: Channels documentation, “Auth signatures”.
 *
 * Returns: (transfer full) (nullable): the signature with every step
 */
BcastSigning *
bcast_signing_new_channel (const char  *key,
                           const char  *secret,
                           const char  *socket_id,
                           const char  *channel,
                           const char  *channel_data,
                           GError     **error)
{
  g_return_val_if_fail (channel != NULL, NULL);

  if (channel_data != NULL && *channel_data == '\0')
    channel_data = NULL;

  if (!check_credentials (key, secret, error)
      || !check_socket_id (socket_id, error)
      || !check_channel (channel, channel_data, error))
    return NULL;

  BcastSigning *self = signing_new ();

  add_part (self, BCAST_SIGNING_SOCKET_ID, socket_id);
  add_part (self, BCAST_SIGNING_FIXED, ":");
  add_part (self, BCAST_SIGNING_CHANNEL, channel);
  if (channel_data != NULL)
    {
      add_part (self, BCAST_SIGNING_FIXED, ":");
      add_part (self, BCAST_SIGNING_CHANNEL_DATA, channel_data);
    }
  sign_parts (self, key, secret, "channel_data", channel_data);
  return self;
}

static gboolean
take_user_id (const BcastJsonSpan *key,
              const BcastJsonSpan *value,
              gpointer             user_data)
{
  gboolean *has_id = user_data;

  if (bcast_json_span_equals (key, "id"))
    *has_id = value->type == BCAST_JSON_STRING && value->length > 2;
  return TRUE;
}

/**
 * bcast_signing_new_user:
 * @key: the app's key
 * @secret: the app's secret
 * @socket_id: the socket that signs in
 * @user_data: the exact JSON text that goes on the wire, with a text as `id`
 * @error: %BCAST_ERROR_INVALID, naming the input at fault
 *
 * Source: Channels documentation, “Auth signatures”, section “User authentication”.
 *
 * Returns: (transfer full) (nullable): the signature with every step
 */
BcastSigning *
bcast_signing_new_user (const char  *key,
                        const char  *secret,
                        const char  *socket_id,
                        const char  *user_data,
                        GError     **error)
{
  g_return_val_if_fail (user_data != NULL, NULL);

  gboolean has_id = FALSE;
  g_autoptr(GError) problem = NULL;

  if (!check_credentials (key, secret, error) || !check_socket_id (socket_id, error))
    return NULL;

  if (!bcast_json_scan_object (user_data, strlen (user_data), take_user_id, &has_id, NULL, &problem))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("The user data is no JSON object: %s"), problem->message);
      return NULL;
    }

  if (!has_id)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The user data needs an “id”, and it must be text: {\"id\":\"12345\"}."));
      return NULL;
    }

  BcastSigning *self = signing_new ();

  add_part (self, BCAST_SIGNING_SOCKET_ID, socket_id);
  add_part (self, BCAST_SIGNING_FIXED, "::user::");
  add_part (self, BCAST_SIGNING_USER_DATA, user_data);
  sign_parts (self, key, secret, "user_data", user_data);
  return self;
}

static void
add_request_parts (BcastSigning *self,
                   const char   *string_to_sign)
{
  g_auto(GStrv) lines = g_strsplit (string_to_sign, "\n", 3);
  g_auto(GStrv) params = g_strsplit (lines[2], "&", -1);

  add_part (self, BCAST_SIGNING_METHOD, lines[0]);
  add_part (self, BCAST_SIGNING_FIXED, "\n");
  add_part (self, BCAST_SIGNING_PATH, lines[1]);
  add_part (self, BCAST_SIGNING_FIXED, "\n");
  for (guint i = 0; params[i] != NULL; i++)
    {
      if (i > 0)
        add_part (self, BCAST_SIGNING_FIXED, "&");
      add_part (self, g_str_has_prefix (params[i], "body_md5=") ? BCAST_SIGNING_BODY_MD5
                                                                : BCAST_SIGNING_PARAMETER, params[i]);
    }
}

static gboolean
check_request (const char  *method,
               const char  *path,
               GError     **error)
{
  if (*method == '\0' || strspn (method, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") != strlen (method))
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("The method must be a word such as GET or POST."));
  else if (*path != '/' || strpbrk (path, "?# \n") != NULL)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("The path must begin with a slash and have no query, such as /apps/3/events."));
  else
    return TRUE;
  return FALSE;
}

/**
 * bcast_signing_new_request:
 * @key: the app's key
 * @secret: the app's secret
 * @method: the HTTP method
 * @path: the path from `/apps/` on
 * @query: (nullable): further parameters as a query, such as `info=user_count`
 * @body: (nullable): the exact body
 * @now_s: seconds since 1970
 * @error: %BCAST_ERROR_INVALID, naming the input at fault
 *
 * Source: Channels documentation, “HTTP API”, section “Generating authentication signatures”.
 *
 * Returns: (transfer full) (nullable): the signature with every step; the value is the whole query
 */
BcastSigning *
bcast_signing_new_request (const char  *key,
                           const char  *secret,
                           const char  *method,
                           const char  *path,
                           const char  *query,
                           const char  *body,
                           gint64       now_s,
                           GError     **error)
{
  g_return_val_if_fail (method != NULL && path != NULL, NULL);

  if (!check_credentials (key, secret, error) || !check_request (method, path, error))
    return NULL;

  g_auto(GStrv) params = bcast_query_parse (query, error);

  if (params == NULL)
    return NULL;

  g_autoptr(BcastRequestSignature) signature =
    bcast_request_signature_new (key, secret, method, path, (const char * const *) params, body,
                                 body != NULL ? strlen (body) : 0, now_s);
  BcastSigning *self = signing_new ();

  add_request_parts (self, signature->string_to_sign);
  self->string_to_sign = g_strdup (signature->string_to_sign);
  self->digest = g_strdup (signature->signature);
  self->value = g_strdup (signature->query);
  return self;
}

/**
 * bcast_signing_free:
 * @self: (transfer full) (nullable): a signing
 */
void
bcast_signing_free (BcastSigning *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->parts);
  g_free (self->string_to_sign);
  g_free (self->digest);
  g_free (self->value);
  g_free (self->answer);
  g_free (self);
}

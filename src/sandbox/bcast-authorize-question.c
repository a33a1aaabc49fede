/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-authorize-question-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json-fields-private.h"
#include "bcast-json.h"
#include "bcast-multipart-private.h"
#include "bcast-request-signature.h"
#include "bcast-sandbox-http-private.h"

#define USER_HEADER         "X-Broadcast-User"
#define MAX_CALLBACK_BYTES  100
#define CALLBACK_CHARACTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_$.[]'\""

static void
take_param (const char * const  *params,
            const char          *name,
            char               **field)
{
  const char *value = bcast_query_find (params, name);

  if (*field == NULL && value != NULL)
    *field = g_strdup (value);
}

/* Takes @parsed. What was found before stays. */
static gboolean
take_params (char                    **parsed,
             const BcastSandboxRoutes *routes,
             BcastAuthorizeQuestion   *question)
{
  const char * const *params = (const char * const *) parsed;

  if (params == NULL)
    return FALSE;

  take_param (params, "socket_id", &question->socket_id);
  take_param (params, "channel_name", &question->channel);
  take_param (params, "user_id", &question->user_id);
  if (routes->user_param != NULL)
    take_param (params, routes->user_param, &question->user_id);
  take_param (params, "user_info", &question->user_info);
  take_param (params, "watchlist", &question->watchlist);
  take_param (params, "app_key", &question->app_key);
  take_param (params, "callback", &question->callback);
  g_strfreev (parsed);
  return TRUE;
}

static gboolean
take_json (const char                *body,
           const BcastSandboxRoutes  *routes,
           BcastAuthorizeQuestion    *question,
           GError                   **error)
{
  g_autofree char *other_id = NULL;
  const BcastJsonField fields[] = {
    { "socket_id", BCAST_JSON_FIELD_TEXT, &question->socket_id },
    { "channel_name", BCAST_JSON_FIELD_TEXT, &question->channel },
    { "user_id", BCAST_JSON_FIELD_ID, &question->user_id },
    { "user_info", BCAST_JSON_FIELD_RAW, &question->user_info },
    { "watchlist", BCAST_JSON_FIELD_RAW, &question->watchlist },
    { "app_key", BCAST_JSON_FIELD_TEXT, &question->app_key },
    { routes->user_param != NULL ? routes->user_param : "user_id", BCAST_JSON_FIELD_ID, &other_id },
  };

  if (!bcast_json_fields_read (body, strlen (body), fields, G_N_ELEMENTS (fields), error))
    return FALSE;

  if (question->user_id == NULL)
    question->user_id = g_steal_pointer (&other_id);
  return TRUE;
}

/* A text ends at a NUL: what stands before it would be signed in place of what was sent. */
static char *
dup_body_text (SoupServerMessage  *message,
               GError            **error)
{
  g_autoptr(GBytes) bytes = bcast_sandbox_http_dup_body (message);
  gsize length = g_bytes_get_size (bytes);
  const char *start = length > 0 ? g_bytes_get_data (bytes, NULL) : "";

  if (memchr (start, '\0', length) == NULL)
    return g_strndup (start, length);

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                       _("The body has a NUL byte, which neither a form nor JSON can have. Send it "
                         "without."));
  return NULL;
}

/* The body of a GET means nothing. */
static gboolean
read_body (SoupServerMessage         *message,
           const BcastSandboxRoutes  *routes,
           BcastAuthorizeQuestion    *question,
           GError                   **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr(GHashTable) type_params = NULL;
  const char *type = soup_message_headers_get_content_type (headers, &type_params);
  g_autofree char *body = NULL;

  if (strcmp (soup_server_message_get_method (message), "POST") != 0)
    return TRUE;

  body = dup_body_text (message, error);
  if (body == NULL)
    return FALSE;

  if (type != NULL && g_ascii_strcasecmp (type, "multipart/form-data") == 0)
    {
      const char *boundary = g_hash_table_lookup (type_params, "boundary");

      return take_params (bcast_multipart_parse (body, boundary != NULL ? boundary : "", error), routes, question);
    }

  if (*g_strchug (body) == '{')
    return take_json (body, routes, question, error);
  return take_params (bcast_query_parse (body, error), routes, question);
}

static void
read_header (SoupServerMessage *message,
             const char        *name,
             char             **field)
{
  if (*field == NULL && name != NULL)
    *field = g_strdup (bcast_sandbox_http_get_header (message, name));
}

static gboolean
check_json (const char  *member,
            const char  *json,
            GError     **error)
{
  g_autoptr(GError) problem = NULL;

  if (json == NULL || bcast_json_scan (json, strlen (json), NULL, NULL, &problem))
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("%s must be JSON: %s"), member, problem->message);
  return FALSE;
}

/* What stands here runs as JavaScript in whatever page asks: `Pusher.auth_callbacks['1']` and the like, and
 * nothing that could be more than a name. */
static gboolean
check_callback (const char  *callback,
                GError     **error)
{
  gsize length = callback != NULL ? strlen (callback) : 0;

  if (callback == NULL || (length > 0 && length <= MAX_CALLBACK_BYTES
                           && strspn (callback, CALLBACK_CHARACTERS) == length && !g_ascii_isdigit (*callback)))
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("callback must name a JavaScript function in 1 to %d letters, digits, and signs of _ $ . [ ] ' \"."),
               MAX_CALLBACK_BYTES);
  return FALSE;
}

/**
 * bcast_authorize_question_read:
 * @self: a question without content; to be cleared even if this fails
 * @message: a request: a form, JSON, fields in many parts, or the query
 * @routes: what else can name the user
 * @error: %BCAST_ERROR_INVALID, naming what cannot be understood
 *
 * The body wins over the query, as with Masonite; headers count when neither names a user.
 *
 * Returns: whether @message could be read; it may ask for nothing yet
 */
gboolean
bcast_authorize_question_read (BcastAuthorizeQuestion    *self,
                               SoupServerMessage         *message,
                               const BcastSandboxRoutes  *routes,
                               GError                   **error)
{
  g_return_val_if_fail (self != NULL && SOUP_IS_SERVER_MESSAGE (message) && routes != NULL, FALSE);

  const char *query = g_uri_get_query (soup_server_message_get_uri (message));

  if (!read_body (message, routes, self, error)
      || !take_params (bcast_query_parse (query, error), routes, self))
    return FALSE;

  read_header (message, USER_HEADER, &self->user_id);
  read_header (message, routes->user_header, &self->user_id);
  return TRUE;
}

/**
 * bcast_authorize_question_complete:
 * @self: a question
 * @user: about whom it is when it does not say
 * @error: %BCAST_ERROR_INVALID, naming what is missing or cannot be
 *
 * Returns: whether it can be answered
 */
gboolean
bcast_authorize_question_complete (BcastAuthorizeQuestion  *self,
                                   const BcastSandboxUser  *user,
                                   GError                 **error)
{
  g_return_val_if_fail (self != NULL && user != NULL, FALSE);

  if (self->socket_id == NULL)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("socket_id is missing. Send the id of the socket that wants to subscribe or sign in, as "
                             "pusher.connection.socket_id has it."));
      return FALSE;
    }

  if (self->user_id == NULL || *self->user_id == '\0')
    {
      g_free (self->user_id);
      self->user_id = g_strdup (user->user_id);
      if (self->user_info == NULL)
        self->user_info = g_strdup (user->user_info);
    }

  if (!g_utf8_validate (self->user_id, -1, NULL))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The user id is no valid UTF-8 text."));
      return FALSE;
    }

  return check_json ("user_info", self->user_info, error)
         && check_json ("watchlist", self->watchlist, error)
         && check_callback (self->callback, error);
}

/**
 * bcast_authorize_question_clear:
 * @self: a question
 *
 * Frees what it holds.
 */
void
bcast_authorize_question_clear (BcastAuthorizeQuestion *self)
{
  g_free (self->socket_id);
  g_free (self->channel);
  g_free (self->user_id);
  g_free (self->user_info);
  g_free (self->watchlist);
  g_free (self->callback);
  g_free (self->app_key);
}

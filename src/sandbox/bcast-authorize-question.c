/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-authorize-question-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json-fields-private.h"
#include "bcast-json.h"
#include "bcast-request-signature.h"
#include "bcast-sandbox-http-private.h"

#define USER_HEADER "X-Broadcast-User"

static void
take_param (const char * const  *params,
            const char          *name,
            char               **field)
{
  const char *value = params != NULL ? bcast_query_find (params, name) : NULL;

  if (*field == NULL && value != NULL)
    *field = g_strdup (value);
}

static gboolean
take_form (const char              *form,
           BcastAuthorizeQuestion  *question,
           GError                 **error)
{
  g_auto(GStrv) parsed = bcast_query_parse (form, error);
  const char * const *params = (const char * const *) parsed;

  if (params == NULL)
    return FALSE;

  take_param (params, "socket_id", &question->socket_id);
  take_param (params, "channel_name", &question->channel);
  take_param (params, "user_id", &question->user_id);
  take_param (params, "user_info", &question->user_info);
  take_param (params, "watchlist", &question->watchlist);
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

/* The body wins over the query, as with Masonite; the header counts when neither names a user. */
static gboolean
read_question (SoupServerMessage       *message,
               BcastAuthorizeQuestion  *question,
               GError                 **error)
{
  g_autofree char *body = dup_body_text (message, error);
  const BcastJsonField fields[] = {
    { "socket_id", BCAST_JSON_FIELD_TEXT, &question->socket_id },
    { "channel_name", BCAST_JSON_FIELD_TEXT, &question->channel },
    { "user_id", BCAST_JSON_FIELD_ID, &question->user_id },
    { "user_info", BCAST_JSON_FIELD_RAW, &question->user_info },
    { "watchlist", BCAST_JSON_FIELD_RAW, &question->watchlist },
  };

  if (body == NULL)
    return FALSE;

  if (*g_strchug (body) == '{')
    {
      if (!bcast_json_fields_read (body, strlen (body), fields, G_N_ELEMENTS (fields), error))
        return FALSE;
    }
  else if (!take_form (body, question, error))
    return FALSE;

  if (!take_form (g_uri_get_query (soup_server_message_get_uri (message)), question, error))
    return FALSE;

  if (question->user_id == NULL)
    question->user_id = g_strdup (bcast_sandbox_http_get_header (message, USER_HEADER));
  return TRUE;
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

static gboolean
check_user (BcastAuthorizeQuestion  *question,
            const BcastSandboxUser  *user,
            GError                 **error)
{
  if (question->user_id == NULL || *question->user_id == '\0')
    {
      g_free (question->user_id);
      question->user_id = g_strdup (user->user_id);
      if (question->user_info == NULL)
        question->user_info = g_strdup (user->user_info);
    }

  if (!g_utf8_validate (question->user_id, -1, NULL))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The user id is no valid UTF-8 text."));
      return FALSE;
    }

  return check_json ("user_info", question->user_info, error)
         && check_json ("watchlist", question->watchlist, error);
}

/**
 * bcast_authorize_question_read:
 * @self: a question without content; to be cleared even if this fails
 * @message: a request: a form, JSON, or the query
 * @user: about whom it is when it does not say
 * @error: %BCAST_ERROR_INVALID, naming what cannot be understood
 *
 * Returns: whether @message asks something
 */
gboolean
bcast_authorize_question_read (BcastAuthorizeQuestion  *self,
                               SoupServerMessage       *message,
                               const BcastSandboxUser  *user,
                               GError                 **error)
{
  g_return_val_if_fail (self != NULL && SOUP_IS_SERVER_MESSAGE (message) && user != NULL, FALSE);

  return read_question (message, self, error) && check_user (self, user, error);
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
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-authorize-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-json-fields-private.h"
#include "bcast-presence-data.h"
#include "bcast-request-signature.h"
#include "bcast-sandbox-http-private.h"
#include "bcast-signing.h"

#define USER_HEADER "X-Broadcast-User"

/* Masonite's route, Laravel's two, and the two that pusher-js asks by itself. All do the same: with
 * a channel they sign a subscription, without one a sign-in. */
static const char * const paths[] = {
  "/broadcasting/authorize",
  "/broadcasting/auth",
  "/broadcasting/user-auth",
  "/pusher/auth",
  "/pusher/user-auth",
  NULL
};

typedef struct
{
  char *socket_id;
  char *channel;
  char *user_id;
  char *user_info;
  char *watchlist;
} Question;

static void
question_clear (Question *question)
{
  g_free (question->socket_id);
  g_free (question->channel);
  g_free (question->user_id);
  g_free (question->user_info);
  g_free (question->watchlist);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

/**
 * bcast_sandbox_user_new:
 * @user_id: a user
 * @user_info: (nullable): what is known of the user, as JSON
 *
 * Returns: (transfer full): both together
 */
BcastSandboxUser *
bcast_sandbox_user_new (const char *user_id,
                        const char *user_info)
{
  g_return_val_if_fail (user_id != NULL, NULL);

  BcastSandboxUser *user = g_new0 (BcastSandboxUser, 1);

  user->user_id = g_strdup (user_id);
  user->user_info = g_strdup (user_info);
  return user;
}

/**
 * bcast_sandbox_user_copy:
 * @user: a user
 *
 * Returns: (transfer full): the same again
 */
BcastSandboxUser *
bcast_sandbox_user_copy (BcastSandboxUser *user)
{
  g_return_val_if_fail (user != NULL, NULL);

  return bcast_sandbox_user_new (user->user_id, user->user_info);
}

/**
 * bcast_sandbox_user_free:
 * @user: (transfer full): a user
 */
void
bcast_sandbox_user_free (BcastSandboxUser *user)
{
  g_return_if_fail (user != NULL);

  g_free (user->user_id);
  g_free (user->user_info);
  g_free (user);
}

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
take_form (const char  *form,
           Question    *question,
           GError     **error)
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
read_question (SoupServerMessage  *message,
               Question           *question,
               GError            **error)
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
check_user (Question                *question,
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

/* A page of any site can ask here while the sandbox runs. It learns nothing without the id of a
 * socket that is connected here, and for that it needs the app's key. */
static gboolean
check_page (BcastHub           *hub,
            SoupServerMessage  *message,
            const Question     *question,
            GError            **error)
{
  if (bcast_sandbox_http_get_header (message, "Origin") == NULL || question->socket_id == NULL
      || bcast_hub_find_peer (hub, question->socket_id) != NULL)
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_FORBIDDEN,
               _("No socket %s is connected to this sandbox, so there is nothing to authorize for the "
                 "page. Is it connected to another server?"), question->socket_id);
  return FALSE;
}

static char *
format_user_data (const Question *question)
{
  GString *buffer = g_string_new ("{\"id\":");

  bcast_json_append_quoted (buffer, question->user_id, -1);
  if (question->user_info != NULL)
    g_string_append_printf (buffer, ",\"user_info\":%s", question->user_info);
  if (question->watchlist != NULL)
    g_string_append_printf (buffer, ",\"watchlist\":%s", question->watchlist);
  g_string_append_c (buffer, '}');
  return g_string_free (buffer, FALSE);
}

static BcastSigning *
sign (BcastApp        *app,
      const Question  *question,
      GError         **error)
{
  const char *key = bcast_app_get_key (app);
  const char *secret = bcast_app_get_secret (app);
  const char *socket_id = question->socket_id != NULL ? question->socket_id : "";
  g_autofree char *data = NULL;

  if (question->channel == NULL)
    {
      data = format_user_data (question);
      return bcast_signing_new_user (key, secret, socket_id, data, error);
    }

  BcastChannelType type = bcast_channel_name_find_type (question->channel);

  if (bcast_channel_type_is_encrypted (type))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_FORBIDDEN,
                   _("“%s” is encrypted, and the sandbox has no encryption master key to make its "
                     "shared secret from. Let your own app authorize it."), question->channel);
      return NULL;
    }

  if (bcast_channel_type_is_presence (type))
    data = bcast_presence_data_format (question->user_id, question->user_info);
  return bcast_signing_new_channel (key, secret, socket_id, question->channel, data, error);
}

static void
allow_page (SoupServerMessage *message)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  const char *origin = bcast_sandbox_http_get_header (message, "Origin");
  const char *headers = soup_message_headers_get_list (asked, "Access-Control-Request-Headers");

  bcast_sandbox_http_set_header (message, "Vary", "Origin");
  bcast_sandbox_http_set_header (message, "Cache-Control", "no-store");
  if (origin == NULL)
    return;

  bcast_sandbox_http_set_header (message, "Access-Control-Allow-Origin", origin);
  bcast_sandbox_http_set_header (message, "Access-Control-Allow-Credentials", "true");
  bcast_sandbox_http_set_header (message, "Access-Control-Allow-Methods", "POST");
  if (headers != NULL)
    bcast_sandbox_http_set_header (message, "Access-Control-Allow-Headers", headers);
  /* Browsers ask this before a public page may talk to the local machine. */
  if (bcast_sandbox_http_get_header (message, "Access-Control-Request-Private-Network") != NULL)
    bcast_sandbox_http_set_header (message, "Access-Control-Allow-Private-Network", "true");
}

/**
 * bcast_sandbox_authorize_list_paths:
 *
 * Returns: (array zero-terminated=1): the paths that bcast_sandbox_authorize_handle() serves
 */
const char * const *
bcast_sandbox_authorize_list_paths (void)
{
  return paths;
}

/**
 * bcast_sandbox_authorize_handle:
 * @hub: the app
 * @user: whom to sign for
 * @message: a request for one of the paths
 *
 * Stands in for the authorize route of the user's app: signs a subscription or sign-in as @user, or
 * as whom the request names in `user_id` and `user_info` or in the header `X-Broadcast-User`; a
 * `watchlist` goes into a sign-in as it stands.
 * Takes a form, JSON, or the query. Pages of any origin may ask.
 * Source: Channels documentation, “Authorizing users” and “Authenticating users”; Masonite,
 * “Broadcasting”.
 */
void
bcast_sandbox_authorize_handle (BcastHub               *hub,
                                const BcastSandboxUser *user,
                                SoupServerMessage      *message)
{
  g_return_if_fail (BCAST_IS_HUB (hub) && user != NULL && SOUP_IS_SERVER_MESSAGE (message));

  g_auto(Question) question = { NULL, };
  g_autoptr(BcastSigning) signing = NULL;
  g_autoptr(GError) error = NULL;
  const char *method = soup_server_message_get_method (message);

  allow_page (message);

  if (strcmp (method, "OPTIONS") == 0)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
      return;
    }

  if (strcmp (method, "POST") != 0)
    {
      bcast_sandbox_http_set_header (message, "Allow", "POST, OPTIONS");
      bcast_sandbox_http_refuse (message, SOUP_STATUS_METHOD_NOT_ALLOWED,
                                 _("This path takes POST requests."));
      return;
    }

  if (read_question (message, &question, &error)
      && check_user (&question, user, &error)
      && check_page (hub, message, &question, &error))
    signing = sign (bcast_hub_get_app (hub), &question, &error);

  if (signing != NULL)
    bcast_sandbox_http_answer_json (message, signing->answer);
  else
    bcast_sandbox_http_refuse_error (message, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-authorize-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-authorize-faults-private.h"
#include "bcast-authorize-question-private.h"
#include "bcast-authorize-refusal-private.h"
#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-presence-data.h"
#include "bcast-sandbox-http-private.h"
#include "bcast-secret-box.h"
#include "bcast-signing.h"

#define METHODS "GET, HEAD, OPTIONS, POST"

static const char * const methods[] = { "GET", "HEAD", "POST", NULL };

/* A page of any site can ask here while the sandbox runs, and with a callback even without saying so. It
 * learns nothing without the id of a socket that is connected here, and for that it needs the app's key. */
static gboolean
check_page (BcastHub                      *hub,
            SoupServerMessage             *message,
            const BcastAuthorizeQuestion  *question,
            GError                       **error)
{
  if ((bcast_sandbox_http_get_header (message, "Origin") == NULL && question->callback == NULL)
      || bcast_hub_find_peer (hub, question->socket_id) != NULL)
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_FORBIDDEN,
               _("No socket %.*s is connected to this sandbox, so there is nothing to authorize for the "
                 "page. Is it connected to another server?"),
               bcast_error_clip (question->socket_id, 64), question->socket_id);
  return FALSE;
}

static char *
format_user_data (const BcastAuthorizeQuestion *question)
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

/* Base64; NULL when the app has no master key. */
static char *
make_shared_secret (BcastApp    *app,
                    const char  *channel,
                    GError     **error)
{
  const char *base64 = bcast_app_get_master_key (app);
  g_autoptr(GBytes) master_key = NULL;
  g_autoptr(GBytes) key = NULL;

  if (base64 == NULL)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_FORBIDDEN,
                   _("“%s” is encrypted, and the sandbox has no encryption master key to make its "
                     "shared secret from. Give it one, or let your own app authorize it."), channel);
      return NULL;
    }

  master_key = bcast_secret_box_parse_key (base64, error);
  if (master_key == NULL)
    return NULL;
  key = bcast_secret_box_derive_key (master_key, channel);
  return g_base64_encode (g_bytes_get_data (key, NULL), g_bytes_get_size (key));
}

/* The secret is not part of what is signed, and never goes to the server.
 * Source: Channels documentation, “End-to-end encryption”. */
static BcastSigning *
sign_encrypted (BcastApp                      *app,
                const BcastAuthorizeQuestion  *question,
                GError                       **error)
{
  g_autoptr(BcastSigning) signing =
    bcast_signing_new_channel (bcast_app_get_key (app), bcast_app_get_secret (app),
                               question->socket_id,
                               question->channel, NULL, error);
  g_autofree char *shared_secret = signing != NULL ? make_shared_secret (app, question->channel, error)
                                                   : NULL;
  g_autofree char *answer = signing != NULL ? g_steal_pointer (&signing->answer) : NULL;

  if (shared_secret == NULL)
    return NULL;

  signing->answer = g_strdup_printf ("%.*s,\"shared_secret\":\"%s\"}", (int) strlen (answer) - 1, answer,
                                     shared_secret);
  return g_steal_pointer (&signing);
}

static BcastSigning *
sign (BcastApp                      *app,
      const BcastAuthorizeQuestion  *question,
      GError                       **error)
{
  const char *key = bcast_app_get_key (app);
  const char *secret = bcast_app_get_secret (app);
  const char *socket_id = question->socket_id;
  g_autofree char *data = NULL;

  if (question->channel == NULL)
    {
      data = format_user_data (question);
      return bcast_signing_new_user (key, secret, socket_id, data, error);
    }

  BcastChannelType type = bcast_channel_name_find_type (question->channel);

  if (bcast_channel_type_is_encrypted (type))
    return sign_encrypted (app, question, error);
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
  bcast_sandbox_http_set_header (message, "Access-Control-Allow-Methods", "GET, POST");
  if (headers != NULL)
    bcast_sandbox_http_set_header (message, "Access-Control-Allow-Headers", headers);
  /* Browsers ask this before a public page may talk to the local machine. */
  if (bcast_sandbox_http_get_header (message, "Access-Control-Request-Private-Network") != NULL)
    bcast_sandbox_http_set_header (message, "Access-Control-Allow-Private-Network", "true");
}

/* JSON may have two characters that JavaScript once took for line ends. The comment keeps the beginning of
 * the answer out of the hands of who chooses the callback. */
static void
answer_callback (SoupServerMessage *message,
                 const char        *callback,
                 const char        *json)
{
  GString *script = g_string_new ("/**/");

  g_string_append_printf (script, "%s(%s);", callback, json);
  g_string_replace (script, "\u2028", "\\u2028", 0);
  g_string_replace (script, "\u2029", "\\u2029", 0);
  bcast_sandbox_http_set_header (message, "X-Content-Type-Options", "nosniff");
  bcast_sandbox_http_answer (message, SOUP_STATUS_OK, "application/javascript; charset=utf-8", script->str);
  g_string_free (script, TRUE);
}

static void
answer (SoupServerMessage            *message,
        const BcastAuthorizeQuestion *question,
        const char                   *json)
{
  if (question->callback != NULL)
    answer_callback (message, question->callback, json);
  else
    bcast_sandbox_http_answer_json (message, json);
}

static void
answer_question (BcastHub                 *hub,
                 const BcastSandboxUser   *user,
                 const BcastSandboxRoutes *routes,
                 SoupServerMessage        *message)
{
  g_auto(BcastAuthorizeQuestion) question = { NULL, };
  g_autoptr(BcastSigning) signing = NULL;
  g_autoptr(GError) error = NULL;

  if (bcast_authorize_question_read (&question, message, routes, &error)
      && bcast_authorize_question_complete (&question, user, &error)
      && check_page (hub, message, &question, &error))
    signing = sign (bcast_hub_get_app (hub), &question, &error);

  if (signing == NULL)
    bcast_sandbox_http_refuse_error (message, error);
  else if (!bcast_authorize_faults_refuse (hub, &question, message))
    answer (message, &question, signing->answer);
  bcast_authorize_faults_delay (hub, &question, message);
}

/**
 * bcast_sandbox_authorize_find_hub:
 * @hubs: (element-type BcastHub): apps that have a route where @message asks, at least one
 * @message: a question
 *
 * Several apps may have their routes at the same path.
 *
 * Returns: (transfer none): the app to which the socket of the question is connected; else the one whose key
 *   the parameter `app_key` is; else the first
 */
BcastHub *
bcast_sandbox_authorize_find_hub (GPtrArray         *hubs,
                                  SoupServerMessage *message)
{
  g_return_val_if_fail (hubs != NULL && hubs->len > 0 && SOUP_IS_SERVER_MESSAGE (message), NULL);

  g_auto(BcastAuthorizeQuestion) question = { NULL, };
  BcastHub *named = NULL;

  if (hubs->len == 1 || !bcast_authorize_question_read (&question, message, bcast_sandbox_routes_get_default (), NULL))
    return hubs->pdata[0];

  for (guint i = 0; i < hubs->len; i++)
    {
      const char *key = bcast_app_get_key (bcast_hub_get_app (hubs->pdata[i]));

      if (question.socket_id != NULL && bcast_hub_find_peer (hubs->pdata[i], question.socket_id) != NULL)
        return hubs->pdata[i];
      if (named == NULL && g_strcmp0 (question.app_key, key) == 0)
        named = hubs->pdata[i];
    }
  return named != NULL ? named : hubs->pdata[0];
}

/**
 * bcast_sandbox_authorize_handle:
 * @hub: the app
 * @user: whom to sign for
 * @routes: how the app's routes behave
 * @message: a request for one of the paths of @routes
 *
 * Stands in for the authorize route of the user's app: signs a subscription or sign-in as @user, or
 * as whom the request names in `user_id` and `user_info`, in the header `X-Broadcast-User`, or in the parameter and
 * header of @routes; a `watchlist` goes into a sign-in as it stands.
 * Takes a form, JSON, fields in many parts, or the query, by POST or GET; with a `callback` the answer is a
 * script. Pages of any origin may ask. For encrypted channels the answer has the shared secret, if the app has a
 * master key.
 * Source: Channels documentation, “Authorizing users” and “Authenticating users”; Laravel and Masonite,
 * “Broadcasting”.
 */
void
bcast_sandbox_authorize_handle (BcastHub                 *hub,
                                const BcastSandboxUser   *user,
                                const BcastSandboxRoutes *routes,
                                SoupServerMessage        *message)
{
  g_return_if_fail (BCAST_IS_HUB (hub) && user != NULL && routes != NULL && SOUP_IS_SERVER_MESSAGE (message));

  const char *method = soup_server_message_get_method (message);

  allow_page (message);

  if (strcmp (method, "OPTIONS") == 0)
    {
      bcast_sandbox_http_set_header (message, "Allow", METHODS);
      soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
    }
  else if (!g_strv_contains (methods, method))
    {
      bcast_sandbox_http_set_header (message, "Allow", METHODS);
      bcast_sandbox_http_refuse (message, SOUP_STATUS_METHOD_NOT_ALLOWED,
                                 _("This path takes GET and POST requests."));
    }
  else if (!bcast_authorize_refusal_answer (routes, message))
    answer_question (hub, user, routes, message);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-authorize-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-authorize-faults-private.h"
#include "bcast-authorize-question-private.h"
#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-presence-data.h"
#include "bcast-sandbox-http-private.h"
#include "bcast-secret-box.h"
#include "bcast-signing.h"

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

/* A page of any site can ask here while the sandbox runs. It learns nothing without the id of a
 * socket that is connected here, and for that it needs the app's key. */
static gboolean
check_page (BcastHub                      *hub,
            SoupServerMessage             *message,
            const BcastAuthorizeQuestion  *question,
            GError                       **error)
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
                               question->socket_id != NULL ? question->socket_id : "",
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
  const char *socket_id = question->socket_id != NULL ? question->socket_id : "";
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
 * Takes a form, JSON, or the query. Pages of any origin may ask. For encrypted channels the answer has the
 * shared secret, if the app has a master key.
 * Source: Channels documentation, “Authorizing users” and “Authenticating users”; Masonite,
 * “Broadcasting”.
 */
void
bcast_sandbox_authorize_handle (BcastHub               *hub,
                                const BcastSandboxUser *user,
                                SoupServerMessage      *message)
{
  g_return_if_fail (BCAST_IS_HUB (hub) && user != NULL && SOUP_IS_SERVER_MESSAGE (message));

  g_auto(BcastAuthorizeQuestion) question = { NULL, };
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

  if (bcast_authorize_question_read (&question, message, user, &error)
      && check_page (hub, message, &question, &error))
    signing = sign (bcast_hub_get_app (hub), &question, &error);

  if (signing == NULL)
    bcast_sandbox_http_refuse_error (message, error);
  else if (!bcast_authorize_faults_refuse (hub, &question, message))
    bcast_sandbox_http_answer_json (message, signing->answer);
  bcast_authorize_faults_delay (hub, &question, message);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-endpoint-authorizer.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "config.h"

#include "bcast-auth-reply-private.h"
#include "bcast-auth-request-private.h"
#include "bcast-authorizer-private.h"
#include "bcast-error.h"
#include "bcast-http-exchange-private.h"
#include "bcast-http-text.h"

#define TIMEOUT_MS      10000
#define MOST_BODY_BYTES (64 * 1024)
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* One of the two addresses. They may be on different hosts, of which one is the app's own. */
typedef struct
{
  GUri        *uri; /* NULL when there is none */
  char        *shown;
  SoupSession *session;
  gboolean     is_own_host;
} Endpoint;

/**
 * BcastEndpointAuthorizer:
 *
 * Asks the user's own app over HTTP for each signature, as pusher-js does. As whom a client joins is
 * for the app to say, by the cookies or the token that it is sent. It keeps no cookies, follows no
 * redirects and answers no passwords, and checks what comes back as far as it can. It is used in the
 * thread-default main context in which it was made.
 * Source: Channels documentation, “Authorizing users” and “Authenticating users”.
 */
struct _BcastEndpointAuthorizer
{
  GObject           parent_instance;

  Endpoint          channel;
  Endpoint          user;
  BcastAuthRequest *request;
  BcastApp         *app;
  guint             timeout_ms;
  GError           *problem; /* why nobody can be asked; told to each who wants to know */
};

static void authorizer_init (BcastAuthorizerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BcastEndpointAuthorizer, bcast_endpoint_authorizer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BCAST_TYPE_AUTHORIZER, authorizer_init))

/* One question under way; the task's data. */
typedef struct
{
  const Endpoint *endpoint;
  SoupMessage    *message;
  char           *socket_id;
  char           *channel;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_object (&question->message);
  g_free (question->socket_id);
  g_free (question->channel);
  g_free (question);
}

static void
endpoint_clear (Endpoint *endpoint)
{
  g_clear_pointer (&endpoint->uri, g_uri_unref);
  g_clear_pointer (&endpoint->shown, g_free);
  g_clear_object (&endpoint->session);
}

static void
bcast_endpoint_authorizer_finalize (GObject *object)
{
  BcastEndpointAuthorizer *self = BCAST_ENDPOINT_AUTHORIZER (object);

  endpoint_clear (&self->channel);
  endpoint_clear (&self->user);
  g_clear_pointer (&self->request, bcast_auth_request_free);
  g_clear_pointer (&self->app, bcast_app_unref);
  g_clear_error (&self->problem);

  G_OBJECT_CLASS (bcast_endpoint_authorizer_parent_class)->finalize (object);
}

static void
bcast_endpoint_authorizer_class_init (BcastEndpointAuthorizerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_endpoint_authorizer_finalize;
}

static void
bcast_endpoint_authorizer_init (BcastEndpointAuthorizer *self)
{
}

/* Without the features that would add headers of their own or ask for passwords. */
static SoupSession *
make_session (void)
{
  SoupSession *session = soup_session_new_with_options ("timeout", 0,
                                                        "user-agent", "Broadcast/" BCAST_VERSION, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  return session;
}

static gboolean
is_host_of_app (BcastApp   *app,
                const char *host)
{
  return app != NULL && (g_ascii_strcasecmp (host, bcast_app_get_ws_host (app)) == 0
                         || g_ascii_strcasecmp (host, bcast_app_get_http_host (app)) == 0);
}

static gboolean
trust_ca_file (Endpoint    *endpoint,
               const char  *ca_file,
               GError     **error)
{
  g_autoptr(GError) problem = NULL;
  g_autoptr(GTlsDatabase) database = g_tls_file_database_new (ca_file, &problem);

  if (database == NULL)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                   _("The profile's CA file cannot be used: %s. Choose another in the profile."), problem->message);
      return FALSE;
    }
  soup_session_set_tls_database (endpoint->session, database);
  return TRUE;
}

static gboolean
endpoint_init (Endpoint    *endpoint,
               const char  *url,
               BcastApp    *app,
               GError     **error)
{
  const char *ca_file = app != NULL ? bcast_app_get_ca_file (app) : NULL;

  if (url == NULL || *url == '\0')
    return TRUE;
  if (!bcast_http_url_check (url, error))
    return FALSE;

  endpoint->uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, error);
  if (endpoint->uri == NULL)
    return FALSE;

  endpoint->shown = g_uri_to_string_partial (endpoint->uri, G_URI_HIDE_QUERY);
  endpoint->session = make_session ();
  endpoint->is_own_host = is_host_of_app (app, g_uri_get_host (endpoint->uri));
  return !endpoint->is_own_host || ca_file == NULL || trust_ca_file (endpoint, ca_file, error);
}

static gboolean
accept_certificate_cb (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  problems,
                       gpointer              user_data)
{
  return TRUE;
}

/* Says that it is the user's app that failed, since the server of the profile may be fine. */
static GError *
explain_silence (Question *question,
                 GError   *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return cause;

  if (soup_message_get_tls_peer_certificate_errors (question->message) != 0 && !question->endpoint->is_own_host)
    {
      g_clear_error (&cause);
      return g_error_new (BCAST_ERROR, BCAST_ERROR_UNREACHABLE,
                          _("This computer does not trust the certificate of your app at %s. What the profile says "
                            "about certificates counts for the host of its server alone: let the system trust your "
                            "app's certificate, or use http:// where that is safe."),
                          question->endpoint->shown);
    }
  g_prefix_error (&cause, "%s ", _("Your app could not be asked for a signature."));
  return cause;
}

static BcastAuthorization *
read_answer (BcastEndpointAuthorizer  *self,
             Question                 *question,
             GBytes                   *body,
             gboolean                  is_cut,
             GError                  **error)
{
  SoupMessage *message = question->message;
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  gsize length = g_bytes_get_size (body);
  const char *bytes = length > 0 ? g_bytes_get_data (body, NULL) : "";
  gboolean is_text = g_utf8_validate_len (bytes, length, NULL);
  g_autofree char *text = g_utf8_make_valid (bytes, (gssize) length);
  BcastAuthReply reply = {
    .status = soup_message_get_status (message),
    .location = soup_message_headers_get_one (headers, "Location"),
    .body = g_str_has_prefix (text, BYTE_ORDER_MARK) ? text + strlen (BYTE_ORDER_MARK) : text,
    .endpoint = question->endpoint->shown,
    .socket_id = question->socket_id,
    .channel = question->channel,
    .app = self->app,
    .secrets = self->request->secrets,
    .missing_cookie = self->request->missing_cookie,
  };
  g_autoptr(BcastAuthorization) answer = NULL;

  if (reply.status != SOUP_STATUS_OK)
    {
      g_propagate_error (error, bcast_auth_refusal_new (&reply));
      return NULL;
    }
  if (is_cut)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                   _("Your app's answer has more than %d bytes and was not read to its end, so it is no signature. "
                     "Check the address, and whether a user is signed in for it."), MOST_BODY_BYTES);
      return NULL;
    }

  if (!is_text)
    reply.body = NULL;
  answer = bcast_auth_answer_parse (&reply, error);
  return answer != NULL && bcast_auth_answer_verify (&reply, answer, error) ? g_steal_pointer (&answer) : NULL;
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastAuthorization) answer = NULL;
  gboolean is_cut;
  g_autoptr(GBytes) body = bcast_http_exchange_finish (result, &is_cut, &error);

  if (body == NULL)
    error = explain_silence (question, g_steal_pointer (&error));
  else
    answer = read_answer (g_task_get_source_object (task), question, body, is_cut, &error);

  if (answer != NULL)
    g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) bcast_authorization_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
check_question (BcastEndpointAuthorizer  *self,
                const char               *socket_id,
                const char               *channel,
                GError                  **error)
{
  if (self->problem != NULL)
    {
      g_propagate_error (error, g_error_copy (self->problem));
      return FALSE;
    }
  if (channel != NULL && self->channel.uri == NULL)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("There is no address at which your app signs subscriptions. Enter its channel endpoint "
                             "in the profile, mostly /broadcasting/auth or /pusher/auth."));
      return FALSE;
    }
  if (channel == NULL && self->user.uri == NULL)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("There is no address at which your app signs users in. Enter its user endpoint in the "
                             "profile, mostly /broadcasting/user-auth or /pusher/user-auth."));
      return FALSE;
    }
  return bcast_authorizer_check_socket_id (socket_id, error);
}

static void
bcast_endpoint_authorizer_authorize_async (BcastAuthorizer     *authorizer,
                                           const char          *socket_id,
                                           const char          *channel,
                                           const char          *user_id,
                                           const char          *user_info,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data)
{
  BcastEndpointAuthorizer *self = BCAST_ENDPOINT_AUTHORIZER (authorizer);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(GError) error = NULL;
  Question *question;

  g_task_set_source_tag (task, bcast_endpoint_authorizer_authorize_async);
  if (!check_question (self, socket_id, channel, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  question = g_new0 (Question, 1);
  question->endpoint = channel != NULL ? &self->channel : &self->user;
  question->socket_id = g_strdup (socket_id);
  question->channel = g_strdup (channel);
  question->message = bcast_auth_request_make_message (self->request, question->endpoint->uri, socket_id, channel);
  g_task_set_task_data (task, question, question_free);
  if (question->endpoint->is_own_host && bcast_app_get_accept_any_certificate (self->app))
    g_signal_connect (question->message, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);

  bcast_http_exchange_async (&(BcastHttpExchange) {
    .session = question->endpoint->session,
    .message = question->message,
    .max_bytes = MOST_BODY_BYTES,
    .timeout_ms = self->timeout_ms,
  }, cancellable, answered_cb, g_steal_pointer (&task));
}

static BcastAuthorization *
bcast_endpoint_authorizer_authorize_finish (BcastAuthorizer  *authorizer,
                                            GAsyncResult     *result,
                                            GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, authorizer), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
authorizer_init (BcastAuthorizerInterface *iface)
{
  iface->authorize_async = bcast_endpoint_authorizer_authorize_async;
  iface->authorize_finish = bcast_endpoint_authorizer_authorize_finish;
}

/**
 * bcast_endpoint_authorizer_new:
 * @options: how the app is asked; copied
 *
 * What is wrong with @options is told whenever something is to be signed.
 *
 * Returns: (transfer full): a new authorizer
 */
BcastAuthorizer *
bcast_endpoint_authorizer_new (const BcastEndpointOptions *options)
{
  g_return_val_if_fail (options != NULL, NULL);

  BcastEndpointAuthorizer *self = g_object_new (BCAST_TYPE_ENDPOINT_AUTHORIZER, NULL);

  self->timeout_ms = options->timeout_ms != 0 ? options->timeout_ms : TIMEOUT_MS;
  self->app = options->app != NULL ? bcast_app_ref (options->app) : NULL;
  self->request = bcast_auth_request_new (options, &self->problem);
  if (self->request != NULL && endpoint_init (&self->channel, options->channel_endpoint, self->app, &self->problem))
    endpoint_init (&self->user, options->user_endpoint, self->app, &self->problem);
  return BCAST_AUTHORIZER (self);
}

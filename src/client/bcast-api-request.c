/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-api-request-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "config.h"

#include "bcast-api-reply-private.h"
#include "bcast-ca-file-private.h"
#include "bcast-error.h"
#include "bcast-http-exchange-private.h"
#include "bcast-request-signature.h"

#define MOST_BODY_BYTES (16 * 1024 * 1024)
#define LIBRARY         "broadcast " BCAST_VERSION
#define CA_FILE_KEY     "bcast-ca-file"

/* One request under way; the task's data. */
typedef struct
{
  BcastApiReply       *reply;
  SoupMessage         *message;
  BcastApp            *app;
  BcastApiStartedFunc  started_func;
  gpointer             started_data;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_object (&request->message);
  bcast_api_reply_free (request->reply);
  bcast_app_unref (request->app);
  g_free (request);
}

/* The request was understood or not, but nobody who speaks the protocol says so much about an event. */
static GError *
make_endless (const Request *request)
{
  if (request->reply->request_body != NULL)
    return g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                        _("The server's answer has more than %d bytes and was not read to its end, so what "
                          "answers is no Pusher-compatible API. Check host, port and path in the profile."),
                        MOST_BODY_BYTES);
  return g_error_new (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                      _("The server's answer has more than %d bytes and was not read to its end. "
                        "Ask for less, for instance with a prefix."), MOST_BODY_BYTES);
}

static gboolean
take_answer (Request  *request,
             GBytes   *body,
             GError  **error)
{
  BcastApiReply *reply = request->reply;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  reply->status = soup_message_get_status (request->message);
  reply->body = length > 0 ? g_utf8_make_valid (text, (gssize) length) : g_strdup ("");
  return bcast_api_reply_check (reply, error);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  gboolean is_cut = FALSE;
  g_autoptr(GBytes) body = bcast_http_exchange_finish (result, &is_cut, &error);

  /* Nothing more will come: no signal may touch the request, which is about to go. */
  g_signal_handlers_disconnect_by_data (request->message, request);
  request->reply->answered_us = g_get_monotonic_time ();

  if (is_cut)
    error = make_endless (request);
  else if (body != NULL)
    take_answer (request, body, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/* The connection is there; on one that turns out to be stale libsoup starts again. */
static void
starting_cb (SoupMessage *message,
             gpointer     user_data)
{
  Request *request = user_data;

  request->reply->written = TRUE;
  request->reply->started_us = g_get_monotonic_time ();
  if (request->started_func != NULL)
    request->started_func (request->reply->started_us, request->started_data);
}

static gboolean
accept_certificate_cb (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  problems,
                       gpointer              user_data)
{
  return TRUE;
}

static gboolean
check_app (BcastApp  *app,
           GError   **error)
{
  const char *app_id = bcast_app_get_app_id (app);
  const char *secret = bcast_app_get_secret (app);

  if (app_id == NULL || *app_id == '\0')
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                         _("The HTTP API needs the app's id. Enter it in the profile."));
  else if (secret == NULL || *secret == '\0')
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                         _("The app's secret is not known here, so no request can be signed. Enter it "
                           "in the profile."));
  else
    return TRUE;

  return FALSE;
}

static char *
sign (const BcastApiRequestOptions *options,
      const char                   *path)
{
  const char *body = options->body;
  g_autoptr(BcastRequestSignature) signature = NULL;

  signature = bcast_request_signature_new (bcast_app_get_key (options->app),
                                           bcast_app_get_secret (options->app), options->method, path,
                                           options->params, body, body != NULL ? strlen (body) : 0,
                                           options->now_s);
  return g_steal_pointer (&signature->query);
}

static Request *
make_request (const BcastApiRequestOptions  *options,
              GError                       **error)
{
  if (!check_app (options->app, error))
    return NULL;

  g_autofree char *path = g_strdup_printf ("/apps/%s%s", bcast_app_get_app_id (options->app),
                                           options->resource);
  g_autofree char *query = sign (options, path);
  g_autofree char *uri = bcast_app_dup_http_uri (options->app, path, query);
  g_autofree char *target = g_strdup_printf ("%s%s?%s", bcast_app_get_path (options->app), path, query);
  g_autoptr(SoupMessage) message = soup_message_new (options->method, uri);

  if (message == NULL)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("No request can be sent to “%s%s”. Check host and path in the profile."),
                   bcast_app_get_http_host (options->app), bcast_app_get_path (options->app));
      return NULL;
    }

  Request *request = g_new0 (Request, 1);

  request->reply = bcast_api_reply_new (options->method, target, options->body);
  request->message = g_steal_pointer (&message);
  request->app = bcast_app_ref (options->app);
  request->started_func = options->started_func;
  request->started_data = options->started_data;
  return request;
}

static void
prepare_message (Request *request)
{
  SoupMessage *message = request->message;
  const char *body = request->reply->request_body;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_append (soup_message_get_request_headers (message), "X-Pusher-Library", LIBRARY);
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), request);
  if (bcast_app_get_accept_any_certificate (request->app))
    g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);
  if (body != NULL)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
}

/* A session is for one app, whose CA file the user may mend between two requests: it is read until it
 * was good once. */
static gboolean
prepare_session (SoupSession  *session,
                 BcastApp     *app,
                 GError      **error)
{
  const char *ca_file = bcast_app_get_ca_file (app);
  g_autoptr(GTlsDatabase) authorities = NULL;

  if (!bcast_app_get_tls (app) || bcast_app_get_accept_any_certificate (app) || ca_file == NULL
      || g_object_get_data (G_OBJECT (session), CA_FILE_KEY) != NULL)
    return TRUE;

  authorities = bcast_ca_file_load (ca_file, error);
  if (authorities == NULL)
    return FALSE;
  soup_session_set_tls_database (session, authorities);
  g_object_set_data (G_OBJECT (session), CA_FILE_KEY, authorities);
  return TRUE;
}

/**
 * bcast_api_request_start:
 * @options: what to ask for, and of whom
 * @task: (transfer none): ends with a boolean, or with a %BCAST_ERROR
 *
 * Signs and sends one request, and reads the answer to its end.
 */
void
bcast_api_request_start (const BcastApiRequestOptions *options,
                         GTask                        *task)
{
  g_return_if_fail (options != NULL);
  g_return_if_fail (G_IS_TASK (task));

  g_autoptr(GError) error = NULL;
  Request *request = NULL;

  if (prepare_session (options->session, options->app, &error))
    request = make_request (options, &error);
  if (request == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_set_task_data (task, request, request_free);
  prepare_message (request);
  request->reply->started_us = g_get_monotonic_time ();
  bcast_http_exchange_async (&(BcastHttpExchange) { options->session, request->message, MOST_BODY_BYTES,
                                                    options->timeout_ms },
                             g_task_get_cancellable (task), answered_cb, g_object_ref (task));
}

/**
 * bcast_api_request_steal_reply:
 * @task: a task given to bcast_api_request_start(), which has ended
 *
 * Returns: (transfer full) (nullable): request and answer, or %NULL when no request was made
 */
BcastApiReply *
bcast_api_request_steal_reply (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  return request != NULL ? g_steal_pointer (&request->reply) : NULL;
}

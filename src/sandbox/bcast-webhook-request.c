/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bcast-webhook-request-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-signature.h"
#include "bcast-webhook-quote-private.h"
#include "bcast-webhook-refusal-private.h"
#include "bcast-webhook-timer-private.h"

#define READ_BYTES     (4 * 1024)
#define IDLE_TIMEOUT_S 2 /* shorter than servers keep a connection, so that none is lost on one that ends */

/* The attempt under way; the task's data. */
typedef struct
{
  SoupMessage  *message;
  char         *url;
  GPtrArray    *secrets;
  GInputStream *stream;
  GByteArray   *answer;
  GCancellable *cancellable; /* cancelled by the caller's, by the deadline, or not at all */
  GSource      *cancelled_source;
  GSource      *deadline;
  guint         timeout_ms;
  gboolean      timed_out;
} State;

static void
state_free (gpointer data)
{
  State *state = data;

  bcast_webhook_timer_stop (&state->deadline);
  bcast_webhook_timer_stop (&state->cancelled_source);
  g_clear_object (&state->cancellable);
  g_clear_object (&state->stream);
  g_clear_object (&state->message);
  g_ptr_array_unref (state->secrets);
  g_byte_array_unref (state->answer);
  g_free (state->url);
  g_free (state);
}

/* What was answered is quoted in a sentence, and may repeat what was asked. */
static GPtrArray *
list_secrets (const BcastWebhookRequest *request)
{
  GPtrArray *secrets = g_ptr_array_new_with_free_func (g_free);
  const char *query = strchr (request->url, '?');

  for (gsize i = 0; request->headers != NULL && request->headers[i] != NULL; i += 2)
    {
      const char *value = request->headers[i + 1];
      const char *space = strrchr (value, ' '); /* as in “Bearer token” */

      g_ptr_array_add (secrets, g_strdup (value));
      if (space != NULL)
        g_ptr_array_add (secrets, g_strdup (space + 1));
    }
  if (query != NULL)
    g_ptr_array_add (secrets, g_strdup (query + 1));
  g_ptr_array_add (secrets, g_strdup (bcast_app_get_secret (request->app)));
  g_ptr_array_add (secrets, NULL);
  return secrets;
}

/* The answer's status decides, even if the answer's end never comes. */
static void
complete (GTask *task)
{
  State *state = g_task_get_task_data (task);
  guint status = soup_message_get_status (state->message);

  bcast_webhook_timer_stop (&state->deadline);
  bcast_webhook_timer_stop (&state->cancelled_source);
  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_autofree char *words = bcast_webhook_quote ((const char *) state->answer->data, state->answer->len,
                                                (const char * const *) state->secrets->pdata);

  g_task_return_error (task, bcast_webhook_refusal_new (state->url, status, words));
}

static void
fail (GTask        *task,
      const GError *cause)
{
  State *state = g_task_get_task_data (task);

  bcast_webhook_timer_stop (&state->deadline);
  bcast_webhook_timer_stop (&state->cancelled_source);
  if (state->timed_out)
    g_task_return_error (task, bcast_webhook_refusal_new_timeout (state->url, state->timeout_ms));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_error_copy (cause));
  else
    g_task_return_error (task, bcast_webhook_refusal_new_failed (state->url, cause));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  State *state = g_task_get_task_data (task);
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, NULL);
  gsize length = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  if (length > 0)
    g_byte_array_append (state->answer, g_bytes_get_data (bytes, NULL), (guint) length);
  if (length == 0 || state->answer->len >= BCAST_WEBHOOK_ANSWER_BYTES)
    complete (task);
  else
    g_input_stream_read_bytes_async (state->stream, READ_BYTES, G_PRIORITY_DEFAULT, state->cancellable,
                                     read_cb, g_steal_pointer (&task));
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  State *state = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  state->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (state->stream == NULL)
    fail (task, error);
  else
    g_input_stream_read_bytes_async (state->stream, READ_BYTES, G_PRIORITY_DEFAULT, state->cancellable,
                                     read_cb, g_steal_pointer (&task));
}

static gboolean
deadline_cb (gpointer user_data)
{
  State *state = user_data;

  bcast_webhook_timer_stop (&state->deadline);
  state->timed_out = TRUE;
  g_cancellable_cancel (state->cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *callers,
              gpointer      user_data)
{
  State *state = user_data;

  bcast_webhook_timer_stop (&state->cancelled_source);
  g_cancellable_cancel (state->cancellable);
  return G_SOURCE_REMOVE;
}

/* Source: Channels documentation, “Webhooks”, section “Security”. The content type has no charset: the
 * official Node library takes no other than this one. */
static SoupMessage *
make_message (const BcastWebhookRequest *request)
{
  SoupMessage *message = soup_message_new ("POST", request->url);
  gsize length;
  const char *bytes = g_bytes_get_data (request->body, &length);
  g_autofree char *signature = bcast_signature_webhook (bcast_app_get_secret (request->app), bytes, length);

  if (message == NULL)
    return NULL;

  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "User-Agent", "Broadcast/" BCAST_VERSION);
  for (gsize i = 0; request->headers != NULL && request->headers[i] != NULL; i += 2)
    soup_message_headers_replace (headers, request->headers[i], request->headers[i + 1]);
  soup_message_headers_replace (headers, "X-Pusher-Key", bcast_app_get_key (request->app));
  soup_message_headers_replace (headers, "X-Pusher-Signature", signature);
  soup_message_set_request_body_from_bytes (message, "application/json", request->body);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  return message;
}

/**
 * bcast_webhook_session_new:
 *
 * Returns: (transfer full): what sends requests in the context it is made in. It has none of the features
 *   that would add headers of their own, ask for passwords or unpack answers
 */
SoupSession *
bcast_webhook_session_new (void)
{
  SoupSession *session = soup_session_new_with_options ("timeout", 0, "idle-timeout", IDLE_TIMEOUT_S, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  return session;
}

static GTask *
start_task (const BcastWebhookRequest *request,
            GCancellable              *cancellable,
            GAsyncReadyCallback        callback,
            gpointer                   user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  State *state = g_new0 (State, 1);

  g_task_set_source_tag (task, bcast_webhook_request_async);
  g_task_set_check_cancellable (task, FALSE);
  state->message = make_message (request);
  state->url = g_strdup (request->url);
  state->secrets = list_secrets (request);
  state->answer = g_byte_array_new ();
  state->cancellable = g_cancellable_new ();
  state->timeout_ms = request->timeout_ms;
  g_task_set_task_data (task, state, state_free);

  if (cancellable != NULL)
    {
      state->cancelled_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (state->cancelled_source, G_SOURCE_FUNC (cancelled_cb), state, NULL);
      g_source_attach (state->cancelled_source, g_task_get_context (task));
    }
  bcast_webhook_timer_start (&state->deadline, state->timeout_ms, deadline_cb, state);
  return task;
}

/**
 * bcast_webhook_request_async:
 * @session: from bcast_webhook_session_new()
 * @request: what to send; not needed any more when this returns, but for the body's bytes
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called once, never before this function returned
 * @user_data: for @callback
 *
 * Sends a webhook once. Of the answer no more is read than is worth quoting.
 */
void
bcast_webhook_request_async (SoupSession               *session,
                             const BcastWebhookRequest *request,
                             GCancellable              *cancellable,
                             GAsyncReadyCallback        callback,
                             gpointer                   user_data)
{
  g_return_if_fail (SOUP_IS_SESSION (session) && request != NULL);

  g_autoptr(GTask) task = start_task (request, cancellable, callback, user_data);
  State *state = g_task_get_task_data (task);

  if (state->message == NULL)
    g_task_return_new_error (task, BCAST_ERROR, BCAST_ERROR_INVALID,
                             _("Nothing can be sent to the address of the webhook. Check it."));
  else
    soup_session_send_async (session, state->message, G_PRIORITY_DEFAULT, state->cancellable,
                             sent_cb, g_steal_pointer (&task));
}

/**
 * bcast_webhook_request_finish:
 * @result: what the callback received
 * @status: (out): the answer's status; 0 without an answer
 * @error: %G_IO_ERROR_CANCELLED, or a %BCAST_ERROR that says why it was not received
 *
 * Returns: whether the webhook was received, which is any status from 200 to 299
 */
gboolean
bcast_webhook_request_finish (GAsyncResult  *result,
                              guint         *status,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  State *state = g_task_get_task_data (G_TASK (result));

  *status = state->message != NULL ? soup_message_get_status (state->message) : 0;
  return g_task_propagate_boolean (G_TASK (result), error);
}

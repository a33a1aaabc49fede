/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-http-exchange-private.h"

#include "bcast-timer-private.h"
#include "bcast-transport-error-private.h"

#define READ_BYTES (16 * 1024)

/* The exchange under way; the task's data. */
typedef struct
{
  SoupMessage  *message;
  GInputStream *stream;
  GByteArray   *body;
  GCancellable *cancellable; /* cancelled by the caller's, by the deadline, or not at all */
  GSource      *cancelled_source;
  GSource      *deadline;
  gboolean      timed_out;
  gboolean      is_cut;
  gsize         max_bytes;
  guint         timeout_ms;
} State;

static void
state_free (gpointer data)
{
  State *state = data;

  bcast_timer_stop (&state->deadline);
  bcast_timer_stop (&state->cancelled_source);
  g_clear_object (&state->cancellable);
  g_clear_object (&state->stream);
  g_clear_object (&state->message);
  g_clear_pointer (&state->body, g_byte_array_unref);
  g_free (state);
}

static void
stop (State *state)
{
  bcast_timer_stop (&state->deadline);
  bcast_timer_stop (&state->cancelled_source);
}

static GError *
explain (State        *state,
         const GError *cause)
{
  GUri *uri = soup_message_get_uri (state->message);
  BcastPlace place = { g_uri_get_host (uri), (guint16) g_uri_get_port (uri) };

  if (state->timed_out)
    return bcast_transport_error_new_timeout (&place, state->timeout_ms);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);
  return bcast_transport_error_new (cause, &place,
                                    soup_message_get_tls_peer_certificate_errors (state->message));
}

/* Ends an exchange that has no (complete) answer. */
static void
fail (GTask        *task,
      const GError *cause)
{
  State *state = g_task_get_task_data (task);

  stop (state);
  g_task_return_error (task, explain (state, cause));
}

static void
complete (GTask *task)
{
  State *state = g_task_get_task_data (task);

  stop (state);
  g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&state->body)),
                         (GDestroyNotify) g_bytes_unref);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  State *state = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);
  gsize length, taken;

  if (bytes == NULL)
    {
      fail (task, error);
      return;
    }

  length = g_bytes_get_size (bytes);
  taken = MIN (length, state->max_bytes - state->body->len);
  state->is_cut = taken < length;
  g_byte_array_append (state->body, g_bytes_get_data (bytes, NULL), (guint) taken);
  if (length == 0 || state->is_cut)
    {
      complete (task);
      return;
    }

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

  bcast_timer_stop (&state->deadline);
  state->timed_out = TRUE;
  g_cancellable_cancel (state->cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *callers,
              gpointer      user_data)
{
  State *state = user_data;

  bcast_timer_stop (&state->cancelled_source);
  g_cancellable_cancel (state->cancellable);
  return G_SOURCE_REMOVE;
}

/**
 * bcast_http_exchange_async:
 * @exchange: what to send and what bounds it
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called once, never before this function returned
 * @user_data: for @callback
 *
 * Sends a request, and reads the answer to its end or its bound. Redirects are for the caller to
 * refuse, by a flag of the message.
 */
void
bcast_http_exchange_async (const BcastHttpExchange *exchange,
                           GCancellable            *cancellable,
                           GAsyncReadyCallback      callback,
                           gpointer                 user_data)
{
  g_return_if_fail (exchange != NULL);

  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  State *state = g_new0 (State, 1);

  g_task_set_source_tag (task, bcast_http_exchange_async);
  state->message = g_object_ref (exchange->message);
  state->body = g_byte_array_new ();
  state->cancellable = g_cancellable_new ();
  state->max_bytes = exchange->max_bytes;
  state->timeout_ms = exchange->timeout_ms;
  g_task_set_task_data (task, state, state_free);

  if (cancellable != NULL)
    {
      state->cancelled_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (state->cancelled_source, G_SOURCE_FUNC (cancelled_cb), state, NULL);
      g_source_attach (state->cancelled_source, g_task_get_context (task));
    }
  bcast_timer_start (&state->deadline, g_task_get_context (task), state->timeout_ms, deadline_cb, state);
  soup_session_send_async (exchange->session, state->message, G_PRIORITY_DEFAULT, state->cancellable,
                           sent_cb, g_steal_pointer (&task));
}

/**
 * bcast_http_exchange_finish:
 * @result: what the callback received
 * @is_cut: (out) (optional): whether the answer is longer than wanted and was not read to its end
 * @error: %G_IO_ERROR_CANCELLED, or a %BCAST_ERROR that says why there is no answer
 *
 * Returns: (transfer full) (nullable): the answer's body, whatever its status
 */
GBytes *
bcast_http_exchange_finish (GAsyncResult  *result,
                            gboolean      *is_cut,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  State *state = g_task_get_task_data (G_TASK (result));

  if (is_cut != NULL)
    *is_cut = state->is_cut;
  return g_task_propagate_pointer (G_TASK (result), error);
}

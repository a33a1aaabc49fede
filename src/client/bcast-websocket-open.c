/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-websocket-open-private.h"

#include <string.h>

#include "bcast-connector-private.h"
#include "bcast-upgrade-error-private.h"

#define READ_BYTES 4096

/* From an app to an open WebSocket: connects, asks, and reads the answer, which is bounded. */

typedef struct
{
  BcastTarget *target;
  char        *key;
  char        *request;
  GIOStream   *stream;
  GByteArray  *bytes; /* what came */
  guint8       room[READ_BYTES];
} Attempt;

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  bcast_target_unref (attempt->target);
  g_free (attempt->key);
  g_free (attempt->request);
  g_clear_object (&attempt->stream);
  g_byte_array_unref (attempt->bytes);
  g_free (attempt);
}

static void
fail (GTask  *task,
      GError *cause)
{
  Attempt *attempt = g_task_get_task_data (task);
  g_autoptr(GError) owned = cause;
  BcastPlace place = bcast_target_get_place (attempt->target);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&owned));
  else
    g_task_return_error (task, bcast_transport_error_new (cause, &place, 0));
}

static void
succeed (GTask              *task,
         BcastUpgradeAnswer *answer)
{
  Attempt *attempt = g_task_get_task_data (task);
  BcastWebsocketOpening *opening = g_new0 (BcastWebsocketOpening, 1);

  opening->stream = g_steal_pointer (&attempt->stream);
  opening->answer = *answer;
  opening->frames = g_bytes_new (attempt->bytes->data + answer->head_bytes,
                                 attempt->bytes->len - answer->head_bytes);
  *answer = (BcastUpgradeAnswer) { 0, };
  g_task_return_pointer (task, opening, (GDestroyNotify) bcast_websocket_opening_free);
}

static void read_more (GTask *task);

static void
take_bytes (GTask *task)
{
  Attempt *attempt = g_task_get_task_data (task);
  g_auto(BcastUpgradeAnswer) answer = { 0, };
  BcastUpgradeResult result = bcast_upgrade_parse ((const char *) attempt->bytes->data, attempt->bytes->len,
                                                   attempt->key, &answer);

  if (result == BCAST_UPGRADE_NEEDS_MORE)
    read_more (task);
  else if (result == BCAST_UPGRADE_OPEN)
    succeed (task, &answer);
  else
    g_task_return_error (task, bcast_upgrade_error_new (attempt->target->app, result, &answer));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Attempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);

  if (length == 0)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "The connection ended");
  if (error != NULL)
    {
      fail (task, error);
      return;
    }

  g_byte_array_append (attempt->bytes, attempt->room, length);
  take_bytes (task);
}

static void
read_more (GTask *task)
{
  Attempt *attempt = g_task_get_task_data (task);

  g_input_stream_read_async (g_io_stream_get_input_stream (attempt->stream), attempt->room, sizeof attempt->room,
                             G_PRIORITY_DEFAULT, g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error))
    read_more (task);
  else
    fail (task, error);
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Attempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;

  attempt->stream = bcast_connector_connect_finish (result, &error);
  if (attempt->stream == NULL)
    g_task_return_error (task, error);
  else
    g_output_stream_write_all_async (g_io_stream_get_output_stream (attempt->stream), attempt->request,
                                     strlen (attempt->request), G_PRIORITY_DEFAULT,
                                     g_task_get_cancellable (task), written_cb, g_object_ref (task));
}

/**
 * bcast_websocket_open_async:
 * @target: where to
 * @cancellable: (nullable): gives up
 * @callback: (scope async): called once the WebSocket is open, or will not be
 * @user_data: for @callback
 *
 * Follows no redirects and answers no passwords.
 */
void
bcast_websocket_open_async (BcastTarget         *target,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (target != NULL);

  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Attempt *attempt = g_new0 (Attempt, 1);

  attempt->target = bcast_target_ref (target);
  attempt->key = bcast_upgrade_make_key ();
  attempt->request = bcast_upgrade_format_request (target->uri, attempt->key);
  attempt->bytes = g_byte_array_new ();
  g_task_set_task_data (task, attempt, attempt_free);
  bcast_connector_connect_async (target, NULL, cancellable, connected_cb, g_object_ref (task));
}

/**
 * bcast_websocket_open_finish:
 * @result: what the callback received
 * @error: a %BCAST_ERROR that says why there is no WebSocket, or a cancellation
 *
 * Returns: (transfer full) (nullable): an open WebSocket
 */
BcastWebsocketOpening *
bcast_websocket_open_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * bcast_websocket_opening_free:
 * @self: (transfer full): an open WebSocket
 */
void
bcast_websocket_opening_free (BcastWebsocketOpening *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->stream);
  bcast_upgrade_answer_clear (&self->answer);
  g_bytes_unref (self->frames);
  g_free (self);
}

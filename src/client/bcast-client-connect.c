/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"

/* A task that nobody looks at and nobody can cancel would only keep the client alive. */
GTask *
bcast_client_make_task (BcastClient         *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  if (callback == NULL && cancellable == NULL)
    return NULL;
  return g_task_new (self, cancellable, callback, user_data);
}

/**
 * bcast_client_connect_async:
 * @self: a client
 * @cancellable: (nullable): while nobody else waits for the connection, gives up connecting
 * @callback: (scope async) (nullable): called once the first attempt has come to something
 * @user_data: for @callback
 *
 * Connects, and stays connected until bcast_client_disconnect_async() or until the server does not
 * want this client: whenever the connection ends it is made anew, at once or after a delay, as the
 * close code demands. All subscriptions are then authorized and made anew.
 *
 * The callback hears of the first outcome: connected; refused for good; not reached, or not reached
 * in time. In the last two cases the client goes on trying.
 */
void
bcast_client_connect_async (BcastClient         *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_CLIENT (self));

  g_autoptr(BcastClient) keep = g_object_ref (self);
  g_autoptr(GTask) task = bcast_client_make_task (self, cancellable, callback, user_data);
  gboolean can_tls = g_tls_backend_supports_tls (g_tls_backend_get_default ());

  if (self->state == BCAST_CLIENT_INITIALIZED && bcast_app_get_tls (self->app) && !can_tls)
    {
      g_autoptr(GError) error = NULL;

      error = g_error_new_literal (BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                                   _("The app wants TLS, and this computer has none. Install "
                                     "glib-networking and start the program again."));
      bcast_client_set_state (self, BCAST_CLIENT_FAILED, error);
    }

  if (self->state == BCAST_CLIENT_FAILED && task != NULL)
    g_task_return_error (task, g_error_copy (self->error));
  else if (bcast_client_is_usable (self) && task != NULL)
    g_task_return_boolean (task, TRUE);

  if (self->state == BCAST_CLIENT_FAILED || bcast_client_is_usable (self))
    return;

  if (task != NULL)
    bcast_waiters_add (self->connect_waiters, task);
  bcast_client_start (self);
}

/**
 * bcast_client_connect_finish:
 * @self: a client
 * @result: what the callback received
 * @error: a %BCAST_ERROR that says why there is no connection (yet)
 *
 * Returns: whether the client is connected
 */
gboolean
bcast_client_connect_finish (BcastClient   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  BcastSocket  *socket; /* retired, and thus alive until it is gone */
  BcastWaiters *waiters;
} Farewell;

static void
gone_cb (gpointer user_data)
{
  Farewell *farewell = user_data;

  bcast_waiters_finish (farewell->waiters, NULL);
  bcast_waiters_free (farewell->waiters);
  g_free (farewell);
}

static void
hurry_cb (gpointer user_data)
{
  Farewell *farewell = user_data;

  bcast_socket_drop (farewell->socket);
}

/**
 * bcast_client_disconnect_async:
 * @self: a client
 * @cancellable: (nullable): drops the connection without waiting for the server
 * @callback: (scope async) (nullable): called once the WebSocket is closed
 * @user_data: for @callback
 *
 * Closes the connection in good order, with code 1000, or gives up connecting. The state changes at
 * once. Subscriptions stay and are made again on the next connection.
 */
void
bcast_client_disconnect_async (BcastClient         *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_CLIENT (self));

  g_autoptr(GTask) task = bcast_client_make_task (self, cancellable, callback, user_data);
  gboolean wanted = self->state == BCAST_CLIENT_CONNECTING || self->state == BCAST_CLIENT_CONNECTED
                    || self->state == BCAST_CLIENT_UNAVAILABLE;

  if (!wanted)
    {
      if (task != NULL)
        g_task_return_boolean (task, TRUE);
    }
  else if (task == NULL)
    bcast_client_settle (self, NULL, NULL, NULL);
  else
    {
      Farewell *farewell = g_new0 (Farewell, 1);

      farewell->socket = self->socket;
      farewell->waiters = bcast_waiters_new (self->context, hurry_cb, farewell);
      bcast_waiters_add (farewell->waiters, task);
      bcast_client_settle (self, NULL, gone_cb, farewell);
    }
}

/**
 * bcast_client_disconnect_finish:
 * @self: a client
 * @result: what the callback received
 * @error: a cancellation
 *
 * Returns: whether the connection was closed in good order
 */
gboolean
bcast_client_disconnect_finish (BcastClient   *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-connector-private.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "bcast-error.h"

/* From the name of a host to a stream of bytes: look-up, proxy, TCP, TLS. GSocketClient tries a host's
 * addresses side by side and finds the way through a proxy. */

typedef struct
{
  BcastTarget        *target;
  GSocketConnectable *address;
} Attempt;

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  g_object_unref (attempt->address);
  bcast_target_unref (attempt->target);
  g_free (attempt);
}

static void
fail (GTask                *task,
      GError               *cause,
      GTlsCertificateFlags  problems)
{
  Attempt *attempt = g_task_get_task_data (task);
  g_autoptr(GError) owned = cause;
  BcastPlace place = bcast_target_get_place (attempt->target);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&owned));
  else
    g_task_return_error (task, bcast_transport_error_new (cause, &place, problems));
}

static void
shaken_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTlsConnection *tls = G_TLS_CONNECTION (object);
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_tls_connection_handshake_finish (tls, result, &error))
    g_task_return_pointer (task, g_object_ref (tls), g_object_unref);
  else
    fail (task, error, g_tls_connection_get_peer_certificate_errors (tls));
}

static gboolean
accept_certificate_cb (GTlsConnection       *tls,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  problems,
                       gpointer              user_data)
{
  return TRUE;
}

/* Many servers end TCP without a word of TLS; a WebSocket has its own way to say goodbye. */
static void
start_tls (GTask             *task,
           GSocketConnection *connection)
{
  Attempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GIOStream) tls = g_tls_client_connection_new (G_IO_STREAM (connection), attempt->address, &error);

  if (tls == NULL)
    {
      fail (task, error, 0);
      return;
    }

  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  if (attempt->target->authorities != NULL)
    g_tls_connection_set_database (G_TLS_CONNECTION (tls), attempt->target->authorities);
  if (bcast_app_get_accept_any_certificate (attempt->target->app))
    g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                    shaken_cb, g_object_ref (task));
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Attempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GSocketConnection) connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (object), result, &error);

  if (connection == NULL)
    {
      fail (task, error, 0);
      return;
    }

  /* Messages are small and wait for nothing. */
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  if (bcast_app_get_tls (attempt->target->app))
    start_tls (task, connection);
  else
    g_task_return_pointer (task, g_steal_pointer (&connection), g_object_unref);
}

/**
 * bcast_connector_connect_async:
 * @target: where to
 * @proxies: (nullable): who knows the proxies; %NULL asks the system
 * @cancellable: (nullable): gives up
 * @callback: (scope async): called once there is a connection or none
 * @user_data: for @callback
 *
 * Looks the host up and connects to it, through a proxy if need be, over TLS if the app wants it.
 */
void
bcast_connector_connect_async (BcastTarget         *target,
                               GProxyResolver      *proxies,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (target != NULL);

  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  Attempt *attempt = g_new0 (Attempt, 1);

  /* A resolver of proxies knows http: and https:, and seldom ws: and wss:. Source: RFC 6455, 4.1. */
  attempt->target = bcast_target_ref (target);
  attempt->address = g_object_new (G_TYPE_NETWORK_ADDRESS,
                                   "hostname", g_uri_get_host (target->uri),
                                   "port", (guint) g_uri_get_port (target->uri),
                                   "scheme", bcast_app_get_tls (target->app) ? "https" : "http",
                                   NULL);
  g_task_set_task_data (task, attempt, attempt_free);
  if (proxies != NULL)
    g_socket_client_set_proxy_resolver (client, proxies);
  g_socket_client_connect_async (client, attempt->address, cancellable, connected_cb, g_object_ref (task));
}

/**
 * bcast_connector_connect_finish:
 * @result: what the callback received
 * @error: a %BCAST_ERROR that says why there is no connection, or a cancellation
 *
 * Returns: (transfer full) (nullable): a stream whose both ends can be polled
 */
GIOStream *
bcast_connector_connect_finish (GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "client-under-test.h"

#include <string.h>

#include "bcast-client-private.h"
#include "certificate.h"

static BcastClient *
make_client (Peer       *peer,
             const char *host,
             gboolean    tls,
             gboolean    accept_any)
{
  g_autoptr(BcastApp) app = peer_dup_app_with (peer, host, NULL, NULL, tls, accept_any);

  return bcast_client_new (app, NULL);
}

static void
test_any_certificate (void)
{
  Peer *peer = peer_new_tls ();
  BcastClient *client = make_client (peer, "localhost", TRUE, TRUE);

  connect_client (client);
  subscribe_client (client, "ch-1");
  end_client (client);
  peer_free (peer);
}

static void
test_unknown_certificate (void)
{
  Peer *peer = peer_new_tls ();
  BcastClient *client = make_client (peer, "localhost", TRUE, FALSE);

  expect_connect_error (client, BCAST_ERROR_UNREACHABLE, "nobody this computer trusts");
  g_assert_cmpuint (peer->n_connections, ==, 0);
  end_client (client);
  peer_free (peer);
}

static void
test_other_host (void)
{
  Peer *peer = peer_new_tls ();
  BcastClient *client = make_client (peer, "127.0.0.1", TRUE, FALSE);

  expect_connect_error (client, BCAST_ERROR_UNREACHABLE, "belongs to another host");
  end_client (client);
  peer_free (peer);
}

static void
test_tls_to_plain (void)
{
  Peer *peer = peer_new_raw ("HTTP/1.1 400 Bad Request\r\n\r\n", TRUE);
  BcastClient *client = make_client (peer, "localhost", TRUE, TRUE);

  expect_connect_error (client, BCAST_ERROR_UNREACHABLE, "TLS could not be set up");
  end_client (client);
  peer_free (peer);
}

static void
test_plain_to_tls (void)
{
  Peer *peer = peer_new_tls ();
  BcastClient *client = make_client (peer, "localhost", FALSE, TRUE);

  expect_connect_error (client, BCAST_ERROR_PROTOCOL, "want TLS as the profile");
  end_client (client);
  peer_free (peer);
}

static gboolean
is_tls (GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  GInputVector vector;
  guint8 first = 0;
  int flags = G_SOCKET_MSG_PEEK;

  vector = (GInputVector) { &first, 1 };
  g_assert_cmpint (g_socket_receive_message (socket, NULL, &vector, 1, NULL, NULL, &flags, NULL, NULL), ==, 1);
  return first == 0x16;
}

typedef struct
{
  Peer              *peer;
  GSocketConnection *connection;
} Arrival;

static gboolean
first_byte_cb (GSocket      *socket,
               GIOCondition  condition,
               gpointer      user_data)
{
  g_autofree Arrival *arrival = user_data;
  g_autoptr(GIOStream) stream = G_IO_STREAM (arrival->connection);
  g_autoptr(GTlsCertificate) certificate = certificate_new ();
  g_autoptr(GSocketAddress) local = g_socket_connection_get_local_address (arrival->connection, NULL);
  g_autoptr(GSocketAddress) remote = g_socket_connection_get_remote_address (arrival->connection, NULL);
  g_autoptr(GError) error = NULL;

  if (is_tls (arrival->connection))
    {
      GIOStream *tls = g_tls_server_connection_new (stream, certificate, &error);

      g_assert_no_error (error);
      g_object_unref (stream);
      stream = tls;
    }
  soup_server_accept_iostream (arrival->peer->server, stream, local, remote, &error);
  g_assert_no_error (error);
  return G_SOURCE_REMOVE;
}

/* Lets the peer speak TLS or not, as each connection begins. */
static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  g_autoptr(GSource) readable = g_socket_create_source (g_socket_connection_get_socket (connection),
                                                        G_IO_IN, NULL);
  Arrival *arrival = g_new0 (Arrival, 1);

  *arrival = (Arrival) { user_data, g_object_ref (connection) };
  g_source_set_callback (readable, G_SOURCE_FUNC (first_byte_cb), arrival, NULL);
  g_source_attach (readable, NULL);
  return TRUE;
}

/* Code 4000 on a plain connection: the next one is made at once and with TLS. */
static void
test_tls_demanded (void)
{
  Peer *peer = peer_new ();
  g_autoptr(GSocketService) service = g_socket_service_new ();
  g_autoptr(GString) states = g_string_new (NULL);

  peer->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_signal_connect (service, "incoming", G_CALLBACK (incoming_cb), peer);

  BcastClient *client = make_client (peer, "localhost", FALSE, TRUE);

  log_states (client, states);
  connect_client (client);
  g_assert_false ((client->tls_app != NULL));
  soup_websocket_connection_close (peer->websocket, 4000, NULL);
  WAIT_FOR (bcast_client_get_state (client) == BCAST_CLIENT_CONNECTING);
  g_assert_nonnull (strstr (bcast_client_get_error (client)->message, "TLS connections only"));
  WAIT_FOR (bcast_client_get_state (client) == BCAST_CLIENT_CONNECTED);
  g_assert_true ((client->tls_app != NULL));
  g_assert_cmpuint (peer->n_connections, ==, 2);
  g_assert_cmpstr (states->str, ==, "connecting connected connecting! connected");

  /* Asked anew, the client begins as the profile says. */
  bcast_client_disconnect_async (client, NULL, NULL, NULL);
  connect_client (client);
  g_assert_false ((client->tls_app != NULL));
  g_assert_cmpuint (peer->n_connections, ==, 3);
  end_client (client);
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  peer_free (peer);
}

static void
test_tls_demanded_over_tls (void)
{
  Peer *peer = peer_new_tls ();
  BcastClient *client = make_client (peer, "localhost", TRUE, TRUE);

  connect_client (client);
  soup_websocket_connection_close (peer->websocket, 4000, NULL);
  WAIT_FOR (bcast_client_get_state (client) == BCAST_CLIENT_DISCONNECTED);
  g_assert_error (bcast_client_get_error (client), BCAST_ERROR, BCAST_ERROR_FORBIDDEN);
  end_client (client);
  peer_free (peer);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/tls/any-certificate", test_any_certificate);
  g_test_add_func ("/client/tls/unknown-certificate", test_unknown_certificate);
  g_test_add_func ("/client/tls/other-host", test_other_host);
  g_test_add_func ("/client/tls/tls-to-plain", test_tls_to_plain);
  g_test_add_func ("/client/tls/plain-to-tls", test_plain_to_tls);
  g_test_add_func ("/client/tls/demanded", test_tls_demanded);
  g_test_add_func ("/client/tls/demanded-over-tls", test_tls_demanded_over_tls);

  return g_test_run ();
}

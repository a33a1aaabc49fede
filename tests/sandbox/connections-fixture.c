/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "connections-fixture.h"

#include <string.h>

#include "bcast-sandbox-listen-private.h"
#include "wire.h"

#define LARGE_BYTES (16 * 1024 * 1024) /* more than a connection takes before it is read */

static void
request_started_cb (SoupServer         *server,
                    SoupServerMessage  *message,
                    ConnectionsFixture *fixture)
{
  fixture->n_started++;
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  ConnectionsFixture *fixture = user_data;

  if (strcmp (path, "/stolen") == 0)
    {
      bcast_connections_forget (fixture->connections, message);
      fixture->stolen = soup_server_message_steal_connection (message);
      return;
    }

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  if (strcmp (path, "/large") == 0)
    soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_TAKE, g_strnfill (LARGE_BYTES, 'x'), LARGE_BYTES);
  else
    soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, "hello", 5);
}

void
connections_set_up (ConnectionsFixture *fixture,
                    gconstpointer       data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastSandboxTls) tls = bcast_sandbox_tls_new (NULL, "127.0.0.1", FALSE);
  g_autoptr(GPtrArray) sockets = bcast_sandbox_listen ("127.0.0.1", 0, TRUE, &fixture->port, &error);

  g_assert_no_error (error);
  fixture->server = soup_server_new (NULL, NULL);
  fixture->connections = bcast_connections_new (fixture->server, CONNECTIONS_MAX);
  fixture->acceptor = bcast_acceptor_new (fixture->server, fixture->connections, tls, sockets, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->server, "request-started", G_CALLBACK (request_started_cb), fixture);
  soup_server_add_handler (fixture->server, NULL, request_cb, fixture, NULL);
}

void
connections_tear_down (ConnectionsFixture *fixture,
                       gconstpointer       data)
{
  g_clear_object (&fixture->stolen);
  bcast_acceptor_free (fixture->acceptor);
  soup_server_disconnect (fixture->server);
  bcast_connections_free (fixture->connections);
  g_object_unref (fixture->server);
}

GSocketConnection *
connections_open (ConnectionsFixture *fixture,
                  const char         *bytes)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;
  GSocketConnection *connection = g_socket_client_connect_to_host (client, "127.0.0.1", fixture->port, NULL, &error);

  g_assert_no_error (error);
  g_socket_set_blocking (g_socket_connection_get_socket (connection), FALSE);
  g_socket_send (g_socket_connection_get_socket (connection), bytes, strlen (bytes), NULL, &error);
  g_assert_no_error (error);
  return connection;
}

gboolean
connections_is_readable (gpointer user_data)
{
  return g_socket_condition_check (g_socket_connection_get_socket (user_data), G_IO_IN) != 0;
}

/* What has come once @wanted is there, or the end of the stream when it is NULL. */
char *
connections_read_until (GSocketConnection *connection,
                        const char        *wanted)
{
  GString *text = g_string_new (NULL);

  while (wanted == NULL || strstr (text->str, wanted) == NULL)
    {
      char chunk[1024];

      g_assert_true (wire_wait (connections_is_readable, connection));
      gssize n = g_socket_receive (g_socket_connection_get_socket (connection), chunk, sizeof chunk, NULL, NULL);
      if (n <= 0)
        break;
      g_string_append_len (text, chunk, n);
    }
  return g_string_free (text, FALSE);
}

void
connections_check_after (ConnectionsFixture *fixture,
                         guint               seconds)
{
  bcast_connections_check (fixture->connections, g_get_monotonic_time () + seconds * G_USEC_PER_SEC);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
}

gboolean
connections_is_started (gpointer user_data)
{
  ConnectionsFixture *fixture = user_data;

  return fixture->n_started > 0;
}

gboolean
connections_is_counted (gpointer user_data)
{
  ConnectionsFixture *fixture = user_data;

  return bcast_connections_count (fixture->connections) > 0;
}

gboolean
connections_is_empty (gpointer user_data)
{
  ConnectionsFixture *fixture = user_data;

  return bcast_connections_count (fixture->connections) == 0;
}

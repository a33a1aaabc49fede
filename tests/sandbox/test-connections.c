/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-acceptor-private.h"
#include "bcast-sandbox-listen-private.h"

#include <string.h>

#include "wire.h"

#define HEAD            "Host: localhost\r\n"
#define MAX_CONNECTIONS 3
#define LARGE_BYTES     (16 * 1024 * 1024) /* more than a connection takes before it is read */

/* A server whose time goes as fast as the test likes; the clients are played over plain TCP. */
typedef struct
{
  SoupServer       *server;
  BcastConnections *connections;
  BcastAcceptor    *acceptor;
  guint16           port;
  GIOStream        *stolen;
} Fixture;

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  Fixture *fixture = user_data;

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

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastSandboxTls) tls = bcast_sandbox_tls_new (NULL, "127.0.0.1", FALSE);
  g_autoptr(GPtrArray) sockets = bcast_sandbox_listen ("127.0.0.1", 0, TRUE, &fixture->port, &error);

  g_assert_no_error (error);
  fixture->server = soup_server_new (NULL, NULL);
  fixture->connections = bcast_connections_new (fixture->server, MAX_CONNECTIONS);
  fixture->acceptor = bcast_acceptor_new (fixture->server, fixture->connections, tls, sockets, &error);
  g_assert_no_error (error);
  soup_server_add_handler (fixture->server, NULL, request_cb, fixture, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->stolen);
  bcast_acceptor_free (fixture->acceptor);
  soup_server_disconnect (fixture->server);
  bcast_connections_free (fixture->connections);
  g_object_unref (fixture->server);
}

static GSocketConnection *
open_client (Fixture    *fixture,
             const char *bytes)
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

static gboolean
is_readable (gpointer user_data)
{
  return g_socket_condition_check (g_socket_connection_get_socket (user_data), G_IO_IN) != 0;
}

/* What has come once @wanted is there, or the end of the stream when it is NULL. */
static char *
read_until (GSocketConnection *connection,
            const char        *wanted)
{
  GString *text = g_string_new (NULL);

  while (wanted == NULL || strstr (text->str, wanted) == NULL)
    {
      char chunk[1024];

      g_assert_true (wire_wait (is_readable, connection));
      gssize n = g_socket_receive (g_socket_connection_get_socket (connection), chunk, sizeof chunk, NULL, NULL);
      if (n <= 0)
        break;
      g_string_append_len (text, chunk, n);
    }
  return g_string_free (text, FALSE);
}

static void
check_after (Fixture *fixture,
             guint    seconds)
{
  bcast_connections_check (fixture->connections, g_get_monotonic_time () + seconds * G_USEC_PER_SEC);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
}

static gboolean
is_counted (gpointer user_data)
{
  Fixture *fixture = user_data;

  return bcast_connections_count (fixture->connections) > 0;
}

static gboolean
is_empty (gpointer user_data)
{
  Fixture *fixture = user_data;

  return bcast_connections_count (fixture->connections) == 0;
}

typedef struct { const char *what, *request, *last; } Unfinished;

#define TOO_LATE "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n*in time*"

static const Unfinished unfinished[] = {
  { "nothing", "", TOO_LATE },
  { "half-line", "POST /apps/1/ev", TOO_LATE },
  { "half-headers", "GET /app/key HTTP/1.1\r\n" HEAD "Upgrade: webso", TOO_LATE },
  { "half-body", "POST / HTTP/1.1\r\n" HEAD "Content-Length: 10\r\n\r\n123", TOO_LATE },
  { "half-chunk", "POST / HTTP/1.1\r\n" HEAD "Transfer-Encoding: chunked\r\n\r\na\r\n123", TOO_LATE },
  /* No plain words to who began with TLS. */
  { "first-byte-of-tls", "\x16", "" },
  { "half-hello", "\x16\x03\x01\x02\xff\x01", "" },
};

static void
test_unfinished (Fixture       *fixture,
                 gconstpointer  data)
{
  const Unfinished *question = data;
  g_autoptr(GSocketConnection) client = open_client (fixture, question->request);
  g_autofree char *answer = NULL;

  g_assert_true (wire_wait (is_counted, fixture));
  check_after (fixture, 19);
  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 1);
  g_assert_false (is_readable (client));

  check_after (fixture, 21);
  answer = read_until (client, NULL);
  wire_assert_match (answer, question->last);
  g_assert_true (wire_wait (is_empty, fixture));
}

static void
test_idle (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GSocketConnection) client = open_client (fixture, "GET / HTTP/1.1\r\n" HEAD "\r\n");
  g_autofree char *answer = read_until (client, "hello");
  g_autofree char *rest = NULL;

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  check_after (fixture, 59);
  g_assert_false (is_readable (client));
  check_after (fixture, 61);
  rest = read_until (client, NULL);
  g_assert_cmpstr (rest, ==, "");
  g_assert_true (wire_wait (is_empty, fixture));
}

/* What is kept alive does not keep the time of a request that has begun. */
static void
test_second_request (Fixture       *fixture,
                     gconstpointer  data)
{
  const char *half = data;
  g_autoptr(GSocketConnection) client = open_client (fixture, "GET / HTTP/1.1\r\n" HEAD "\r\n");
  g_autofree char *answer = read_until (client, "hello");
  g_autofree char *rest = NULL;

  check_after (fixture, 0);
  g_socket_send (g_socket_connection_get_socket (client), half, strlen (half), NULL, NULL);
  check_after (fixture, 0);
  check_after (fixture, 19);
  g_assert_false (is_readable (client));
  check_after (fixture, 21);
  rest = read_until (client, NULL);
  g_assert_true (g_str_has_prefix (rest, "HTTP/1.1 408 "));

  check_after (fixture, 25);
  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 0);
}

static void
test_unread_answer (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(GSocketConnection) client = open_client (fixture, "GET /large HTTP/1.1\r\n" HEAD "\r\n");

  g_assert_true (wire_wait (is_readable, client));
  check_after (fixture, 19);
  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 1);
  check_after (fixture, 21);
  g_assert_true (wire_wait (is_empty, fixture));
}

static void
test_closed_by_client (Fixture       *fixture,
                       gconstpointer  data)
{
  GSocketConnection *client = open_client (fixture, "GET / HTTP/1.1\r\n" HEAD "\r\n");
  g_autofree char *answer = read_until (client, "hello");

  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 1);
  g_object_unref (client);
  g_assert_true (wire_wait (is_empty, fixture));
}

static void
test_closed_by_server (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(GSocketConnection) client = open_client (fixture, "GET / HTTP/1.1\r\n" HEAD "Connection: close\r\n\r\n");
  g_autofree char *answer = read_until (client, NULL);

  g_assert_true (g_str_has_suffix (answer, "hello"));
  g_assert_true (wire_wait (is_empty, fixture));
}

static gboolean
is_stolen (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->stolen != NULL;
}

/* A WebSocket is as silent as it likes. */
static void
test_forgotten (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GSocketConnection) client = open_client (fixture, "GET /stolen HTTP/1.1\r\n" HEAD "\r\n");
  g_autofree char *answer = NULL;

  g_assert_true (wire_wait (is_stolen, fixture));
  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 0);
  check_after (fixture, 1000);
  g_output_stream_write_all (g_io_stream_get_output_stream (fixture->stolen), "still here", 10, NULL, NULL, NULL);
  answer = read_until (client, "here");
  g_assert_cmpstr (answer, ==, "still here");
}

/* While others wait for a place nobody keeps one for long without need. */
static void
test_crowd (Fixture       *fixture,
            gconstpointer  data)
{
  GSocketConnection *clients[2 * MAX_CONNECTIONS];
  g_autoptr(GSocketConnection) late = NULL;
  g_autofree char *answer = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    clients[i] = open_client (fixture, "POST /apps/1/ev");
  late = open_client (fixture, "GET / HTTP/1.1\r\n" HEAD "\r\n");

  answer = read_until (late, "hello");
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  g_assert_cmpuint (bcast_connections_count (fixture->connections), <=, MAX_CONNECTIONS);
  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    g_object_unref (clients[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (unfinished); i++)
    {
      g_autofree char *path = g_strconcat ("/connections/unfinished/", unfinished[i].what, NULL);
      g_test_add (path, Fixture, &unfinished[i], set_up, test_unfinished, tear_down);
    }
  g_test_add ("/connections/idle", Fixture, NULL, set_up, test_idle, tear_down);
  g_test_add ("/connections/second-request/half-line", Fixture, "GET / HT", set_up, test_second_request, tear_down);
  g_test_add ("/connections/second-request/half-headers", Fixture, "GET / HTTP/1.1\r\nHo", set_up, test_second_request, tear_down);
  g_test_add ("/connections/unread-answer", Fixture, NULL, set_up, test_unread_answer, tear_down);
  g_test_add ("/connections/closed-by-client", Fixture, NULL, set_up, test_closed_by_client, tear_down);
  g_test_add ("/connections/closed-by-server", Fixture, NULL, set_up, test_closed_by_server, tear_down);
  g_test_add ("/connections/forgotten", Fixture, NULL, set_up, test_forgotten, tear_down);
  g_test_add ("/connections/crowd", Fixture, NULL, set_up, test_crowd, tear_down);

  return g_test_run ();
}

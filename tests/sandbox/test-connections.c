/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "connections-fixture.h"

#include <string.h>

#include "wire.h"

typedef struct { const char *what, *request, *last; } Unfinished;

#define TOO_LATE "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n*in time*"

static const Unfinished unfinished[] = {
  { "nothing", "", TOO_LATE },
  { "half-line", "POST /apps/1/ev", TOO_LATE },
  { "half-headers", "GET /app/key HTTP/1.1\r\n" CONNECTIONS_HEAD "Upgrade: webso", TOO_LATE },
  { "half-body", "POST / HTTP/1.1\r\n" CONNECTIONS_HEAD "Content-Length: 10\r\n\r\n123", TOO_LATE },
  { "half-chunk", "POST / HTTP/1.1\r\n" CONNECTIONS_HEAD "Transfer-Encoding: chunked\r\n\r\na\r\n123", TOO_LATE },
  /* No plain words to who began with TLS. */
  { "first-byte-of-tls", "\x16", "" },
  { "half-hello", "\x16\x03\x01\x02\xff\x01", "" },
};

static void
test_unfinished (ConnectionsFixture *fixture,
                 gconstpointer       data)
{
  const Unfinished *question = data;
  g_autoptr(GSocketConnection) client = connections_open (fixture, question->request);
  g_autofree char *answer = NULL;

  g_assert_true (wire_wait (connections_is_counted, fixture));
  connections_check_after (fixture, 19);
  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 1);
  g_assert_false (connections_is_readable (client));

  connections_check_after (fixture, 21);
  answer = connections_read_until (client, NULL);
  wire_assert_match (answer, question->last);
  g_assert_true (wire_wait (connections_is_empty, fixture));
}

/* A byte now and then does not buy time. */
static void
test_drip (ConnectionsFixture *fixture,
           gconstpointer       data)
{
  g_autoptr(GSocketConnection) client = connections_open (fixture, "POST / HTTP/1.1\r\n" CONNECTIONS_HEAD "Content-Length: 1000\r\n");
  g_autofree char *answer = NULL;

  g_assert_true (wire_wait (connections_is_counted, fixture));
  for (guint seconds = 0; seconds < 20; seconds++)
    {
      connections_check_after (fixture, seconds);
      g_assert_false (connections_is_readable (client));
      g_socket_send (g_socket_connection_get_socket (client), seconds < 10 ? "X" : ":", 1, NULL, NULL);
    }

  connections_check_after (fixture, 21);
  answer = connections_read_until (client, NULL);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 408 "));
  g_assert_true (wire_wait (connections_is_empty, fixture));
}

/* What libsoup gives up is told why, counts until it is gone, and is gone soon even if its peer stays. */
static void
test_given_up (ConnectionsFixture *fixture,
               gconstpointer       data)
{
  g_autofree char *fill = g_strnfill (200000, 'x');
  g_autofree char *request = g_strconcat (data, fill, NULL);
  g_autoptr(GSocketConnection) client = connections_open (fixture, request);
  g_autofree char *answer = connections_read_until (client, NULL);

  wire_assert_match (answer, "HTTP/1.1 4?? *Connection: close\r\n*\n");
  g_assert_null (strstr (answer + 1, "HTTP/1.1"));
  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 1);
  connections_check_after (fixture, 2);
  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 0);
}

static void
test_idle (ConnectionsFixture *fixture,
           gconstpointer       data)
{
  g_autoptr(GSocketConnection) client = connections_open (fixture, "GET / HTTP/1.1\r\n" CONNECTIONS_HEAD "\r\n");
  g_autofree char *answer = connections_read_until (client, "hello");
  g_autofree char *rest = NULL;

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  connections_check_after (fixture, 59);
  g_assert_false (connections_is_readable (client));
  connections_check_after (fixture, 61);
  rest = connections_read_until (client, NULL);
  g_assert_cmpstr (rest, ==, "");
  g_assert_true (wire_wait (connections_is_empty, fixture));
}

/* What is kept alive does not keep the time of a request that has begun. */
static void
test_second_request (ConnectionsFixture *fixture,
                     gconstpointer       data)
{
  const char *half = data;
  g_autoptr(GSocketConnection) client = connections_open (fixture, "GET / HTTP/1.1\r\n" CONNECTIONS_HEAD "\r\n");
  g_autofree char *answer = connections_read_until (client, "hello");
  g_autofree char *rest = NULL;

  connections_check_after (fixture, 0);
  g_socket_send (g_socket_connection_get_socket (client), half, strlen (half), NULL, NULL);
  connections_check_after (fixture, 0);
  connections_check_after (fixture, 19);
  g_assert_false (connections_is_readable (client));
  connections_check_after (fixture, 21);
  rest = connections_read_until (client, NULL);
  g_assert_true (g_str_has_prefix (rest, "HTTP/1.1 408 "));

  connections_check_after (fixture, 25);
  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 0);
}

static void
test_unread_answer (ConnectionsFixture *fixture,
                    gconstpointer       data)
{
  g_autoptr(GSocketConnection) client = connections_open (fixture, "GET /large HTTP/1.1\r\n" CONNECTIONS_HEAD "\r\n");

  g_assert_true (wire_wait (connections_is_readable, client));
  connections_check_after (fixture, 19);
  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 1);
  connections_check_after (fixture, 21);
  g_assert_true (wire_wait (connections_is_empty, fixture));
}

static void
test_closed_by_client (ConnectionsFixture *fixture,
                       gconstpointer       data)
{
  GSocketConnection *client = connections_open (fixture, "GET / HTTP/1.1\r\n" CONNECTIONS_HEAD "\r\n");
  g_autofree char *answer = connections_read_until (client, "hello");

  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 1);
  g_object_unref (client);
  g_assert_true (wire_wait (connections_is_empty, fixture));
}

static void
test_closed_by_server (ConnectionsFixture *fixture,
                       gconstpointer       data)
{
  g_autoptr(GSocketConnection) client = connections_open (fixture, "GET / HTTP/1.1\r\n" CONNECTIONS_HEAD "Connection: close\r\n\r\n");
  g_autofree char *answer = connections_read_until (client, NULL);

  g_assert_true (g_str_has_suffix (answer, "hello"));
  g_assert_true (wire_wait (connections_is_empty, fixture));
}

static gboolean
is_stolen (gpointer user_data)
{
  ConnectionsFixture *fixture = user_data;

  return fixture->stolen != NULL;
}

/* A WebSocket is as silent as it likes. */
static void
test_forgotten (ConnectionsFixture *fixture,
                gconstpointer       data)
{
  g_autoptr(GSocketConnection) client = connections_open (fixture, "GET /stolen HTTP/1.1\r\n" CONNECTIONS_HEAD "\r\n");
  g_autofree char *answer = NULL;

  g_assert_true (wire_wait (is_stolen, fixture));
  g_assert_cmpuint (bcast_connections_count (fixture->connections), ==, 0);
  connections_check_after (fixture, 1000);
  g_output_stream_write_all (g_io_stream_get_output_stream (fixture->stolen), "still here", 10, NULL, NULL, NULL);
  answer = connections_read_until (client, "here");
  g_assert_cmpstr (answer, ==, "still here");
}

/* While others wait for a place nobody keeps one for long without need. */
static void
test_crowd (ConnectionsFixture *fixture,
            gconstpointer       data)
{
  GSocketConnection *clients[2 * CONNECTIONS_MAX];
  g_autoptr(GSocketConnection) late = NULL;
  g_autofree char *answer = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    clients[i] = connections_open (fixture, "POST /apps/1/ev");
  late = connections_open (fixture, "GET / HTTP/1.1\r\n" CONNECTIONS_HEAD "\r\n");

  answer = connections_read_until (late, "hello");
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  g_assert_cmpuint (bcast_connections_count (fixture->connections), <=, CONNECTIONS_MAX);
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
      g_test_add (path, ConnectionsFixture, &unfinished[i], connections_set_up, test_unfinished, connections_tear_down);
    }
  g_test_add ("/connections/drip", ConnectionsFixture, NULL, connections_set_up, test_drip, connections_tear_down);
  g_test_add ("/connections/given-up/large-header", ConnectionsFixture, "GET / HTTP/1.1\r\nX: ", connections_set_up, test_given_up, connections_tear_down);
  g_test_add ("/connections/given-up/bad-chunk", ConnectionsFixture, "POST / HTTP/1.1\r\n" CONNECTIONS_HEAD "Transfer-Encoding: chunked\r\n\r\n5;", connections_set_up, test_given_up, connections_tear_down);
  g_test_add ("/connections/idle", ConnectionsFixture, NULL, connections_set_up, test_idle, connections_tear_down);
  g_test_add ("/connections/second-request/half-line", ConnectionsFixture, "GET / HT", connections_set_up, test_second_request, connections_tear_down);
  g_test_add ("/connections/second-request/half-headers", ConnectionsFixture, "GET / HTTP/1.1\r\nHo", connections_set_up, test_second_request, connections_tear_down);
  g_test_add ("/connections/unread-answer", ConnectionsFixture, NULL, connections_set_up, test_unread_answer, connections_tear_down);
  g_test_add ("/connections/closed-by-client", ConnectionsFixture, NULL, connections_set_up, test_closed_by_client, connections_tear_down);
  g_test_add ("/connections/closed-by-server", ConnectionsFixture, NULL, connections_set_up, test_closed_by_server, connections_tear_down);
  g_test_add ("/connections/forgotten", ConnectionsFixture, NULL, connections_set_up, test_forgotten, connections_tear_down);
  g_test_add ("/connections/crowd", ConnectionsFixture, NULL, connections_set_up, test_crowd, connections_tear_down);

  return g_test_run ();
}

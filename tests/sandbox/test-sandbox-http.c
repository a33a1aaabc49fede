/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEAD "Host: localhost\r\n"

typedef struct
{
  BcastSandbox      *sandbox;
  GSocketConnection *connection;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;

  fixture->sandbox = wire_start_sandbox ();
  g_socket_client_set_timeout (client, 20);
  fixture->connection = g_socket_client_connect_to_host (client, "127.0.0.1",
                                                         bcast_sandbox_get_port (fixture->sandbox), NULL, &error);
  g_assert_no_error (error);
}

/* Whatever was sent, the others are served. */
static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(WireClient) other = wire_connect (fixture->sandbox);

  wire_subscribe (other, "still-here", NULL);
  g_object_unref (fixture->connection);
  bcast_sandbox_stop (fixture->sandbox);
  g_assert_finalize_object (fixture->sandbox);
}

static void
write_bytes (Fixture    *fixture,
             const char *bytes,
             gsize       length)
{
  g_autoptr(GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (fixture->connection)), bytes, length,
                             NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Reads until @wanted has come. */
static void
expect (Fixture    *fixture,
        const char *wanted)
{
  g_autoptr(GString) answer = g_string_new (NULL);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (fixture->connection));

  while (strstr (answer->str, wanted) == NULL)
    {
      char chunk[1024];
      gssize n = g_input_stream_read (input, chunk, sizeof chunk, NULL, NULL);

      if (n <= 0)
        g_assert_cmpstr (answer->str, ==, wanted);
      g_string_append_len (answer, chunk, n);
    }
}

/* Reads all that comes until the end of the connection. */
static void
expect_last (Fixture    *fixture,
             const char *pattern)
{
  g_autoptr(GString) answer = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (fixture->connection));
  char chunk[1024];
  gssize n;

  while ((n = g_input_stream_read (input, chunk, sizeof chunk, NULL, &error)) > 0)
    g_string_append_len (answer, chunk, n);
  g_assert_no_error (error);
  wire_assert_match (answer->str, pattern);
}

typedef struct { const char *what, *request, *answer; } Raw;

static const Raw raws[] = {
  { "garbage", "\x16\x02\x01\x02 neither TLS nor HTTP\r\n\r\n", " 400 " },
  { "no-host", "GET / HTTP/1.1\r\n\r\n", " 400 " },
  /* Refused before it is sent: the client waits to be told to go on. */
  { "huge-length", "POST /apps/3/events HTTP/1.1\r\n" HEAD "Content-Length: 1048577\r\nExpect: 100-continue\r\n\r\n", " 413 " },
  { "absurd-length", "POST /apps/3/events HTTP/1.1\r\n" HEAD "Content-Length: 9223372036854775807\r\nExpect: 100-continue\r\n\r\n", " 413 " },
  { "allowed-length", "POST /apps/3/events HTTP/1.1\r\n" HEAD "Content-Length: 1048576\r\nExpect: 100-continue\r\n\r\n", " 100 " },
  { "chunks", "POST /apps/3/events HTTP/1.1\r\n" HEAD "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", " 401 " },
  { "options", "OPTIONS /broadcasting/auth HTTP/1.1\r\n" HEAD "Origin: http://a.test\r\n\r\n", " 204 " },
  { "websocket-without-key", "GET /app/" WIRE_KEY " HTTP/1.1\r\n" HEAD "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n", " 426 Upgrade Required\r\n" },
  { "keep-alive", "GET / HTTP/1.1\r\n" HEAD "\r\nGET /nothing HTTP/1.1\r\n" HEAD "\r\n", " 404 " },
};

static void
test_raw (Fixture       *fixture,
          gconstpointer  data)
{
  const Raw *raw = data;

  write_bytes (fixture, raw->request, strlen (raw->request));
  expect (fixture, raw->answer);
}

/* No tunnel is opened, and none is waited for. */
static void
test_connect (Fixture       *fixture,
              gconstpointer  data)
{
  const char request[] = "CONNECT a:1 HTTP/1.1\r\n" HEAD "\r\n";

  write_bytes (fixture, request, strlen (request));
  expect_last (fixture, "HTTP/1.1 501 *no proxy*");
}

static const char * const bad_lengths[] = { "-5", "-1", "+5", "18446744073709551611", "5\r\nContent-Length: -5", "", };

static void
test_bad_length (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *request = g_strdup_printf ("POST /apps/3/events HTTP/1.1\r\n" HEAD "Content-Length: %s\r\n\r\nbody, and more", (const char *) data);

  write_bytes (fixture, request, strlen (request));
  expect_last (fixture, "HTTP/1.1 400 *Content-Length is no number*");
}

/* A body in chunks does not say how long it will be. */
static void
test_endless_chunks (Fixture       *fixture,
                     gconstpointer  data)
{
  const char head[] = "POST /apps/3/events HTTP/1.1\r\n" HEAD "Transfer-Encoding: chunked\r\n\r\n";
  g_autofree char *fill = g_strnfill (65536, 'x');
  g_autofree char *chunk = g_strdup_printf ("10000\r\n%s\r\n", fill);

  write_bytes (fixture, head, strlen (head));
  for (guint i = 0; i < 17; i++)
    write_bytes (fixture, chunk, strlen (chunk));
  write_bytes (fixture, "0\r\n\r\n", 5);
  expect (fixture, " 413 ");
}

static void
test_half_request (Fixture       *fixture,
                   gconstpointer  data)
{
  write_bytes (fixture, "POST /apps/3/events HTTP/1.1\r\nContent-Le", 40);
  g_io_stream_close (G_IO_STREAM (fixture->connection), NULL, NULL);
}

static void
test_half_handshake (Fixture       *fixture,
                     gconstpointer  data)
{
  const char request[] = "GET /app/" WIRE_KEY " HTTP/1.1\r\n" HEAD "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

  write_bytes (fixture, request, strlen (request));
  g_io_stream_close (G_IO_STREAM (fixture->connection), NULL, NULL);
}

static gboolean
is_readable (int fd,
             int timeout_ms)
{
  struct pollfd poll_fd = { fd, POLLIN, 0 };

  return poll (&poll_fd, 1, timeout_ms) == 1;
}

/* Without a file descriptor to spare nobody is served, but the sandbox comes through. */
static void
test_no_descriptors (Fixture       *fixture,
                     gconstpointer  data)
{
  const char request[] = "GET / HTTP/1.1\r\n" HEAD "\r\n";
  struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = htons (bcast_sandbox_get_port (fixture->sandbox)),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
  struct rlimit before, tight;

  /* The fixture's own connection must be taken before. */
  write_bytes (fixture, request, strlen (request));
  expect (fixture, " 200 ");

  int fd = socket (AF_INET, SOCK_STREAM, 0);

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  tight = before;
  tight.rlim_cur = fd + 1;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &tight), ==, 0);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (write (fd, request, strlen (request)), ==, strlen (request));
  g_assert_false (is_readable (fd, 300));

  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
  g_assert_true (is_readable (fd, 20000));
  close (fd);
}

static int
open_socket (guint16     port,
             const char *bytes)
{
  struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = htons (port),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
  int fd = socket (AF_INET, SOCK_STREAM, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (write (fd, bytes, strlen (bytes)), ==, strlen (bytes));
  return fd;
}

/* Who begins many requests and ends none gets some of the descriptors, and not for long. */
static void
test_many_half_requests (void)
{
  g_autoptr(BcastSandbox) sandbox = NULL;
  struct rlimit before, tight;
  int fds[120];

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  tight = before;
  tight.rlim_cur = 200; /* both ends of 120 connections are more */
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &tight), ==, 0);

  sandbox = wire_start_sandbox ();
  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = open_socket (bcast_sandbox_get_port (sandbox), "POST /apps/3/ev");

  int fd = open_socket (bcast_sandbox_get_port (sandbox), "GET / HTTP/1.1\r\n" HEAD "\r\n");

  g_assert_true (is_readable (fd, 20000));
  close (fd);
  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
}

/* The first frame may come with the handshake, in one piece. */
static void
test_hasty_client (Fixture       *fixture,
                   gconstpointer  data)
{
  const char request[] = "GET /app/" WIRE_KEY " HTTP/1.1\r\n" HEAD "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
                         "\x81\x97\x01\x01\x01\x01" "z#dwdou#;#qtrids;qhof#|";

  write_bytes (fixture, request, strlen (request));
  expect (fixture, "pusher:pong");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (raws); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/http/", raws[i].what, NULL);
      g_test_add (path, Fixture, &raws[i], set_up, test_raw, tear_down);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad_lengths); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sandbox/http/bad-length/%zu", i);
      g_test_add (path, Fixture, bad_lengths[i], set_up, test_bad_length, tear_down);
    }
  g_test_add ("/sandbox/http/connect", Fixture, NULL, set_up, test_connect, tear_down);
  g_test_add ("/sandbox/http/endless-chunks", Fixture, NULL, set_up, test_endless_chunks, tear_down);
  g_test_add ("/sandbox/http/half-request", Fixture, NULL, set_up, test_half_request, tear_down);
  g_test_add ("/sandbox/http/half-handshake", Fixture, NULL, set_up, test_half_handshake, tear_down);
  g_test_add ("/sandbox/http/no-descriptors", Fixture, NULL, set_up, test_no_descriptors, tear_down);
  g_test_add_func ("/sandbox/http/many-half-requests", test_many_half_requests);
  g_test_add ("/sandbox/http/hasty-client", Fixture, NULL, set_up, test_hasty_client, tear_down);

  return g_test_run ();
}

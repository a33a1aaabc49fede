/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tls-wire.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "bcast-peer-socket-private.h"
#include "bcast-server-certificate.h"
#include "pem.h"

#define N_STALLED     20
#define N_SILENT      1000
#define SMALL_BUFFER  4096
#define EVENT_BYTES   10000
#define EVENTS_A_CALL 10
#define FLOOD_BYTES   (2 * BCAST_PEER_SOCKET_MAX_QUEUE_BYTES)

typedef WireFixture Fixture;

/* Whatever was done, others are served over both. */
static void
expect_service (BcastSandbox *sandbox)
{
  g_autofree char *answer = tls_wire_get (sandbox, "/");
  g_autofree char *plain = wire_request (sandbox, "GET", "/", NULL, NULL, NULL);
  g_autoptr(GIOStream) websocket = tls_wire_open_websocket (sandbox, 0);
  g_autoptr(WireClient) client = wire_connect (sandbox);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  g_assert_true (g_str_has_suffix (answer, plain));
  tls_wire_send_text (websocket, "{\"event\":\"pusher:ping\",\"data\":{}}");
  tls_wire_expect (websocket, "pusher:pong");
  wire_expect_nothing (client);
}

static void
test_both_at_one_port (Fixture       *fixture,
                       gconstpointer  data)
{
  for (guint i = 0; i < 3; i++)
    expect_service (fixture->sandbox);
}

/* What is left of a record that was read in part is announced by nothing. */
static void
test_large_record (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *fill = g_strnfill (9000, 'x');
  g_autofree char *ping = g_strdup_printf ("{\"event\":\"pusher:ping\",\"data\":\"%s\"}", fill);
  g_autoptr(GIOStream) stream = tls_wire_open_websocket (fixture->sandbox, 0);

  tls_wire_send_text (stream, ping);
  tls_wire_expect (stream, "pusher:pong");
}

/* @is_refused: can be no handshake, whatever follows */
typedef struct { const char *what; const char *bytes; gsize length; gboolean is_refused; } Greeting;

#define GREETING(what, bytes, is_refused) { what, bytes, sizeof bytes - 1, is_refused }

static const Greeting greetings[] = {
  GREETING ("first-byte", "\x16", FALSE),
  GREETING ("half-header", "\x16\x03\x01\x02", FALSE),
  GREETING ("half-hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", FALSE),
  GREETING ("empty-record", "\x16\x03\x01\x00\x00", TRUE),
  GREETING ("garbage", "\x16\x03\x01\x00\x08garbage!", FALSE),
  GREETING ("garbage-and-more", "\x16\x03\x01\x00\x08garbage!and more of it", TRUE),
  GREETING ("other-message", "\x16\x03\x03\x00\x04\x0e\x00\x00\x00", TRUE),
  GREETING ("plain-inside", "\x16\x03\x01\x00\x12GET / HTTP/1.1\r\n\r\n", FALSE),
};

/* The client is gone at once. */
static void
test_greeting (Fixture       *fixture,
               gconstpointer  data)
{
  const Greeting *greeting = data;
  g_autoptr(GSocketConnection) connection = tls_wire_open_raw (fixture->sandbox, 0);

  tls_wire_write (G_IO_STREAM (connection), greeting->bytes, greeting->length);
  g_clear_object (&connection);
  expect_service (fixture->sandbox);
}

/* The client is not the one that has to go. */
static void
test_refused_greeting (Fixture       *fixture,
                       gconstpointer  data)
{
  const Greeting *greeting = data;
  g_autoptr(GSocketConnection) connection = tls_wire_open_raw (fixture->sandbox, 0);
  g_autoptr(GError) error = NULL;
  char bytes[1024];

  tls_wire_write (G_IO_STREAM (connection), greeting->bytes, greeting->length);
  while (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), bytes, sizeof bytes, NULL, &error) > 0)
    continue;
  g_assert_false (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));
  expect_service (fixture->sandbox);
}

static GSocketConnection *
begin_handshake (BcastSandbox *sandbox)
{
  GSocketConnection *connection = tls_wire_open_raw (sandbox, 0);

  tls_wire_write (G_IO_STREAM (connection), tls_wire_hello, tls_wire_hello_length);
  return connection;
}

static void
test_close_in_handshake (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(GSocketConnection) connection = begin_handshake (fixture->sandbox);
  const struct linger at_once = { 1, 0 };
  char first;

  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), &first, 1, NULL, NULL), ==, 1);
  g_assert_cmpint (first, ==, 0x16);
  if (data != NULL)
    setsockopt (g_socket_get_fd (g_socket_connection_get_socket (connection)), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  g_clear_object (&connection);
  expect_service (fixture->sandbox);
}

/* More than there are handshakes at a time, and none goes on. */
static void
test_stalled_handshakes (Fixture       *fixture,
                         gconstpointer  data)
{
  GSocketConnection *clients[N_STALLED];

  for (guint i = 0; i < N_STALLED; i++)
    clients[i] = begin_handshake (fixture->sandbox);
  expect_service (fixture->sandbox);

  /* Some are still under way. */
  bcast_sandbox_stop (fixture->sandbox);
  for (guint i = 0; i < N_STALLED; i++)
    g_object_unref (clients[i]);
}

static void
test_silent (Fixture       *fixture,
             gconstpointer  data)
{
  const Greeting *greeting = data;
  g_autoptr(GPtrArray) clients = g_ptr_array_new_with_free_func (g_object_unref);
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  limit.rlim_cur = MIN (limit.rlim_max, 4 * N_SILENT);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  for (guint i = 0; i < MIN (N_SILENT, limit.rlim_cur / 2); i++)
    {
      GSocketConnection *client = tls_wire_open_raw (fixture->sandbox, 0);

      tls_wire_write (G_IO_STREAM (client), greeting->bytes, greeting->length);
      g_ptr_array_add (clients, client);
    }
  expect_service (fixture->sandbox);
}

static void
publish_many (BcastSandbox *sandbox)
{
  g_autofree char *fill = g_strnfill (EVENT_BYTES, 'x');
  GString *body = g_string_new ("{\"batch\":[");
  g_autofree char *answer = NULL;

  for (guint i = 0; i < EVENTS_A_CALL; i++)
    g_string_append_printf (body, "%s{\"name\":\"e\",\"channel\":\"ch\",\"data\":\"%s\"}", i > 0 ? "," : "", fill);
  g_string_append (body, "]}");
  answer = wire_api (sandbox, "POST", "/batch_events", NULL, body->str, NULL);
  g_string_free (body, TRUE);
}

/* More than its queue and the kernel take for a client that does not read. */
static void
flood (Fixture *fixture)
{
  for (guint i = 0; i < FLOOD_BYTES / (EVENT_BYTES * EVENTS_A_CALL); i++)
    {
      publish_many (fixture->sandbox);
      for (guint j = 0; j < EVENTS_A_CALL; j++)
        wire_expect_match (fixture->alice, "{\"event\":\"e\",*");
    }
}

static GIOStream *
open_slow_reader (BcastSandbox *sandbox)
{
  GIOStream *stream = tls_wire_open_websocket (sandbox, SMALL_BUFFER);

  tls_wire_send_text (stream, "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"ch\"}}");
  tls_wire_expect (stream, "subscription_succeeded");
  return stream;
}

/* Others get all of it meanwhile, and at last the slow one is told why it is closed: no record is torn. */
static void
test_slow_reader (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GIOStream) slow = open_slow_reader (fixture->sandbox);

  wire_subscribe (fixture->alice, "ch", NULL);
  flood (fixture);
  tls_wire_expect (slow, "This client reads more slowly");
}

/* Neither its end nor that of the sandbox waits for it. */
static void
test_deaf_reader (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GIOStream) deaf = open_slow_reader (fixture->sandbox);
  gint64 before_us;

  wire_subscribe (fixture->alice, "ch", NULL);
  flood (fixture);
  before_us = g_get_monotonic_time ();
  bcast_sandbox_stop (fixture->sandbox);
  g_assert_cmpint (g_get_monotonic_time () - before_us, <, 5 * G_USEC_PER_SEC);
}

static GTlsCertificate *
get_peer_certificate (BcastSandbox *sandbox)
{
  g_autoptr(GIOStream) stream = tls_wire_open (sandbox, 0);

  return g_object_ref (g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (stream)));
}

static void
restart (BcastSandbox *sandbox)
{
  guint16 port = bcast_sandbox_get_port (sandbox);
  g_autoptr(GError) error = NULL;

  bcast_sandbox_stop (sandbox);
  bcast_sandbox_start (sandbox, port, FALSE, &error);
  g_assert_no_error (error);
}

/* Who was told to trust the sandbox still does. */
static void
test_restart (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GTlsCertificate) first = get_peer_certificate (fixture->sandbox);
  g_autoptr(GTlsCertificate) told = bcast_sandbox_dup_tls_certificate (fixture->sandbox, NULL);
  g_autoptr(GIOStream) websocket = tls_wire_open_websocket (fixture->sandbox, 0);

  restart (fixture->sandbox);
  tls_wire_expect (websocket, "\x10\x68The sandbox stops");
  g_autoptr(GTlsCertificate) second = get_peer_certificate (fixture->sandbox);
  g_assert_true (g_tls_certificate_is_same (first, second));
  g_assert_true (g_tls_certificate_is_same (first, told));
}

static void
test_given_certificate (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(Pem) authority = pem_new (-60, 3600, NULL);
  g_autoptr(Pem) server = pem_new (-60, 3600, authority);
  g_autofree char *chain = g_strconcat (server->certificate, authority->certificate, NULL);
  g_autoptr(GTlsCertificate) given = bcast_server_certificate_parse (chain, server->key, "c", "k", NULL);
  g_autoptr(GTlsCertificate) root = g_tls_certificate_new_from_pem (authority->certificate, -1, NULL);

  bcast_sandbox_set_tls_certificate (fixture->sandbox, given);
  restart (fixture->sandbox);
  g_autoptr(GTlsCertificate) shown = get_peer_certificate (fixture->sandbox);
  g_assert_true (g_tls_certificate_is_same (shown, given));
  g_assert_true (g_tls_certificate_is_same (g_tls_certificate_get_issuer (shown), root));
}

static void
test_demanded (Fixture       *fixture,
               gconstpointer  data)
{
  static const char * const targets[] = { "/", "/app/" WIRE_KEY, "/apps/3/channels", "/nothing" };

  bcast_sandbox_set_tls_demanded (fixture->sandbox, TRUE);
  restart (fixture->sandbox);

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      guint status = 0;
      g_autofree char *answer = wire_request (fixture->sandbox, "GET", targets[i], NULL, NULL, &status);

      g_assert_cmpuint (status, ==, 400);
      g_assert_nonnull (strstr (answer, "TLS connections only"));
    }

  g_autoptr(WireClient) plain = wire_open (fixture->sandbox, "/app/" WIRE_KEY "?protocol=7");
  wire_expect_match (plain, "{\"event\":\"pusher:error\",\"data\":{\"code\":4000,\"message\":\"*TLS connections only*\"}}");
  wire_expect_close (plain, 4000);

  g_autofree char *answer = tls_wire_get (fixture->sandbox, "/");
  g_autoptr(GIOStream) websocket = tls_wire_open_websocket (fixture->sandbox, 0);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
}

static void
add (const char    *name,
     gconstpointer  data,
     void         (*run) (Fixture       *fixture,
                          gconstpointer  data))
{
  g_autofree char *path = g_strconcat ("/sandbox/tls/", name, NULL);

  g_test_add (path, Fixture, data, wire_set_up, run, wire_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("both-at-one-port", NULL, test_both_at_one_port);
  add ("large-record", NULL, test_large_record);
  for (gsize i = 0; i < G_N_ELEMENTS (greetings); i++)
    {
      g_autofree char *name = g_strconcat ("greeting/", greetings[i].what, NULL);

      add (name, &greetings[i], greetings[i].is_refused ? test_refused_greeting : test_greeting);
    }
  add ("close-in-handshake/end", NULL, test_close_in_handshake);
  add ("close-in-handshake/reset", "", test_close_in_handshake);
  add ("stalled-handshakes", NULL, test_stalled_handshakes);
  add ("silent/half-hello", &greetings[2], test_silent);
  add ("silent/nothing", &(Greeting) { "nothing", "", 0, FALSE }, test_silent);
  add ("slow-reader", NULL, test_slow_reader);
  add ("deaf-reader", NULL, test_deaf_reader);
  add ("restart", NULL, test_restart);
  add ("given-certificate", NULL, test_given_certificate);
  add ("demanded", NULL, test_demanded);

  return g_test_run ();
}

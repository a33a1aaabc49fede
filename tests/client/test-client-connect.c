/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "client-under-test.h"

#include <string.h>

#include "config.h"

#include "bcast-client-private.h"

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          guint      *count)
{
  (*count)++;
}

static void
frame_cb (BcastClient *client,
          BcastFrame  *frame,
          gint64       received_us,
          GString     *log)
{
  gint64 now_us = g_get_monotonic_time ();

  g_assert_cmpint (received_us, <=, now_us);
  g_assert_cmpint (received_us, >, now_us - 10 * G_USEC_PER_SEC);
  g_string_append_printf (log, "%s%s", log->len > 0 ? " " : "", bcast_frame_get_event (frame));
}

static void
test_connect (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  g_autoptr(GString) states = g_string_new (NULL);
  g_autoptr(GString) frames = g_string_new (NULL);
  guint n_states = 0;
  guint n_socket_ids = 0;
  Outcome outcome = { NULL, NULL };

  log_states (client, states);
  g_signal_connect (client, "notify::state", G_CALLBACK (count_cb), &n_states);
  g_signal_connect (client, "notify::socket-id", G_CALLBACK (count_cb), &n_socket_ids);
  g_signal_connect (client, "frame", G_CALLBACK (frame_cb), frames);
  g_assert_cmpint (bcast_client_get_state (client), ==, BCAST_CLIENT_INITIALIZED);
  g_assert_cmpint (bcast_client_get_connect_time_us (client), ==, -1);
  g_assert_null (bcast_client_get_socket_id (client));

  connect_client (client);
  g_assert_cmpstr (states->str, ==, "connecting connected");
  g_assert_cmpstr (frames->str, ==, "pusher:connection_established");
  g_assert_cmpstr (bcast_client_get_socket_id (client), ==, "1234.1234");
  g_assert_null (bcast_client_get_error (client));
  g_assert_cmpint (bcast_client_get_connect_time_us (client), >, 0);
  g_assert_cmpint (bcast_client_get_connect_time_us (client), <, 10 * G_USEC_PER_SEC);
  g_assert_cmpuint (n_states, ==, 2);
  g_assert_cmpuint (n_socket_ids, ==, 1);
  g_assert_cmpstr (peer->target, ==, "/app/" PEER_KEY "?protocol=7&client=broadcast&version="
                   BCAST_VERSION "&flash=false");
  g_assert_true (bcast_socket_is_deflated (client->socket)); /* libsoup takes the offer */
  g_assert_cmpstr (bcast_socket_get_response_header (client->socket, "upgrade"), ==, "websocket");
  g_assert_null (bcast_socket_get_response_header (client->socket, "X-Powered-By"));

  /* Connected already: done at once. */
  connect_client (client);
  g_assert_cmpuint (peer->n_connections, ==, 1);

  bcast_client_disconnect_async (client, NULL, outcome_cb, &outcome);
  g_assert_cmpint (bcast_client_get_state (client), ==, BCAST_CLIENT_DISCONNECTED);
  g_assert_null (bcast_client_get_socket_id (client));
  WAIT_FOR (outcome.result != NULL);
  g_assert_true (bcast_client_disconnect_finish (client, outcome.result, NULL));
  outcome_clear (&outcome);
  WAIT_FOR (peer->close_code != 0);
  g_assert_cmpuint (peer->close_code, ==, SOUP_WEBSOCKET_CLOSE_NORMAL);
  g_assert_cmpstr (states->str, ==, "connecting connected disconnected");
  g_assert_cmpuint (n_socket_ids, ==, 2);

  connect_client (client);
  g_assert_cmpuint (peer->n_connections, ==, 2);
  end_client (client);
  peer_free (peer);
}

typedef struct
{
  const char       *what;
  const char       *greeting;
  BcastError        code;
  const char       *part;
  BcastClientState  state;
} BadGreeting;

static const BadGreeting bad_greetings[] = {
  { "no-json", "hello", BCAST_ERROR_PROTOCOL, "does not speak the Pusher protocol",
    BCAST_CLIENT_CONNECTING },
  { "empty", "", BCAST_ERROR_PROTOCOL, "does not speak the Pusher protocol", BCAST_CLIENT_CONNECTING },
  { "array", "[1]", BCAST_ERROR_PROTOCOL, "does not speak the Pusher protocol", BCAST_CLIENT_CONNECTING },
  { "no-event", "{\"a\":1}", BCAST_ERROR_PROTOCOL, "no event name", BCAST_CLIENT_CONNECTING },
  { "other-event", "{\"event\":\"welcome\"}", BCAST_ERROR_PROTOCOL, "first message is “welcome”",
    BCAST_CLIENT_CONNECTING },
  { "no-timeout", "{\"event\":\"pusher:connection_established\",\"data\":\"{\\\"socket_id\\\":"
    "\\\"1.2\\\"}\"}",
    BCAST_ERROR_PROTOCOL, "no activity timeout", BCAST_CLIENT_CONNECTING },
  { "zero-timeout", "{\"event\":\"pusher:connection_established\","
    "\"data\":{\"socket_id\":\"1.2\",\"activity_timeout\":0}}",
    BCAST_ERROR_PROTOCOL, "no activity timeout", BCAST_CLIENT_CONNECTING },
  { "no-socket-id", "{\"event\":\"pusher:connection_established\",\"data\":{\"activity_timeout\":120}}",
    BCAST_ERROR_PROTOCOL, "no socket id", BCAST_CLIENT_CONNECTING },
  { "error-object", "{\"event\":\"pusher:error\",\"data\":{\"code\":4001,\"message\":\"App key k not "
    "in this cluster\"}}",
    BCAST_ERROR_NOT_FOUND, "“App key k not in this cluster”", BCAST_CLIENT_DISCONNECTED },
  { "error-string", "{\"event\":\"pusher:error\",\"data\":\"{\\\"code\\\":4001,\\\"message\\\":"
    "\\\"Application does not exist\\\"}\"}",
    BCAST_ERROR_NOT_FOUND, "does not know this app key", BCAST_CLIENT_DISCONNECTED },
  { "error-unauthorized", "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"Origin "
    "not allowed\"}}",
    BCAST_ERROR_UNAUTHORIZED, "Origin not allowed", BCAST_CLIENT_DISCONNECTED },
  { "error-busy", "{\"event\":\"pusher:error\",\"data\":{\"code\":4100,\"message\":\"Over capacity\"}}",
    BCAST_ERROR_BUSY, "over capacity", BCAST_CLIENT_CONNECTING },
  { "error-without-code", "{\"event\":\"pusher:error\",\"data\":{\"code\":null,\"message\":\"Go away\"}}",
    BCAST_ERROR_REFUSED, "connection: Go away", BCAST_CLIENT_CONNECTING },
  { "error-without-data", "{\"event\":\"pusher:error\"}",
    BCAST_ERROR_REFUSED, "no reason given", BCAST_CLIENT_CONNECTING },
};

static void
test_bad_greeting (gconstpointer data)
{
  const BadGreeting *row = data;
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);

  peer->greetings[0] = row->greeting;
  expect_connect_error (client, row->code, row->part);
  g_assert_cmpint (bcast_client_get_state (client), ==, row->state);
  g_assert_nonnull (strstr (bcast_client_get_error (client)->message, row->part));
  g_assert_null (bcast_client_get_socket_id (client));
  WAIT_FOR (peer->close_code != 0);
  g_assert_cmpuint (peer->close_code, ==, SOUP_WEBSOCKET_CLOSE_NORMAL);
  end_client (client);
  peer_free (peer);
}

static void
test_binary_greeting (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  Outcome outcome = { NULL, NULL };
  g_autoptr(GError) error = NULL;

  peer->greetings[0] = NULL;
  bcast_client_connect_async (client, NULL, outcome_cb, &outcome);
  WAIT_FOR (peer->websocket != NULL);
  soup_websocket_connection_send_binary (peer->websocket, "\1\2", 2);
  WAIT_FOR (outcome.result != NULL);
  g_assert_false (bcast_client_connect_finish (client, outcome.result, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL);
  outcome_clear (&outcome);
  end_client (client);
  peer_free (peer);
}

typedef struct
{
  const char *what;
  const char *bytes;
  gboolean    hangs_up;
  BcastError  code;
  const char *part;
} OtherServer;

#define ANSWER(status) "HTTP/1.1 " status "\r\nContent-Length: 2\r\nLocation: http://127.0.0.1:1/\r\n\r\nno"

static const OtherServer other_servers[] = {
  { "ssh", "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", TRUE, BCAST_ERROR_PROTOCOL, "does not speak HTTP" },
  { "tls", "\x15\x03\x03\x01\x02\x02\x16\r\n", TRUE, BCAST_ERROR_PROTOCOL, "want" },
  { "hangs-up", "", TRUE, BCAST_ERROR_PROTOCOL, "hung up" },
  { "breaks-off", "HTTP/1.1 101 Swit", TRUE, BCAST_ERROR_PROTOCOL, "" },
  { "not-found", ANSWER ("404 Not Found"), FALSE, BCAST_ERROR_NOT_FOUND, "status 404" },
  { "unauthorized", ANSWER ("401 Unauthorized"), FALSE, BCAST_ERROR_UNAUTHORIZED, "status 401" },
  { "forbidden", ANSWER ("403 Forbidden"), FALSE, BCAST_ERROR_FORBIDDEN, "status 403" },
  { "elsewhere", ANSWER ("301 Moved Permanently"), FALSE, BCAST_ERROR_PROTOCOL, "elsewhere (status 301)" },
  { "web-page", ANSWER ("200 OK"), FALSE, BCAST_ERROR_PROTOCOL, "does not take WebSockets (status 200)" },
  { "bad-request", ANSWER ("400 Bad Request"), FALSE, BCAST_ERROR_PROTOCOL, "(status 400)" },
  { "too-many", ANSWER ("429 Too Many Requests"), FALSE, BCAST_ERROR_BUSY, "(status 429)" },
  { "down", ANSWER ("502 Bad Gateway"), FALSE, BCAST_ERROR_BUSY, "(status 502)" },
  { "bad-handshake", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: bad\r\n\r\n", FALSE, BCAST_ERROR_PROTOCOL, "does not take WebSockets" },
};

static void
test_other_server (gconstpointer data)
{
  const OtherServer *row = data;
  Peer *peer = peer_new_raw (row->bytes, row->hangs_up);
  BcastClient *client = new_client (peer);

  expect_connect_error (client, row->code, row->part);
  g_assert_cmpint (bcast_client_get_state (client), ==, BCAST_CLIENT_CONNECTING);
  end_client (client);
  peer_free (peer);
}

typedef struct
{
  const char       *what;
  const char       *host;
  const char       *path;
  BcastError        code;
  const char       *part;
  BcastClientState  state;
} WrongPlace;

static const WrongPlace wrong_places[] = {
  { "path", "localhost", "ws", BCAST_ERROR_NOT_FOUND, "“/ws/app”", BCAST_CLIENT_CONNECTING },
  { "unknown-host", "no-such-host.invalid", NULL, BCAST_ERROR_UNREACHABLE,
    "no host “no-such-host.invalid”", BCAST_CLIENT_CONNECTING },
  { "impossible-host", "[::1", NULL, BCAST_ERROR_INVALID, "is no address", BCAST_CLIENT_DISCONNECTED },
};

static void
test_wrong_place (gconstpointer data)
{
  const WrongPlace *row = data;
  Peer *peer = peer_new ();
  g_autoptr(BcastApp) app = peer_dup_app_with (peer, row->host, row->path, NULL, FALSE, FALSE);
  BcastClient *client = bcast_client_new (app, NULL);

  bcast_client_set_timeouts (client, 0, 0, 15000);
  expect_connect_error (client, row->code, row->part);
  g_assert_cmpint (bcast_client_get_state (client), ==, row->state);
  end_client (client);
  peer_free (peer);
}

static void
test_dead_port (void)
{
  Peer *peer = peer_new_raw ("", TRUE);
  BcastClient *client = new_client (peer);

  peer_close_port (peer);
  expect_connect_error (client, BCAST_ERROR_UNREACHABLE, "Nothing listens");
  end_client (client);
  peer_free (peer);
}

/* Nobody answers: first the client says so, then the attempt is given up and another one made. */
static void
test_silence (gconstpointer data)
{
  gboolean takes_websocket = GPOINTER_TO_INT (data);
  Peer *peer = takes_websocket ? peer_new () : peer_new_raw (NULL, FALSE);
  BcastClient *client = new_client (peer);
  g_autoptr(GString) states = g_string_new (NULL);

  peer->greetings[0] = takes_websocket ? NULL : PEER_HELLO;
  log_states (client, states);
  bcast_client_set_timeouts (client, 0, 0, 200);
  expect_connect_error (client, BCAST_ERROR_TIMED_OUT, "within 0.2 seconds");
  g_assert_cmpint (bcast_client_get_state (client), ==, BCAST_CLIENT_UNAVAILABLE);
  g_assert_cmpstr (states->str, ==, "connecting unavailable!");

  WAIT_FOR (strstr (bcast_client_get_error (client)->message, "within 0.3 seconds") != NULL);
  WAIT_FOR (peer->n_connections == 2);
  g_assert_cmpstr (states->str, ==, "connecting unavailable!");
  end_client (client);
  peer_free (peer);
}

static void
test_recovers_from_unavailable (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  g_autoptr(GString) states = g_string_new (NULL);

  peer->greetings[0] = NULL;
  peer->greetings[1] = PEER_HELLO;
  log_states (client, states);
  bcast_client_set_timeouts (client, 0, 0, 100);
  expect_connect_error (client, BCAST_ERROR_TIMED_OUT, "did not answer");
  WAIT_FOR (bcast_client_get_state (client) == BCAST_CLIENT_CONNECTED);
  g_assert_cmpstr (states->str, ==, "connecting unavailable! connected");
  g_assert_null (bcast_client_get_error (client));
  end_client (client);
  peer_free (peer);
}

/* An attempt may hang long after the way is free again; who asks need not wait for its end. */
static void
test_asks_anew (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  g_autoptr(GString) states = g_string_new (NULL);

  peer->greetings[0] = NULL;
  peer->greetings[1] = PEER_HELLO;
  log_states (client, states);
  bcast_client_set_timeouts (client, 0, 0, 1000);
  expect_connect_error (client, BCAST_ERROR_TIMED_OUT, "did not answer");
  g_assert_nonnull (client->socket);
  connect_client (client);
  g_assert_cmpuint (peer->n_connections, ==, 2);
  g_assert_cmpstr (states->str, ==, "connecting unavailable! connecting connected");
  end_client (client);
  peer_free (peer);
}

static void
test_moves (void)
{
  static const char * const allowed[] = {
    [BCAST_CLIENT_INITIALIZED] = "connecting failed",
    [BCAST_CLIENT_CONNECTING] = "connected unavailable disconnected",
    [BCAST_CLIENT_CONNECTED] = "connecting disconnected",
    [BCAST_CLIENT_UNAVAILABLE] = "connecting connected disconnected",
    [BCAST_CLIENT_FAILED] = "",
    [BCAST_CLIENT_DISCONNECTED] = "connecting",
  };

  for (int before = BCAST_CLIENT_INITIALIZED; before <= BCAST_CLIENT_DISCONNECTED; before++)
    {
      g_autoptr(GString) after = g_string_new (NULL);

      for (int state = BCAST_CLIENT_INITIALIZED; state <= BCAST_CLIENT_DISCONNECTED; state++)
        if (bcast_client_state_can_follow (before, state))
          g_string_append_printf (after, "%s%s", after->len > 0 ? " " : "", bcast_client_state_to_nick (state));
      g_assert_cmpstr (after->str, ==, allowed[before]);
    }
}

/* GIO decides once in a process whether there is TLS. */
static void
test_no_tls (void)
{
  if (!g_test_subprocess ())
    {
      g_setenv ("GIO_USE_TLS", "dummy", TRUE);
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_unsetenv ("GIO_USE_TLS");
      g_test_trap_assert_passed ();
      return;
    }

  g_autoptr(BcastApp) app = bcast_app_new (&(BcastAppOptions) {
    .key = PEER_KEY, .ws_host = "localhost", .tls = TRUE }, NULL);
  BcastClient *client = bcast_client_new (app, NULL);

  expect_connect_error (client, BCAST_ERROR_UNAVAILABLE, "this computer has none");
  g_assert_cmpint (bcast_client_get_state (client), ==, BCAST_CLIENT_FAILED);
  expect_connect_error (client, BCAST_ERROR_UNAVAILABLE, "this computer has none");
  bcast_client_disconnect_async (client, NULL, NULL, NULL);
  g_assert_cmpint (bcast_client_get_state (client), ==, BCAST_CLIENT_FAILED);
  end_client (client);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/connect/good", test_connect);
  for (guint i = 0; i < G_N_ELEMENTS (bad_greetings); i++)
    {
      g_autofree char *path = g_strconcat ("/client/connect/greeting/", bad_greetings[i].what, NULL);

      g_test_add_data_func (path, &bad_greetings[i], test_bad_greeting);
    }
  g_test_add_func ("/client/connect/greeting/binary", test_binary_greeting);
  for (guint i = 0; i < G_N_ELEMENTS (other_servers); i++)
    {
      g_autofree char *path = g_strconcat ("/client/connect/other-server/", other_servers[i].what, NULL);

      g_test_add_data_func (path, &other_servers[i], test_other_server);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong_places); i++)
    {
      g_autofree char *path = g_strconcat ("/client/connect/wrong/", wrong_places[i].what, NULL);

      g_test_add_data_func (path, &wrong_places[i], test_wrong_place);
    }
  g_test_add_func ("/client/connect/dead-port", test_dead_port);
  g_test_add_data_func ("/client/connect/silence/tcp", GINT_TO_POINTER (FALSE), test_silence);
  g_test_add_data_func ("/client/connect/silence/websocket", GINT_TO_POINTER (TRUE), test_silence);
  g_test_add_func ("/client/connect/recovers-from-unavailable", test_recovers_from_unavailable);
  g_test_add_func ("/client/connect/asks-anew", test_asks_anew);
  g_test_add_func ("/client/connect/moves", test_moves);
  g_test_add_func ("/client/connect/no-tls", test_no_tls);

  return g_test_run ();
}

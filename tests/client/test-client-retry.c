/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "client-under-test.h"

#include <string.h>

#include "bcast-client-private.h"

typedef struct
{
  guint n;
  guint delays_ms[8];
} Retries;

static void
retry_scheduled_cb (BcastClient *client,
                    guint        delay_ms,
                    Retries     *retries)
{
  g_assert_nonnull (bcast_client_get_error (client));
  if (retries->n < G_N_ELEMENTS (retries->delays_ms))
    retries->delays_ms[retries->n] = delay_ms;
  retries->n++;
}

typedef struct
{
  int         code; /* 0: TCP ends without a close frame */
  int         delay_ms; /* -1: never */
  BcastError  error;
} Row;

/* Source: Channels documentation, “Pusher Channels Protocol”, section “Error codes”. */
static const Row rows[] = {
  { 0, 1000, BCAST_ERROR_UNREACHABLE },
  { 1000, 1000, BCAST_ERROR_UNREACHABLE },
  { 1001, 1000, BCAST_ERROR_UNREACHABLE },
  { 1002, 1000, BCAST_ERROR_PROTOCOL },
  { 1003, 1000, BCAST_ERROR_PROTOCOL },
  { 1009, 1000, BCAST_ERROR_TOO_LARGE },
  { 1011, 1000, BCAST_ERROR_UNREACHABLE },
  { 3000, 1000, BCAST_ERROR_UNREACHABLE },
  { 3999, 1000, BCAST_ERROR_UNREACHABLE },
  { 4001, -1, BCAST_ERROR_NOT_FOUND },
  { 4003, -1, BCAST_ERROR_FORBIDDEN },
  { 4004, -1, BCAST_ERROR_BUSY },
  { 4005, -1, BCAST_ERROR_NOT_FOUND },
  { 4006, -1, BCAST_ERROR_PROTOCOL },
  { 4007, -1, BCAST_ERROR_PROTOCOL },
  { 4008, -1, BCAST_ERROR_PROTOCOL },
  { 4009, -1, BCAST_ERROR_UNAUTHORIZED },
  { 4010, -1, BCAST_ERROR_REFUSED },
  { 4099, -1, BCAST_ERROR_REFUSED },
  { 4100, 1000, BCAST_ERROR_BUSY },
  { 4199, 1000, BCAST_ERROR_REFUSED },
  { 4200, 0, BCAST_ERROR_REFUSED },
  { 4201, 0, BCAST_ERROR_TIMED_OUT },
  { 4202, 0, BCAST_ERROR_TIMED_OUT },
  { 4299, 0, BCAST_ERROR_REFUSED },
  { 4300, -1, BCAST_ERROR_REFUSED },
  { 4301, -1, BCAST_ERROR_BUSY },
  { 4302, -1, BCAST_ERROR_TOO_LARGE },
  { 4303, -1, BCAST_ERROR_REFUSED },
  { 4400, -1, BCAST_ERROR_REFUSED },
  { 4999, -1, BCAST_ERROR_REFUSED },
};

/* Code 4000 as a close code is in the tests of TLS. */
static const Row tls_only = { 4000, 0, BCAST_ERROR_FORBIDDEN };

/* A close frame with any code: libsoup would not send them all, or not at once. */
static void
send_close (Peer *peer,
            int   code)
{
  guint8 frame[] = { 0x88, 0x0a, (guint8) (code >> 8), (guint8) code, 'm', 'y', ' ', 'w', 'o', 'r', 'd', 's' };
  GIOStream *stream = soup_websocket_connection_get_io_stream (peer->websocket);

  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (stream), frame, sizeof frame,
                                            NULL, NULL, NULL));
}

static void
expect_stop (BcastClient *client,
             Retries     *retries,
             GString     *states)
{
  WAIT_FOR (bcast_client_get_state (client) == BCAST_CLIENT_DISCONNECTED);
  g_assert_cmpstr (states->str, ==, "connecting connected disconnected!");
  g_assert_cmpuint (retries->n, ==, 0);
  g_assert_null (client->retry_timer);
  g_assert_null (client->socket);
}

static void
expect_retry (BcastClient *client,
              Retries     *retries,
              GString     *states,
              guint        delay_ms)
{
  WAIT_FOR (bcast_client_get_state (client) == BCAST_CLIENT_CONNECTING);
  g_assert_null (bcast_client_get_socket_id (client));
  g_assert_cmpuint (retries->n, ==, 1);
  g_assert_cmpuint (retries->delays_ms[0], ==, delay_ms);
  WAIT_FOR (bcast_client_get_state (client) == BCAST_CLIENT_CONNECTED);
  g_assert_cmpstr (states->str, ==, "connecting connected connecting! connected");
  g_assert_cmpstr (bcast_client_get_socket_id (client), ==, "5.6");
}

static void
test_close_code (gconstpointer data)
{
  const Row *row = data;
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  g_autoptr(GString) states = g_string_new (NULL);
  Retries retries = { 0 };

  peer->greetings[1] = "{\"event\":\"pusher:connection_established\","
                       "\"data\":{\"socket_id\":\"5.6\",\"activity_timeout\":120}}";
  log_states (client, states);
  g_signal_connect (client, "retry-scheduled", G_CALLBACK (retry_scheduled_cb), &retries);
  connect_client (client);

  gint64 lost_us = g_get_monotonic_time ();

  if (row->code != 0)
    send_close (peer, row->code);
  else
    peer_drop (peer);

  WAIT_FOR (bcast_client_get_error (client) != NULL);
  g_assert_error (bcast_client_get_error (client), BCAST_ERROR, (int) row->error);
  if (row->code != 0)
    g_assert_nonnull (strstr (bcast_client_get_error (client)->message, "my words"));

  if (row->delay_ms < 0)
    expect_stop (client, &retries, states);
  else
    {
      expect_retry (client, &retries, states, (guint) row->delay_ms);
      g_assert_cmpint (peer->connected_us - lost_us, >=, row->delay_ms * 1000);
    }
  end_client (client);
  peer_free (peer);
}

/* The first message may be an error: then its code says what to do, as that of a close frame does. */
static void
check_greeting (const Row  *row,
                const char *greeting,
                int         delay_ms)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  g_autoptr(GString) states = g_string_new (NULL);
  Retries retries = { 0 };

  peer->greetings[0] = greeting;
  log_states (client, states);
  g_signal_connect (client, "retry-scheduled", G_CALLBACK (retry_scheduled_cb), &retries);
  bcast_client_connect_async (client, NULL, NULL, NULL);
  WAIT_FOR (bcast_client_get_error (client) != NULL);
  g_assert_error (bcast_client_get_error (client), BCAST_ERROR, (int) row->error);
  g_assert_nonnull (strstr (bcast_client_get_error (client)->message, "my words"));
  g_assert_cmpstr (states->str, ==, delay_ms < 0 ? "connecting disconnected!" : "connecting");
  g_assert_cmpuint (retries.n, ==, delay_ms < 0 ? 0 : 1);
  if (delay_ms >= 0)
    g_assert_cmpuint (retries.delays_ms[0], ==, delay_ms);
  g_assert_cmpint (client->tls_app != NULL, ==, row->code == 4000);
  end_client (client);
  peer_free (peer);
}

static void
test_greeting (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *object = g_strdup_printf ("{\"event\":\"pusher:error\",\"data\":{\"code\":%d,"
                                             "\"message\":\"my words\"}}", row->code);
  g_autofree char *string = g_strdup_printf ("{\"event\":\"pusher:error\",\"data\":\"{\\\"code\\\":%d,"
                                             "\\\"message\\\":\\\"my words\\\"}\"}", row->code);

  check_greeting (row, object, row->delay_ms);
  check_greeting (row, string, row->delay_ms);
}

/* No status in a close frame, or one that no frame may have. */
static void
test_close_without_code (void)
{
  static const struct { guint8 frame[4]; gsize length; BcastError error; } closes[] = {
    { { 0x88, 0x00 }, 2, BCAST_ERROR_UNREACHABLE },
    { { 0x88, 0x02, 0x03, 0xed }, 4, BCAST_ERROR_PROTOCOL }, /* 1005 */
    { { 0x88, 0x02, 0x03, 0xee }, 4, BCAST_ERROR_PROTOCOL }, /* 1006 */
    { { 0x88, 0x02, 0x03, 0xf7 }, 4, BCAST_ERROR_PROTOCOL }, /* 1015 */
    { { 0x88, 0x02, 0x13, 0x88 }, 4, BCAST_ERROR_PROTOCOL }, /* 5000 */
    { { 0x88, 0x01, 0x10 }, 3, BCAST_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (closes); i++)
    {
      Peer *peer = peer_new ();
      BcastClient *client = new_client (peer);
      Retries retries = { 0 };
      GIOStream *stream;

      g_signal_connect (client, "retry-scheduled", G_CALLBACK (retry_scheduled_cb), &retries);
      connect_client (client);
      stream = soup_websocket_connection_get_io_stream (peer->websocket);
      g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (stream), closes[i].frame,
                                                closes[i].length, NULL, NULL, NULL));
      WAIT_FOR (retries.n == 1);
      g_assert_error (bcast_client_get_error (client), BCAST_ERROR, (int) closes[i].error);
      g_assert_cmpuint (retries.delays_ms[0], ==, 1000);
      end_client (client);
      peer_free (peer);
    }
}

/* A server that takes connections and throws them out at once must not be hammered. */
static void
test_growth (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  Retries retries = { 0 };

  peer->close_at_once = 4200;
  g_signal_connect (client, "retry-scheduled", G_CALLBACK (retry_scheduled_cb), &retries);
  bcast_client_connect_async (client, NULL, NULL, NULL);
  WAIT_FOR (retries.n == 4);
  g_assert_cmpuint (retries.delays_ms[0] + retries.delays_ms[1] + retries.delays_ms[2], ==, 0);
  g_assert_cmpuint (retries.delays_ms[3], >=, 1000);
  g_assert_cmpuint (peer->n_connections, ==, 4);

  /* The user need not wait: asking cuts the delay short. */
  peer->close_at_once = 0;
  connect_client (client);
  g_assert_cmpuint (peer->n_connections, ==, 5);
  end_client (client);
  peer_free (peer);
}

/* A server that says 4200 but leaves TCP open: "at once" is not after the seconds that libsoup waits
 * for the other end to close it. */
static void
test_lazy_close (void)
{
  Peer *peer = peer_new_raw ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                             "Connection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
                             "\x81\x69" PEER_HELLO "\x88\x02\x10\x68", FALSE);
  BcastClient *client = new_client (peer);
  Retries retries = { 0 };
  gint64 start_us = g_get_monotonic_time ();

  g_assert_cmpuint (strlen (PEER_HELLO), ==, 0x69);
  g_signal_connect (client, "retry-scheduled", G_CALLBACK (retry_scheduled_cb), &retries);
  bcast_client_connect_async (client, NULL, NULL, NULL);
  WAIT_FOR (peer->n_connections >= 3);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 4 * G_USEC_PER_SEC);
  g_assert_cmpuint (retries.delays_ms[0], ==, 0);
  end_client (client);
  peer_free (peer);
}

/* Several that ask at once are one attempt, and "at once" during the handshake goes on waiting. */
static void
test_error_greeting_at_once (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  Outcome outcomes[3] = { 0 };

  peer->greetings[0] = "{\"event\":\"pusher:error\",\"data\":{\"code\":4200,\"message\":\"restarting\"}}";
  peer->greetings[1] = PEER_HELLO;
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    bcast_client_connect_async (client, NULL, outcome_cb, &outcomes[i]);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      WAIT_FOR (outcomes[i].result != NULL);
      g_assert_true (bcast_client_connect_finish (client, outcomes[i].result, NULL));
      outcome_clear (&outcomes[i]);
    }
  g_assert_cmpuint (peer->n_connections, ==, 2);
  end_client (client);
  peer_free (peer);
}

static void
test_disconnect_while_waiting (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  g_autoptr(GString) states = g_string_new (NULL);
  Outcome outcome = { NULL, NULL };

  log_states (client, states);
  connect_client (client);
  soup_websocket_connection_close (peer->websocket, 4100, NULL);
  WAIT_FOR (client->retry_timer != NULL);

  bcast_client_disconnect_async (client, NULL, outcome_cb, &outcome);
  g_assert_cmpstr (states->str, ==, "connecting connected connecting! disconnected");
  g_assert_null (client->retry_timer);
  g_assert_null (client->unavailable_timer);
  g_assert_null (bcast_client_get_error (client));
  WAIT_FOR (outcome.result != NULL);
  g_assert_true (bcast_client_disconnect_finish (client, outcome.result, NULL));
  outcome_clear (&outcome);
  end_client (client);
  peer_free (peer);
}

static void
test_dead_while_connected (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  g_autoptr(GString) states = g_string_new (NULL);

  log_states (client, states);
  bcast_client_set_timeouts (client, 0, 0, 300);
  connect_client (client);
  peer_drop (peer);
  soup_server_disconnect (peer->server);
  WAIT_FOR (bcast_client_get_state (client) == BCAST_CLIENT_UNAVAILABLE);
  g_assert_cmpstr (states->str, ==, "connecting connected connecting! unavailable!");

  bcast_client_disconnect_async (client, NULL, NULL, NULL);
  g_assert_cmpstr (states->str, ==, "connecting connected connecting! unavailable! disconnected");
  end_client (client);
  peer_free (peer);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/client/retry/code/%d", rows[i].code);

      g_test_add_data_func (path, &rows[i], test_close_code);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/client/retry/greeting/%d", rows[i].code);

      if (rows[i].code != 0)
        g_test_add_data_func (path, &rows[i], test_greeting);
    }
  g_test_add_data_func ("/client/retry/greeting/4000", &tls_only, test_greeting);
  g_test_add_func ("/client/retry/close-without-code", test_close_without_code);
  g_test_add_func ("/client/retry/lazy-close", test_lazy_close);
  g_test_add_func ("/client/retry/growth", test_growth);
  g_test_add_func ("/client/retry/error-greeting-at-once", test_error_greeting_at_once);
  g_test_add_func ("/client/retry/disconnect-while-waiting", test_disconnect_while_waiting);
  g_test_add_func ("/client/retry/dead-while-connected", test_dead_while_connected);

  return g_test_run ();
}

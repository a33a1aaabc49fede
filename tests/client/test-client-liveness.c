/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "client-under-test.h"

#include "bcast-client-private.h"

#define HELLO_1S "{\"event\":\"pusher:connection_established\"," \
                 "\"data\":{\"socket_id\":\"1.2\",\"activity_timeout\":1}}"

static void
test_ping (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);

  bcast_client_set_timeouts (client, 50, 5000, 0);
  connect_client (client);
  WAIT_FOR (peer->received->len >= 3);
  g_assert_cmpuint (peer_count_received (peer, "{\"event\":\"pusher:ping\",\"data\":{}}"), ==,
                    peer->received->len);
  g_assert_cmpuint (peer->n_connections, ==, 1);
  g_assert_cmpint (bcast_client_get_state (client), ==, BCAST_CLIENT_CONNECTED);
  end_client (client);
  peer_free (peer);
}

static void
test_shorter_timeout_counts (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);

  bcast_client_set_timeouts (client, 0, 0, 0);
  connect_client (client);
  g_assert_cmpuint (client->idle_ms, ==, 120000);
  g_assert_cmpuint (client->pong_ms, ==, 30000);
  bcast_client_disconnect_async (client, NULL, NULL, NULL);

  peer->greetings[1] = HELLO_1S;
  connect_client (client);
  g_assert_cmpuint (client->idle_ms, ==, 1000);
  bcast_client_disconnect_async (client, NULL, NULL, NULL);

  bcast_client_set_timeouts (client, 300, 0, 0);
  connect_client (client);
  g_assert_cmpuint (client->idle_ms, ==, 300);
  end_client (client);
  peer_free (peer);
}

static void
retry_scheduled_cb (BcastClient *client,
                    guint        delay_ms,
                    int         *delay)
{
  *delay = (int) delay_ms;
}

static void
test_pong_missing (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  g_autoptr(GString) states = g_string_new (NULL);
  int delay = -1;

  peer->answer_pings = FALSE;
  log_states (client, states);
  g_signal_connect (client, "retry-scheduled", G_CALLBACK (retry_scheduled_cb), &delay);
  bcast_client_set_timeouts (client, 50, 100, 0);
  connect_client (client);
  WAIT_FOR (bcast_client_get_state (client) == BCAST_CLIENT_CONNECTING);
  g_assert_error (bcast_client_get_error (client), BCAST_ERROR, BCAST_ERROR_TIMED_OUT);
  g_assert_cmpint (delay, ==, 0);
  WAIT_FOR (bcast_client_get_state (client) == BCAST_CLIENT_CONNECTED);
  g_assert_cmpstr (states->str, ==, "connecting connected connecting! connected");
  end_client (client);
  peer_free (peer);
}

/* Whatever comes while a pong is due will do for one. */
static void
test_event_for_pong (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);

  peer->answer_pings = FALSE;
  bcast_client_set_timeouts (client, 50, 5000, 0);
  connect_client (client);
  WAIT_FOR (client->pong_timer != NULL);
  peer_send (peer, "no frame at all");
  WAIT_FOR (client->pong_timer == NULL);
  g_assert_nonnull (client->activity_timer);
  WAIT_FOR (client->pong_timer != NULL);
  g_assert_cmpuint (peer->n_connections, ==, 1);
  end_client (client);
  peer_free (peer);
}

/* Pong and ping frames of the WebSocket itself count as well. libsoup sends none unasked. */
static void
test_control_frame (gconstpointer data)
{
  const guint8 frame[] = { GPOINTER_TO_UINT (data), 0x00 };
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  GIOStream *stream;

  peer->answer_pings = FALSE;
  bcast_client_set_timeouts (client, 50, 5000, 0);
  connect_client (client);
  WAIT_FOR (client->pong_timer != NULL);
  stream = soup_websocket_connection_get_io_stream (peer->websocket);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (stream), frame, sizeof frame,
                                            NULL, NULL, NULL));
  WAIT_FOR (client->pong_timer == NULL);
  g_assert_cmpint (bcast_client_get_state (client), ==, BCAST_CLIENT_CONNECTED);
  end_client (client);
  peer_free (peer);
}

/* Messages put the ping off. */
static void
test_no_ping_while_busy (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  gint64 start_us;
  gint64 sent_us = 0;

  bcast_client_set_timeouts (client, 400, 5000, 0);
  connect_client (client);
  start_us = g_get_monotonic_time ();
  while (g_get_monotonic_time () - start_us < 1200 * 1000)
    {
      if (g_get_monotonic_time () - sent_us > 100 * 1000)
        {
          sent_us = g_get_monotonic_time ();
          peer_send (peer, "{\"event\":\"pusher:pong\"}");
        }
      wait_step (G_MAXINT64);
    }
  g_assert_cmpuint (peer_count_received (peer, "pusher:ping"), ==, 0);
  WAIT_FOR (peer_count_received (peer, "pusher:ping") == 1);
  end_client (client);
  peer_free (peer);
}

/* The pong came in time, but nobody looked: the context was held up by something else. */
static void
test_late_look (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);

  peer->answer_pings = FALSE;
  bcast_client_set_timeouts (client, 20, 400, 0);
  connect_client (client);
  WAIT_FOR (client->pong_timer != NULL);

  peer_send (peer, "{\"event\":\"pusher:pong\"}");
  g_usleep (450 * 1000);
  wait_step (G_MAXINT64);
  peer->answer_pings = TRUE;
  WAIT_FOR (peer->received->len >= 2);
  g_assert_cmpuint (peer->n_connections, ==, 1);
  end_client (client);
  peer_free (peer);
}

static gboolean
busy_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Another connection of this context has something to read all the time: a dead one is found all the same. */
static void
test_busy_context (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  guint id;

  peer->answer_pings = FALSE;
  bcast_client_set_timeouts (client, 50, 50, 0);
  connect_client (client);
  id = g_idle_add_full (G_PRIORITY_DEFAULT, busy_cb, NULL, NULL);
  WAIT_FOR (peer->n_connections == 2);
  g_source_remove (id);
  end_client (client);
  peer_free (peer);
}

/* The network changed: a connection that does not answer soon is made anew, long before its timeout. */
static void
test_network_changed (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);

  connect_client (client);
  peer->answer_pings = TRUE;
  bcast_client_network_changed (client, FALSE);
  WAIT_FOR (peer_count_received (peer, "pusher:ping") == 1);
  WAIT_FOR (client->pong_timer == NULL);
  g_assert_cmpuint (peer->n_connections, ==, 1);

  peer->answer_pings = FALSE;
  client->pong_ms = 50;
  bcast_client_network_changed (client, TRUE);
  WAIT_FOR (peer->n_connections == 2);
  WAIT_FOR (bcast_client_get_state (client) == BCAST_CLIENT_CONNECTED);
  end_client (client);
  peer_free (peer);
}

/* A network that comes and goes all the time does not keep a dead connection. */
static void
test_network_flaps (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  gint64 end_us = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  peer->answer_pings = FALSE;
  bcast_client_set_timeouts (client, 0, 200, 0);
  connect_client (client);
  while (peer->n_connections == 1 && wait_step (end_us))
    bcast_client_network_changed (client, FALSE);
  g_assert_cmpuint (peer->n_connections, ==, 2);
  end_client (client);
  peer_free (peer);
}

/* There is a network again: nobody waits for the end of a long delay. */
static void
test_network_back (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);

  connect_client (client);
  client->backoff.n_failures = 100;
  soup_websocket_connection_close (peer->websocket, 4100, NULL);
  WAIT_FOR (client->retry_timer != NULL);
  bcast_client_network_changed (client, FALSE);
  g_assert_nonnull (client->retry_timer);
  g_assert_null (client->socket);
  bcast_client_network_changed (client, TRUE);
  g_assert_null (client->retry_timer);
  WAIT_FOR (bcast_client_get_state (client) == BCAST_CLIENT_CONNECTED);
  g_assert_cmpuint (peer->n_connections, ==, 2);

  bcast_client_disconnect_async (client, NULL, NULL, NULL);
  bcast_client_network_changed (client, TRUE);
  g_assert_cmpint (bcast_client_get_state (client), ==, BCAST_CLIENT_DISCONNECTED);
  g_assert_null (client->socket);
  end_client (client);
  peer_free (peer);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/liveness/ping", test_ping);
  g_test_add_func ("/client/liveness/shorter-timeout-counts", test_shorter_timeout_counts);
  g_test_add_func ("/client/liveness/pong-missing", test_pong_missing);
  g_test_add_func ("/client/liveness/event-for-pong", test_event_for_pong);
  g_test_add_data_func ("/client/liveness/pong-frame", GUINT_TO_POINTER (0x8a), test_control_frame);
  g_test_add_data_func ("/client/liveness/ping-frame", GUINT_TO_POINTER (0x89), test_control_frame);
  g_test_add_func ("/client/liveness/no-ping-while-busy", test_no_ping_while_busy);
  g_test_add_func ("/client/liveness/late-look", test_late_look);
  g_test_add_func ("/client/liveness/busy-context", test_busy_context);
  g_test_add_func ("/client/liveness/network-changed", test_network_changed);
  g_test_add_func ("/client/liveness/network-flaps", test_network_flaps);
  g_test_add_func ("/client/liveness/network-back", test_network_back);

  return g_test_run ();
}

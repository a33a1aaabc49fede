/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "client-under-test.h"

#include <string.h>

/* A server that stalls: TCP is open, and nobody answers any more, wherever in the conversation that happens. */

#define UPGRADED "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" \
                 "Sec-WebSocket-Accept: {accept}\r\n\r\n"
#define GREETED  UPGRADED "\x81\x69" PEER_HELLO

typedef struct
{
  const char *what;
  const char *bytes;      /* what the server says before it stalls */
  gboolean    tls;
  gboolean    is_greeted; /* with that the connection is established */
} Row;

static const Row rows[] = {
  { "tcp", NULL, FALSE, FALSE },
  { "tls", NULL, TRUE, FALSE },
  { "half-answer", "HTTP/1.1 101 Swi", FALSE, FALSE },
  { "half-headers", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n", FALSE, FALSE },
  { "upgraded", UPGRADED, FALSE, FALSE },
  { "half-greeting", UPGRADED "\x81\x69{\"event\":", FALSE, FALSE },
  { "fragment-of-greeting", UPGRADED "\x01\x09{\"event\":", FALSE, FALSE },
  { "greeted", GREETED, FALSE, TRUE },
  { "half-frame", GREETED "\x81\x10{\"event\":", FALSE, TRUE },
  { "half-header", GREETED "\x81", FALSE, TRUE },
};

static BcastClient *
new_impatient_client (Peer     *peer,
                      gboolean  tls)
{
  g_autoptr(BcastApp) app = peer_dup_app_with (peer, "127.0.0.1", NULL, PEER_SECRET, tls, TRUE);
  BcastClient *client = bcast_client_new (app, NULL);

  bcast_client_set_timeouts (client, 50, 50, 200);
  return client;
}

static void
expect_quiet (Peer        *peer,
              BcastClient *client)
{
  guint n_before = peer->n_connections;
  gint64 end_us = g_get_monotonic_time () + 400 * 1000;

  while (wait_step (end_us))
    continue;
  g_assert_cmpuint (peer->n_connections, ==, n_before);
  g_assert_cmpint (bcast_client_get_state (client), ==, BCAST_CLIENT_DISCONNECTED);
}

/* It is noticed, told, and tried again; and who has enough of it is left in peace. */
static void
test_stall (gconstpointer data)
{
  const Row *row = data;
  Peer *peer = peer_new_raw (row->bytes, FALSE);
  BcastClient *client = new_impatient_client (peer, row->tls);
  g_autoptr(GString) states = g_string_new (NULL);

  log_states (client, states);
  bcast_client_subscribe_async (client, "a", NULL, NULL, NULL);
  bcast_client_connect_async (client, NULL, NULL, NULL);
  WAIT_FOR (peer->n_connections == 2);
  g_assert_error (bcast_client_get_error (client), BCAST_ERROR, BCAST_ERROR_TIMED_OUT);
  if (row->is_greeted)
    g_assert_true (g_str_has_prefix (states->str, "connecting connected connecting!"));
  else
    g_assert_cmpstr (states->str, ==, "connecting unavailable!");

  bcast_client_disconnect_async (client, NULL, NULL, NULL);
  expect_quiet (peer, client);
  end_client (client);
  peer_free (peer);
}

/* The goodbye is not answered either: the state changes at once, and the end comes in some seconds. */
static void
test_disconnect (void)
{
  Peer *peer = peer_new_raw (GREETED, FALSE);
  BcastClient *client = new_impatient_client (peer, FALSE);
  Outcome outcome = { NULL, NULL };
  gint64 start_us;

  bcast_client_set_timeouts (client, 0, 0, 0);
  connect_client (client);
  start_us = g_get_monotonic_time ();
  bcast_client_disconnect_async (client, NULL, outcome_cb, &outcome);
  g_assert_cmpint (bcast_client_get_state (client), ==, BCAST_CLIENT_DISCONNECTED);
  WAIT_FOR (outcome.result != NULL);
  g_assert_true (bcast_client_disconnect_finish (client, outcome.result, NULL));
  g_assert_cmpint (g_get_monotonic_time () - start_us, >=, 4 * G_USEC_PER_SEC);
  outcome_clear (&outcome);
  expect_quiet (peer, client);
  end_client (client);
  peer_free (peer);
}

int
main (int   argc,
      char *argv[])
{
  g_assert_cmpuint (strlen (PEER_HELLO), ==, 0x69);
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/client/half-open/", rows[i].what, NULL);

      g_test_add_data_func (path, &rows[i], test_stall);
    }
  g_test_add_func ("/client/half-open/disconnect", test_disconnect);

  return g_test_run ();
}

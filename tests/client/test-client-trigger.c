/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "client-under-test.h"

#include <string.h>

#include "bcast-limits.h"

typedef struct
{
  const char *what;
  const char *channel, *event, *data;
  const char *frame; /* NULL: refused */
  BcastError  code;
} Row;

static const Row rows[] = {
  { "object", "private-a", "client-x", "{\"a\":1}",
    "{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":{\"a\":1}}", 0 },
  { "presence", "presence-a", "client-x", "[]",
    "{\"event\":\"client-x\",\"channel\":\"presence-a\",\"data\":[]}", 0 },
  { "plain", "private-a", "client-x", "he said \"hi\"",
    "{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":\"he said \\\"hi\\\"\"}", 0 },
  { "empty", "private-a", "client-x", "",
    "{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":\"\"}", 0 },
  { "public", "a", "client-x", "{}", NULL, BCAST_ERROR_INVALID },
  { "encrypted", "private-encrypted-a", "client-x", "{}", NULL, BCAST_ERROR_INVALID },
  { "not-subscribed", "private-b", "client-x", "{}", NULL, BCAST_ERROR_NOT_CONNECTED },
  { "name", "private-a", "x", "{}", NULL, BCAST_ERROR_INVALID },
  { "reserved-name", "private-a", "pusher:x", "{}", NULL, BCAST_ERROR_INVALID },
  { "empty-name", "private-a", "", "{}", NULL, BCAST_ERROR_INVALID },
  { "data-is-no-utf-8", "private-a", "client-x", "\xff", NULL, BCAST_ERROR_INVALID },
};

static void
test_trigger (gconstpointer data)
{
  const Row *row = data;
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  g_autoptr(GError) error = NULL;
  gboolean sent;

  connect_client (client);
  subscribe_client (client, "private-a");
  subscribe_client (client, "presence-a");
  subscribe_client (client, "a");
  subscribe_client (client, "private-encrypted-a");
  g_ptr_array_set_size (peer->received, 0);

  sent = bcast_client_trigger (client, row->channel, row->event, row->data, &error);
  if (row->frame != NULL)
    {
      g_assert_no_error (error);
      g_assert_true (sent);
      WAIT_FOR (peer->received->len == 1);
      g_assert_cmpstr (g_ptr_array_index (peer->received, 0), ==, row->frame);
    }
  else
    {
      g_assert_error (error, BCAST_ERROR, (int) row->code);
      g_assert_false (sent);
    }
  end_client (client);
  peer_free (peer);
}

static void
test_size (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  g_autofree char *largest = g_strnfill (BCAST_LIMIT_DATA_BYTES, 'x');
  g_autofree char *larger = g_strnfill (BCAST_LIMIT_DATA_BYTES + 1, 'x');
  g_autoptr(GError) error = NULL;

  connect_client (client);
  subscribe_client (client, "private-a");
  g_assert_true (bcast_client_trigger (client, "private-a", "client-x", largest, NULL));
  g_assert_false (bcast_client_trigger (client, "private-a", "client-x", larger, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE);
  end_client (client);
  peer_free (peer);
}

/* As many as servers take in a second, and then a sentence. */
static void
test_rate (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  g_autoptr(GError) error = NULL;
  gint64 start_us;

  connect_client (client);
  subscribe_client (client, "private-a");
  start_us = g_get_monotonic_time ();
  for (guint i = 0; i < BCAST_LIMIT_CLIENT_EVENTS_PER_S; i++)
    g_assert_true (bcast_client_trigger (client, "private-a", "client-x", "{}", NULL));
  g_assert_false (bcast_client_trigger (client, "private-a", "client-x", "{}", &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_BUSY);
  WAIT_FOR (g_get_monotonic_time () - start_us > G_USEC_PER_SEC);
  g_assert_true (bcast_client_trigger (client, "private-a", "client-x", "{}", NULL));
  WAIT_FOR (peer_count_received (peer, "client-x") == BCAST_LIMIT_CLIENT_EVENTS_PER_S + 1);
  end_client (client);
  peer_free (peer);
}

static void
test_not_connected (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  g_autoptr(GError) error = NULL;

  connect_client (client);
  subscribe_client (client, "private-a");
  bcast_client_disconnect_async (client, NULL, NULL, NULL);
  g_assert_false (bcast_client_trigger (client, "private-a", "client-x", "{}", &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_NOT_CONNECTED);
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
      g_autofree char *path = g_strconcat ("/client/trigger/", rows[i].what, NULL);

      g_test_add_data_func (path, &rows[i], test_trigger);
    }
  g_test_add_func ("/client/trigger/size", test_size);
  g_test_add_func ("/client/trigger/rate", test_rate);
  g_test_add_func ("/client/trigger/not-connected", test_not_connected);

  return g_test_run ();
}

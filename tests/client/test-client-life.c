/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "client-under-test.h"

#include "bcast-client-private.h"
#include "slow-authorizer.h"

/* A client may be given up in any state; nothing may keep it alive or reach it afterwards. */

static void
test_die_unused (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);

  bcast_client_subscribe_async (client, "private-a", NULL, NULL, NULL);
  end_client (client);
  peer_free (peer);
}

/* @data: how many turns of the main context the attempt lives, so that it dies in each of its stages. */
static void
test_die_connecting (gconstpointer data)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);

  bcast_client_subscribe_async (client, "presence-a", NULL, NULL, NULL);
  bcast_client_connect_async (client, NULL, NULL, NULL);
  for (guint i = 0; i < GPOINTER_TO_UINT (data); i++)
    wait_step (G_MAXINT64);
  g_assert_finalize_object (client);
  for (guint i = 0; i < 20; i++)
    wait_step (G_MAXINT64);
  peer_free (peer);
}

static void
test_die_connected (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);

  connect_client (client);
  subscribe_client (client, "presence-a");
  bcast_client_subscribe_async (client, "b", NULL, NULL, NULL);
  end_client (client);
  WAIT_FOR (soup_websocket_connection_get_state (peer->websocket) == SOUP_WEBSOCKET_STATE_CLOSED);
  peer_free (peer);
}

static void
test_die_authorizing (void)
{
  Peer *peer = peer_new ();
  g_autoptr(BcastApp) app = peer_dup_app (peer);
  SlowAuthorizer *authorizer = slow_authorizer_new ();
  BcastClient *client = bcast_client_new (app, BCAST_AUTHORIZER (authorizer));

  connect_client (client);
  bcast_client_subscribe_async (client, "private-a", NULL, NULL, NULL);
  WAIT_FOR (slow_authorizer_get_n_asked (authorizer) == 1);
  end_client (client);
  slow_authorizer_sign (authorizer, NULL);
  wait_for_gone (authorizer);
  peer_free (peer);
}

static void
test_die_waiting (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);

  connect_client (client);
  soup_websocket_connection_close (peer->websocket, 4100, NULL);
  WAIT_FOR (client->retry_timer != NULL);
  end_client (client);
  peer_free (peer);
}

/* The goodbye is still said. */
static void
test_die_closing (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);

  connect_client (client);
  bcast_client_disconnect_async (client, NULL, NULL, NULL);
  end_client (client);
  WAIT_FOR (peer->close_code == SOUP_WEBSOCKET_CLOSE_NORMAL);
  peer_free (peer);
}

/* An operation under way keeps the client until it ends. */
static void
test_unref_while_connecting (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  Outcome outcome = { NULL, NULL };
  gpointer weak = client;

  g_object_add_weak_pointer (G_OBJECT (client), &weak);
  bcast_client_connect_async (client, NULL, outcome_cb, &outcome);
  g_object_unref (client);
  WAIT_FOR (outcome.result != NULL);
  g_assert_true (bcast_client_connect_finish (BCAST_CLIENT (outcome.source), outcome.result, NULL));
  outcome_clear (&outcome);
  WAIT_FOR (weak == NULL);
  peer_free (peer);
}

static void
test_run_dispose (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  Outcome outcomes[2] = { 0 };
  g_autoptr(GError) error = NULL;

  bcast_client_connect_async (client, NULL, outcome_cb, &outcomes[0]);
  bcast_client_subscribe_async (client, "a", NULL, outcome_cb, &outcomes[1]);
  g_object_run_dispose (G_OBJECT (client));
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      WAIT_FOR (outcomes[i].result != NULL);
      g_assert_true (g_task_had_error (G_TASK (outcomes[i].result)));
      outcome_clear (&outcomes[i]);
    }
  end_client (client);
  peer_free (peer);
}

static void
test_cancel_connect (gconstpointer data)
{
  Peer *peer = peer_new_raw (NULL, FALSE);
  BcastClient *client = new_client (peer);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GString) states = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  Outcome outcome = { NULL, NULL };
  gboolean beforehand = GPOINTER_TO_INT (data);

  log_states (client, states);
  if (beforehand)
    g_cancellable_cancel (cancellable);
  bcast_client_connect_async (client, cancellable, outcome_cb, &outcome);
  if (!beforehand)
    WAIT_FOR (peer->n_connections == 1);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (outcome.result != NULL);
  g_assert_false (bcast_client_connect_finish (client, outcome.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  outcome_clear (&outcome);
  g_assert_cmpstr (states->str, ==, "connecting disconnected");
  end_client (client);
  peer_free (peer);
}

/* One of two loses patience: the other still gets the connection. */
static void
test_cancel_one (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Outcome outcomes[2] = { 0 };

  bcast_client_connect_async (client, NULL, outcome_cb, &outcomes[0]);
  bcast_client_connect_async (client, cancellable, outcome_cb, &outcomes[1]);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (outcomes[0].result != NULL && outcomes[1].result != NULL);
  g_assert_true (bcast_client_connect_finish (client, outcomes[0].result, NULL));
  g_assert_false (bcast_client_connect_finish (client, outcomes[1].result, NULL));
  outcome_clear (&outcomes[0]);
  outcome_clear (&outcomes[1]);
  end_client (client);
  peer_free (peer);
}

/* A server that never closes its end may not hold up who is in a hurry. */
static void
test_cancel_disconnect (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  Outcome outcome = { NULL, NULL };

  connect_client (client);
  bcast_client_disconnect_async (client, cancellable, outcome_cb, &outcome);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (outcome.result != NULL);
  g_assert_false (bcast_client_disconnect_finish (client, outcome.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (bcast_client_get_state (client), ==, BCAST_CLIENT_DISCONNECTED);
  outcome_clear (&outcome);
  end_client (client);
  peer_free (peer);
}

static void
unref_cb (BcastClient *client,
          gpointer     frame,
          gint64       received_us,
          BcastClient *owned)
{
  g_signal_handlers_disconnect_by_data (client, owned);
  g_object_unref (owned);
}

/* The last reference goes while the client is telling of an event. */
static void
test_unref_in_event (void)
{
  Peer *peer = peer_new ();
  BcastClient *client = new_client (peer);
  gpointer weak = client;

  connect_client (client);
  subscribe_client (client, "a");
  g_object_add_weak_pointer (G_OBJECT (client), &weak);
  g_signal_connect (client, "event", G_CALLBACK (unref_cb), client);
  peer_send (peer, "{\"event\":\"e\",\"channel\":\"a\",\"data\":\"d\"}");
  peer_send (peer, "{\"event\":\"e\",\"channel\":\"a\",\"data\":\"d\"}");
  WAIT_FOR (weak == NULL);
  peer_free (peer);
}

/* A client works in the context it was made in, wherever its cancellables are cancelled. */
static gpointer
cancel_thread (gpointer data)
{
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancel_from_thread (void)
{
  Peer *peer = peer_new_raw (NULL, FALSE);
  BcastClient *client = new_client (peer);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { NULL, NULL };
  GThread *thread;

  bcast_client_connect_async (client, cancellable, outcome_cb, &outcome);
  WAIT_FOR (peer->n_connections == 1);
  thread = g_thread_new ("cancel", cancel_thread, cancellable);
  WAIT_FOR (outcome.result != NULL);
  g_thread_join (thread);
  g_assert_true (g_task_had_error (G_TASK (outcome.result)));
  outcome_clear (&outcome);
  end_client (client);
  peer_free (peer);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/life/die-unused", test_die_unused);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *path = g_strdup_printf ("/client/life/die-connecting/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_die_connecting);
    }
  g_test_add_func ("/client/life/die-connected", test_die_connected);
  g_test_add_func ("/client/life/die-authorizing", test_die_authorizing);
  g_test_add_func ("/client/life/die-waiting", test_die_waiting);
  g_test_add_func ("/client/life/die-closing", test_die_closing);
  g_test_add_func ("/client/life/unref-while-connecting", test_unref_while_connecting);
  g_test_add_func ("/client/life/run-dispose", test_run_dispose);
  g_test_add_data_func ("/client/life/cancel-connect/later", GINT_TO_POINTER (FALSE), test_cancel_connect);
  g_test_add_data_func ("/client/life/cancel-connect/before", GINT_TO_POINTER (TRUE), test_cancel_connect);
  g_test_add_func ("/client/life/cancel-one", test_cancel_one);
  g_test_add_func ("/client/life/cancel-disconnect", test_cancel_disconnect);
  g_test_add_func ("/client/life/cancel-from-thread", test_cancel_from_thread);
  g_test_add_func ("/client/life/unref-in-event", test_unref_in_event);

  return g_test_run ();
}

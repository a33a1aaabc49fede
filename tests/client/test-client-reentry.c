/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "client-under-test.h"

/* Handlers that call back into the client, whatever it tells and whatever they ask of it. A client says
 * something of itself in the midst of a change; who hears it must find it in a state that can be used. */

#define LIFE_US (120 * 1000)

static void
disconnect_cb (BcastClient *client)
{
  bcast_client_disconnect_async (client, NULL, NULL, NULL);
}

static void
connect_cb (BcastClient *client)
{
  bcast_client_connect_async (client, NULL, NULL, NULL);
}

static void
connect_again_cb (BcastClient *client)
{
  if (bcast_client_get_state (client) == BCAST_CLIENT_DISCONNECTED)
    bcast_client_connect_async (client, NULL, NULL, NULL);
}

static void
reconnect_cb (BcastClient *client)
{
  static guint n = 0;

  /* Now and then, or it would never come to anything. */
  if (n++ % 7 != 0)
    return;
  bcast_client_disconnect_async (client, NULL, NULL, NULL);
  bcast_client_connect_async (client, NULL, NULL, NULL);
}

static void
subscribe_cb (BcastClient *client)
{
  bcast_client_subscribe_async (client, "presence-a", NULL, NULL, NULL);
  bcast_client_subscribe_async (client, "private-late", NULL, NULL, NULL);
  bcast_client_subscribe_async (client, "late", NULL, NULL, NULL);
}

static void
unsubscribe_cb (BcastClient *client)
{
  bcast_client_unsubscribe (client, "presence-a");
  bcast_client_unsubscribe (client, "private-encrypted-a");
  bcast_client_unsubscribe (client, "#server-to-user-u1");
}

static void
resubscribe_cb (BcastClient *client)
{
  static guint n = 0;

  if (n++ % 3 != 0)
    return;
  unsubscribe_cb (client);
  bcast_client_subscribe_async (client, "private-encrypted-a", NULL, NULL, NULL);
  subscribe_cb (client);
}

static void
sign_in_cb (BcastClient *client)
{
  bcast_client_set_signs_in (client, TRUE);
}

static void
sign_out_cb (BcastClient *client)
{
  bcast_client_set_signs_in (client, FALSE);
}

static void
toggle_sign_in_cb (BcastClient *client)
{
  gboolean is_off = bcast_client_get_sign_in_state (client) == BCAST_SIGN_IN_OFF;

  if (bcast_client_get_sign_in_state (client) != BCAST_SIGN_IN_REFUSED)
    bcast_client_set_signs_in (client, is_off);
}

static void
trigger_cb (BcastClient *client)
{
  bcast_client_trigger (client, "presence-a", "client-e", "{}", NULL);
  bcast_client_trigger (client, "private-b", "client-e", "{}", NULL);
}

static void
network_cb (BcastClient *client)
{
  bcast_client_network_changed (client, FALSE);
}

static void
no_authorizer_cb (BcastClient *client)
{
  bcast_client_set_authorizer (client, NULL);
}

static void
dispose_cb (BcastClient *client)
{
  g_object_run_dispose (G_OBJECT (client));
}

typedef void (*Reentry) (BcastClient *client);

static const struct { const char *name; Reentry func; } reentries[] = {
  { "disconnect", disconnect_cb },
  { "connect", connect_cb },
  { "connect-again", connect_again_cb },
  { "reconnect", reconnect_cb },
  { "subscribe", subscribe_cb },
  { "unsubscribe", unsubscribe_cb },
  { "resubscribe", resubscribe_cb },
  { "sign-in", sign_in_cb },
  { "sign-out", sign_out_cb },
  { "toggle-sign-in", toggle_sign_in_cb },
  { "trigger", trigger_cb },
  { "network-changed", network_cb },
  { "no-authorizer", no_authorizer_cb },
  { "dispose", dispose_cb },
};

/* The last four are not of the client but of what it gives out. */
static const char * const places[] = {
  "state-changed", "event", "frame", "subscription-changed", "sign-in-changed", "error", "retry-scheduled",
  "notify::state", "notify::socket-id", "subscriptions", "subscription", "members", "everywhere",
};

#define N_CLIENT_SIGNALS 9

/* Frames that make every signal come. */
static const char * const frames[] = {
  "nonsense",
  "{\"event\":\"pusher:signin_success\",\"data\":{\"user_data\":\"{\\\"id\\\":\\\"u1\\\"}\"}}",
  "{\"event\":\"pusher_internal:watchlist_events\",\"data\":{\"events\":[{\"name\":\"online\","
  "\"user_ids\":[\"u2\"]}]}}",
  "{\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-a\",\"data\":{\"user_id\":\"7\"}}",
  "{\"event\":\"pusher_internal:subscription_count\",\"channel\":\"private-b\","
  "\"data\":{\"subscription_count\":2}}",
  "{\"event\":\"pusher:subscription_error\",\"channel\":\"c\",\"data\":{\"status\":403}}",
  "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"no\"}}",
  "{\"event\":\"e\",\"channel\":\"private-encrypted-a\",\"data\":{\"ciphertext\":\"AAAAAAAAAAAAAAAAAAAAAAAA\","
  "\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}}",
  "{\"event\":\"e\",\"channel\":\"private-b\",\"data\":\"{}\"}",
};

typedef struct
{
  BcastClient *client;
  Reentry      func;
  guint        depth;
  gboolean     in_subscriptions;
  gboolean     in_members;
} Fixture;

/* What makes a signal come from its own handler goes round in circles by itself. */
static void
reenter (Fixture *fixture)
{
  if (fixture->depth >= 3)
    return;

  fixture->depth++;
  fixture->func (fixture->client);
  fixture->depth--;
}

static void
watch_subscriptions (GListModel *list,
                     guint       position,
                     guint       n_removed,
                     guint       n_added,
                     Fixture    *fixture)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(BcastSubscription) subscription = g_list_model_get_item (list, i);

      if (fixture->in_subscriptions)
        g_signal_connect_swapped (subscription, "notify::state", G_CALLBACK (reenter), fixture);
      if (fixture->in_members)
        g_signal_connect_swapped (bcast_subscription_get_members (subscription), "items-changed",
                                  G_CALLBACK (reenter), fixture);
    }
}

static void
watch (Fixture *fixture,
       guint    place)
{
  GListModel *list = bcast_client_get_subscriptions (fixture->client);
  gboolean everywhere = place == G_N_ELEMENTS (places) - 1;

  for (guint i = 0; i < N_CLIENT_SIGNALS; i++)
    if (i == place || everywhere)
      g_signal_connect_swapped (fixture->client, places[i], G_CALLBACK (reenter), fixture);

  fixture->in_subscriptions = place == N_CLIENT_SIGNALS + 1 || everywhere;
  fixture->in_members = place == N_CLIENT_SIGNALS + 2 || everywhere;
  g_signal_connect (list, "items-changed", G_CALLBACK (watch_subscriptions), fixture);
  if (place == N_CLIENT_SIGNALS || everywhere)
    g_signal_connect_swapped (list, "items-changed", G_CALLBACK (reenter), fixture);
}

/* A session with everything in it: connected, misbehaved, thrown out, connected again, disconnected. */
static void
live (Peer        *peer,
      BcastClient *client)
{
  gint64 start_us = g_get_monotonic_time ();
  gboolean misbehaved = FALSE;

  bcast_client_set_signs_in (client, TRUE);
  bcast_client_subscribe_async (client, "presence-a", NULL, NULL, NULL);
  bcast_client_subscribe_async (client, "private-b", NULL, NULL, NULL);
  bcast_client_subscribe_async (client, "private-encrypted-a", NULL, NULL, NULL);
  bcast_client_subscribe_async (client, "c", NULL, NULL, NULL);
  bcast_client_connect_async (client, NULL, NULL, NULL);
  while (wait_step (start_us + LIFE_US))
    if (!misbehaved && peer->websocket != NULL
        && (peer->received->len >= 5 || g_get_monotonic_time () - start_us > LIFE_US / 2))
      {
        misbehaved = TRUE;
        for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
          peer_send (peer, frames[i]);
        if (soup_websocket_connection_get_state (peer->websocket) == SOUP_WEBSOCKET_STATE_OPEN)
          soup_websocket_connection_close (peer->websocket, 4200, NULL);
      }
  bcast_client_disconnect_async (client, NULL, NULL, NULL);
}

static void
test_reentry (gconstpointer data)
{
  guint place = GPOINTER_TO_UINT (data) / G_N_ELEMENTS (reentries);
  Peer *peer = peer_new ();
  Fixture fixture = { new_client (peer), reentries[GPOINTER_TO_UINT (data) % G_N_ELEMENTS (reentries)].func, 0 };

  watch (&fixture, place);
  live (peer, fixture.client);
  end_client (fixture.client);
  peer_free (peer);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (places) * G_N_ELEMENTS (reentries); i++)
    {
      g_autofree char *path = g_strconcat ("/client/reentry/", places[i / G_N_ELEMENTS (reentries)], "/",
                                           reentries[i % G_N_ELEMENTS (reentries)].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_reentry);
    }

  return g_test_run ();
}

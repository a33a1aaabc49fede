/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workspace and a server that does not behave. */

#include "workspace-fixture.h"

#include <string.h>

#include "bcast-error.h"
#include "peer.h"

#define CONFIRMED "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"releases\",\"data\":\"{}\"}"
#define RECEIVED  "{\"event\":\"E\",\"channel\":\"releases\",\"data\":\"1\"}"

typedef struct
{
  Peer              *peer;
  BcastProfile      *profile;
  Fixture            base;
  BcastClientMirror *alice;
  guint              n_notified;
} PeerFixture;

static gboolean
is_subscribed (gpointer data)
{
  return bcast_workspace_get_stats (data).n_subscriptions == 1;
}

static gboolean
is_asked_for_releases (gpointer data)
{
  return peer_find_received (data, "\"releases\"") != NULL;
}

static gboolean
is_asked_for_presence (gpointer data)
{
  return peer_find_received (data, "\"presence-r\"") != NULL;
}

static void
set_up (PeerFixture   *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->peer = peer_new ();
  fixture->profile = bcast_profile_new ("peer", BCAST_PROFILE_SERVER);
  g_object_set (fixture->profile, "app-id", "3", "key", PEER_KEY, "ws-host", "127.0.0.1",
                "ws-port", (guint) fixture->peer->port, "http-port", (guint) fixture->peer->port,
                "tls", FALSE, "miss-timeout-ms", 2000, NULL);
  fixture->base.workspace = bcast_workspace_new (fixture->profile, &(BcastSecretBundle) { .secret = (char *) PEER_SECRET }, NULL);
  fixture_open (fixture->base.workspace, &error);
  g_assert_no_error (error);

  fixture->alice = bcast_workspace_add_client (fixture->base.workspace, "Alice", "alice", NULL, &error);
  g_assert_no_error (error);
  bcast_workspace_subscribe (fixture->base.workspace, fixture->alice, "releases", &error);
  g_assert_no_error (error);
  bcast_workspace_connect (fixture->base.workspace, fixture->alice);
  fixture_wait (is_asked_for_releases, fixture->peer);
  peer_send (fixture->peer, CONFIRMED);
  fixture_wait (is_subscribed, fixture->base.workspace);
}

static void
tear_down (PeerFixture   *fixture,
           gconstpointer  data)
{
  bcast_workspace_close (fixture->base.workspace);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->base.workspace);
  g_object_unref (fixture->profile);
  peer_free (fixture->peer);
}

static guint
count_rows (PeerFixture *fixture)
{
  bcast_workspace_refresh (fixture->base.workspace);
  return g_list_model_get_n_items (G_LIST_MODEL (bcast_workspace_get_timeline (fixture->base.workspace)));
}

/* What the server says is no JSON, or a gateway waited in vain, but the server has published the event: the delivery tells, and opens no row of
 * its own. */
static void
test_unclear_answer (PeerFixture   *fixture,
                     gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  const char * const channels[] = { "releases", NULL };
  g_autoptr(BcastDraft) draft = bcast_draft_new (channels, "E", "1");

  fixture->peer->status = GPOINTER_TO_UINT (data);
  fixture->peer->body = "<html>It worked!</html>";
  fixture_send (&fixture->base, draft, &error);
  g_assert_nonnull (error);
  peer_send (fixture->peer, RECEIVED);

  g_autoptr(BcastEvent) event = fixture_wait_event (&fixture->base, 1, BCAST_EVENT_MATCHED);

  g_assert_cmpuint (bcast_event_get_n_deliveries (event), ==, 1);
  g_assert_cmpstr (bcast_event_get_record (event)->error, ==, error->message);
  g_assert_cmpuint (count_rows (fixture), ==, 1);
}

/* The server says no: an equal event that comes all the same is somebody else's. */
static void
test_clear_refusal (PeerFixture   *fixture,
                    gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  const char * const channels[] = { "releases", NULL };
  g_autoptr(BcastDraft) draft = bcast_draft_new (channels, "E", "1");

  fixture->peer->status = 403;
  fixture_send (&fixture->base, draft, &error);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_FORBIDDEN);
  peer_send (fixture->peer, RECEIVED);
  g_object_unref (fixture_wait_event (&fixture->base, 2, BCAST_EVENT_FOREIGN));
  g_object_unref (fixture_wait_event (&fixture->base, 1, BCAST_EVENT_REFUSED));
}

static void
count_cb (PeerFixture *fixture)
{
  fixture->n_notified++;
}

static gboolean
has_last_error (gpointer data)
{
  const char *error = bcast_client_mirror_get_error (data);

  return error != NULL && strstr (error, "is not told for some seconds") != NULL;
}

/* However many errors a server sends, the window hears of some, and then that there are many. */
static void
test_flood_of_errors (PeerFixture   *fixture,
                      gconstpointer  data)
{
  g_signal_connect_swapped (fixture->alice, "notify::error", G_CALLBACK (count_cb), fixture);
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"event\":\"pusher:error\",\"data\":{\"code\":4301,"
                                               "\"message\":\"Number %u\"}}", i);

      peer_send (fixture->peer, text);
    }
  peer_send (fixture->peer, RECEIVED);
  fixture_wait (has_last_error, fixture->alice);
  g_object_unref (fixture_wait_event (&fixture->base, 1, BCAST_EVENT_FOREIGN));
  g_assert_cmpuint (fixture->n_notified, <=, 20);
}

static gboolean
has_many_members (gpointer data)
{
  return g_list_model_get_n_items (data) == 20000;
}

static gboolean
wake_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint ms)
{
  gboolean is_over = FALSE;

  g_timeout_add (ms, wake_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

/* A roster of many thousands is compared by its ids, not each with each. */
static void
test_large_roster (PeerFixture   *fixture,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) members = g_string_new (NULL);
  g_autofree char *frame = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (members, "%s\\\"u%u\\\":{}", i > 0 ? "," : "", i);
  frame = g_strdup_printf ("{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"presence-r\","
                           "\"data\":\"{\\\"presence\\\":{\\\"count\\\":20000,\\\"hash\\\":{%s}}}\"}", members->str);
  bcast_workspace_subscribe (fixture->base.workspace, fixture->alice, "presence-r", &error);
  g_assert_no_error (error);
  fixture_wait (is_asked_for_presence, fixture->peer);
  peer_send (fixture->peer, frame);

  BcastSubscriptionMirror *subscription = bcast_client_mirror_find_subscription (fixture->alice, "presence-r");

  fixture_wait (has_many_members, bcast_subscription_mirror_get_members (subscription));
  peer_send (fixture->peer, "{\"event\":\"pusher_internal:member_removed\",\"channel\":\"presence-r\","
             "\"data\":\"{\\\"user_id\\\":\\\"u7\\\"}\"}");
  peer_send (fixture->peer, "{\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-r\","
             "\"data\":\"{\\\"user_id\\\":\\\"new\\\"}\"}");
  fixture_wait (has_many_members, bcast_subscription_mirror_get_members (subscription));

  /* As long as it changes all the time it is told at leisure. */
  gint64 started_us = g_get_monotonic_time ();

  g_signal_connect_swapped (bcast_subscription_mirror_get_members (subscription), "items-changed",
                            G_CALLBACK (count_cb), fixture);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"event\":\"pusher_internal:member_added\",\"channel\":"
                                               "\"presence-r\",\"data\":{\"user_id\":\"new\",\"user_info\":%u}}", i);

      peer_send (fixture->peer, text);
      run_for (25);
    }
  g_assert_cmpuint (fixture->n_notified, >, 0);
  g_assert_cmpint (fixture->n_notified, <=, (g_get_monotonic_time () - started_us) / 400000 + 2);
}

static guint
count_sockets (void)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      n += target != NULL && g_str_has_prefix (target, "socket:");
    }
  return n;
}

/* The server does not answer the goodbye in time: it runs in the thread that waits for the end. Nothing of
 * the connection is left all the same. */
static void
test_close_unanswered (PeerFixture   *fixture,
                       gconstpointer  data)
{
  const char *what = data;
  guint n_before = count_sockets ();

  if (g_str_equal (what, "disconnected"))
    bcast_workspace_disconnect (fixture->base.workspace, fixture->alice);
  else if (g_str_equal (what, "removed"))
    bcast_workspace_remove_client (fixture->base.workspace, fixture->alice);
  bcast_workspace_close (fixture->base.workspace);

  g_assert_cmpuint (count_sockets (), ==, n_before - 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/workspace-peer/unclear-answer/nonsense", PeerFixture, GUINT_TO_POINTER (200), set_up,
              test_unclear_answer, tear_down);
  g_test_add ("/workspace-peer/unclear-answer/gateway", PeerFixture, GUINT_TO_POINTER (504), set_up,
              test_unclear_answer, tear_down);
  g_test_add ("/workspace-peer/clear-refusal", PeerFixture, NULL, set_up, test_clear_refusal, tear_down);
  g_test_add ("/workspace-peer/flood-of-errors", PeerFixture, NULL, set_up, test_flood_of_errors, tear_down);
  g_test_add ("/workspace-peer/close-unanswered/connected", PeerFixture, "connected", set_up, test_close_unanswered,
              tear_down);
  g_test_add ("/workspace-peer/close-unanswered/disconnected", PeerFixture, "disconnected", set_up,
              test_close_unanswered, tear_down);
  g_test_add ("/workspace-peer/close-unanswered/removed", PeerFixture, "removed", set_up, test_close_unanswered,
              tear_down);
  g_test_add ("/workspace-peer/large-roster", PeerFixture, NULL, set_up, test_large_roster, tear_down);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "workspace-fixture.h"

#include <sqlite3.h>
#include <string.h>

#include "bcast-error.h"

#define DATA "{\"version\":\"4.2\"}"

static BcastDraft *
make_draft (const char *channel,
            const char *name,
            const char *data)
{
  const char * const channels[] = { channel, NULL };

  return bcast_draft_new (channels, name, data);
}

static void
test_both_receive (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastDraft) draft = make_draft ("releases", "ReleasePublished", DATA);
  g_auto(GStrv) receivers = bcast_workspace_dup_receivers (fixture->workspace, draft);
  gint64 id = fixture_send (fixture, draft, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (receivers), ==, 2);

  g_autoptr(BcastEvent) event = fixture_wait_event (fixture, id, BCAST_EVENT_MATCHED);
  const BcastEventRecord *record = bcast_event_get_record (event);

  g_assert_cmpuint (bcast_event_get_n_deliveries (event), ==, 2);
  g_assert_nonnull (bcast_event_find_delivery (event, "Alice"));
  g_assert_nonnull (bcast_event_find_delivery (event, "Bob"));
  g_assert_true (bcast_event_find_delivery (event, "Bob")->identical);
  g_assert_cmpint (bcast_event_find_delivery (event, "Bob")->latency_us, >, 0);
  g_assert_nonnull (strstr (bcast_event_find_delivery (event, "Bob")->frame, "\"event\":\"ReleasePublished\""));
  g_assert_cmpuint (record->status, ==, 200);
  g_assert_cmpint (record->accepted_us, >, 0);
  g_assert_true (g_str_has_prefix (record->request, "POST /apps/3/events?auth_key="));
  g_assert_null (strstr (record->request, "7ad3773142a6692b25b8"));
  g_assert_cmpstr (record->data, ==, DATA);
}

static void
test_several_channels (Fixture       *fixture,
                       gconstpointer  user_data)
{
  const char * const channels[] = { "releases", "private-user.1", "nobody-here", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastDraft) draft = bcast_draft_new (channels, "E", "1");
  gint64 id = fixture_send (fixture, draft, &error);

  g_assert_no_error (error);

  g_autoptr(BcastEvent) both = fixture_wait_event (fixture, id, BCAST_EVENT_MATCHED);
  g_autoptr(BcastEvent) one = fixture_wait_event (fixture, id + 1, BCAST_EVENT_MATCHED);
  g_autoptr(BcastEvent) none = fixture_wait_event (fixture, id + 2, BCAST_EVENT_UNHEARD);

  g_assert_cmpuint (bcast_event_get_n_deliveries (both), ==, 2);
  g_assert_cmpuint (bcast_event_get_n_deliveries (one), ==, 1);
  g_assert_cmpuint (bcast_event_get_n_deliveries (none), ==, 0);
  g_assert_cmpint (bcast_event_get_record (none)->trigger_id, ==, id);
}

static void
test_excluded (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastDraft) draft = make_draft ("releases", "E", DATA);
  gint64 id;

  draft->excluded = g_strdup ("Alice");
  id = fixture_send (fixture, draft, &error);
  g_assert_no_error (error);

  g_autoptr(BcastEvent) event = fixture_wait_event (fixture, id, BCAST_EVENT_MATCHED);

  g_assert_cmpuint (bcast_event_get_n_deliveries (event), ==, 1);
  g_assert_nonnull (bcast_event_find_delivery (event, "Bob"));
  g_assert_cmpstr (bcast_event_get_record (event)->excluded, ==, "Alice");
}

static void
test_client_event (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastDraft) draft = make_draft ("presence-lobby", "client-typing", "{\"typing\":true}");
  gint64 id;

  draft->sender = g_strdup ("Alice");
  id = fixture_send (fixture, draft, &error);
  g_assert_no_error (error);

  g_autoptr(BcastEvent) event = fixture_wait_event (fixture, id, BCAST_EVENT_MATCHED);

  g_assert_cmpuint (bcast_event_get_n_deliveries (event), ==, 1);
  g_assert_nonnull (bcast_event_find_delivery (event, "Bob"));
  g_assert_cmpstr (bcast_event_get_record (event)->sender, ==, "Alice");
  g_assert_nonnull (strstr (bcast_event_find_delivery (event, "Bob")->frame, "\"user_id\":\"alice\""));
}

typedef struct
{
  const char *channel;
  const char *name;
  const char *data;
  const char *sender;
  const char *excluded;
  BcastError  code;
} Refusal;

/* What is wrong with a draft is said before anything is sent, and no row appears. */
static void
test_refused_drafts (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autofree char *large = g_strnfill (10241, 'x');
  const Refusal refusals[] = {
    { "a b", "E", "1", NULL, NULL, BCAST_ERROR_INVALID },
    { "releases", "", "1", NULL, NULL, BCAST_ERROR_INVALID },
    { "releases", "pusher:x", "1", NULL, NULL, BCAST_ERROR_INVALID },
    { "releases", "E", large, NULL, NULL, BCAST_ERROR_TOO_LARGE },
    { "releases", "E", "1", NULL, "Carol", BCAST_ERROR_NOT_CONNECTED },
    { "presence-lobby", "typing", "1", "Alice", NULL, BCAST_ERROR_INVALID },
    { "releases", "client-x", "1", "Alice", NULL, BCAST_ERROR_INVALID },
    { "private-user.1", "client-x", "1", "Bob", NULL, BCAST_ERROR_NOT_CONNECTED },
    { "presence-lobby", "client-x", "1", "Carol", NULL, BCAST_ERROR_NOT_CONNECTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BcastDraft) draft = make_draft (refusals[i].channel, refusals[i].name, refusals[i].data);

      draft->sender = g_strdup (refusals[i].sender);
      draft->excluded = g_strdup (refusals[i].excluded);
      g_assert_cmpint (fixture_send (fixture, draft, &error), ==, -1);
      g_assert_error (error, BCAST_ERROR, (int) refusals[i].code);
    }

  bcast_workspace_refresh (fixture->workspace);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bcast_workspace_get_timeline (fixture->workspace))), ==, 0);
}

typedef struct
{
  BcastWorkspace *workspace;
  guint           n_items;
} CountWait;

static gboolean
has_items (gpointer data)
{
  CountWait *wait = data;

  bcast_workspace_refresh (wait->workspace);
  return g_list_model_get_n_items (G_LIST_MODEL (bcast_workspace_get_timeline (wait->workspace))) >= wait->n_items;
}

/* Another sender on the same app: a second workspace that is no sandbox of its own. */
static void
test_foreign (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastDraft) draft = make_draft ("releases", "OrderCreated", DATA);
  g_autoptr(BcastProfile) profile = bcast_profile_new ("other", BCAST_PROFILE_SERVER);
  BcastApp *app = bcast_workspace_get_app (fixture->workspace);
  CountWait wait = { fixture->workspace, 1 };
  Fixture other = { 0, };

  g_object_set (profile, "app-id", "3", "key", "278d425bdf160c739803", "ws-host", "127.0.0.1",
                "ws-port", (guint) bcast_app_get_ws_port (app), "http-port", (guint) bcast_app_get_ws_port (app),
                "tls", FALSE, NULL);
  other.workspace = bcast_workspace_new (profile, &(BcastSecretBundle) { .secret = (char *) bcast_app_get_secret (app) }, NULL);
  fixture_open (other.workspace, &error);
  g_assert_no_error (error);
  fixture_send (&other, draft, &error);
  g_assert_no_error (error);
  fixture_wait (has_items, &wait);

  g_autoptr(BcastEvent) first = g_list_model_get_item (G_LIST_MODEL (bcast_workspace_get_timeline (fixture->workspace)), 0);
  g_autoptr(BcastEvent) event = fixture_wait_event (fixture, bcast_event_get_record (first)->id, BCAST_EVENT_FOREIGN);

  g_assert_false (bcast_event_is_sent (event));
  g_assert_cmpstr (bcast_event_get_record (event)->name, ==, "OrderCreated");

  bcast_workspace_close (other.workspace);
  g_object_unref (other.workspace);
}

static void
test_wrong_secret (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastDraft) draft = make_draft ("releases", "E", DATA);
  g_autoptr(BcastProfile) profile = bcast_profile_new_copy (fixture->profile);
  Fixture other = { 0, };

  g_object_set (profile, "kind", BCAST_PROFILE_SERVER, "ws-host", "127.0.0.1", "tls", FALSE, NULL);
  other.workspace = bcast_workspace_new (profile, &(BcastSecretBundle) { .secret = (char *) "not-the-secret" }, NULL);
  fixture_open (other.workspace, &error);
  g_assert_no_error (error);

  fixture_send (&other, draft, &error);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED);
  g_assert_nonnull (strstr (error->message, "401"));
  g_assert_null (strstr (error->message, "not-the-secret"));

  CountWait wait = { other.workspace, 1 };

  fixture_wait (has_items, &wait);

  g_autoptr(BcastEvent) first = g_list_model_get_item (G_LIST_MODEL (bcast_workspace_get_timeline (other.workspace)), 0);
  g_autoptr(BcastEvent) event = fixture_wait_event (&other, bcast_event_get_record (first)->id, BCAST_EVENT_REFUSED);

  g_assert_cmpuint (bcast_event_get_record (event)->status, ==, 401);
  g_assert_cmpstr (bcast_event_get_record (event)->error, ==, error->message);

  bcast_workspace_close (other.workspace);
  g_object_unref (other.workspace);
}

static gboolean
is_unread (gpointer data)
{
  BcastSubscriptionMirror *subscription = data;

  return bcast_subscription_mirror_get_n_unread (subscription) > 0;
}

static void
test_unread_and_stats (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autoptr(BcastDraft) draft = make_draft ("releases", "E", DATA);
  BcastClientMirror *alice = bcast_workspace_find_client (fixture->workspace, "Alice");
  BcastSubscriptionMirror *subscription = bcast_client_mirror_find_subscription (alice, "releases");
  BcastWorkspaceStats stats;

  fixture_send (fixture, draft, NULL);
  fixture_wait (is_unread, subscription);
  stats = bcast_workspace_get_stats (fixture->workspace);
  g_assert_cmpuint (bcast_subscription_mirror_get_n_unread (subscription), ==, 1);
  g_assert_cmpuint (stats.n_clients, ==, 2);
  g_assert_cmpuint (stats.n_subscriptions, ==, 5);
  g_assert_cmpuint (stats.n_events, ==, 1);
  g_assert_cmpint (stats.median_us, >, 0);
  g_assert_cmpint (stats.connect_us, >, 0);

  bcast_subscription_mirror_mark_read (subscription);
  g_assert_cmpuint (bcast_subscription_mirror_get_n_unread (subscription), ==, 0);
}

static gboolean
has_three_members (gpointer data)
{
  return g_list_model_get_n_items (data) == 3;
}

static gboolean
has_two_members (gpointer data)
{
  return g_list_model_get_n_items (data) == 2;
}

static void
test_members (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  BcastClientMirror *alice = bcast_workspace_find_client (fixture->workspace, "Alice");
  GListModel *members = G_LIST_MODEL (bcast_subscription_mirror_get_members (
    bcast_client_mirror_find_subscription (alice, "presence-lobby")));
  BcastClientMirror *carol = bcast_workspace_add_client (fixture->workspace, "Carol", "carol", "{\"name\":\"Carol\"}", &error);

  g_assert_no_error (error);
  fixture_wait (has_two_members, members);
  bcast_workspace_subscribe (fixture->workspace, carol, "presence-lobby", &error);
  g_assert_no_error (error);
  bcast_workspace_connect (fixture->workspace, carol);
  fixture_wait (has_three_members, members);
  bcast_workspace_remove_client (fixture->workspace, carol);
  fixture_wait (has_two_members, members);
}

static void
test_client_input (Fixture       *fixture,
                   gconstpointer  user_data)
{
  BcastClientMirror *alice = bcast_workspace_find_client (fixture->workspace, "Alice");
  g_autofree char *long_id = g_strnfill (129, 'u');
  const struct { const char *name, *user_id, *user_info; BcastError code; } wrong[] = {
    { "", NULL, NULL, BCAST_ERROR_INVALID },
    { "Alice", NULL, NULL, BCAST_ERROR_INVALID },
    { "Dave", NULL, "{name:1}", BCAST_ERROR_INVALID },
    { "Dave", long_id, NULL, BCAST_ERROR_TOO_LARGE },
  };
  static const char * const channels[] = { "", "a b", "private-", "#server-to-user-1" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (bcast_workspace_add_client (fixture->workspace, wrong[i].name, wrong[i].user_id, wrong[i].user_info, &error));
      g_assert_error (error, BCAST_ERROR, (int) wrong[i].code);
    }
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (bcast_workspace_subscribe (fixture->workspace, alice, channels[i], &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
    }
}

static gboolean
is_disconnected (gpointer data)
{
  return bcast_client_mirror_get_state (data) == BCAST_CLIENT_DISCONNECTED;
}

static gboolean
is_connected (gpointer data)
{
  return bcast_client_mirror_get_state (data) == BCAST_CLIENT_CONNECTED;
}

static void
test_disconnect_and_connect (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autoptr(BcastDraft) draft = make_draft ("releases", "E", DATA);
  BcastClientMirror *alice = bcast_workspace_find_client (fixture->workspace, "Alice");
  g_autofree char *old_socket_id = g_strdup (bcast_client_mirror_get_socket_id (alice));

  bcast_workspace_disconnect (fixture->workspace, alice);
  fixture_wait (is_disconnected, alice);
  g_assert_null (bcast_client_mirror_get_socket_id (alice));
  g_assert_cmpint (bcast_workspace_get_state (fixture->workspace), ==, BCAST_CLIENT_CONNECTED);

  g_auto(GStrv) receivers = bcast_workspace_dup_receivers (fixture->workspace, draft);

  g_assert_cmpuint (g_strv_length (receivers), ==, 1);
  bcast_workspace_connect (fixture->workspace, alice);
  fixture_wait (is_connected, alice);
  g_assert_cmpstr (bcast_client_mirror_get_socket_id (alice), !=, old_socket_id);
}

/* What was seen stays: a second session on the same journal shows the first one's rows. */
static void
test_history_stays (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastDraft) draft = make_draft ("releases", "Kept", DATA);
  gint64 id = fixture_send (fixture, draft, &error);

  g_object_unref (fixture_wait_event (fixture, id, BCAST_EVENT_MATCHED));
  bcast_workspace_close (fixture->workspace);
  g_object_unref (fixture->workspace);

  fixture->workspace = bcast_workspace_new (fixture->profile, &(BcastSecretBundle) { .secret = (char *) "7ad3773142a6692b25b8" }, fixture->journal_path);
  fixture_open (fixture->workspace, &error);
  g_assert_no_error (error);

  g_autoptr(BcastEvent) event = fixture_wait_event (fixture, id, BCAST_EVENT_MATCHED);

  g_assert_cmpstr (bcast_event_get_record (event)->name, ==, "Kept");
  g_assert_cmpuint (bcast_event_get_n_deliveries (event), ==, 2);
}

static void
notice_cb (BcastWorkspace *workspace,
           const char     *text,
           gpointer        user_data)
{
  g_ptr_array_add (user_data, g_strdup (text));
}

/* A journal that another process holds must not keep anybody from working. */
static void
test_locked_journal (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autoptr(GPtrArray) notices = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastProfile) profile = bcast_profile_new_copy (fixture->profile);
  g_autoptr(BcastWorkspace) other = bcast_workspace_new (profile, &(BcastSecretBundle) { .secret = (char *) "7ad3773142a6692b25b8" }, fixture->journal_path);

  g_signal_connect (other, "notice", G_CALLBACK (notice_cb), notices);
  fixture_open (other, &error);
  g_assert_no_error (error);
  /* one for the journal, one for the port, which the first sandbox has */
  g_assert_cmpuint (notices->len, ==, 2);
  bcast_workspace_close (other);
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  bcast_workspace_close_finish (BCAST_WORKSPACE (object), result);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* Once it is closed the same profile can be opened at once: on the same port, with all its rows. */
static void
test_close_async (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastDraft) draft = make_draft ("releases", "Kept", DATA);
  gint64 id = fixture_send (fixture, draft, &error);
  guint16 port = bcast_app_get_ws_port (bcast_workspace_get_app (fixture->workspace));
  gboolean is_closed = FALSE;

  bcast_workspace_close_async (fixture->workspace, closed_cb, &is_closed);
  g_assert_cmpint (fixture_send (fixture, draft, &error), ==, -1);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_NOT_CONNECTED);
  g_clear_error (&error);
  fixture_wait (is_true, &is_closed);
  g_object_unref (fixture->workspace);

  fixture->workspace = bcast_workspace_new (fixture->profile, &(BcastSecretBundle) { .secret = (char *) "7ad3773142a6692b25b8" }, fixture->journal_path);
  fixture_open (fixture->workspace, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bcast_app_get_ws_port (bcast_workspace_get_app (fixture->workspace)), ==, port);
  g_object_unref (fixture_wait_event (fixture, id, BCAST_EVENT_MATCHED));
}

static gboolean
has_journal_error (gpointer data)
{
  return bcast_workspace_get_journal_error (data) != NULL;
}

static gboolean
has_no_journal_error (gpointer data)
{
  return bcast_workspace_get_journal_error (data) == NULL;
}

/* While nothing can be written down nothing can be shown: that is told, and taken back when it is over. */
static void
test_held_journal (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastDraft) draft = make_draft ("releases", "E", DATA);
  sqlite3 *other = NULL;
  gint64 id;

  g_assert_cmpint (sqlite3_open (fixture->journal_path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  id = fixture_send (fixture, draft, &error);
  g_assert_no_error (error);
  fixture_wait (has_journal_error, fixture->workspace);

  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  fixture_wait (has_no_journal_error, fixture->workspace);
  g_object_unref (fixture_wait_event (fixture, id, BCAST_EVENT_MATCHED));
}

static void
test_sandbox_without_secret (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastProfile) profile = bcast_profile_new ("sandbox", BCAST_PROFILE_SANDBOX);
  g_autoptr(BcastWorkspace) workspace = bcast_workspace_new (profile, NULL, NULL);

  g_object_set (profile, "app-id", "3", "key", "278d425bdf160c739803", NULL);
  fixture_open (workspace, &error);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  g_assert_null (bcast_workspace_add_client (workspace, "Alice", NULL, NULL, NULL));
}

static gboolean
has_error (gpointer data)
{
  return bcast_workspace_get_error (data) != NULL;
}

static void
test_dead_host (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastProfile) profile = bcast_profile_new ("dead", BCAST_PROFILE_SERVER);
  g_autoptr(BcastWorkspace) workspace = NULL;
  g_autoptr(BcastDraft) draft = make_draft ("releases", "E", DATA);
  Fixture fixture = { 0, };

  /* port 1 of the loopback: nothing listens there without being root and wanting to */
  g_object_set (profile, "app-id", "3", "key", "278d425bdf160c739803", "ws-host", "127.0.0.1", "ws-port", 1u, "tls", FALSE, NULL);
  workspace = fixture.workspace = bcast_workspace_new (profile, &(BcastSecretBundle) { .secret = (char *) "7ad3773142a6692b25b8" }, NULL);
  fixture_open (workspace, &error);
  g_assert_no_error (error);
  bcast_workspace_add_cast (workspace);
  bcast_workspace_connect (workspace, NULL);
  fixture_wait (has_error, workspace);
  /* told with the first failure, not when the state gives up hope */
  g_assert_cmpint (bcast_workspace_get_state (workspace), ==, BCAST_CLIENT_CONNECTING);

  fixture_send (&fixture, draft, &error);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNREACHABLE);
  bcast_workspace_close (workspace);
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; void (*func) (Fixture *, gconstpointer); } tests[] = {
    { "/workspace/both-receive", test_both_receive },
    { "/workspace/several-channels", test_several_channels },
    { "/workspace/excluded", test_excluded },
    { "/workspace/client-event", test_client_event },
    { "/workspace/refused-drafts", test_refused_drafts },
    { "/workspace/foreign", test_foreign },
    { "/workspace/wrong-secret", test_wrong_secret },
    { "/workspace/unread-and-stats", test_unread_and_stats },
    { "/workspace/members", test_members },
    { "/workspace/client-input", test_client_input },
    { "/workspace/disconnect-and-connect", test_disconnect_and_connect },
    { "/workspace/history-stays", test_history_stays },
    { "/workspace/locked-journal", test_locked_journal },
    { "/workspace/held-journal", test_held_journal },
    { "/workspace/close-async", test_close_async },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, fixture_set_up, tests[i].func, fixture_tear_down);
  g_test_add_func ("/workspace/sandbox-without-secret", test_sandbox_without_secret);
  g_test_add_func ("/workspace/dead-host", test_dead_host);

  return g_test_run ();
}

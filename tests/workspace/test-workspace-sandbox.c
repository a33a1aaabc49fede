/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a workspace knows of its sandbox, asked of the real one. */

#include "bcast-channel-directory.h"
#include "bcast-error.h"
#include "bcast-member.h"
#include "bcast-peer-info.h"
#include "bcast-workspace-sandbox.h"
#include "workspace-fixture.h"

static gboolean
is_answered (gpointer data)
{
  return !bcast_channel_directory_is_loading (data);
}

static char *
dup_names (GListModel *model)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(BcastOccupiedChannel) channel = g_list_model_get_item (model, i);
      const BcastInfoCounts *counts = bcast_occupied_channel_get_counts (channel);

      g_string_append_printf (names, "%s %d/%d, ", bcast_occupied_channel_get_name (channel),
                              (int) counts->subscription_count, (int) counts->user_count);
    }
  return g_string_free (names, FALSE);
}

static void
assert_channels (BcastChannelDirectory *directory,
                 const char            *expected)
{
  g_autofree char *names = NULL;

  fixture_wait (is_answered, directory);
  names = dup_names (G_LIST_MODEL (directory));
  g_assert_cmpstr (names, ==, expected);
}

static void
test_channels (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(BcastChannelDirectory) directory = bcast_channel_directory_new ();

  bcast_channel_directory_set_workspace (directory, fixture->workspace);
  g_assert_false (bcast_channel_directory_has_answer (directory));
  bcast_channel_directory_refresh (directory);
  assert_channels (directory, "presence-lobby -1/2, private-user.1 1/-1, releases 2/-1, ");
  g_assert_no_error (bcast_channel_directory_get_error (directory));

  bcast_channel_directory_set_prefix (directory, "pr");
  assert_channels (directory, "presence-lobby -1/2, private-user.1 1/-1, ");
  bcast_channel_directory_set_prefix (directory, "presence-lo");
  assert_channels (directory, "presence-lobby -1/2, ");
  bcast_channel_directory_set_prefix (directory, "none-");
  assert_channels (directory, "");
  bcast_channel_directory_set_workspace (directory, NULL);
}

static void
test_users (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(BcastChannelDirectory) directory = bcast_channel_directory_new ();
  GListModel *users = bcast_channel_directory_get_users (directory);

  bcast_channel_directory_set_workspace (directory, fixture->workspace);
  bcast_channel_directory_set_chosen (directory, "presence-lobby");
  fixture_wait (is_answered, directory);
  g_assert_cmpuint (g_list_model_get_n_items (users), ==, 2);
  g_assert_no_error (bcast_channel_directory_get_users_error (directory));

  bcast_channel_directory_set_chosen (directory, "releases");
  fixture_wait (is_answered, directory);
  g_assert_cmpuint (g_list_model_get_n_items (users), ==, 0);
  bcast_channel_directory_set_workspace (directory, NULL);
}

/* What stays is the same object in the same place, and only the rest is told. */
static void
test_kept (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(BcastChannelDirectory) directory = bcast_channel_directory_new ();
  g_autoptr(GObject) before = NULL;
  g_autoptr(GObject) after = NULL;
  BcastClientMirror *bob = bcast_workspace_find_client (fixture->workspace, "Bob");
  BcastClientMirror *alice = bcast_workspace_find_client (fixture->workspace, "Alice");

  bcast_channel_directory_set_workspace (directory, fixture->workspace);
  bcast_channel_directory_refresh (directory);
  fixture_wait (is_answered, directory);
  before = g_list_model_get_item (G_LIST_MODEL (directory), 0);

  bcast_workspace_unsubscribe (fixture->workspace, bob, "releases");
  bcast_workspace_unsubscribe (fixture->workspace, alice, "private-user.1");
  do
    {
      bcast_channel_directory_refresh (directory);
      fixture_wait (is_answered, directory);
    }
  while (g_list_model_get_n_items (G_LIST_MODEL (directory)) != 2);
  after = g_list_model_get_item (G_LIST_MODEL (directory), 0);
  g_assert_true (before == after);
  assert_channels (directory, "presence-lobby -1/2, releases 1/-1, ");
  bcast_channel_directory_set_workspace (directory, NULL);
}

/* Without its secret nothing can be asked, and the sentence says so. */
static void
test_no_secret (void)
{
  g_autoptr(BcastProfile) profile = bcast_profile_new ("other", BCAST_PROFILE_CLUSTER);
  g_autoptr(BcastWorkspace) workspace = NULL;
  g_autoptr(BcastChannelDirectory) directory = bcast_channel_directory_new ();
  g_autoptr(GError) error = NULL;

  g_object_set (profile, "app-id", "3", "key", "278d425bdf160c739803", "cluster", "eu", NULL);
  workspace = bcast_workspace_new (profile, NULL, NULL);
  fixture_open (workspace, &error);
  g_assert_no_error (error);
  g_assert_null (bcast_workspace_get_sandbox_log (workspace));
  bcast_channel_directory_set_workspace (directory, workspace);
  bcast_channel_directory_refresh (directory);
  fixture_wait (is_answered, directory);
  g_assert_error (bcast_channel_directory_get_error (directory), BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED);
  g_assert_true (bcast_channel_directory_has_answer (directory));
  bcast_channel_directory_set_workspace (directory, NULL);
  bcast_workspace_close (workspace);
}

static void
store_result_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GAsyncResult **stored = user_data;

  *stored = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  GAsyncResult **stored = data;

  return *stored != NULL;
}

static void
test_peers (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) peers = NULL;
  g_autoptr(GError) error = NULL;

  bcast_workspace_list_peers_async (fixture->workspace, NULL, store_result_cb, &result);
  fixture_wait (has_result, &result);
  peers = bcast_workspace_list_peers_finish (fixture->workspace, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (peers->len, ==, 2);
  g_assert_cmpuint (((BcastPeerInfo *) peers->pdata[0])->n_channels
                    + ((BcastPeerInfo *) peers->pdata[1])->n_channels, ==, 5);
}

static gboolean
has_api_message (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

static void
test_log (Fixture       *fixture,
          gconstpointer  data)
{
  BcastSandboxLog *log = bcast_workspace_get_sandbox_log (fixture->workspace);
  const char *channels[] = { "releases", NULL };
  g_autoptr(BcastDraft) draft = bcast_draft_new (channels, "Published", "{\"version\":\"4.2\"}");
  g_autoptr(BcastLogEntry) entry = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (log);
  bcast_sandbox_log_set_kinds (log, 1u << BCAST_REPORT_API_MESSAGE);
  fixture_send (fixture, draft, &error);
  g_assert_no_error (error);
  fixture_wait (has_api_message, log);
  entry = g_list_model_get_item (G_LIST_MODEL (log), 0);
  g_assert_cmpstr (bcast_log_entry_get_report (entry)->event, ==, "Published");
  g_assert_cmpstr (bcast_log_entry_get_report (entry)->data, ==, "{\"version\":\"4.2\"}");
}

/* The log can still be read when the sandbox is gone, and nothing is told to it any more. */
static void
test_log_after_close (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(BcastSandboxLog) log = g_object_ref (bcast_workspace_get_sandbox_log (fixture->workspace));
  guint n_kept;

  fixture_wait (has_api_message, log);
  bcast_workspace_close (fixture->workspace);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  n_kept = bcast_sandbox_log_get_n_kept (log);
  g_assert_cmpuint (n_kept, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("/workspace-sandbox/channels", test_channels);
  ADD ("/workspace-sandbox/users", test_users);
  ADD ("/workspace-sandbox/kept", test_kept);
  ADD ("/workspace-sandbox/peers", test_peers);
  ADD ("/workspace-sandbox/log", test_log);
  ADD ("/workspace-sandbox/log-after-close", test_log_after_close);
  g_test_add_func ("/workspace-sandbox/no-secret", test_no_secret);

  return g_test_run ();
}

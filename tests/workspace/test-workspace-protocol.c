/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "workspace-fixture.h"

#include <string.h>

#include "bcast-error.h"

/* A workspace on the sandbox, whose clients use all that the protocol has. */

typedef struct
{
  BcastClientMirror *client;
  const char        *channel;
} ChannelWait;

static gboolean
is_subscribed (gpointer data)
{
  ChannelWait *wait = data;
  BcastSubscriptionMirror *subscription = bcast_client_mirror_find_subscription (wait->client, wait->channel);

  return subscription != NULL
         && bcast_subscription_mirror_get_state (subscription) == BCAST_SUBSCRIPTION_SUBSCRIBED;
}

static gboolean
is_signed_in (gpointer data)
{
  return bcast_client_mirror_get_sign_in_state (data) == BCAST_SIGN_IN_DONE;
}

static gboolean
is_disconnected (gpointer data)
{
  return bcast_client_mirror_get_state (data) == BCAST_CLIENT_DISCONNECTED;
}

static BcastClientMirror *
find (Fixture    *fixture,
      const char *name)
{
  BcastClientMirror *client = bcast_workspace_find_client (fixture->workspace, name);

  g_assert_nonnull (client);
  return client;
}

static void
subscribe (Fixture    *fixture,
           const char *name,
           const char *channel)
{
  ChannelWait wait = { find (fixture, name), channel };
  g_autoptr(GError) error = NULL;

  bcast_workspace_subscribe (fixture->workspace, wait.client, channel, &error);
  g_assert_no_error (error);
  fixture_wait (is_subscribed, &wait);
}

static void
sign_in (Fixture            *fixture,
         const char         *name,
         const char * const *watchlist)
{
  BcastClientMirror *client = find (fixture, name);
  g_autoptr(BcastClientOptions) options = bcast_client_options_copy (bcast_client_mirror_get_options (client));
  g_autoptr(GError) error = NULL;

  options->signs_in = TRUE;
  options->watchlist = g_strdupv ((char **) watchlist);
  bcast_workspace_change_client (fixture->workspace, client, options, &error);
  g_assert_no_error (error);
  fixture_wait (is_signed_in, client);
}

static void
send_and_expect (Fixture    *fixture,
                 const char *channel,
                 const char *data,
                 guint       n_deliveries)
{
  const char *channels[] = { channel, NULL };
  g_autoptr(BcastDraft) draft = bcast_draft_new (channels, "hello", data);
  g_autoptr(BcastEvent) event = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id = fixture_send (fixture, draft, &error);

  g_assert_no_error (error);
  event = fixture_wait_event (fixture, id, BCAST_EVENT_MATCHED);
  g_assert_cmpstr (bcast_event_get_record (event)->data, ==, data);
  g_assert_cmpuint (bcast_event_get_n_deliveries (event), ==, n_deliveries);
}

/* What is encrypted on the way is plain in the timeline, on both sides, and sealed in the frame. */
static void
test_encrypted (Fixture       *fixture,
                gconstpointer  data)
{
  const BcastDelivery *delivery;
  g_autoptr(BcastDraft) draft = NULL;
  g_autoptr(BcastEvent) event = NULL;
  const char *channels[] = { "private-encrypted-orders", NULL };
  gint64 id;

  subscribe (fixture, "Alice", "private-encrypted-orders");
  subscribe (fixture, "Bob", "private-encrypted-orders");
  draft = bcast_draft_new (channels, "placed", "{\"id\":7}");
  id = fixture_send (fixture, draft, NULL);
  event = fixture_wait_event (fixture, id, BCAST_EVENT_MATCHED);
  delivery = bcast_event_find_delivery (event, "Bob");
  g_assert_true (delivery->identical);
  g_assert_nonnull (strstr (delivery->frame, "ciphertext"));
  g_assert_null (strstr (delivery->frame, "id\\\":7"));
  g_assert_nonnull (strstr (bcast_event_get_record (event)->request, "ciphertext"));
}

static void
test_server_to_user (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char * const watchlist[] = { "bob", NULL };
  ChannelWait wait = { find (fixture, "Alice"), "#server-to-user-alice" };

  sign_in (fixture, "Alice", watchlist);
  g_assert_cmpstr (bcast_client_mirror_get_signed_in_id (wait.client), ==, "alice");
  fixture_wait (is_subscribed, &wait);
  send_and_expect (fixture, "#server-to-user-alice", "{\"n\":1}", 1);
}

static gboolean
sees_bob (gpointer data)
{
  return g_strv_contains (bcast_client_mirror_get_online (data), "bob");
}

static gboolean
sees_nobody (gpointer data)
{
  return bcast_client_mirror_get_online (data)[0] == NULL;
}

static void
test_watchlist (Fixture       *fixture,
                gconstpointer  data)
{
  static const char * const watchlist[] = { "bob", NULL };

  sign_in (fixture, "Alice", watchlist);
  g_assert_true (sees_nobody (find (fixture, "Alice")));
  sign_in (fixture, "Bob", NULL);
  fixture_wait (sees_bob, find (fixture, "Alice"));
  bcast_workspace_disconnect (fixture->workspace, find (fixture, "Bob"));
  fixture_wait (sees_nobody, find (fixture, "Alice"));
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static void
test_terminate (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  sign_in (fixture, "Bob", NULL);
  bcast_workspace_terminate_async (fixture->workspace, "bob", NULL, keep_result_cb, &result);
  fixture_wait (has_result, &result);
  g_assert_true (bcast_workspace_terminate_finish (fixture->workspace, result, &error));
  g_assert_no_error (error);
  fixture_wait (is_disconnected, find (fixture, "Bob"));
  g_assert_nonnull (strstr (bcast_client_mirror_get_error (find (fixture, "Bob")), "4009"));
  g_assert_cmpint (bcast_client_mirror_get_state (find (fixture, "Alice")), ==, BCAST_CLIENT_CONNECTED);
}

static void
test_batch (Fixture       *fixture,
            gconstpointer  user_data)
{
  static const char * const channels[] = { "releases", NULL };
  const BcastDraft *drafts[12];
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gint64 first_id;

  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    {
      g_autofree char *data = g_strdup_printf ("{\"n\":%u}", i);
      BcastDraft *draft = bcast_draft_new (channels, "batched", data);

      draft->info = g_strdup ("subscription_count");
      draft->excluded = i == 3 ? g_strdup ("Bob") : NULL;
      drafts[i] = draft;
    }
  bcast_workspace_send_batch_async (fixture->workspace, drafts, G_N_ELEMENTS (drafts), NULL, keep_result_cb, &result);
  fixture_wait (has_result, &result);
  g_assert_true (bcast_workspace_send_finish (fixture->workspace, result, &first_id, &error));
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    {
      g_autoptr(BcastEvent) event = fixture_wait_event (fixture, first_id + i, BCAST_EVENT_MATCHED);
      const BcastEventRecord *record = bcast_event_get_record (event);

      g_assert_cmpstr (record->data, ==, drafts[i]->data);
      g_assert_cmpint (record->trigger_id, ==, first_id);
      g_assert_cmpuint (record->status, ==, 200);
      g_assert_nonnull (strstr (record->response, "\"subscription_count\":2"));
      g_assert_cmpuint (bcast_event_get_n_deliveries (event), ==, i == 3 ? 1 : 2);
      bcast_draft_free ((BcastDraft *) drafts[i]);
    }
}

static void
test_batch_of_client_events (Fixture       *fixture,
                             gconstpointer  user_data)
{
  static const char * const channels[] = { "presence-lobby", NULL };
  g_autoptr(BcastDraft) draft = bcast_draft_new (channels, "client-x", "{}");
  const BcastDraft *drafts[] = { draft, draft };
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  draft->sender = g_strdup ("Alice");
  bcast_workspace_send_batch_async (fixture->workspace, drafts, 2, NULL, keep_result_cb, &result);
  fixture_wait (has_result, &result);
  g_assert_false (bcast_workspace_send_finish (fixture->workspace, result, NULL, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
}

static gboolean
counts_two (gpointer data)
{
  return bcast_subscription_mirror_get_count (data) == 2;
}

static void
test_count (Fixture       *fixture,
            gconstpointer  data)
{
  fixture_wait (counts_two, bcast_client_mirror_find_subscription (find (fixture, "Alice"), "releases"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bcast_workspace_get_timeline (fixture->workspace))), ==, 0);
}

/* From the first attempt to a wish to end. */
static void
test_history (Fixture       *fixture,
              gconstpointer  data)
{
  GListModel *history = bcast_client_mirror_get_history (find (fixture, "Alice"));
  static const BcastClientState expected[] = {
    BCAST_CLIENT_CONNECTING, BCAST_CLIENT_CONNECTED, BCAST_CLIENT_DISCONNECTED };

  bcast_workspace_disconnect (fixture->workspace, find (fixture, "Alice"));
  fixture_wait (is_disconnected, find (fixture, "Alice"));
  g_assert_cmpuint (g_list_model_get_n_items (history), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr(BcastConnectionStep) step = g_list_model_get_item (history, i);

      g_assert_false (bcast_connection_step_is_retry (step));
      g_assert_cmpint (bcast_connection_step_get_state (step), ==, expected[i]);
      g_assert_cmpint (bcast_connection_step_get_before (step), ==,
                       i == 0 ? BCAST_CLIENT_INITIALIZED : expected[i - 1]);
      g_assert_null (bcast_connection_step_get_reason (step));
      g_assert_cmpint (bcast_connection_step_get_socket_id (step) != NULL, ==, i == 1);
    }
}

static void
test_server_kind (Fixture       *fixture,
                  gconstpointer  data)
{
  g_assert_cmpint (bcast_workspace_get_server_kind (fixture->workspace), ==, BCAST_SERVER_SANDBOX);
}

/* The same user twice, and then as somebody else: what others see follows. */
static void
test_change_user (Fixture       *fixture,
                  gconstpointer  data)
{
  BcastClientMirror *bob = find (fixture, "Bob");
  BcastSubscriptionMirror *lobby = bcast_client_mirror_find_subscription (find (fixture, "Alice"), "presence-lobby");
  g_autoptr(BcastClientOptions) options = bcast_client_options_copy (bcast_client_mirror_get_options (bob));
  g_autoptr(GError) error = NULL;
  ChannelWait wait = { bob, "presence-lobby" };

  g_free (options->user_id);
  options->user_id = g_strdup ("robert");
  g_assert_true (bcast_workspace_change_client (fixture->workspace, bob, options, &error));
  g_assert_cmpstr (bcast_client_mirror_get_user_id (bob), ==, "robert");
  while (bcast_member_list_find (bcast_subscription_mirror_get_members (lobby), "robert") == NULL
         || bcast_member_list_find (bcast_subscription_mirror_get_members (lobby), "bob") != NULL)
    g_main_context_iteration (NULL, TRUE);
  fixture_wait (is_subscribed, &wait);

  g_free (options->user_id);
  options->user_id = g_strdup ("not a user");
  options->signs_in = TRUE;
  g_assert_false (bcast_workspace_change_client (fixture->workspace, bob, options, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  g_assert_cmpstr (bcast_client_mirror_get_user_id (bob), ==, "robert");
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; void (*func) (Fixture *, gconstpointer); } tests[] = {
    { "/workspace-protocol/encrypted", test_encrypted },
    { "/workspace-protocol/server-to-user", test_server_to_user },
    { "/workspace-protocol/watchlist", test_watchlist },
    { "/workspace-protocol/terminate", test_terminate },
    { "/workspace-protocol/batch", test_batch },
    { "/workspace-protocol/batch-of-client-events", test_batch_of_client_events },
    { "/workspace-protocol/count", test_count },
    { "/workspace-protocol/history", test_history },
    { "/workspace-protocol/server-kind", test_server_kind },
    { "/workspace-protocol/change-user", test_change_user },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, fixture_set_up, tests[i].func, fixture_tear_down);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "workspace-fixture.h"

#include <glib/gstdio.h>

#define DEADLINE_S 10

#define SECRET     "7ad3773142a6692b25b8"
#define MASTER_KEY "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

static gboolean
give_up_cb (gpointer data)
{
  g_error ("A condition was not met within %d seconds", DEADLINE_S);
  return G_SOURCE_REMOVE;
}

void
fixture_wait (Condition condition,
              gpointer  data)
{
  guint deadline = g_timeout_add_seconds (DEADLINE_S, give_up_cb, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
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

void
fixture_open (BcastWorkspace  *workspace,
              GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  bcast_workspace_open_async (workspace, NULL, store_result_cb, &result);
  fixture_wait (has_result, &result);
  bcast_workspace_open_finish (workspace, result, error);
}

gint64
fixture_send (Fixture           *fixture,
              const BcastDraft  *draft,
              GError           **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  gint64 event_id = -1;

  bcast_workspace_send_async (fixture->workspace, draft, NULL, store_result_cb, &result);
  fixture_wait (has_result, &result);
  bcast_workspace_send_finish (fixture->workspace, result, &event_id, error);
  return event_id;
}

static gboolean
is_subscribed (gpointer data)
{
  BcastWorkspace *workspace = data;

  return bcast_workspace_get_state (workspace) == BCAST_CLIENT_CONNECTED
         && bcast_workspace_get_stats (workspace).n_subscriptions == 5;
}

void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("broadcast-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->journal_path = g_build_filename (fixture->folder, "journal.db", NULL);
  fixture->profile = bcast_profile_new ("sandbox", BCAST_PROFILE_SANDBOX);
  g_object_set (fixture->profile, "app-id", "3", "key", "278d425bdf160c739803", "miss-timeout-ms", 300, NULL);

  fixture->workspace = bcast_workspace_new (fixture->profile, &(BcastSecretBundle) {
    .secret = (char *) SECRET, .master_key = (char *) MASTER_KEY }, fixture->journal_path);
  fixture_open (fixture->workspace, &error);
  g_assert_no_error (error);
  bcast_workspace_add_cast (fixture->workspace);
  bcast_workspace_connect (fixture->workspace, NULL);
  fixture_wait (is_subscribed, fixture->workspace);
}

static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  bcast_workspace_close (fixture->workspace);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->workspace);
  g_object_unref (fixture->profile);
  remove_folder (fixture->folder);
  g_free (fixture->journal_path);
  g_free (fixture->folder);
}

typedef struct
{
  BcastWorkspace    *workspace;
  gint64             event_id;
  BcastEventOutcome  outcome;
  BcastEvent        *event;
} EventWait;

static gboolean
has_outcome (gpointer data)
{
  EventWait *wait = data;
  guint position;

  bcast_workspace_refresh (wait->workspace);
  g_clear_object (&wait->event);
  wait->event = bcast_event_list_find (bcast_workspace_get_timeline (wait->workspace), wait->event_id, &position);
  return wait->event != NULL && bcast_event_get_record (wait->event)->outcome == wait->outcome;
}

/* The row as the timeline shows it once it has reached @outcome. */
BcastEvent *
fixture_wait_event (Fixture           *fixture,
                    gint64             event_id,
                    BcastEventOutcome  outcome)
{
  EventWait wait = { fixture->workspace, event_id, outcome, NULL };

  fixture_wait (has_outcome, &wait);
  return wait.event;
}

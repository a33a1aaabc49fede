/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-opening.h"

#include "bcast-credentials.h"
#include "bcast-journal.h"
#include "bcast-secret-bundle.h"
#include "bcast-session-notices.h"

/* A keyring that does not answer for so long is probably asking for its password. */
#define PATIENCE_MS 1500

#define MASTER_KEY_BYTES 32 /* Channels documentation, “Encrypted channels” */

typedef struct
{
  BcastSecretStore  *secrets;
  GListStore        *notices;
  BcastClientKeeper *keeper;
  BcastSecretBundle *bundle;
  guint              patience_id;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_handle_id (&opening->patience_id, g_source_remove);
  g_object_unref (opening->secrets);
  g_object_unref (opening->notices);
  g_object_unref (opening->keeper);
  bcast_secret_bundle_free (opening->bundle);
  g_free (opening);
}

static void
close_and_unref (gpointer data)
{
  bcast_workspace_close (data);
  g_object_unref (data);
}

static void
notice_cb (GListStore *notices,
           const char *text)
{
  bcast_session_notices_tell_workspace (notices, text);
}

static gboolean
patience_cb (gpointer user_data)
{
  Opening *opening = user_data;

  opening->patience_id = 0;
  bcast_session_notices_tell_waiting (opening->notices, TRUE);
  return G_SOURCE_REMOVE;
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BcastWorkspace *workspace = BCAST_WORKSPACE (object);
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (bcast_workspace_open_finish (workspace, result, &error))
    {
      g_task_return_pointer (task, g_object_ref (workspace), close_and_unref);
      return;
    }
  bcast_workspace_close (workspace);
  g_task_return_error (task, g_steal_pointer (&error));
}

/* The secrets of a Sandbox on their way to where they are kept. */
typedef struct
{
  BcastProfile      *profile;
  GListStore        *notices;
  BcastSecretBundle *made;
} Keeping;

static void
keeping_free (Keeping *keeping)
{
  g_object_unref (keeping->profile);
  g_object_unref (keeping->notices);
  bcast_secret_bundle_free (keeping->made);
  g_free (keeping);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  BcastSecretStore *secrets = BCAST_SECRET_STORE (object);
  Keeping *keeping = user_data;
  g_autoptr(GError) error = NULL;

  if (!bcast_secret_bundle_store_finish (secrets, result, &error))
    {
      if (bcast_secret_store_get_place (secrets) == BCAST_SECRET_PLACE_KEYRING)
        {
          bcast_secret_store_set_place (secrets, BCAST_SECRET_PLACE_SESSION);
          bcast_session_notices_tell_no_keyring (keeping->notices);
          bcast_secret_bundle_store_async (secrets, keeping->profile, keeping->made, FALSE, NULL, kept_cb, keeping);
          return;
        }
      bcast_session_notices_tell_secret_problem (keeping->notices, error);
    }
  keeping_free (keeping);
}

/* Kept behind the person's back: a keyring that wants a password first must not stand in the way of the
 * first start. */
static void
keep (Opening           *opening,
      BcastProfile      *profile,
      BcastSecretBundle *made)
{
  Keeping *keeping = g_new0 (Keeping, 1);

  keeping->profile = g_object_ref (profile);
  keeping->notices = g_object_ref (opening->notices);
  keeping->made = made;
  bcast_secret_bundle_store_async (opening->secrets, profile, made, FALSE, NULL, kept_cb, keeping);
}

/* Whoever finds a Sandbox on the network must not know its secrets from another installation, so what is
 * missing is made at random. Returns what was made, or NULL when nothing was missing. */
static BcastSecretBundle *
complete_sandbox (BcastSecretBundle *bundle)
{
  g_autoptr(BcastSecretBundle) made = bcast_secret_bundle_new (NULL, NULL, NULL);

  if (bundle->secret == NULL)
    {
      made->secret = bcast_credentials_make ();
      bundle->secret = g_strdup (made->secret);
    }
  if (bundle->master_key == NULL)
    {
      made->master_key = bcast_secret_random_base64 (MASTER_KEY_BYTES);
      bundle->master_key = g_strdup (made->master_key);
    }
  return bcast_secret_bundle_is_empty (made) ? NULL : g_steal_pointer (&made);
}

static void
restored_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  BcastProfile *profile = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *path = bcast_journal_dup_default_path (bcast_profile_get_id (profile));
  g_autoptr(BcastWorkspace) workspace = NULL;
  g_autoptr(GError) error = NULL;

  if (!bcast_client_keeper_restore_finish (opening->keeper, result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  workspace = bcast_workspace_new (profile, opening->bundle, path);
  g_signal_connect_object (workspace, "notice", G_CALLBACK (notice_cb), opening->notices, G_CONNECT_SWAPPED);
  bcast_workspace_open_async (workspace, cancellable, opened_cb, g_steal_pointer (&task));
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  BcastProfile *profile = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastSecretBundle) bundle = NULL;
  g_autoptr(BcastSecretBundle) made = NULL;

  bundle = bcast_secret_bundle_lookup_finish (BCAST_SECRET_STORE (object), result, &error);
  g_clear_handle_id (&opening->patience_id, g_source_remove);
  bcast_session_notices_tell_waiting (opening->notices, FALSE);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (error != NULL)
    bcast_session_notices_tell_secret_problem (opening->notices, error);
  if (bundle == NULL)
    bundle = bcast_secret_bundle_new (NULL, NULL, NULL);
  if (bcast_profile_get_kind (profile) == BCAST_PROFILE_SANDBOX)
    made = complete_sandbox (bundle);
  if (made != NULL && error == NULL)
    keep (opening, profile, g_steal_pointer (&made));
  if (bundle->secret == NULL && error == NULL)
    bcast_session_notices_tell_secret_missing (opening->notices, profile);

  char *clients = g_steal_pointer (&bundle->clients);

  opening->bundle = g_steal_pointer (&bundle);
  bcast_client_keeper_restore_async (opening->keeper, clients, error == NULL, cancellable, restored_cb,
                                     g_steal_pointer (&task));
  bcast_secret_free (clients);
}

/**
 * bcast_opening_async:
 * @profile: the profile to open
 * @secrets: where its secret is kept
 * @notices: where to tell what is not as it should be, but does not hinder
 * @keeper: remembers the clients of @profile; it has read them when the workspace is open
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Fetches the secrets of @profile and opens a workspace on it. Without them the workspace is opened all the
 * same; a Sandbox gets new ones.
 */
void
bcast_opening_async (BcastProfile        *profile,
                     BcastSecretStore    *secrets,
                     GListStore          *notices,
                     BcastClientKeeper   *keeper,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_PROFILE (profile));
  g_return_if_fail (BCAST_IS_SECRET_STORE (secrets));
  g_return_if_fail (G_IS_LIST_STORE (notices));
  g_return_if_fail (BCAST_IS_CLIENT_KEEPER (keeper));

  GTask *task = g_task_new (profile, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  opening->secrets = g_object_ref (secrets);
  opening->notices = g_object_ref (notices);
  opening->keeper = g_object_ref (keeper);
  opening->patience_id = g_timeout_add (PATIENCE_MS, patience_cb, opening);
  g_task_set_source_tag (task, bcast_opening_async);
  g_task_set_task_data (task, opening, opening_free);
  bcast_secret_bundle_lookup_async (secrets, bcast_profile_get_id (profile), cancellable, looked_up_cb, task);
}

/**
 * bcast_opening_finish:
 * @profile: the profile to open
 * @result: what the callback received
 * @error: why it could not be opened
 *
 * Returns: (transfer full) (nullable): the open workspace, not connected; close it with
 *   bcast_workspace_close()
 */
BcastWorkspace *
bcast_opening_finish (BcastProfile  *profile,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, profile), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-commands.h"

#include <glib/gi18n.h>

/* One deletion, until its toast is gone: the only time it can be undone. */
typedef struct
{
  BcastSession      *session;
  BcastProfile      *profile;
  guint              position;
  gboolean           was_open;
  gboolean           removed;
  gboolean           undone;
  BcastSecretBundle *secrets; /* for the undo: where they were kept they are gone at once, lest a program that
                               * ends meanwhile leave them there for good */
} Deletion;

static void
deletion_clear (gpointer data)
{
  Deletion *deletion = data;

  /* Also when the window is closed before the toast goes. */
  if (deletion->removed && !deletion->undone)
    bcast_registry_forget_clients (bcast_session_get_registry (deletion->session), deletion->profile);
  g_object_unref (deletion->session);
  g_object_unref (deletion->profile);
  bcast_secret_bundle_free (deletion->secrets);
}

static void
deletion_unref (Deletion *deletion)
{
  g_rc_box_release_full (deletion, deletion_clear);
}

static void
deletion_notify (gpointer  data,
                 GClosure *closure)
{
  deletion_unref (data);
}

static void
undo_cb (AdwToast *toast,
         gpointer  user_data)
{
  Deletion *deletion = user_data;
  BcastRegistry *registry = bcast_session_get_registry (deletion->session);

  deletion->undone = TRUE;
  bcast_profile_store_insert (bcast_registry_get_profiles (registry), deletion->position, deletion->profile);
  bcast_registry_save (registry);
  if (deletion->secrets != NULL)
    bcast_registry_keep_secrets (registry, deletion->profile, deletion->secrets);
  if (deletion->was_open)
    bcast_session_open (deletion->session, deletion->profile);
}

static void
dismissed_cb (AdwToast *toast,
              gpointer  user_data)
{
  Deletion *deletion = user_data;

  /* Again: they could not be read then, or clients were still being kept. */
  if (!deletion->undone)
    bcast_registry_forget_secrets (bcast_session_get_registry (deletion->session), deletion->profile);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Deletion *deletion = user_data;
  g_autoptr(BcastSecretBundle) secrets = bcast_secret_bundle_lookup_finish (BCAST_SECRET_STORE (object), result, NULL);

  if (secrets != NULL && !deletion->undone)
    {
      deletion->secrets = g_steal_pointer (&secrets);
      bcast_registry_forget_secrets (bcast_session_get_registry (deletion->session), deletion->profile);
    }
  deletion_unref (deletion);
}

static void
offer_undo (BcastWindow *window,
            Deletion    *deletion)
{
  g_autofree char *title = g_markup_printf_escaped (_("Deleted “%s”"), bcast_profile_get_name (deletion->profile));
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect (toast, "button-clicked", G_CALLBACK (undo_cb), deletion);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (dismissed_cb), deletion, deletion_notify, 0);
  bcast_window_add_toast (window, toast);
}

/**
 * bcast_profile_commands_delete:
 * @window: the main window
 * @profile: the profile to delete; never a Sandbox
 *
 * Deletes @profile and offers to undo it for a few seconds. When it was open the Sandbox is opened.
 */
void
bcast_profile_commands_delete (BcastWindow  *window,
                               BcastProfile *profile)
{
  g_return_if_fail (BCAST_IS_WINDOW (window));
  g_return_if_fail (BCAST_IS_PROFILE (profile));

  BcastSession *session = bcast_window_get_session (window);
  BcastRegistry *registry = bcast_session_get_registry (session);
  BcastProfileStore *profiles = bcast_registry_get_profiles (registry);
  Deletion *deletion = g_rc_box_new0 (Deletion);

  deletion->session = g_object_ref (session);
  deletion->profile = g_object_ref (profile);
  deletion->was_open = bcast_session_get_profile (session) == profile;
  if (!bcast_profile_store_remove (profiles, profile, &deletion->position))
    {
      deletion_unref (deletion);
      return;
    }
  deletion->removed = TRUE;
  bcast_profile_store_ensure_sandbox (profiles);
  bcast_registry_save (registry);
  if (deletion->was_open)
    bcast_session_open_by_name (session, "");
  bcast_secret_bundle_lookup_async (bcast_registry_get_secrets (registry), bcast_profile_get_id (profile), NULL,
                                    looked_up_cb, g_rc_box_acquire (deletion));
  offer_undo (window, deletion);
}

static void
secrets_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  BcastRegistry *registry = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastSecretBundle) secrets = bcast_secret_bundle_lookup_finish (BCAST_SECRET_STORE (object), result, &error);

  /* A secret that cannot be read now is asked for when the copy is opened. */
  if (secrets != NULL)
    {
      g_clear_pointer (&secrets->clients, bcast_secret_free); /* the copy has clients of its own */
      bcast_registry_keep_secrets (registry, g_task_get_task_data (task), secrets);
    }
  g_task_return_boolean (task, TRUE);
}

/**
 * bcast_profile_commands_duplicate:
 * @window: the main window
 * @profile: the profile to copy
 *
 * Puts a copy of @profile, with its secrets, below it in the list.
 */
void
bcast_profile_commands_duplicate (BcastWindow  *window,
                                  BcastProfile *profile)
{
  g_return_if_fail (BCAST_IS_WINDOW (window));
  g_return_if_fail (BCAST_IS_PROFILE (profile));

  BcastRegistry *registry = bcast_session_get_registry (bcast_window_get_session (window));
  g_autoptr(BcastProfile) copy = bcast_profile_new_copy (profile);
  g_autofree char *name = g_strdup_printf (_("%s (copy)"), bcast_profile_get_name (profile));
  GListModel *profiles = G_LIST_MODEL (bcast_registry_get_profiles (registry));
  GTask *task = g_task_new (registry, NULL, NULL, NULL);
  guint position = 0;
  g_autoptr(GObject) item = NULL;

  g_object_set (copy, "name", name, NULL);
  while ((item = g_list_model_get_item (profiles, position++)) != NULL && item != G_OBJECT (profile))
    g_clear_object (&item);

  bcast_profile_store_insert (BCAST_PROFILE_STORE (profiles),
                              MIN (position, g_list_model_get_n_items (profiles)), copy);
  bcast_registry_save (registry);
  g_task_set_task_data (task, g_object_ref (copy), g_object_unref);
  bcast_secret_bundle_lookup_async (bcast_registry_get_secrets (registry), bcast_profile_get_id (profile), NULL,
                                    secrets_cb, task);

  g_autofree char *text = g_strdup_printf (_("Added “%s”"), bcast_profile_get_name (copy));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.toast", "s", text);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-window-actions.h"

#include "bcast-connection-state.h"
#include "bcast-preferences.h"
#include "bcast-present.h"
#include "bcast-profile-commands.h"
#include "bcast-profile-editor.h"
#include "bcast-retry.h"
#include "bcast-shortcuts-window.h"
#include "config.h"

#include <glib/gi18n.h>

static BcastProfile *
find_profile (GtkWidget *window,
              GVariant  *id)
{
  BcastSession *session = bcast_window_get_session (BCAST_WINDOW (window));
  BcastProfileStore *profiles = bcast_registry_get_profiles (bcast_session_get_registry (session));
  const char *text = g_variant_get_string (id, NULL);

  return text[0] == '\0' ? bcast_session_get_profile (session) : bcast_profile_store_find (profiles, text);
}

static void
toggle_connection_action (GtkWidget  *widget,
                          const char *action_name,
                          GVariant   *parameter)
{
  BcastSession *session = bcast_window_get_session (BCAST_WINDOW (widget));
  BcastWorkspace *workspace = bcast_session_get_workspace (session);

  if (workspace == NULL)
    bcast_session_reopen (session);
  else if (bcast_connection_state_is_wanted (bcast_workspace_get_state (workspace)))
    bcast_workspace_disconnect (workspace, NULL);
  else
    bcast_workspace_connect (workspace, NULL);
}

static void
reopen_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  bcast_session_reopen (bcast_window_get_session (BCAST_WINDOW (widget)));
}

static void
retry_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  BcastWorkspace *workspace = bcast_session_get_workspace (bcast_window_get_session (BCAST_WINDOW (widget)));

  if (workspace != NULL)
    bcast_retry_now (workspace);
}

static void
page_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  bcast_window_show_page (BCAST_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* Where the numbers of the status bar are explained. */
static void
go_action (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  bcast_window_activate_live (BCAST_WINDOW (widget),
                              g_str_equal (g_variant_get_string (parameter, NULL), "clients")
                                ? "live.focus-subscribe" : "live.newest");
}

static void
compose_for_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  bcast_window_compose_for (BCAST_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
end_faults_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  bcast_window_end_faults (BCAST_WINDOW (widget));
}

static void
profiles_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  bcast_window_show_profiles (BCAST_WINDOW (widget));
}

static void
open_profile_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BcastSession *session = bcast_window_get_session (BCAST_WINDOW (widget));
  BcastProfile *profile = find_profile (widget, parameter);

  if (profile != NULL && profile != bcast_session_get_profile (session))
    bcast_session_open (session, profile);
}

static void
add_profile_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  bcast_present_over (widget, bcast_profile_editor_new (bcast_window_get_session (BCAST_WINDOW (widget)), NULL));
}

static void
edit_profile (BcastWindow  *window,
              BcastProfile *profile)
{
  bcast_present_over (GTK_WIDGET (window), bcast_profile_editor_new (bcast_window_get_session (window), profile));
}

static const struct
{
  const char *action_name;
  void      (*function) (BcastWindow  *window,
                         BcastProfile *profile);
} profile_commands[] = {
  { "win.edit-profile", edit_profile },
  { "win.duplicate-profile", bcast_profile_commands_duplicate },
  { "win.delete-profile", bcast_profile_commands_delete },
};

static void
profile_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BcastProfile *profile = find_profile (widget, parameter);

  for (guint i = 0; i < G_N_ELEMENTS (profile_commands); i++)
    if (profile != NULL && g_str_equal (profile_commands[i].action_name, action_name))
      profile_commands[i].function (BCAST_WINDOW (widget), profile);
}

static void
secret_place_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BcastRegistry *registry = bcast_session_get_registry (bcast_window_get_session (BCAST_WINDOW (widget)));

  if (g_str_equal (g_variant_get_string (parameter, NULL), "file"))
    bcast_registry_set_secret_place (registry, BCAST_SECRET_PLACE_FILE);
  else if (g_str_equal (g_variant_get_string (parameter, NULL), "session"))
    bcast_registry_set_secret_place (registry, BCAST_SECRET_PLACE_SESSION);
  else
    bcast_registry_set_secret_place (registry, BCAST_SECRET_PLACE_KEYRING);
}

static void
toast_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  g_autofree char *title = g_markup_escape_text (g_variant_get_string (parameter, NULL), -1);

  bcast_window_add_toast (BCAST_WINDOW (widget), adw_toast_new (title));
}

static void
preferences_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  bcast_present_over (widget, bcast_preferences_new (bcast_window_get_settings (BCAST_WINDOW (widget)),
                                                     bcast_window_get_session (BCAST_WINDOW (widget))));
}

static void
shortcuts_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  bcast_present_over (widget, bcast_shortcuts_window_new ());
}

static void
about_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  gtk_show_about_dialog (GTK_WINDOW (widget),
                         "program-name", _("Broadcast"),
                         "logo-icon-name", BCAST_APP_ID,
                         "version", BCAST_VERSION,
                         "comments", _("Sends and receives events of apps that speak the Pusher Channels "
                                       "protocol, and shows both sides beside each other."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

static const struct
{
  const char                  *name;
  const char                  *parameter_type;
  GtkWidgetActionActivateFunc  activate;
} actions[] = {
  { "win.toggle-connection", NULL, toggle_connection_action },
  { "win.reopen", NULL, reopen_action },
  { "win.retry", NULL, retry_action },
  { "win.page", "s", page_action },
  { "win.go", "s", go_action },
  { "win.compose-for", "s", compose_for_action },
  { "win.end-faults", NULL, end_faults_action },
  { "win.profiles", NULL, profiles_action },
  { "win.open-profile", "s", open_profile_action },
  { "win.add-profile", NULL, add_profile_action },
  { "win.edit-profile", "s", profile_action },
  { "win.duplicate-profile", "s", profile_action },
  { "win.delete-profile", "s", profile_action },
  { "win.secret-place", "s", secret_place_action },
  { "win.toast", "s", toast_action },
  { "win.preferences", NULL, preferences_action },
  { "win.shortcuts", NULL, shortcuts_action },
  { "win.about", NULL, about_action },
};

/**
 * bcast_window_actions_install:
 * @widget_class: the class of the main window
 *
 * Gives the window its actions. A profile is named by its id; an empty id is the open profile.
 * `win.toast` shows a sentence for a moment.
 */
void
bcast_window_actions_install (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type,
                                     actions[i].activate);
}

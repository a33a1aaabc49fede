/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-application.h"

#include "bcast-session.h"
#include "bcast-settings.h"
#include "bcast-window.h"
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

/**
 * BcastApplication:
 *
 * The desktop program: one instance, one window, one session.
 */
struct _BcastApplication
{
  AdwApplication  parent_instance;

  GSettings      *settings;
  BcastSession   *session;
};

G_DEFINE_FINAL_TYPE (BcastApplication, bcast_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "profile", 'p', 0, G_OPTION_ARG_STRING, NULL, N_("Open this profile instead of the last one"), N_("ID|NAME") },
  { "page", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Show this page: live or signatures"), N_("PAGE") },
  { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
  { NULL }
};

static void
apply_color_scheme (BcastApplication *self)
{
  const AdwColorScheme schemes[] = {
    ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK,
  };
  int chosen = g_settings_get_enum (self->settings, BCAST_SETTING_COLOR_SCHEME);

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[chosen]);
}

static BcastWindow *
find_window (BcastApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (BCAST_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

/* The main window is closed, not just destroyed: it has to remember how it was left. */
static void
quit (gpointer user_data)
{
  BcastApplication *self = user_data;
  BcastWindow *window = find_window (self);
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != window)
      gtk_window_destroy (l->data);
  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  else
    g_application_quit (G_APPLICATION (self));
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  /* Later, because the window whose key or menu this was is still handling it. */
  g_idle_add_once (quit, user_data);
}

/* A session that ends, or Ctrl+C in the terminal that started it, is no reason to lose a draft. */
static gboolean
signal_cb (gpointer user_data)
{
  quit (user_data);
  return G_SOURCE_CONTINUE;
}

static BcastWindow *
open_window (BcastApplication *self,
             const char       *profile)
{
  BcastWindow *window = find_window (self);

  if (window == NULL)
    {
      self->session = bcast_session_new (self->settings);
      window = BCAST_WINDOW (bcast_window_new (GTK_APPLICATION (self), self->settings, self->session));
      bcast_session_start (self->session, profile);
    }
  else if (profile != NULL)
    bcast_session_open_by_name (self->session, profile);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
bcast_application_activate (GApplication *application)
{
  open_window (BCAST_APPLICATION (application), NULL);
}

static gboolean
is_page (const char *page)
{
  return g_str_equal (page, "live") || g_str_equal (page, "signatures");
}

static int
bcast_application_command_line (GApplication            *application,
                                GApplicationCommandLine *command_line)
{
  GVariantDict *given = g_application_command_line_get_options_dict (command_line);
  const char *profile = NULL;
  const char *page = NULL;

  g_variant_dict_lookup (given, "profile", "&s", &profile);
  if (g_variant_dict_lookup (given, "page", "&s", &page) && !is_page (page))
    {
      g_application_command_line_printerr (command_line, _("There is no page called “%s”: it is live or signatures.\n"),
                                           page);
      return 2;
    }

  BcastWindow *window = open_window (BCAST_APPLICATION (application), profile);

  if (page != NULL)
    bcast_window_show_page (window, page);
  return 0;
}

static int
bcast_application_handle_local_options (GApplication *application,
                                        GVariantDict *given)
{
  if (!g_variant_dict_contains (given, "version"))
    return -1;
  g_print ("broadcast %s\n", BCAST_VERSION);
  return 0;
}

static void
bcast_application_startup (GApplication *application)
{
  BcastApplication *self = BCAST_APPLICATION (application);
  const GActionEntry actions[] = { { "quit", quit_action, NULL, NULL, NULL, { 0 } } };

  G_APPLICATION_CLASS (bcast_application_parent_class)->startup (application);

  g_unix_signal_add (SIGTERM, signal_cb, self);
  g_unix_signal_add (SIGINT, signal_cb, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  /* These two in every window; the rest are shortcuts of the main window. */
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", (const char *[]) { "<Control>q", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "window.close", (const char *[]) { "<Control>w", NULL });
  gtk_window_set_default_icon_name (BCAST_APP_ID);
  g_signal_connect_object (self->settings, "changed::" BCAST_SETTING_COLOR_SCHEME,
                           G_CALLBACK (apply_color_scheme), self, G_CONNECT_SWAPPED);
  apply_color_scheme (self);
}

static void
bcast_application_shutdown (GApplication *application)
{
  BcastApplication *self = BCAST_APPLICATION (application);

  if (self->session != NULL)
    bcast_session_close (self->session);
  g_clear_object (&self->session);
  g_settings_sync ();

  G_APPLICATION_CLASS (bcast_application_parent_class)->shutdown (application);
}

static void
bcast_application_dispose (GObject *object)
{
  BcastApplication *self = BCAST_APPLICATION (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (bcast_application_parent_class)->dispose (object);
}

static void
bcast_application_class_init (BcastApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_application_dispose;
  application_class->startup = bcast_application_startup;
  application_class->activate = bcast_application_activate;
  application_class->command_line = bcast_application_command_line;
  application_class->handle_local_options = bcast_application_handle_local_options;
  application_class->shutdown = bcast_application_shutdown;
}

static void
bcast_application_init (BcastApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _("Sends and receives events of apps that speak the Pusher Channels "
                                              "protocol."));
}

/**
 * bcast_application_new:
 * @settings: the settings of the program
 *
 * Returns: (transfer full): the program, ready to run
 */
BcastApplication *
bcast_application_new (GSettings *settings)
{
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  BcastApplication *self = g_object_new (BCAST_TYPE_APPLICATION,
                                         "application-id", BCAST_APP_ID,
                                         "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                                         "resource-base-path", "/org/example/Broadcast",
                                         NULL);

  self->settings = g_object_ref (settings);
  return self;
}

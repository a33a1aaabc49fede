/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-shortcuts.h"

#include <glib/gi18n.h>

static const BcastShortcut window_shortcuts[] = {
  { N_("General"), N_("Profiles: switch, add, edit"), "<Control>p", "win.profiles" },
  { NULL, N_("Connect or disconnect"), "<Control><Shift>d", "win.toggle-connection" },
  { NULL, N_("Add a profile"), "<Control><Shift>n", "win.add-profile" },
  { NULL, N_("Edit the open profile"), "<Control><Shift>e", "win.edit-profile::" },
  { NULL, N_("Preferences"), "<Control>comma", "win.preferences" },
  { NULL, N_("Keyboard shortcuts"), "<Control>question F1", "win.shortcuts" },
  { NULL, N_("Main menu"), "F10", NULL },
  { NULL, N_("Close the window"), "<Control>w", NULL },
  { NULL, N_("Quit"), "<Control>q", NULL },
  { N_("Pages"), N_("Live"), "<Alt>1", "win.page::live" },
  { NULL, N_("Channels"), "<Alt>2", "win.page::channels" },
  { NULL, N_("Signatures"), "<Alt>3", "win.page::signatures" },
  { N_("List of profiles"), N_("Edit the profile"), "F2", NULL },
  { NULL, N_("Delete the profile"), "Delete", NULL },
};

/**
 * bcast_shortcuts_get_window:
 * @n_shortcuts: (out): how many there are
 *
 * Returns: (array length=n_shortcuts): the shortcuts of the main window
 */
const BcastShortcut *
bcast_shortcuts_get_window (guint *n_shortcuts)
{
  g_return_val_if_fail (n_shortcuts != NULL, NULL);

  *n_shortcuts = G_N_ELEMENTS (window_shortcuts);
  return window_shortcuts;
}

static void
install (GtkShortcutController *controller,
         const BcastShortcut   *shortcut)
{
  g_auto(GStrv) accelerators = g_strsplit (shortcut->accelerators, " ", -1);
  g_autofree char *action = NULL;
  g_autoptr(GVariant) target = NULL;

  if (!g_action_parse_detailed_name (shortcut->detailed_action, &action, &target, NULL))
    g_return_if_reached ();

  for (guint i = 0; accelerators[i] != NULL; i++)
    {
      GtkShortcut *added = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (accelerators[i]),
                                             gtk_named_action_new (action));

      gtk_shortcut_set_arguments (added, target);
      gtk_shortcut_controller_add_shortcut (controller, added);
    }
}

/**
 * bcast_shortcuts_install:
 * @widget: a widget that has the actions
 * @shortcuts: (array length=n_shortcuts): shortcuts
 * @n_shortcuts: how many
 *
 * Makes the shortcuts work wherever the focus is in the window, as long as @widget is shown.
 */
void
bcast_shortcuts_install (GtkWidget           *widget,
                         const BcastShortcut *shortcuts,
                         guint                n_shortcuts)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < n_shortcuts; i++)
    if (shortcuts[i].detailed_action != NULL)
      install (GTK_SHORTCUT_CONTROLLER (controller), &shortcuts[i]);
  gtk_widget_add_controller (widget, controller);
}

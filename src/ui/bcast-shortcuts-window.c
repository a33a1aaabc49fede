/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-shortcuts-window.h"

#include "bcast-channels-page.h"
#include "bcast-live-shortcuts.h"
#include "bcast-log-view.h"
#include "bcast-shortcuts.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * BcastShortcutsWindow:
 *
 * Lists every keyboard shortcut, from the same tables that make them work.
 */
struct _BcastShortcutsWindow
{
  AdwWindow           parent_instance;

  GtkEditable        *search;
  AdwPreferencesPage *page;
  GPtrArray          *rows;   /* of AdwActionRow */
  GPtrArray          *groups; /* of AdwPreferencesGroup: the group of the row at the same index */
};

G_DEFINE_FINAL_TYPE (BcastShortcutsWindow, bcast_shortcuts_window, ADW_TYPE_WINDOW)

static void
add_shortcut (BcastShortcutsWindow *self,
              AdwPreferencesGroup  *group,
              const BcastShortcut  *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  g_auto(GStrv) accelerators = g_strsplit (shortcut->accelerators, " ", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(shortcut->title));
  for (guint i = 0; accelerators[i] != NULL; i++)
    {
      GtkWidget *label = gtk_shortcut_label_new (accelerators[i]);

      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
      if (i > 0)
        adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (_("or")));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->groups, group);
}

static void
add_shortcuts (BcastShortcutsWindow *self,
               const BcastShortcut  *shortcuts,
               guint                 n_shortcuts)
{
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; i < n_shortcuts; i++)
    {
      if (shortcuts[i].group != NULL)
        {
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, _(shortcuts[i].group));
          adw_preferences_page_add (self->page, group);
        }
      add_shortcut (self, group, &shortcuts[i]);
    }
}

static void
search_changed_cb (BcastShortcutsWindow *self)
{
  g_autofree char *needle = g_utf8_casefold (gtk_editable_get_text (self->search), -1);

  for (guint i = 0; i < self->groups->len; i++)
    gtk_widget_set_visible (self->groups->pdata[i], FALSE);

  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autofree char *title = g_utf8_casefold (adw_preferences_row_get_title (self->rows->pdata[i]), -1);
      gboolean matches = strstr (title, needle) != NULL;

      gtk_widget_set_visible (self->rows->pdata[i], matches);
      if (matches)
        gtk_widget_set_visible (self->groups->pdata[i], TRUE);
    }
}

static void
bcast_shortcuts_window_finalize (GObject *object)
{
  BcastShortcutsWindow *self = BCAST_SHORTCUTS_WINDOW (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->groups);

  G_OBJECT_CLASS (bcast_shortcuts_window_parent_class)->finalize (object);
}

static void
bcast_shortcuts_window_class_init (BcastShortcutsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bcast_shortcuts_window_finalize;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-shortcuts-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastShortcutsWindow, search);
  gtk_widget_class_bind_template_child (widget_class, BcastShortcutsWindow, page);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
bcast_shortcuts_window_init (BcastShortcutsWindow *self)
{
  const BcastShortcut *shortcuts;
  guint n_shortcuts;

  self->rows = g_ptr_array_new ();
  self->groups = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  shortcuts = bcast_shortcuts_get_window (&n_shortcuts);
  add_shortcuts (self, shortcuts, n_shortcuts);
  shortcuts = bcast_live_shortcuts_get (&n_shortcuts);
  add_shortcuts (self, shortcuts, n_shortcuts);
  shortcuts = bcast_channels_page_get_shortcuts (&n_shortcuts);
  add_shortcuts (self, shortcuts, n_shortcuts);
  shortcuts = bcast_log_view_get_shortcuts (&n_shortcuts);
  add_shortcuts (self, shortcuts, n_shortcuts);
}

/**
 * bcast_shortcuts_window_new:
 *
 * Returns: (transfer none): a new window, owned by GTK
 */
GtkWidget *
bcast_shortcuts_window_new (void)
{
  return g_object_new (BCAST_TYPE_SHORTCUTS_WINDOW, NULL);
}

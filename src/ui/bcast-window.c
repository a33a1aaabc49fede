/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-window.h"

/**
 * BcastWindow:
 *
 * The main window: header, pages, status bar.
 */
struct _BcastWindow
{
  AdwApplicationWindow  parent_instance;

  AdwViewStack         *stack;
};

G_DEFINE_FINAL_TYPE (BcastWindow, bcast_window, ADW_TYPE_APPLICATION_WINDOW)

static void
bcast_window_class_init (BcastWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastWindow, stack);
}

static void
bcast_window_init (BcastWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_window_new:
 * @application: the program
 *
 * Returns: (transfer none): a new window, owned by GTK
 */
GtkWidget *
bcast_window_new (GtkApplication *application)
{
  return g_object_new (BCAST_TYPE_WINDOW, "application", application, NULL);
}

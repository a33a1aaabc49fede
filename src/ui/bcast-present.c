/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-present.h"

/**
 * bcast_present_over:
 * @widget: a widget of the window that is worked in
 * @window: another window
 *
 * Shows @window above the one of @widget, and closes it with that one.
 */
void
bcast_present_over (GtkWidget *widget,
                    GtkWidget *window)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (GTK_IS_WINDOW (window));

  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (widget));

  /* With the application its window has the keys that work in every window. */
  gtk_window_set_application (GTK_WINDOW (window), gtk_window_get_application (parent));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
}

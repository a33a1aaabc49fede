/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-connection-window.h"

#include <glib/gi18n.h>

#include "bcast-connection-row.h"
#include "bcast-connection-text.h"
#include "bcast-list-follower.h"

/**
 * BcastConnectionWindow:
 *
 * What became of a client's connection, step by step, the newest at the end. It follows while it is open.
 */
struct _BcastConnectionWindow
{
  AdwWindow          parent_instance;

  GtkWidget         *copy_button;
  AdwToastOverlay   *toasts;
  GtkStack          *stack;
  GtkScrolledWindow *scroller;
  GtkListView       *list;

  BcastClientMirror *client;
  BcastListFollower *follower;
};

G_DEFINE_FINAL_TYPE (BcastConnectionWindow, bcast_connection_window, ADW_TYPE_WINDOW)

static void
show_history (BcastConnectionWindow *self)
{
  gboolean is_empty = g_list_model_get_n_items (bcast_client_mirror_get_history (self->client)) == 0;

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "steps");
  gtk_widget_set_sensitive (self->copy_button, !is_empty);
}

static void
copy_cb (BcastConnectionWindow *self)
{
  g_autofree char *text = bcast_connection_text_format (bcast_client_mirror_get_history (self->client));
  AdwToast *toast = adw_toast_new (_("Copied the history"));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  adw_toast_set_timeout (toast, 2);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, bcast_connection_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  bcast_connection_row_show (BCAST_CONNECTION_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
bcast_connection_window_dispose (GObject *object)
{
  BcastConnectionWindow *self = BCAST_CONNECTION_WINDOW (object);

  g_clear_object (&self->follower);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (bcast_connection_window_parent_class)->dispose (object);
}

static void
bcast_connection_window_class_init (BcastConnectionWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_connection_window_dispose;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-connection-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastConnectionWindow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, BcastConnectionWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BcastConnectionWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BcastConnectionWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, BcastConnectionWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
bcast_connection_window_init (BcastConnectionWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->follower = bcast_list_follower_new (self->list, self->scroller);
}

/**
 * bcast_connection_window_new:
 * @client: whose connection to tell of
 *
 * Returns: (transfer none): a new window, owned by GTK
 */
GtkWidget *
bcast_connection_window_new (BcastClientMirror *client)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (client), NULL);

  BcastConnectionWindow *self = g_object_new (BCAST_TYPE_CONNECTION_WINDOW, NULL);
  GListModel *history = bcast_client_mirror_get_history (client);
  g_autoptr(GtkNoSelection) model = gtk_no_selection_new (g_object_ref (history));
  g_autofree char *title = g_strdup_printf (_("Connection of %s"), bcast_client_mirror_get_name (client));

  self->client = g_object_ref (client);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (model));
  g_signal_connect_object (history, "items-changed", G_CALLBACK (show_history), self, G_CONNECT_SWAPPED);
  show_history (self);
  return GTK_WIDGET (self);
}

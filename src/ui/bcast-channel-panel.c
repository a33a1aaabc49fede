/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-channel-panel.h"

#include <glib/gi18n.h>

#include "bcast-channel-name.h"
#include "bcast-channel-style.h"
#include "bcast-client-watch.h"
#include "bcast-limits.h"
#include "bcast-member.h"

/**
 * BcastChannelPanel:
 *
 * One channel of the server: what can be done with it, and who is on it if it is a presence channel. The
 * actions belong to the group “channels”, which the view around it installs.
 */
struct _BcastChannelPanel
{
  AdwBin                 parent_instance;

  GtkStack              *stack;
  GtkLabel              *name;
  GtkLabel              *facts;
  GtkMenuButton         *subscribe_button;
  GtkButton             *open_button;
  GtkButton             *copy_button;
  GtkWidget             *users_box;
  GtkLabel              *users_problem;
  GtkListBox            *users;

  BcastChannelDirectory *directory;
  BcastWorkspace        *workspace;
  BcastClientWatch      *watch;
  BcastOccupiedChannel  *channel;
  GtkSliceListModel     *shown;
};

G_DEFINE_FINAL_TYPE (BcastChannelPanel, bcast_channel_panel, ADW_TYPE_BIN)

static void
add_client (GMenu      *menu,
            const char *client,
            const char *channel)
{
  g_autofree char *label = *client != '\0' ? g_strdup (client) : g_strdup (_("All Clients"));
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "channels.subscribe", "(ss)", client, channel);
  g_menu_append_item (menu, item);
}

static void
show_clients (BcastChannelPanel *self)
{
  GListModel *clients = self->workspace != NULL ? bcast_workspace_get_clients (self->workspace) : NULL;
  guint n_clients = clients != NULL ? g_list_model_get_n_items (clients) : 0;
  g_autoptr(GMenu) menu = g_menu_new ();
  const char *name;

  if (self->channel == NULL)
    return;
  name = bcast_occupied_channel_get_name (self->channel);
  for (guint i = 0; i < n_clients; i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);

      if (bcast_client_mirror_find_subscription (client, name) == NULL)
        add_client (menu, bcast_client_mirror_get_name (client), name);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 1)
    add_client (menu, "", name);
  gtk_menu_button_set_menu_model (self->subscribe_button, G_MENU_MODEL (menu));
  gtk_widget_set_sensitive (GTK_WIDGET (self->subscribe_button), g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subscribe_button),
                               n_clients == 0 ? _("There is no client. Add one on the Live page.")
                               : g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0
                                 ? _("All clients are subscribed already")
                                 : _("Subscribe one of our clients to the channel"));
}

static void
show_facts (BcastChannelPanel *self)
{
  const char *name = bcast_occupied_channel_get_name (self->channel);
  g_autofree char *count = bcast_info_counts_format (bcast_occupied_channel_get_counts (self->channel));
  g_autofree char *facts = *count != '\0' ? g_strdup_printf ("%s · %s", bcast_channel_style_get_word (name), count)
                                          : g_strdup (bcast_channel_style_get_word (name));

  gtk_label_set_text (self->facts, facts);
}

static void
show_users_problem (BcastChannelPanel *self)
{
  const GError *error = bcast_channel_directory_get_users_error (self->directory);
  GListModel *users = bcast_channel_directory_get_users (self->directory);
  guint n_users = g_list_model_get_n_items (users);
  g_autofree char *more = NULL;

  if (n_users > BCAST_LIMIT_PRESENCE_MEMBERS)
    more = g_strdup_printf (ngettext ("and %u more", "and %u more", n_users - BCAST_LIMIT_PRESENCE_MEMBERS),
                            n_users - BCAST_LIMIT_PRESENCE_MEMBERS);
  gtk_label_set_text (self->users_problem, error != NULL ? error->message : more != NULL ? more : "");
  gtk_widget_set_visible (GTK_WIDGET (self->users_problem), error != NULL || more != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->users), n_users > 0);
}

static GtkWidget *
create_end_button (BcastChannelPanel *self,
                   const char        *user_id)
{
  const char *lack = self->workspace != NULL
                     ? bcast_server_kind_lacks (bcast_workspace_get_server_kind (self->workspace),
                                                BCAST_SERVER_TERMINATE) : NULL;
  g_autofree char *label = g_strdup_printf (_("End all connections of %s"), user_id);
  GtkWidget *button = gtk_button_new_from_icon_name ("network-offline-symbolic");

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "channels.terminate");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", user_id);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, lack != NULL ? lack : label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  if (lack != NULL)
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), NULL);
      gtk_widget_set_sensitive (button, FALSE);
    }
  return button;
}

static GtkWidget *
create_user_cb (gpointer item,
                gpointer user_data)
{
  const char *user_id = bcast_member_get_user_id (item);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = gtk_label_new (user_id);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("avatar-default-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), create_end_button (user_data, user_id));
  return box;
}

static void
bcast_channel_panel_dispose (GObject *object)
{
  BcastChannelPanel *self = BCAST_CHANNEL_PANEL (object);

  bcast_channel_panel_set_channel (self, NULL);
  if (self->directory != NULL)
    g_signal_handlers_disconnect_by_data (self->directory, self);
  if (self->users != NULL)
    gtk_list_box_bind_model (self->users, NULL, NULL, NULL, NULL);
  self->users = NULL;
  g_clear_object (&self->watch);
  g_clear_object (&self->shown);
  g_clear_object (&self->directory);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bcast_channel_panel_parent_class)->dispose (object);
}

static void
bcast_channel_panel_class_init (BcastChannelPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_channel_panel_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-channel-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastChannelPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, BcastChannelPanel, name);
  gtk_widget_class_bind_template_child (widget_class, BcastChannelPanel, facts);
  gtk_widget_class_bind_template_child (widget_class, BcastChannelPanel, subscribe_button);
  gtk_widget_class_bind_template_child (widget_class, BcastChannelPanel, open_button);
  gtk_widget_class_bind_template_child (widget_class, BcastChannelPanel, copy_button);
  gtk_widget_class_bind_template_child (widget_class, BcastChannelPanel, users_box);
  gtk_widget_class_bind_template_child (widget_class, BcastChannelPanel, users_problem);
  gtk_widget_class_bind_template_child (widget_class, BcastChannelPanel, users);
}

static void
bcast_channel_panel_init (BcastChannelPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->watch = bcast_client_watch_new ();
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (show_clients), self, G_CONNECT_SWAPPED);
  self->shown = gtk_slice_list_model_new (NULL, 0, BCAST_LIMIT_PRESENCE_MEMBERS);
  gtk_list_box_bind_model (self->users, G_LIST_MODEL (self->shown), create_user_cb, self, NULL);
}

/**
 * bcast_channel_panel_set_directory:
 * @self: a panel
 * @directory: what knows the users
 */
void
bcast_channel_panel_set_directory (BcastChannelPanel     *self,
                                   BcastChannelDirectory *directory)
{
  g_return_if_fail (BCAST_IS_CHANNEL_PANEL (self));
  g_return_if_fail (self->directory == NULL);

  self->directory = g_object_ref (directory);
  gtk_slice_list_model_set_model (self->shown, bcast_channel_directory_get_users (directory));
  g_signal_connect_swapped (directory, "changed", G_CALLBACK (show_users_problem), self);
}

/**
 * bcast_channel_panel_set_workspace:
 * @self: a panel
 * @workspace: (nullable): whose clients can be subscribed
 */
void
bcast_channel_panel_set_workspace (BcastChannelPanel *self,
                                   BcastWorkspace    *workspace)
{
  g_return_if_fail (BCAST_IS_CHANNEL_PANEL (self));

  g_set_object (&self->workspace, workspace);
  bcast_client_watch_set_workspace (self->watch, workspace);
}

/**
 * bcast_channel_panel_set_channel:
 * @self: a panel
 * @channel: (nullable): what to show and follow
 */
void
bcast_channel_panel_set_channel (BcastChannelPanel    *self,
                                 BcastOccupiedChannel *channel)
{
  g_return_if_fail (BCAST_IS_CHANNEL_PANEL (self));

  if (self->channel != NULL)
    g_signal_handlers_disconnect_by_data (self->channel, self);
  g_set_object (&self->channel, channel);
  gtk_stack_set_visible_child_name (self->stack, channel != NULL ? "channel" : "none");
  if (channel == NULL)
    return;

  const char *name = bcast_occupied_channel_get_name (channel);

  g_signal_connect_swapped (channel, "changed", G_CALLBACK (show_facts), self);
  bcast_channel_style_set_chip (self->name, name);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open_button), "s", name);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->copy_button), "s", name);
  gtk_widget_set_visible (self->users_box, bcast_channel_type_is_presence (bcast_channel_name_find_type (name)));
  show_facts (self);
  show_clients (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-member-view.h"

#include <glib/gi18n.h>

#include "bcast-limits.h"

/**
 * BcastMemberView:
 *
 * The members of a presence channel; our own clients among them are marked. Hidden while there is no
 * presence channel to show. What can be done with a member are actions of the group “clients”, which the
 * tree installs.
 */
struct _BcastMemberView
{
  GtkBox                   parent_instance;

  GtkLabel                *title;
  GtkListBox              *list;
  GtkLabel                *more;

  BcastWorkspace          *workspace;
  BcastSubscriptionMirror *subscription;
  GtkSliceListModel       *shown;
};

G_DEFINE_FINAL_TYPE (BcastMemberView, bcast_member_view, GTK_TYPE_BOX)

static gboolean
is_own (BcastMemberView *self,
        BcastMember     *member)
{
  GListModel *clients = bcast_workspace_get_clients (self->workspace);
  guint n_clients = g_list_model_get_n_items (clients);

  for (guint i = 0; i < n_clients; i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);

      if (g_strcmp0 (bcast_client_mirror_get_user_id (client), bcast_member_get_user_id (member)) == 0)
        return TRUE;
    }
  return FALSE;
}

static GtkWidget *
create_menu_button (BcastMember *member,
                    const char  *name)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenuItem) copy = g_menu_item_new (_("_Copy User ID"), NULL);
  g_autoptr(GMenuItem) terminate = g_menu_item_new (_("_End All Connections of This User…"), NULL);
  g_autofree char *tooltip = g_strdup_printf (_("What to do with the member %s"), name);
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_item_set_action_and_target (copy, "clients.copy", "s", bcast_member_get_user_id (member));
  g_menu_item_set_action_and_target (terminate, "clients.terminate", "s", bcast_member_get_user_id (member));
  g_menu_append_item (menu, copy);
  g_menu_append_item (menu, terminate);

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small");
  gtk_widget_add_css_class (button, "quiet");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  return button;
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  BcastMemberView *self = user_data;
  BcastMember *member = item;
  g_autofree char *name = bcast_member_dup_name (member);
  g_autofree char *text = is_own (self, member) ? g_strdup_printf (_("%s (you)"), name) : g_strdup (name);
  const char *info = bcast_member_get_user_info (member);
  g_autofree char *tooltip = g_strdup_printf (_("User id %s\n%s"), bcast_member_get_user_id (member),
                                              info != NULL ? info : _("No user info"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("avatar-default-symbolic"));
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), create_menu_button (member, name));
  gtk_widget_set_tooltip_text (box, tooltip);
  return box;
}

static void
update_more (BcastMemberView *self)
{
  GListModel *members = G_LIST_MODEL (bcast_subscription_mirror_get_members (self->subscription));
  guint n_members = g_list_model_get_n_items (members);
  guint n_hidden = n_members - MIN (n_members, BCAST_LIMIT_PRESENCE_MEMBERS);
  g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", n_hidden), n_hidden);

  gtk_label_set_text (self->more, text);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_hidden > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), n_members > 0);
}

static void
show_title (BcastMemberView *self)
{
  const char *channel = bcast_subscription_mirror_get_channel (self->subscription);
  g_autofree char *text = g_strdup_printf (_("Members of %s"), channel);

  gtk_label_set_text (self->title, channel);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
disconnect (BcastMemberView *self)
{
  if (self->subscription != NULL)
    g_signal_handlers_disconnect_by_data (bcast_subscription_mirror_get_members (self->subscription), self);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
}

static void
bcast_member_view_dispose (GObject *object)
{
  BcastMemberView *self = BCAST_MEMBER_VIEW (object);

  if (self->list != NULL)
    disconnect (self);
  self->list = NULL;
  g_clear_object (&self->shown);
  g_clear_object (&self->subscription);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bcast_member_view_parent_class)->dispose (object);
}

static void
bcast_member_view_class_init (BcastMemberViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_member_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-member-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastMemberView, title);
  gtk_widget_class_bind_template_child (widget_class, BcastMemberView, list);
  gtk_widget_class_bind_template_child (widget_class, BcastMemberView, more);
}

static void
bcast_member_view_init (BcastMemberView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->shown = gtk_slice_list_model_new (NULL, 0, BCAST_LIMIT_PRESENCE_MEMBERS);
}

/**
 * bcast_member_view_show:
 * @self: a view
 * @workspace: (nullable): whose clients count as our own; needed with @subscription
 * @subscription: (nullable): a subscription to a presence channel
 *
 * Shows the members of another channel.
 */
void
bcast_member_view_show (BcastMemberView         *self,
                        BcastWorkspace          *workspace,
                        BcastSubscriptionMirror *subscription)
{
  g_return_if_fail (BCAST_IS_MEMBER_VIEW (self));
  g_return_if_fail (subscription == NULL || BCAST_IS_WORKSPACE (workspace));

  if (self->subscription == subscription && self->workspace == workspace)
    return;
  disconnect (self);
  g_set_object (&self->workspace, workspace);
  g_set_object (&self->subscription, subscription);
  if (subscription == NULL)
    {
      gtk_slice_list_model_set_model (self->shown, NULL);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }

  BcastMemberList *members = bcast_subscription_mirror_get_members (subscription);

  gtk_slice_list_model_set_model (self->shown, G_LIST_MODEL (members));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), create_row_cb, self, NULL);
  g_signal_connect_swapped (members, "items-changed", G_CALLBACK (update_more), self);
  show_title (self);
  update_more (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-tree.h"

#include <glib/gi18n.h>

#include "bcast-add-client.h"
#include "bcast-channel-name.h"
#include "bcast-client-tree-row.h"
#include "bcast-client-watch.h"
#include "bcast-member-view.h"
#include "bcast-subscribe-bar.h"

/**
 * BcastClientTree:
 *
 * The left side of the Live page: an entry that subscribes, the clients with their subscriptions, and the
 * members of the presence channel that is selected, or of the first one there is.
 */
struct _BcastClientTree
{
  GtkBox              parent_instance;

  BcastSubscribeBar  *subscribe_bar;
  GtkListView        *list;
  GtkMenuButton      *add_button;
  BcastAddClient     *add_client;
  BcastMemberView    *members;

  BcastWorkspace     *workspace;
  BcastClientWatch   *watch;
  GtkTreeListModel   *tree;
  GtkSingleSelection *selection;
};

G_DEFINE_FINAL_TYPE (BcastClientTree, bcast_client_tree, GTK_TYPE_BOX)

static gboolean
is_presence (gpointer item)
{
  if (!BCAST_IS_SUBSCRIPTION_MIRROR (item))
    return FALSE;

  const char *channel = bcast_subscription_mirror_get_channel (item);

  return bcast_channel_type_is_presence (bcast_channel_name_find_type (channel));
}

static gpointer
get_selected (BcastClientTree *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);

  return row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
}

static BcastSubscriptionMirror *
find_first_presence (BcastClientTree *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr(GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
      g_autoptr(GObject) item = gtk_tree_list_row_get_item (row);

      if (is_presence (item)
          && bcast_subscription_mirror_get_state (BCAST_SUBSCRIPTION_MIRROR (item)) == BCAST_SUBSCRIPTION_SUBSCRIBED)
        return BCAST_SUBSCRIPTION_MIRROR (g_steal_pointer (&item));
    }
  return NULL;
}

static void
update_members (BcastClientTree *self)
{
  g_autoptr(GObject) selected = get_selected (self);
  g_autoptr(BcastSubscriptionMirror) shown = NULL;

  if (is_presence (selected))
    shown = BCAST_SUBSCRIPTION_MIRROR (g_steal_pointer (&selected));
  else
    shown = find_first_presence (self);
  bcast_member_view_show (self->members, self->workspace, shown);
}

static void
selected_cb (BcastClientTree *self)
{
  g_autoptr(GObject) selected = get_selected (self);

  if (BCAST_IS_SUBSCRIPTION_MIRROR (selected))
    bcast_subscription_mirror_mark_read (BCAST_SUBSCRIPTION_MIRROR (selected));
  else if (BCAST_IS_CLIENT_MIRROR (selected))
    bcast_subscribe_bar_choose_client (self->subscribe_bar, BCAST_CLIENT_MIRROR (selected));
  update_members (self);
}

/* Enter folds a client, and writes an event for a subscription. */
static void
activate_cb (BcastClientTree *self,
             guint            position)
{
  g_autoptr(GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, position);
  g_autoptr(GObject) item = gtk_tree_list_row_get_item (row);

  if (BCAST_IS_SUBSCRIPTION_MIRROR (item))
    gtk_widget_activate_action (GTK_WIDGET (self), "live.compose-for", "s",
                                bcast_subscription_mirror_get_channel (BCAST_SUBSCRIPTION_MIRROR (item)));
  else
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static BcastClientMirror *
find_client (BcastClientTree *self,
             const char      *name)
{
  return self->workspace != NULL ? bcast_workspace_find_client (self->workspace, name) : NULL;
}

static void
connect_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (widget);
  BcastClientMirror *client = find_client (self, g_variant_get_string (parameter, NULL));

  if (client == NULL)
    return;
  if (g_str_equal (action_name, "clients.connect"))
    bcast_workspace_connect (self->workspace, client);
  else
    bcast_workspace_disconnect (self->workspace, client);
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (widget);
  BcastClientMirror *client = find_client (self, g_variant_get_string (parameter, NULL));

  if (client != NULL)
    bcast_workspace_remove_client (self->workspace, client);
}

static void
choose_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (widget);

  bcast_subscribe_bar_choose_client (self->subscribe_bar,
                                     find_client (self, g_variant_get_string (parameter, NULL)));
  bcast_subscribe_bar_focus (self->subscribe_bar);
}

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  const char *text = g_variant_get_string (parameter, NULL);
  g_autofree char *message = g_strdup_printf (_("Copied %s"), text);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  gtk_widget_activate_action (widget, "live.toast", "s", message);
}

static void
subscription_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (widget);
  const char *name, *channel;

  g_variant_get (parameter, "(&s&s)", &name, &channel);

  BcastClientMirror *client = find_client (self, name);

  if (client == NULL)
    return;
  if (g_str_equal (action_name, "clients.unsubscribe"))
    bcast_workspace_unsubscribe (self->workspace, client, channel);
  else /* a name that was good enough before cannot be refused in advance now */
    bcast_workspace_subscribe (self->workspace, client, channel, NULL);
}

static gboolean
delete_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (widget);
  g_autoptr(GObject) selected = get_selected (self);

  if (!BCAST_IS_SUBSCRIPTION_MIRROR (selected)
      || !(gtk_widget_get_state_flags (GTK_WIDGET (self->list)) & GTK_STATE_FLAG_FOCUS_WITHIN))
    return GDK_EVENT_PROPAGATE;

  BcastSubscriptionMirror *subscription = BCAST_SUBSCRIPTION_MIRROR (selected);

  gtk_widget_activate_action (widget, "clients.unsubscribe", "(ss)",
                              bcast_subscription_mirror_get_client (subscription),
                              bcast_subscription_mirror_get_channel (subscription));
  return GDK_EVENT_STOP;
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list))
                   ? gtk_widget_get_first_child (focus) : NULL;

  if (row == NULL || !BCAST_IS_CLIENT_TREE_ROW (row))
    return GDK_EVENT_PROPAGATE;
  bcast_client_tree_row_popup_menu (BCAST_CLIENT_TREE_ROW (row));
  return GDK_EVENT_STOP;
}

static void
row_pressed_cb (GtkGestureClick *gesture,
                int              n_press,
                double           x,
                double           y)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  bcast_client_tree_row_popup_menu (BCAST_CLIENT_TREE_ROW (row));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *row = bcast_client_tree_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (row_pressed_cb), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  g_autoptr(GObject) shown = gtk_tree_list_row_get_item (gtk_list_item_get_item (item));

  bcast_client_tree_row_set_item (BCAST_CLIENT_TREE_ROW (gtk_list_item_get_child (item)), shown);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  bcast_client_tree_row_set_item (BCAST_CLIENT_TREE_ROW (gtk_list_item_get_child (item)), NULL);
}

static GtkListItemFactory *
create_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}

static GListModel *
create_children_cb (gpointer item,
                    gpointer user_data)
{
  return BCAST_IS_CLIENT_MIRROR (item) ? g_object_ref (bcast_client_mirror_get_subscriptions (item)) : NULL;
}

static void
bcast_client_tree_dispose (GObject *object)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (object);

  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->tree);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bcast_client_tree_parent_class)->dispose (object);
}

static void
bcast_client_tree_class_init (BcastClientTreeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_client_tree_dispose;

  g_type_ensure (BCAST_TYPE_ADD_CLIENT);
  g_type_ensure (BCAST_TYPE_MEMBER_VIEW);
  g_type_ensure (BCAST_TYPE_SUBSCRIBE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-client-tree.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastClientTree, subscribe_bar);
  gtk_widget_class_bind_template_child (widget_class, BcastClientTree, list);
  gtk_widget_class_bind_template_child (widget_class, BcastClientTree, add_button);
  gtk_widget_class_bind_template_child (widget_class, BcastClientTree, add_client);
  gtk_widget_class_bind_template_child (widget_class, BcastClientTree, members);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);

  gtk_widget_class_install_action (widget_class, "clients.connect", "s", connect_action);
  gtk_widget_class_install_action (widget_class, "clients.disconnect", "s", connect_action);
  gtk_widget_class_install_action (widget_class, "clients.remove", "s", remove_action);
  gtk_widget_class_install_action (widget_class, "clients.choose", "s", choose_action);
  gtk_widget_class_install_action (widget_class, "clients.copy", "s", copy_action);
  gtk_widget_class_install_action (widget_class, "clients.unsubscribe", "(ss)", subscription_action);
  gtk_widget_class_install_action (widget_class, "clients.retry", "(ss)", subscription_action);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, delete_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
}

static void
bcast_client_tree_init (BcastClientTree *self)
{
  g_autoptr(GtkListItemFactory) factory = create_factory ();

  gtk_widget_init_template (GTK_WIDGET (self));

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));

  self->watch = bcast_client_watch_new ();
  g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (update_members), self);
}

/**
 * bcast_client_tree_new:
 *
 * Returns: (transfer full): a tree without clients
 */
GtkWidget *
bcast_client_tree_new (void)
{
  return g_object_new (BCAST_TYPE_CLIENT_TREE, NULL);
}

/**
 * bcast_client_tree_set_workspace:
 * @self: a tree
 * @workspace: (nullable): whose clients to show
 *
 * Shows the clients of another workspace.
 */
void
bcast_client_tree_set_workspace (BcastClientTree *self,
                                 BcastWorkspace  *workspace)
{
  g_return_if_fail (BCAST_IS_CLIENT_TREE (self));
  g_return_if_fail (workspace == NULL || BCAST_IS_WORKSPACE (workspace));

  if (!g_set_object (&self->workspace, workspace))
    return;

  g_clear_object (&self->tree);
  if (workspace != NULL)
    self->tree = gtk_tree_list_model_new (g_object_ref (bcast_workspace_get_clients (workspace)),
                                          FALSE, TRUE, create_children_cb, NULL, NULL);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->tree));
  bcast_client_watch_set_workspace (self->watch, workspace);
  bcast_subscribe_bar_set_workspace (self->subscribe_bar, workspace);
  bcast_add_client_set_workspace (self->add_client, workspace);
  update_members (self);
}

/**
 * bcast_client_tree_focus_subscribe:
 * @self: a tree
 *
 * Moves the keyboard focus to the entry that subscribes.
 */
void
bcast_client_tree_focus_subscribe (BcastClientTree *self)
{
  g_return_if_fail (BCAST_IS_CLIENT_TREE (self));

  bcast_subscribe_bar_focus (self->subscribe_bar);
}

/**
 * bcast_client_tree_subscribe:
 * @self: a tree
 *
 * Subscribes to what is typed in the entry.
 */
void
bcast_client_tree_subscribe (BcastClientTree *self)
{
  g_return_if_fail (BCAST_IS_CLIENT_TREE (self));

  bcast_subscribe_bar_subscribe (self->subscribe_bar);
}

/**
 * bcast_client_tree_add_client:
 * @self: a tree
 *
 * Asks who a new client is.
 */
void
bcast_client_tree_add_client (BcastClientTree *self)
{
  g_return_if_fail (BCAST_IS_CLIENT_TREE (self));

  gtk_menu_button_popup (self->add_button);
}

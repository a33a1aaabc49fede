/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-tree-private.h"

#include "bcast-channel-name.h"

/**
 * BcastClientTree:
 *
 * The left side of the Live page: an entry that subscribes, the clients with their subscriptions, and the
 * members of the presence channel that is selected, or of the first one there is. What can be done with a
 * client are actions of the group “clients”, see bcast-client-tree-actions.c.
 */
G_DEFINE_FINAL_TYPE (BcastClientTree, bcast_client_tree, GTK_TYPE_BOX)

static gboolean
is_presence (gpointer item)
{
  if (!BCAST_IS_SUBSCRIPTION_MIRROR (item))
    return FALSE;

  const char *channel = bcast_subscription_mirror_get_channel (item);

  return bcast_channel_type_is_presence (bcast_channel_name_find_type (channel));
}

static BcastSubscriptionMirror *
find_presence (BcastClientMirror *client)
{
  GListModel *subscriptions = bcast_client_mirror_get_subscriptions (client);
  guint n_subscriptions = g_list_model_get_n_items (subscriptions);

  for (guint i = 0; i < n_subscriptions; i++)
    {
      g_autoptr(BcastSubscriptionMirror) subscription = g_list_model_get_item (subscriptions, i);

      if (is_presence (subscription)
          && bcast_subscription_mirror_get_state (subscription) == BCAST_SUBSCRIPTION_SUBSCRIBED)
        return g_steal_pointer (&subscription);
    }
  return NULL;
}

static BcastSubscriptionMirror *
find_first_presence (BcastClientTree *self)
{
  GListModel *clients = self->workspace != NULL ? bcast_workspace_get_clients (self->workspace) : NULL;
  guint n_clients = clients != NULL ? g_list_model_get_n_items (clients) : 0;

  for (guint i = 0; i < n_clients; i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);
      BcastSubscriptionMirror *found = find_presence (client);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
update_members (BcastClientTree *self)
{
  g_autoptr(GObject) selected = bcast_client_list_dup_selected (self->list);
  g_autoptr(BcastSubscriptionMirror) shown = NULL;

  if (is_presence (selected))
    shown = BCAST_SUBSCRIPTION_MIRROR (g_steal_pointer (&selected));
  else
    shown = find_first_presence (self);
  bcast_member_view_show (self->members, self->workspace, shown);
}

static void
update (BcastClientTree *self)
{
  GListModel *clients = self->workspace != NULL ? bcast_workspace_get_clients (self->workspace) : NULL;

  gtk_widget_set_visible (self->empty, clients != NULL && g_list_model_get_n_items (clients) == 0);
  update_members (self);
}

static void
server_kind_cb (BcastClientTree *self)
{
  BcastServerKind kind = self->workspace != NULL ? bcast_workspace_get_server_kind (self->workspace)
                                                 : BCAST_SERVER_UNKNOWN;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "clients.terminate",
                                 bcast_server_kind_lacks (kind, BCAST_SERVER_TERMINATE) == NULL);
}

static void
selected_cb (BcastClientTree *self)
{
  g_autoptr(GObject) selected = bcast_client_list_dup_selected (self->list);

  if (BCAST_IS_SUBSCRIPTION_MIRROR (selected))
    bcast_subscription_mirror_mark_read (BCAST_SUBSCRIPTION_MIRROR (selected));
  else if (BCAST_IS_CLIENT_MIRROR (selected))
    bcast_subscribe_bar_choose_client (self->subscribe_bar, BCAST_CLIENT_MIRROR (selected));
  update_members (self);
}

/* No action names for the buttons of the tree itself: in GTK 4.8 a button is greyed for ever once the widget
 * that has its action is moved, which the panes do when the window becomes narrow. */
static void
ready_set_cb (BcastClientTree *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "clients.ready-set", NULL);
}

static void
bcast_client_tree_dispose (GObject *object)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (object);

  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->to_terminate, g_free);

  G_OBJECT_CLASS (bcast_client_tree_parent_class)->dispose (object);
}

static void
bcast_client_tree_class_init (BcastClientTreeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_client_tree_dispose;

  g_type_ensure (BCAST_TYPE_CLIENT_LIST);
  g_type_ensure (BCAST_TYPE_MEMBER_VIEW);
  g_type_ensure (BCAST_TYPE_PROBLEM_LINE);
  g_type_ensure (BCAST_TYPE_SUBSCRIBE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-client-tree.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastClientTree, subscribe_bar);
  gtk_widget_class_bind_template_child (widget_class, BcastClientTree, list);
  gtk_widget_class_bind_template_child (widget_class, BcastClientTree, empty);
  gtk_widget_class_bind_template_child (widget_class, BcastClientTree, problem);
  gtk_widget_class_bind_template_child (widget_class, BcastClientTree, members);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, ready_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, bcast_client_tree_add_client);
  bcast_client_tree_install_actions (widget_class);
}

static void
bcast_client_tree_init (BcastClientTree *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bcast_problem_line_set_stacked (self->problem, TRUE);

  self->watch = bcast_client_watch_new ();
  g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (update), self);
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

  if (self->workspace == workspace)
    return;
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_set_object (&self->workspace, workspace);
  if (workspace != NULL)
    g_signal_connect_object (workspace, "notify::server-kind", G_CALLBACK (server_kind_cb), self,
                             G_CONNECT_SWAPPED);
  server_kind_cb (self);

  bcast_client_list_set_clients (self->list,
                                 workspace != NULL ? bcast_workspace_get_clients (workspace) : NULL);
  bcast_client_watch_set_workspace (self->watch, workspace);
  bcast_subscribe_bar_set_workspace (self->subscribe_bar, workspace);
  bcast_problem_line_hide (self->problem);
  update (self);
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

  gtk_widget_activate_action (GTK_WIDGET (self), "clients.add", NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-peers-view.h"

#include <glib/gi18n.h>

#include "bcast-connected-peer.h"
#include "bcast-peer-row.h"
#include "bcast-placeholder.h"
#include "bcast-workspace-sandbox.h"

#define REFRESH_S 1 /* ages are told in seconds */

/**
 * BcastPeersView:
 *
 * Who is connected to the sandbox.
 */
struct _BcastPeersView
{
  AdwBin            parent_instance;

  GtkStack         *stack;
  GtkListView      *list;
  GtkLabel         *title;
  BcastPlaceholder *empty;

  BcastWorkspace   *workspace;
  GListStore       *peers;  /* of BcastConnectedPeer */
  GCancellable     *asking; /* %NULL while nothing is waited for */
  guint             timer_id;
};

G_DEFINE_FINAL_TYPE (BcastPeersView, bcast_peers_view, ADW_TYPE_BIN)

static void
show_peers (BcastPeersView *self,
            const GError   *error)
{
  guint n_peers = g_list_model_get_n_items (G_LIST_MODEL (self->peers));
  g_autofree char *title = g_strdup_printf (ngettext ("%u connection", "%u connections", n_peers), n_peers);

  gtk_label_set_text (self->title, title);
  gtk_stack_set_visible_child_name (self->stack, n_peers > 0 ? "list" : "empty");
  if (self->workspace == NULL || bcast_workspace_get_sandbox_log (self->workspace) == NULL)
    bcast_placeholder_show_only_sandbox (self->empty, self->workspace != NULL,
                                         _("The protocol has no question for who is connected. The sandbox can tell, "
                                           "because it runs in this program."));
  else if (error != NULL)
    bcast_placeholder_show (self->empty, "network-error-symbolic", _("No Answer to Show"), error->message, NULL, NULL);
  else
    bcast_placeholder_show (self->empty, "network-offline-symbolic", _("Nobody Is Connected"),
                            _("Connect the clients, or point your app here: host, port and key stand in the profile."),
                            _("_Connect"), "win.toggle-connection");
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BcastPeersView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) peers = bcast_workspace_list_peers_finish (BCAST_WORKSPACE (object), result, &error);

  if (self->workspace != BCAST_WORKSPACE (object) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  if (peers != NULL)
    bcast_connected_peers_take (self->peers, peers);
  else
    g_list_store_remove_all (self->peers);
  show_peers (self, error);
}

static gboolean
timer_cb (gpointer user_data)
{
  bcast_peers_view_refresh (user_data);
  return G_SOURCE_CONTINUE;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, bcast_peer_row_new ());
}

static const char *
find_own_name (BcastPeersView *self,
               const char     *socket_id)
{
  GListModel *clients = bcast_workspace_get_clients (self->workspace);
  guint n_clients = g_list_model_get_n_items (clients);

  for (guint i = 0; i < n_clients; i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);

      /* The list of the workspace keeps it. */
      if (g_strcmp0 (bcast_client_mirror_get_socket_id (client), socket_id) == 0)
        return bcast_client_mirror_get_name (client);
    }
  return NULL;
}

static void
bind_cb (BcastPeersView *self,
         GtkListItem    *item)
{
  BcastConnectedPeer *peer = gtk_list_item_get_item (item);

  bcast_peer_row_show (BCAST_PEER_ROW (gtk_list_item_get_child (item)), peer,
                       self->workspace != NULL
                       ? find_own_name (self, bcast_connected_peer_get_info (peer)->socket_id) : NULL);
}

static void
unbind_cb (BcastPeersView *self,
           GtkListItem    *item)
{
  bcast_peer_row_show (BCAST_PEER_ROW (gtk_list_item_get_child (item)), NULL, NULL);
}

static void
bcast_peers_view_map (GtkWidget *widget)
{
  BcastPeersView *self = BCAST_PEERS_VIEW (widget);

  GTK_WIDGET_CLASS (bcast_peers_view_parent_class)->map (widget);
  bcast_peers_view_refresh (self);
  if (self->timer_id == 0)
    self->timer_id = g_timeout_add_seconds (REFRESH_S, timer_cb, self);
}

static void
bcast_peers_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&BCAST_PEERS_VIEW (widget)->timer_id, g_source_remove);
  GTK_WIDGET_CLASS (bcast_peers_view_parent_class)->unmap (widget);
}

static void
bcast_peers_view_dispose (GObject *object)
{
  BcastPeersView *self = BCAST_PEERS_VIEW (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  self->list = NULL;
  g_clear_object (&self->peers);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bcast_peers_view_parent_class)->dispose (object);
}

static void
bcast_peers_view_class_init (BcastPeersViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_peers_view_dispose;
  widget_class->map = bcast_peers_view_map;
  widget_class->unmap = bcast_peers_view_unmap;

  g_type_ensure (BCAST_TYPE_PLACEHOLDER);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-peers-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastPeersView, stack);
  gtk_widget_class_bind_template_child (widget_class, BcastPeersView, list);
  gtk_widget_class_bind_template_child (widget_class, BcastPeersView, title);
  gtk_widget_class_bind_template_child (widget_class, BcastPeersView, empty);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
}

static void
bcast_peers_view_init (BcastPeersView *self)
{
  g_autoptr(GtkNoSelection) model = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->peers = g_list_store_new (BCAST_TYPE_CONNECTED_PEER);
  model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->peers)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (model));
  show_peers (self, NULL);
}

/**
 * bcast_peers_view_set_workspace:
 * @self: a view
 * @workspace: (nullable): whose sandbox to ask
 */
void
bcast_peers_view_set_workspace (BcastPeersView *self,
                                BcastWorkspace *workspace)
{
  g_return_if_fail (BCAST_IS_PEERS_VIEW (self));

  g_set_object (&self->workspace, workspace);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_list_store_remove_all (self->peers);
  show_peers (self, NULL);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    bcast_peers_view_refresh (self);
}

/**
 * bcast_peers_view_refresh:
 * @self: a view
 *
 * Asks again, unless an answer is waited for.
 */
void
bcast_peers_view_refresh (BcastPeersView *self)
{
  g_return_if_fail (BCAST_IS_PEERS_VIEW (self));

  if (self->workspace == NULL || self->asking != NULL || bcast_workspace_get_sandbox_log (self->workspace) == NULL)
    return;
  self->asking = g_cancellable_new ();
  bcast_workspace_list_peers_async (self->workspace, self->asking, listed_cb, g_object_ref (self));
}

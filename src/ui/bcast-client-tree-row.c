/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-tree-row.h"

#include "bcast-client-row.h"
#include "bcast-subscription-row.h"

/**
 * BcastClientTreeRow:
 *
 * A line of the tree: a client or a subscription, whichever the list gives it.
 */
struct _BcastClientTreeRow
{
  GtkWidget  parent_instance;

  GtkWidget *client_row;       /* one of the two is there */
  GtkWidget *subscription_row;
};

G_DEFINE_FINAL_TYPE (BcastClientTreeRow, bcast_client_tree_row, GTK_TYPE_WIDGET)

static void
bcast_client_tree_row_dispose (GObject *object)
{
  BcastClientTreeRow *self = BCAST_CLIENT_TREE_ROW (object);

  g_clear_pointer (&self->client_row, gtk_widget_unparent);
  g_clear_pointer (&self->subscription_row, gtk_widget_unparent);

  G_OBJECT_CLASS (bcast_client_tree_row_parent_class)->dispose (object);
}

static void
bcast_client_tree_row_class_init (BcastClientTreeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_client_tree_row_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
bcast_client_tree_row_init (BcastClientTreeRow *self)
{
}

static void
show_client (BcastClientTreeRow *self,
             BcastClientMirror  *client)
{
  if (self->client_row == NULL)
    {
      self->client_row = bcast_client_row_new ();
      gtk_widget_set_parent (self->client_row, GTK_WIDGET (self));
    }
  bcast_client_row_set_client (BCAST_CLIENT_ROW (self->client_row), client);
}

static void
show_subscription (BcastClientTreeRow      *self,
                   BcastSubscriptionMirror *subscription)
{
  if (self->subscription_row == NULL)
    {
      self->subscription_row = bcast_subscription_row_new ();
      gtk_widget_set_parent (self->subscription_row, GTK_WIDGET (self));
    }
  bcast_subscription_row_set_subscription (BCAST_SUBSCRIPTION_ROW (self->subscription_row), subscription);
}

/**
 * bcast_client_tree_row_new:
 *
 * Returns: (transfer full): an empty row
 */
GtkWidget *
bcast_client_tree_row_new (void)
{
  return g_object_new (BCAST_TYPE_CLIENT_TREE_ROW, NULL);
}

/**
 * bcast_client_tree_row_set_item:
 * @self: a row
 * @item: (nullable): a #BcastClientMirror or #BcastSubscriptionMirror
 *
 * Shows an item of the tree.
 */
void
bcast_client_tree_row_set_item (BcastClientTreeRow *self,
                                gpointer            item)
{
  g_return_if_fail (BCAST_IS_CLIENT_TREE_ROW (self));

  if (!BCAST_IS_CLIENT_MIRROR (item))
    g_clear_pointer (&self->client_row, gtk_widget_unparent);
  if (!BCAST_IS_SUBSCRIPTION_MIRROR (item))
    g_clear_pointer (&self->subscription_row, gtk_widget_unparent);

  if (BCAST_IS_CLIENT_MIRROR (item))
    show_client (self, item);
  else if (BCAST_IS_SUBSCRIPTION_MIRROR (item))
    show_subscription (self, item);
}

/**
 * bcast_client_tree_row_dup_menu:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): what can be done with what it shows
 */
GMenuModel *
bcast_client_tree_row_dup_menu (BcastClientTreeRow *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_TREE_ROW (self), NULL);

  if (self->client_row != NULL)
    return bcast_client_row_dup_menu (BCAST_CLIENT_ROW (self->client_row));
  if (self->subscription_row != NULL)
    return bcast_subscription_row_dup_menu (BCAST_SUBSCRIPTION_ROW (self->subscription_row));
  return NULL;
}

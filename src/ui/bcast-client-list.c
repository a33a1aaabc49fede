/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-list.h"

#include <glib/gi18n.h>

#include "bcast-channel-name.h"
#include "bcast-client-tree-row.h"

/**
 * BcastClientList:
 *
 * Clients, each with its subscriptions below it. What can be done with a row are actions of the group
 * “clients”, which the widget around it installs.
 */
struct _BcastClientList
{
  GtkWidget           parent_instance;

  GtkListView        *list;
  GtkWidget          *menu;
  GtkTreeListModel   *tree;
  GtkSingleSelection *selection;
};

G_DEFINE_FINAL_TYPE (BcastClientList, bcast_client_list, GTK_TYPE_WIDGET)

enum
{
  SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A subscription that a person made, and can end and write to; not one that came with a sign-in. */
static gboolean
is_made_by_hand (gpointer item)
{
  return BCAST_IS_SUBSCRIPTION_MIRROR (item)
         && bcast_channel_name_find_type (bcast_subscription_mirror_get_channel (item)) != BCAST_CHANNEL_SERVER_TO_USER;
}

static void
selected_cb (BcastClientList *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

/* Enter folds a client, and writes an event for a subscription. */
static void
activate_cb (BcastClientList *self,
             guint            position)
{
  g_autoptr(GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, position);
  g_autoptr(GObject) item = gtk_tree_list_row_get_item (row);

  if (is_made_by_hand (item))
    gtk_widget_activate_action (GTK_WIDGET (self), "live.compose-for", "s",
                                bcast_subscription_mirror_get_channel (BCAST_SUBSCRIPTION_MIRROR (item)));
  else if (BCAST_IS_CLIENT_MIRROR (item))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static gboolean
delete_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  g_autoptr(GObject) selected = bcast_client_list_dup_selected (BCAST_CLIENT_LIST (widget));

  if (!is_made_by_hand (selected))
    return GDK_EVENT_PROPAGATE;

  BcastSubscriptionMirror *subscription = BCAST_SUBSCRIPTION_MIRROR (selected);

  gtk_widget_activate_action (widget, "clients.unsubscribe", "(ss)",
                              bcast_subscription_mirror_get_client (subscription),
                              bcast_subscription_mirror_get_channel (subscription));
  return GDK_EVENT_STOP;
}

static gboolean
show_menu (BcastClientList *self,
           GtkWidget       *row,
           double           x,
           double           y)
{
  g_autoptr(GMenuModel) menu = NULL;

  if (row == NULL || !BCAST_IS_CLIENT_TREE_ROW (row))
    return GDK_EVENT_PROPAGATE;
  menu = bcast_client_tree_row_dup_menu (BCAST_CLIENT_TREE_ROW (row));
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), menu);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
  return GDK_EVENT_STOP;
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  BcastClientList *self = BCAST_CLIENT_LIST (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  double x, y;

  if (focus == NULL || gtk_widget_get_parent (focus) != GTK_WIDGET (self->list))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_translate_coordinates (focus, widget, gtk_widget_get_width (focus) / 4.0,
                                    gtk_widget_get_height (focus), &x, &y);
  return show_menu (self, gtk_widget_get_first_child (focus), x, y);
}

static void
released_cb (BcastClientList *self,
             int              n_press,
             double           x,
             double           y,
             GtkGestureClick *gesture)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, BCAST_TYPE_CLIENT_TREE_ROW) : NULL;

  if (row == NULL && picked != NULL) /* the margin around a row */
    row = gtk_widget_get_first_child (picked);
  if (show_menu (self, row, x, y) == GDK_EVENT_STOP)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_child (item, bcast_client_tree_row_new ());
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

static GtkSizeRequestMode
bcast_client_list_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
measure_row (GtkWidget *row,
             int        width)
{
  int natural;

  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* A list view says how high it would be if no line had to be broken (GTK 4.8); but what stands around this
 * one scrolls, so that a row with a problem of several lines needs its room here. */
static void
bcast_client_list_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  GtkWidget *list = GTK_WIDGET (BCAST_CLIENT_LIST (widget)->list);
  int missing = 0;

  gtk_widget_measure (list, orientation, for_size, minimum, natural, NULL, NULL);
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL || for_size < 0
      || gtk_widget_get_request_mode (list) != GTK_SIZE_REQUEST_CONSTANT_SIZE)
    return;
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    missing += measure_row (row, for_size) - measure_row (row, -1);
  *minimum += missing;
  *natural += missing;
}

static void
bcast_client_list_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  BcastClientList *self = BCAST_CLIENT_LIST (widget);

  gtk_widget_allocate (GTK_WIDGET (self->list), width, height, baseline, NULL);
  gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
bcast_client_list_dispose (GObject *object)
{
  BcastClientList *self = BCAST_CLIENT_LIST (object);
  GtkWidget *child;

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->tree);

  G_OBJECT_CLASS (bcast_client_list_parent_class)->dispose (object);
}

static void
bcast_client_list_class_init (BcastClientListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_client_list_dispose;

  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  widget_class->get_request_mode = bcast_client_list_get_request_mode;
  widget_class->measure = bcast_client_list_measure;
  widget_class->size_allocate = bcast_client_list_size_allocate;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, delete_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
}

/* The menu is opened by the release of the button: opened by the press it would take the release away,
 * and the row would look pressed from then on. */
static void
add_menu (BcastClientList *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->menu = gtk_popover_menu_new_from_model (NULL);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
bcast_client_list_init (BcastClientList *self)
{
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self);

  self->list = GTK_LIST_VIEW (gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)),
                                                 create_factory ()));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "tree");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Clients"), -1);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activate_cb), self);
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  add_menu (self);
}

/**
 * bcast_client_list_set_clients:
 * @self: a list
 * @clients: (nullable): a list of #BcastClientMirror
 *
 * Shows other clients.
 */
void
bcast_client_list_set_clients (BcastClientList *self,
                               GListModel      *clients)
{
  g_return_if_fail (BCAST_IS_CLIENT_LIST (self));
  g_return_if_fail (clients == NULL || G_IS_LIST_MODEL (clients));

  g_clear_object (&self->tree);
  if (clients != NULL)
    self->tree = gtk_tree_list_model_new (g_object_ref (clients), FALSE, TRUE, create_children_cb,
                                          NULL, NULL);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->tree));
}

/**
 * bcast_client_list_dup_selected:
 * @self: a list
 *
 * Returns: (transfer full) (nullable): the #BcastClientMirror or #BcastSubscriptionMirror that is selected
 */
GObject *
bcast_client_list_dup_selected (BcastClientList *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_LIST (self), NULL);

  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);

  return row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-timeline.h"

#include <glib/gi18n.h>

#include "bcast-event-row.h"
#include "bcast-list-follower.h"
#include "bcast-timeline-empty.h"
#include "bcast-timeline-header.h"

/**
 * BcastTimeline:
 *
 * The rows of the Live page, newest at the bottom. A virtualised list: only what is in view has widgets.
 * What can be done with the selected event are actions of the group “live”, which the page installs.
 */
struct _BcastTimeline
{
  GtkWidget            parent_instance;

  BcastTimelineHeader *header;
  GtkWidget           *overlay;
  GtkStack            *stack;
  BcastTimelineEmpty  *empty;
  GtkScrolledWindow   *scroller;
  GtkListView         *list;
  GtkRevealer         *new_revealer;
  GtkButton           *new_button;
  GMenuModel          *event_menu;
  GtkWidget           *menu;

  BcastWorkspace      *workspace;
  BcastListFollower   *follower;
  GtkSingleSelection  *selection;
  GPtrArray           *rows; /* not owned: every row widget there is */
  gboolean             stacked;
};

G_DEFINE_FINAL_TYPE (BcastTimeline, bcast_timeline, GTK_TYPE_WIDGET)

enum
{
  SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_stack (BcastTimeline *self)
{
  gboolean has_rows = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;

  gtk_stack_set_visible_child_name (self->stack, has_rows ? "list" : "empty");
}

static void
new_changed_cb (BcastTimeline *self)
{
  guint n_new = bcast_list_follower_get_n_new (self->follower);
  gboolean shown = n_new > 0 && !bcast_list_follower_is_following (self->follower);

  if (shown)
    {
      g_autofree char *label = g_strdup_printf (ngettext ("↓ %u new", "↓ %u new", n_new), n_new);

      gtk_button_set_label (self->new_button, label);
    }
  gtk_revealer_set_reveal_child (self->new_revealer, shown);
}

static void
selected_cb (BcastTimeline *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
activate_cb (BcastTimeline *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "live.show-details", NULL);
}

static void
show_menu (BcastTimeline *self,
           double         x,
           double         y)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
select_event (BcastTimeline *self,
              BcastEvent    *event)
{
  guint position = GTK_INVALID_LIST_POSITION;
  BcastEventList *events = bcast_workspace_get_timeline (self->workspace);
  g_autoptr(BcastEvent) found = bcast_event_list_find (events, bcast_event_get_record (event)->id,
                                                       &position);

  if (found != NULL)
    gtk_single_selection_set_selected (self->selection, position);
}

static void
menu_released_cb (BcastTimeline   *self,
                  int              n_press,
                  double           x,
                  double           y,
                  GtkGestureClick *gesture)
{
  GtkWidget *list = GTK_WIDGET (self->list);
  GtkWidget *picked = gtk_widget_pick (list, x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, BCAST_TYPE_EVENT_ROW) : NULL;
  BcastEvent *event = row != NULL ? bcast_event_row_get_event (BCAST_EVENT_ROW (row)) : NULL;
  double menu_x, menu_y;

  if (event == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  select_event (self, event);
  gtk_widget_translate_coordinates (list, GTK_WIDGET (self), x, y, &menu_x, &menu_y);
  show_menu (self, menu_x, menu_y);
}

static void
row_tapped_cb (BcastTimeline *self,
               int            n_press)
{
  if (n_press == 1)
    gtk_widget_activate_action (GTK_WIDGET (self), "live.tap", NULL);
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  BcastTimeline *self = BCAST_TIMELINE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  double x, y;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_translate_coordinates (focus, GTK_WIDGET (self), gtk_widget_get_width (focus) / 4.0,
                                    gtk_widget_get_height (focus), &x, &y);
  show_menu (self, x, y);
  return GDK_EVENT_STOP;
}

static void
forget_row_cb (gpointer  user_data,
               GObject  *row)
{
  g_ptr_array_remove_fast (user_data, row);
}

static void
setup_cb (BcastTimeline *self,
          GtkListItem   *item)
{
  GtkWidget *row = bcast_event_row_new ();
  GtkGesture *tap = gtk_gesture_click_new ();

  g_signal_connect_object (tap, "released", G_CALLBACK (row_tapped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (tap));
  bcast_event_row_set_stacked (BCAST_EVENT_ROW (row), self->stacked);
  g_ptr_array_add (self->rows, row);
  g_object_weak_ref (G_OBJECT (row), forget_row_cb, self->rows);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (BcastTimeline *self,
         GtkListItem   *item)
{
  bcast_event_row_set_event (BCAST_EVENT_ROW (gtk_list_item_get_child (item)),
                             gtk_list_item_get_item (item));
}

static void
unbind_cb (BcastTimeline *self,
           GtkListItem   *item)
{
  bcast_event_row_set_event (BCAST_EVENT_ROW (gtk_list_item_get_child (item)), NULL);
}

static GtkListItemFactory *
create_factory (BcastTimeline *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  return factory;
}

/* The menu is opened by the release of the button: opened by the press it would take the release away,
 * and the row would look pressed from then on. */
static void
create_menu (BcastTimeline *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->menu = gtk_popover_menu_new_from_model (self->event_menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "released", G_CALLBACK (menu_released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (click));
}

static void
bcast_timeline_dispose (GObject *object)
{
  BcastTimeline *self = BCAST_TIMELINE (object);
  GtkWidget *child;

  bcast_timeline_set_workspace (self, NULL);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    g_object_weak_unref (self->rows->pdata[i], forget_row_cb, self->rows);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->follower);
  g_clear_object (&self->selection);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bcast_timeline_parent_class)->dispose (object);
}

static void
bcast_timeline_class_init (BcastTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_timeline_dispose;

  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BCAST_TYPE_TIMELINE_EMPTY);
  g_type_ensure (BCAST_TYPE_TIMELINE_HEADER);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-timeline.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastTimeline, header);
  gtk_widget_class_bind_template_child (widget_class, BcastTimeline, overlay);
  gtk_widget_class_bind_template_child (widget_class, BcastTimeline, stack);
  gtk_widget_class_bind_template_child (widget_class, BcastTimeline, empty);
  gtk_widget_class_bind_template_child (widget_class, BcastTimeline, scroller);
  gtk_widget_class_bind_template_child (widget_class, BcastTimeline, list);
  gtk_widget_class_bind_template_child (widget_class, BcastTimeline, new_revealer);
  gtk_widget_class_bind_template_child (widget_class, BcastTimeline, new_button);
  gtk_widget_class_bind_template_child (widget_class, BcastTimeline, event_menu);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
}

static void
bcast_timeline_init (BcastTimeline *self)
{
  g_autoptr(GtkListItemFactory) factory = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->rows = g_ptr_array_new ();
  create_menu (self);

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->selection, "items-changed", G_CALLBACK (update_stack), self);

  factory = create_factory (self);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));

  self->follower = bcast_list_follower_new (self->list, self->scroller);
  g_signal_connect_swapped (self->follower, "changed", G_CALLBACK (new_changed_cb), self);
  update_stack (self);
}

/**
 * bcast_timeline_set_workspace:
 * @self: a timeline
 * @workspace: (nullable): whose events to show
 *
 * Shows the events of another workspace.
 */
void
bcast_timeline_set_workspace (BcastTimeline  *self,
                              BcastWorkspace *workspace)
{
  g_return_if_fail (BCAST_IS_TIMELINE (self));
  g_return_if_fail (workspace == NULL || BCAST_IS_WORKSPACE (workspace));

  if (!g_set_object (&self->workspace, workspace))
    return;
  gtk_single_selection_set_model (self->selection,
                                  workspace != NULL
                                  ? G_LIST_MODEL (bcast_workspace_get_timeline (workspace)) : NULL);
  bcast_timeline_empty_set_workspace (self->empty, workspace);
  update_stack (self);
  if (workspace != NULL)
    bcast_list_follower_follow (self->follower);
}

/**
 * bcast_timeline_set_stacked:
 * @self: a timeline
 * @stacked: whether rows stack sent over received, for narrow windows
 *
 * Chooses between the wide and the narrow form.
 */
void
bcast_timeline_set_stacked (BcastTimeline *self,
                            gboolean       stacked)
{
  g_return_if_fail (BCAST_IS_TIMELINE (self));

  if (self->stacked == stacked)
    return;
  self->stacked = stacked;
  bcast_timeline_header_set_stacked (self->header, stacked);
  for (guint i = 0; i < self->rows->len; i++)
    bcast_event_row_set_stacked (self->rows->pdata[i], stacked);
}

/**
 * bcast_timeline_set_buttons:
 * @self: a timeline
 * @clients: whether the clients are out of view
 * @inspector: whether the inspector is out of view
 *
 * Shows a button for each pane that is out of view.
 */
void
bcast_timeline_set_buttons (BcastTimeline *self,
                            gboolean       clients,
                            gboolean       inspector)
{
  g_return_if_fail (BCAST_IS_TIMELINE (self));

  bcast_timeline_header_set_buttons (self->header, clients, inspector);
}

/**
 * bcast_timeline_get_selected:
 * @self: a timeline
 *
 * Returns: (transfer none) (nullable): the selected event
 */
BcastEvent *
bcast_timeline_get_selected (BcastTimeline *self)
{
  g_return_val_if_fail (BCAST_IS_TIMELINE (self), NULL);

  return gtk_single_selection_get_selected_item (self->selection);
}

/**
 * bcast_timeline_select:
 * @self: a timeline
 * @event_id: the journal's number of an event
 *
 * Selects an event, if it is in the timeline, and brings it into view.
 */
void
bcast_timeline_select (BcastTimeline *self,
                       gint64         event_id)
{
  g_return_if_fail (BCAST_IS_TIMELINE (self));

  guint position;

  if (self->workspace == NULL)
    return;

  BcastEventList *events = bcast_workspace_get_timeline (self->workspace);
  g_autoptr(BcastEvent) event = bcast_event_list_find (events, event_id, &position);

  if (event == NULL)
    return;
  gtk_single_selection_set_selected (self->selection, position);
  bcast_list_follower_reveal (self->follower, position);
}

/**
 * bcast_timeline_follow:
 * @self: a timeline
 *
 * Goes to the newest event and stays there.
 */
void
bcast_timeline_follow (BcastTimeline *self)
{
  g_return_if_fail (BCAST_IS_TIMELINE (self));

  bcast_list_follower_follow (self->follower);
}

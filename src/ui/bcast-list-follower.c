/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-list-follower.h"

#define END_TOLERANCE 8 /* pixels above the end that still count as the end */

/**
 * BcastListFollower:
 *
 * Keeps the end of a growing list in view until the user scrolls up, and from then on counts what is new.
 *
 * The list moves its adjustment by itself as rows come and as it learns their heights. So a move counts
 * as the user's only while the list is at rest, when it goes up, or when the wheel says so.
 */
struct _BcastListFollower
{
  GObject            parent_instance;

  GtkListView       *list;     /* not owned: it owns us */
  GtkScrolledWindow *scroller; /* not owned */
  GtkAdjustment     *adjustment;
  GListModel        *model;
  guint              n_new;
  guint              tick_id;
  double             last_value;
  double             last_upper;
  gboolean           following;
};

G_DEFINE_FINAL_TYPE (BcastListFollower, bcast_list_follower, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_at_end (BcastListFollower *self)
{
  return gtk_adjustment_get_value (self->adjustment) + gtk_adjustment_get_page_size (self->adjustment)
         >= gtk_adjustment_get_upper (self->adjustment) - END_TOLERANCE;
}

static void
set_following (BcastListFollower *self,
               gboolean           following)
{
  if (self->following == following)
    return;
  self->following = following;
  if (following)
    self->n_new = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
scroll_to_end (BcastListFollower *self)
{
  guint n_items = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;

  if (n_items > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", n_items - 1);
}

/* Row heights are known a frame after the rows: ask once more then, so that the last one is whole. */
static gboolean
settle_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  BcastListFollower *self = user_data;

  self->tick_id = 0;
  if (self->following)
    scroll_to_end (self);
  return G_SOURCE_REMOVE;
}

static void
settle (BcastListFollower *self)
{
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->list), settle_cb, self, NULL);
}

static void
value_changed_cb (BcastListFollower *self)
{
  double value = gtk_adjustment_get_value (self->adjustment);
  double upper = gtk_adjustment_get_upper (self->adjustment);
  gboolean went_up = value < self->last_value && upper >= self->last_upper;

  if (is_at_end (self))
    set_following (self, TRUE);
  else if (went_up || self->tick_id == 0)
    set_following (self, FALSE);
  self->last_value = value;
  self->last_upper = upper;
}

/* The size of the window or of the rows changed, not the place the user chose. */
static void
adjustment_changed_cb (BcastListFollower *self)
{
  self->last_upper = gtk_adjustment_get_upper (self->adjustment);
  if (self->following && !is_at_end (self))
    settle (self);
}

static gboolean
scroll_cb (BcastListFollower *self,
           double             dx,
           double             dy)
{
  if (dy < 0 && gtk_adjustment_get_value (self->adjustment) > 0)
    set_following (self, FALSE);
  return GDK_EVENT_PROPAGATE;
}

static void
items_changed_cb (BcastListFollower *self,
                  guint              position,
                  guint              n_removed,
                  guint              n_added)
{
  if (self->following)
    {
      scroll_to_end (self);
      settle (self);
    }
  else if (n_added > n_removed)
    {
      self->n_new += n_added - n_removed;
      g_signal_emit (self, signals[CHANGED], 0);
    }
}

static void
model_changed_cb (BcastListFollower *self)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->list));

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, items_changed_cb, self);
  g_set_object (&self->model, model);
  if (model != NULL)
    g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self,
                             G_CONNECT_SWAPPED);
  bcast_list_follower_follow (self);
}

static void
bcast_list_follower_dispose (GObject *object)
{
  BcastListFollower *self = BCAST_LIST_FOLLOWER (object);

  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->list), self->tick_id);
  self->tick_id = 0;
  g_clear_object (&self->adjustment);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (bcast_list_follower_parent_class)->dispose (object);
}

static void
bcast_list_follower_class_init (BcastListFollowerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bcast_list_follower_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bcast_list_follower_init (BcastListFollower *self)
{
  self->following = TRUE;
}

/**
 * bcast_list_follower_new:
 * @list: the list to follow; must outlive the follower
 * @scroller: the scrolled window around it; must outlive the follower
 *
 * Returns: (transfer full): a follower that follows
 */
BcastListFollower *
bcast_list_follower_new (GtkListView       *list,
                         GtkScrolledWindow *scroller)
{
  g_return_val_if_fail (GTK_IS_LIST_VIEW (list), NULL);
  g_return_val_if_fail (GTK_IS_SCROLLED_WINDOW (scroller), NULL);

  BcastListFollower *self = g_object_new (BCAST_TYPE_LIST_FOLLOWER, NULL);
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  self->list = list;
  self->scroller = scroller;
  self->adjustment = g_object_ref (gtk_scrolled_window_get_vadjustment (scroller));

  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scroll_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (scroller), scroll);
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (value_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (adjustment_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::model", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  model_changed_cb (self);
  return self;
}

/**
 * bcast_list_follower_is_following:
 * @self: a follower
 *
 * Returns: whether the end of the list is kept in view
 */
gboolean
bcast_list_follower_is_following (BcastListFollower *self)
{
  g_return_val_if_fail (BCAST_IS_LIST_FOLLOWER (self), FALSE);

  return self->following;
}

/**
 * bcast_list_follower_get_n_new:
 * @self: a follower
 *
 * Returns: how many rows came since the user scrolled up
 */
guint
bcast_list_follower_get_n_new (BcastListFollower *self)
{
  g_return_val_if_fail (BCAST_IS_LIST_FOLLOWER (self), 0);

  return self->n_new;
}

/**
 * bcast_list_follower_follow:
 * @self: a follower
 *
 * Goes to the end of the list and stays there.
 */
void
bcast_list_follower_follow (BcastListFollower *self)
{
  g_return_if_fail (BCAST_IS_LIST_FOLLOWER (self));

  set_following (self, TRUE);
  scroll_to_end (self);
  settle (self);
}

/**
 * bcast_list_follower_reveal:
 * @self: a follower
 * @position: a row of the list
 *
 * Brings one row into view.
 */
void
bcast_list_follower_reveal (BcastListFollower *self,
                            guint              position)
{
  g_return_if_fail (BCAST_IS_LIST_FOLLOWER (self));

  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

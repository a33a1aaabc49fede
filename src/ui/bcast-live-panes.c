/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-live-panes.h"

#include "bcast-adaptive-bin.h"

/* Below these widths of the page a side has no place of its own and becomes a sheet over the center. */
static const int sheet_widths[BCAST_LIVE_N_SIDES] = { 720, 1000 };
static const int default_widths[BCAST_LIVE_N_SIDES] = { 252, 372 };

#define SHEET_MARGIN 44 /* what stays free beside a sheet, to click it away */
#define SHEET_WIDTH  380

typedef struct
{
  GtkWidget   *content;
  GtkRevealer *sheet;
  gboolean     is_sheet;
  gboolean     wanted; /* in view while there is a place for it */
  gboolean     open;   /* in view as a sheet */
  int          width;  /* as a pane, as the user last left it */
} Side;

/**
 * BcastLivePanes:
 *
 * Three panes with handles between them. In a narrow window the sides become sheets that slide over the
 * center and go away by a click beside them or Escape.
 */
struct _BcastLivePanes
{
  GtkWidget    parent_instance;

  GtkWidget   *overlay;
  GtkPaned    *outer;
  GtkPaned    *inner;
  GtkRevealer *scrim;
  GtkWidget   *scrim_box;
  GtkRevealer *clients_sheet;
  GtkRevealer *inspector_sheet;

  Side         sides[BCAST_LIVE_N_SIDES];
  GtkWidget   *center;
  int          width;
  guint        place_id;
};

G_DEFINE_FINAL_TYPE (BcastLivePanes, bcast_live_panes, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_CLIENTS,
  PROP_CENTER,
  PROP_INSPECTOR,
  N_PROPS
};

enum
{
  SHOWN_CHANGED,
  CENTER_RESIZED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* A hidden revealer would still take the clicks meant for what is under it. */
static void
revealed_cb (GtkRevealer *revealer)
{
  if (!gtk_revealer_get_child_revealed (revealer) && !gtk_revealer_get_reveal_child (revealer))
    gtk_widget_set_visible (GTK_WIDGET (revealer), FALSE);
}

static void
reveal (GtkRevealer *revealer,
        gboolean     shown)
{
  if (shown)
    gtk_widget_set_visible (GTK_WIDGET (revealer), TRUE);
  gtk_revealer_set_reveal_child (revealer, shown);
  revealed_cb (revealer);
}

static void
set_pane (BcastLivePanes *self,
          BcastLiveSide   side,
          GtkWidget      *content)
{
  if (side == BCAST_LIVE_CLIENTS)
    gtk_paned_set_start_child (self->outer, content);
  else
    gtk_paned_set_end_child (self->inner, content);
}

static void
move (BcastLivePanes *self,
      BcastLiveSide   side,
      gboolean        is_sheet)
{
  Side *moved = &self->sides[side];
  g_autoptr(GtkWidget) content = g_object_ref (moved->content);

  moved->is_sheet = is_sheet;
  moved->open = FALSE;
  if (is_sheet)
    {
      set_pane (self, side, NULL);
      gtk_revealer_set_child (moved->sheet, content);
      gtk_widget_add_css_class (content, "sheet");
    }
  else
    {
      gtk_revealer_set_child (moved->sheet, NULL);
      set_pane (self, side, content);
      gtk_widget_remove_css_class (content, "sheet");
      gtk_widget_set_size_request (content, -1, -1);
    }
}

static void
apply (BcastLivePanes *self)
{
  gboolean any_sheet = FALSE;

  for (guint i = 0; i < BCAST_LIVE_N_SIDES; i++)
    {
      Side *side = &self->sides[i];

      gtk_widget_set_visible (side->content, side->is_sheet || side->wanted);
      reveal (side->sheet, side->is_sheet && side->open);
      any_sheet = any_sheet || (side->is_sheet && side->open);
    }
  reveal (self->scrim, any_sheet);
  g_signal_emit (self, signals[SHOWN_CHANGED], 0);
}

/* A place is known by its distance from the start of its own paned. */
static void
place_handles (BcastLivePanes *self)
{
  Side *clients = &self->sides[BCAST_LIVE_CLIENTS];
  Side *inspector = &self->sides[BCAST_LIVE_INSPECTOR];
  gboolean has_clients = !clients->is_sheet && clients->wanted;
  int inner_width = self->width - (has_clients ? clients->width + 1 : 0);

  gtk_paned_set_position (self->outer, clients->width);
  gtk_paned_set_position (self->inner, MAX (inner_width - inspector->width - 1, 0));
}

static gboolean
place_handles_cb (GtkWidget     *widget,
                  GdkFrameClock *clock,
                  gpointer       user_data)
{
  BcastLivePanes *self = BCAST_LIVE_PANES (widget);

  place_handles (self);
  self->place_id = 0;
  return G_SOURCE_REMOVE;
}

/* A paned that gets another width moves its handle by the difference, also where that was set for the
 * new width already: so once now, and once after the layout. */
static void
restore_handles (BcastLivePanes *self)
{
  if (self->place_id == 0)
    self->place_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), place_handles_cb, NULL, NULL);
  place_handles (self);
}

/* Only what the user does counts. A window that became narrow has squeezed the panes by the time this
 * hears of its width. */
static void
handle_moved_cb (BcastLivePanes *self)
{
  Side *clients = &self->sides[BCAST_LIVE_CLIENTS];
  Side *inspector = &self->sides[BCAST_LIVE_INSPECTOR];

  if (self->place_id != 0 || gtk_widget_get_width (GTK_WIDGET (self->outer)) != self->width)
    return;
  if (!clients->is_sheet && clients->wanted)
    clients->width = gtk_paned_get_position (self->outer);
  if (!inspector->is_sheet && inspector->wanted)
    inspector->width = gtk_widget_get_width (GTK_WIDGET (self->inner)) - gtk_paned_get_position (self->inner) - 1;
}

static void
close_sheets (BcastLivePanes *self)
{
  for (guint i = 0; i < BCAST_LIVE_N_SIDES; i++)
    self->sides[i].open = FALSE;
  apply (self);
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  BcastLivePanes *self = BCAST_LIVE_PANES (widget);

  for (guint i = 0; i < BCAST_LIVE_N_SIDES; i++)
    if (self->sides[i].is_sheet && self->sides[i].open)
      {
        close_sheets (self);
        gtk_widget_child_focus (self->center, GTK_DIR_TAB_FORWARD);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

static void
center_resized_cb (BcastLivePanes *self)
{
  g_signal_emit (self, signals[CENTER_RESIZED], 0);
}

static void
bcast_live_panes_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  BcastLivePanes *self = BCAST_LIVE_PANES (object);

  switch (property_id)
    {
    case PROP_CLIENTS:
      self->sides[BCAST_LIVE_CLIENTS].content = g_value_get_object (value);
      break;
    case PROP_INSPECTOR:
      self->sides[BCAST_LIVE_INSPECTOR].content = g_value_get_object (value);
      break;
    case PROP_CENTER:
      self->center = g_object_new (BCAST_TYPE_ADAPTIVE_BIN, "child", g_value_get_object (value), NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
bcast_live_panes_constructed (GObject *object)
{
  BcastLivePanes *self = BCAST_LIVE_PANES (object);

  G_OBJECT_CLASS (bcast_live_panes_parent_class)->constructed (object);

  self->sides[BCAST_LIVE_CLIENTS].sheet = self->clients_sheet;
  self->sides[BCAST_LIVE_INSPECTOR].sheet = self->inspector_sheet;
  gtk_paned_set_start_child (self->inner, self->center);
  g_signal_connect_object (self->center, "notify::width", G_CALLBACK (center_resized_cb), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < BCAST_LIVE_N_SIDES; i++)
    {
      self->sides[i].wanted = TRUE;
      self->sides[i].width = default_widths[i];
      set_pane (self, i, self->sides[i].content);
    }
}

static void
bcast_live_panes_dispose (GObject *object)
{
  BcastLivePanes *self = BCAST_LIVE_PANES (object);

  g_clear_pointer (&self->overlay, gtk_widget_unparent);

  G_OBJECT_CLASS (bcast_live_panes_parent_class)->dispose (object);
}

static void
bcast_live_panes_class_init (BcastLivePanesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = bcast_live_panes_set_property;
  object_class->constructed = bcast_live_panes_constructed;
  object_class->dispose = bcast_live_panes_dispose;

  properties[PROP_CLIENTS] = g_param_spec_object ("clients", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_CENTER] = g_param_spec_object ("center", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_INSPECTOR] = g_param_spec_object ("inspector", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SHOWN_CHANGED] = g_signal_new ("shown-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CENTER_RESIZED] = g_signal_new ("center-resized", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-live-panes.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastLivePanes, overlay);
  gtk_widget_class_bind_template_child (widget_class, BcastLivePanes, outer);
  gtk_widget_class_bind_template_child (widget_class, BcastLivePanes, inner);
  gtk_widget_class_bind_template_child (widget_class, BcastLivePanes, scrim);
  gtk_widget_class_bind_template_child (widget_class, BcastLivePanes, scrim_box);
  gtk_widget_class_bind_template_child (widget_class, BcastLivePanes, clients_sheet);
  gtk_widget_class_bind_template_child (widget_class, BcastLivePanes, inspector_sheet);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
bcast_live_panes_init (BcastLivePanes *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (close_sheets), self);
  gtk_widget_add_controller (self->scrim_box, GTK_EVENT_CONTROLLER (click));

  g_signal_connect_swapped (self->outer, "notify::position", G_CALLBACK (handle_moved_cb), self);
  g_signal_connect_swapped (self->inner, "notify::position", G_CALLBACK (handle_moved_cb), self);
  g_signal_connect (self->scrim, "notify::child-revealed", G_CALLBACK (revealed_cb), NULL);
  g_signal_connect (self->clients_sheet, "notify::child-revealed", G_CALLBACK (revealed_cb), NULL);
  g_signal_connect (self->inspector_sheet, "notify::child-revealed", G_CALLBACK (revealed_cb), NULL);
}

/**
 * bcast_live_panes_set_width:
 * @self: the panes
 * @width: the width of the page in pixels
 *
 * Gives each side a place of its own, or makes it a sheet where there is none.
 */
void
bcast_live_panes_set_width (BcastLivePanes *self,
                            int             width)
{
  g_return_if_fail (BCAST_IS_LIVE_PANES (self));

  gboolean moved = self->width == 0;

  self->width = width;
  for (guint i = 0; i < BCAST_LIVE_N_SIDES; i++)
    {
      Side *side = &self->sides[i];
      gboolean is_sheet = width < sheet_widths[i];

      if (side->is_sheet != is_sheet)
        {
          move (self, i, is_sheet);
          moved = TRUE;
        }
      if (is_sheet)
        gtk_widget_set_size_request (side->content, MIN (SHEET_WIDTH, width - SHEET_MARGIN), -1);
    }
  if (!moved)
    return;
  apply (self);
  restore_handles (self);
}

/**
 * bcast_live_panes_is_sheet:
 * @self: the panes
 * @side: one side
 *
 * Returns: whether the side covers the center when it is in view
 */
gboolean
bcast_live_panes_is_sheet (BcastLivePanes *self,
                           BcastLiveSide   side)
{
  g_return_val_if_fail (BCAST_IS_LIVE_PANES (self), FALSE);

  return self->sides[side].is_sheet;
}

/**
 * bcast_live_panes_is_shown:
 * @self: the panes
 * @side: one side
 *
 * Returns: whether the side is in view
 */
gboolean
bcast_live_panes_is_shown (BcastLivePanes *self,
                           BcastLiveSide   side)
{
  g_return_val_if_fail (BCAST_IS_LIVE_PANES (self), FALSE);

  return self->sides[side].is_sheet ? self->sides[side].open : self->sides[side].wanted;
}

/**
 * bcast_live_panes_set_shown:
 * @self: the panes
 * @side: one side
 * @shown: whether it is to be in view
 *
 * Shows or hides a side. Only one sheet is in view at a time; the focus goes into it.
 */
void
bcast_live_panes_set_shown (BcastLivePanes *self,
                            BcastLiveSide   side,
                            gboolean        shown)
{
  g_return_if_fail (BCAST_IS_LIVE_PANES (self));

  Side *changed = &self->sides[side];

  if (bcast_live_panes_is_shown (self, side) == shown)
    return;
  if (!changed->is_sheet)
    {
      changed->wanted = shown;
      apply (self);
      return;
    }
  for (guint i = 0; i < BCAST_LIVE_N_SIDES; i++)
    self->sides[i].open = FALSE;
  changed->open = shown;
  apply (self);
  gtk_widget_child_focus (shown ? changed->content : self->center, GTK_DIR_TAB_FORWARD);
}

/**
 * bcast_live_panes_get_wanted:
 * @self: the panes
 * @side: one side
 *
 * Returns: whether the user wants the side in view where there is a place for it
 */
gboolean
bcast_live_panes_get_wanted (BcastLivePanes *self,
                             BcastLiveSide   side)
{
  g_return_val_if_fail (BCAST_IS_LIVE_PANES (self), TRUE);

  return self->sides[side].wanted;
}

/**
 * bcast_live_panes_set_wanted:
 * @self: the panes
 * @side: one side
 * @wanted: whether the user wants it in view
 *
 * Restores what bcast_live_panes_get_wanted() gave.
 */
void
bcast_live_panes_set_wanted (BcastLivePanes *self,
                             BcastLiveSide   side,
                             gboolean        wanted)
{
  g_return_if_fail (BCAST_IS_LIVE_PANES (self));

  self->sides[side].wanted = wanted;
  apply (self);
}

/**
 * bcast_live_panes_get_side_width:
 * @self: the panes
 * @side: one side
 *
 * Returns: the width of the side as a pane, in pixels
 */
int
bcast_live_panes_get_side_width (BcastLivePanes *self,
                                 BcastLiveSide   side)
{
  g_return_val_if_fail (BCAST_IS_LIVE_PANES (self), 0);

  return self->sides[side].width;
}

/**
 * bcast_live_panes_set_side_width:
 * @self: the panes
 * @side: one side
 * @width: its width as a pane, in pixels
 *
 * Restores what bcast_live_panes_get_side_width() gave.
 */
void
bcast_live_panes_set_side_width (BcastLivePanes *self,
                                 BcastLiveSide   side,
                                 int             width)
{
  g_return_if_fail (BCAST_IS_LIVE_PANES (self));

  self->sides[side].width = CLAMP (width, 100, 2000);
  restore_handles (self);
}

/**
 * bcast_live_panes_get_center_width:
 * @self: the panes
 *
 * Returns: the width of the center in pixels, 0 before it was shown
 */
int
bcast_live_panes_get_center_width (BcastLivePanes *self)
{
  g_return_val_if_fail (BCAST_IS_LIVE_PANES (self), 0);

  return bcast_adaptive_bin_get_width (BCAST_ADAPTIVE_BIN (self->center));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-live-panes-private.h"

#include "bcast-adaptive-bin.h"

static const int default_widths[BCAST_LIVE_N_SIDES] = { 252, 372 };

/**
 * BcastLivePanes:
 *
 * Three panes with handles between them. In a narrow window the sides become sheets that slide over the
 * center and go away by a click beside them or Escape.
 *
 * bcast-live-panes-sides.c shows and hides the sides, and bcast-live-panes-handles.c keeps their widths.
 */
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

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  BcastLivePanes *self = BCAST_LIVE_PANES (widget);

  for (guint i = 0; i < BCAST_LIVE_N_SIDES; i++)
    if (self->sides[i].is_sheet && self->sides[i].open)
      {
        bcast_live_panes_close_sheets (self);
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
      bcast_live_panes_set_pane (self, i, self->sides[i].content);
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
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (bcast_live_panes_close_sheets), self);
  gtk_widget_add_controller (self->scrim_box, GTK_EVENT_CONTROLLER (click));

  g_signal_connect_swapped (self->outer, "notify::position", G_CALLBACK (bcast_live_panes_handle_moved_cb), self);
  g_signal_connect_swapped (self->inner, "notify::position", G_CALLBACK (bcast_live_panes_handle_moved_cb), self);
  g_signal_connect (self->scrim, "notify::child-revealed", G_CALLBACK (bcast_live_panes_revealed_cb), NULL);
  g_signal_connect (self->clients_sheet, "notify::child-revealed", G_CALLBACK (bcast_live_panes_revealed_cb), NULL);
  g_signal_connect (self->inspector_sheet, "notify::child-revealed", G_CALLBACK (bcast_live_panes_revealed_cb), NULL);
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

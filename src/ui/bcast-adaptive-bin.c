/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-adaptive-bin.h"

/* The smallest window that GNOME asks programs to fit into. */
#define SMALLEST_WIDTH  360
#define SMALLEST_HEIGHT 294

/**
 * BcastAdaptiveBin:
 *
 * Lets a window become narrower than its child is laid out for at the moment, and tells its width,
 * so that the child can be laid out anew. Without it a window could never shrink to the width at
 * which a narrower layout begins.
 *
 * For one frame after a change the child may be wider than the bin; what overflows is cut.
 */
struct _BcastAdaptiveBin
{
  GtkWidget  parent_instance;

  GtkWidget *child;
  int        width;
  guint      tick_id;
};

enum
{
  PROP_0,
  PROP_CHILD,
  PROP_WIDTH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BcastAdaptiveBin, bcast_adaptive_bin, GTK_TYPE_WIDGET)

static gboolean
tell_width_cb (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       user_data)
{
  BcastAdaptiveBin *self = BCAST_ADAPTIVE_BIN (widget);

  self->tick_id = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH]);
  return G_SOURCE_REMOVE;
}

static void
bcast_adaptive_bin_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  BcastAdaptiveBin *self = BCAST_ADAPTIVE_BIN (widget);
  GtkOrientation other = orientation == GTK_ORIENTATION_HORIZONTAL ? GTK_ORIENTATION_VERTICAL
                                                                   : GTK_ORIENTATION_HORIZONTAL;
  int smallest = orientation == GTK_ORIENTATION_HORIZONTAL ? SMALLEST_WIDTH : SMALLEST_HEIGHT;
  int child_minimum, child_natural;

  if (for_size >= 0)
    {
      int other_minimum;

      gtk_widget_measure (self->child, other, -1, &other_minimum, NULL, NULL, NULL);
      for_size = MAX (for_size, other_minimum);
    }
  gtk_widget_measure (self->child, orientation, for_size, &child_minimum, &child_natural, NULL, NULL);
  *minimum = MIN (child_minimum, smallest);
  *natural = child_natural;
  *minimum_baseline = *natural_baseline = -1;
}

static void
bcast_adaptive_bin_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  BcastAdaptiveBin *self = BCAST_ADAPTIVE_BIN (widget);
  int minimum_width, minimum_height;

  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum_width, NULL, NULL, NULL);
  minimum_width = MAX (width, minimum_width);
  gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, minimum_width, &minimum_height, NULL, NULL, NULL);
  gtk_widget_allocate (self->child, minimum_width, MAX (height, minimum_height), baseline, NULL);

  if (self->width == width)
    return;
  self->width = width;
  /* A layout must not change while it is being made: tell it before the next frame. */
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (widget, tell_width_cb, NULL, NULL);
}

static void
bcast_adaptive_bin_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  BcastAdaptiveBin *self = BCAST_ADAPTIVE_BIN (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bcast_adaptive_bin_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  BcastAdaptiveBin *self = BCAST_ADAPTIVE_BIN (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      self->child = g_value_get_object (value);
      gtk_widget_set_parent (self->child, GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bcast_adaptive_bin_dispose (GObject *object)
{
  BcastAdaptiveBin *self = BCAST_ADAPTIVE_BIN (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);

  G_OBJECT_CLASS (bcast_adaptive_bin_parent_class)->dispose (object);
}

static void
bcast_adaptive_bin_class_init (BcastAdaptiveBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bcast_adaptive_bin_get_property;
  object_class->set_property = bcast_adaptive_bin_set_property;
  object_class->dispose = bcast_adaptive_bin_dispose;
  widget_class->measure = bcast_adaptive_bin_measure;
  widget_class->size_allocate = bcast_adaptive_bin_size_allocate;

  properties[PROP_CHILD] =
    g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_WIDTH] =
    g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0,
                      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bcast_adaptive_bin_init (BcastAdaptiveBin *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * bcast_adaptive_bin_get_width:
 * @self: a bin
 *
 * Returns: the width it has, in pixels; 0 before it was shown. "width" notifies of changes
 */
int
bcast_adaptive_bin_get_width (BcastAdaptiveBin *self)
{
  g_return_val_if_fail (BCAST_IS_ADAPTIVE_BIN (self), 0);

  return self->width;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-banner-scroller.h"

/* Three banners of one line, or one with its buttons below it in a narrow window. */
#define MOST_HEIGHT 180

/**
 * BcastBannerScroller:
 *
 * Gives its child the height that its lines take at the width there is, and scrolls what is more than a
 * window can spare. A scrolled window alone (GTK 4.8) asks for the height of unbroken lines.
 */
struct _BcastBannerScroller
{
  GtkWidget          parent_instance;

  GtkScrolledWindow *scroller;
  GtkWidget         *child;
};

enum
{
  PROP_0,
  PROP_CHILD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BcastBannerScroller, bcast_banner_scroller, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
bcast_banner_scroller_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
bcast_banner_scroller_measure (GtkWidget      *widget,
                               GtkOrientation  orientation,
                               int             for_size,
                               int            *minimum,
                               int            *natural,
                               int            *minimum_baseline,
                               int            *natural_baseline)
{
  BcastBannerScroller *self = BCAST_BANNER_SCROLLER (widget);

  *minimum_baseline = *natural_baseline = -1;
  gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = MIN (*natural, MOST_HEIGHT);
}

static void
bcast_banner_scroller_size_allocate (GtkWidget *widget,
                                     int        width,
                                     int        height,
                                     int        baseline)
{
  gtk_widget_allocate (GTK_WIDGET (BCAST_BANNER_SCROLLER (widget)->scroller), width, height, baseline, NULL);
}

static void
bcast_banner_scroller_set_property (GObject      *object,
                                    guint         prop_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  BcastBannerScroller *self = BCAST_BANNER_SCROLLER (object);

  if (prop_id != PROP_CHILD)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  self->child = g_value_get_object (value);
  gtk_scrolled_window_set_child (self->scroller, self->child);
}

static void
bcast_banner_scroller_dispose (GObject *object)
{
  BcastBannerScroller *self = BCAST_BANNER_SCROLLER (object);

  self->child = NULL;
  if (self->scroller != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->scroller));
  self->scroller = NULL;

  G_OBJECT_CLASS (bcast_banner_scroller_parent_class)->dispose (object);
}

static void
bcast_banner_scroller_class_init (BcastBannerScrollerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = bcast_banner_scroller_set_property;
  object_class->dispose = bcast_banner_scroller_dispose;
  widget_class->get_request_mode = bcast_banner_scroller_get_request_mode;
  widget_class->measure = bcast_banner_scroller_measure;
  widget_class->size_allocate = bcast_banner_scroller_size_allocate;

  properties[PROP_CHILD] =
    g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bcast_banner_scroller_init (BcastBannerScroller *self)
{
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_parent (GTK_WIDGET (self->scroller), GTK_WIDGET (self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-timeline-layout.h"

#define SPACING       10
#define LATENCY_WIDTH 76

/**
 * BcastTimelineLayout:
 *
 * Places the three children of a timeline row: sent, latency, received. Header and rows share it, so that
 * their columns stand in line whatever is in them. A column keeps its place while its child is hidden.
 *
 * When stacked, sent stands over received, with the latency at the right of sent.
 */
struct _BcastTimelineLayout
{
  GtkLayoutManager parent_instance;

  gboolean         stacked;
};

G_DEFINE_FINAL_TYPE (BcastTimelineLayout, bcast_timeline_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct
{
  GtkWidget *sent;
  GtkWidget *latency;
  GtkWidget *received;
} Children;

static Children
find_children (GtkWidget *widget)
{
  Children children = { gtk_widget_get_first_child (widget), };

  children.latency = gtk_widget_get_next_sibling (children.sent);
  children.received = gtk_widget_get_next_sibling (children.latency);
  return children;
}

static int
measure_child (GtkWidget      *child,
               GtkOrientation  orientation,
               int             for_size,
               int            *natural)
{
  int minimum = 0;
  int preferred = 0;

  if (gtk_widget_get_visible (child))
    gtk_widget_measure (child, orientation, for_size, &minimum, &preferred, NULL, NULL);
  if (natural != NULL)
    *natural = preferred;
  return minimum;
}

/* Sent gets a little less than received, which has the badges to show. */
static int
find_sent_width (BcastTimelineLayout *self,
                 int                  width)
{
  return self->stacked ? MAX (width - LATENCY_WIDTH - SPACING, 0)
                       : MAX (width - LATENCY_WIDTH - 2 * SPACING, 0) * 48 / 100;
}

static int
find_received_width (BcastTimelineLayout *self,
                     int                  width)
{
  return self->stacked
         ? width
         : MAX (width - LATENCY_WIDTH - 2 * SPACING - find_sent_width (self, width), 0);
}

/* A row never asks for more width than its narrow form needs; it shows what fits. */
static void
measure_width (Children *children,
               int      *minimum,
               int      *natural)
{
  int sent_natural, received_natural;
  int sent = measure_child (children->sent, GTK_ORIENTATION_HORIZONTAL, -1, &sent_natural);
  int received = measure_child (children->received, GTK_ORIENTATION_HORIZONTAL, -1, &received_natural);

  *minimum = MAX (sent + SPACING + LATENCY_WIDTH, received);
  *natural = MAX (sent_natural + LATENCY_WIDTH + 2 * SPACING + received_natural, *minimum);
}

static int
measure_height (BcastTimelineLayout *self,
                Children            *children,
                int                  width)
{
  int minimum_width, natural_width;

  measure_width (children, &minimum_width, &natural_width);
  if (width < 0)
    width = natural_width;

  int sent = measure_child (children->sent, GTK_ORIENTATION_VERTICAL,
                            find_sent_width (self, width), NULL);
  int latency = measure_child (children->latency, GTK_ORIENTATION_VERTICAL, LATENCY_WIDTH, NULL);
  int received = measure_child (children->received, GTK_ORIENTATION_VERTICAL,
                                find_received_width (self, width), NULL);

  if (!self->stacked)
    return MAX (MAX (sent, latency), received);
  if (sent == 0)
    return MAX (received, latency);
  return MAX (sent, latency) + (received > 0 ? 2 + received : 0);
}

static void
bcast_timeline_layout_measure (GtkLayoutManager *manager,
                               GtkWidget        *widget,
                               GtkOrientation    orientation,
                               int               for_size,
                               int              *minimum,
                               int              *natural,
                               int              *minimum_baseline,
                               int              *natural_baseline)
{
  BcastTimelineLayout *self = BCAST_TIMELINE_LAYOUT (manager);
  Children children = find_children (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (&children, minimum, natural);
  else
    *minimum = *natural = measure_height (self, &children, for_size);
}

static void
allocate_child (GtkWidget *widget,
                GtkWidget *child,
                int        x,
                int        y,
                int        width,
                int        height)
{
  GtkAllocation allocation = { x, y, width, height };

  if (!gtk_widget_should_layout (child))
    return;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    allocation.x = gtk_widget_get_width (widget) - x - width;
  gtk_widget_size_allocate (child, &allocation, -1);
}

static void
bcast_timeline_layout_allocate (GtkLayoutManager *manager,
                                GtkWidget        *widget,
                                int               width,
                                int               height,
                                int               baseline)
{
  BcastTimelineLayout *self = BCAST_TIMELINE_LAYOUT (manager);
  Children children = find_children (widget);
  int sent_width = find_sent_width (self, width);
  int received_width = find_received_width (self, width);
  int sent_height = height;
  int received_y = 0;

  if (self->stacked && gtk_widget_get_visible (children.sent))
    {
      sent_height = MAX (measure_child (children.sent, GTK_ORIENTATION_VERTICAL, sent_width, NULL),
                         measure_child (children.latency, GTK_ORIENTATION_VERTICAL, LATENCY_WIDTH, NULL));
      received_y = sent_height + 2;
    }

  allocate_child (widget, children.sent, 0, 0, sent_width, sent_height);
  allocate_child (widget, children.latency, sent_width + SPACING, 0, LATENCY_WIDTH, sent_height);
  allocate_child (widget, children.received, width - received_width, received_y,
                  received_width, MAX (height - received_y, 0));
}

static GtkSizeRequestMode
bcast_timeline_layout_get_request_mode (GtkLayoutManager *manager,
                                        GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
bcast_timeline_layout_class_init (BcastTimelineLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->measure = bcast_timeline_layout_measure;
  layout_class->allocate = bcast_timeline_layout_allocate;
  layout_class->get_request_mode = bcast_timeline_layout_get_request_mode;
}

static void
bcast_timeline_layout_init (BcastTimelineLayout *self)
{
}

/**
 * bcast_timeline_layout_new:
 *
 * Returns: (transfer full): a layout for a widget with exactly three children
 */
GtkLayoutManager *
bcast_timeline_layout_new (void)
{
  return g_object_new (BCAST_TYPE_TIMELINE_LAYOUT, NULL);
}

/**
 * bcast_timeline_layout_set_stacked:
 * @self: a layout
 * @stacked: whether received stands below sent instead of beside it
 *
 * Chooses between the wide and the narrow form.
 */
void
bcast_timeline_layout_set_stacked (BcastTimelineLayout *self,
                                   gboolean             stacked)
{
  g_return_if_fail (BCAST_IS_TIMELINE_LAYOUT (self));

  if (self->stacked == stacked)
    return;
  self->stacked = stacked;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-inspector.h"

#include <adwaita.h>

#include "bcast-inspector-details.h"
#include "bcast-inspector-frame.h"

/**
 * BcastInspector:
 *
 * All there is to know about the selected event, page by page.
 */
struct _BcastInspector
{
  GtkBox                 parent_instance;

  GtkStack              *stack;
  GtkStack              *pages;
  GtkToggleButton       *details_button;
  BcastInspectorDetails *details;
  BcastInspectorFrame   *frame;
};

G_DEFINE_FINAL_TYPE (BcastInspector, bcast_inspector, GTK_TYPE_BOX)

static void
page_toggled_cb (BcastInspector *self)
{
  gtk_stack_set_visible_child_name (self->pages, gtk_toggle_button_get_active (self->details_button)
                                                 ? "details" : "frame");
}

static void
bcast_inspector_class_init (BcastInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (BCAST_TYPE_INSPECTOR_DETAILS);
  g_type_ensure (BCAST_TYPE_INSPECTOR_FRAME);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, BcastInspector, pages);
  gtk_widget_class_bind_template_child (widget_class, BcastInspector, details_button);
  gtk_widget_class_bind_template_child (widget_class, BcastInspector, details);
  gtk_widget_class_bind_template_child (widget_class, BcastInspector, frame);
  gtk_widget_class_bind_template_callback (widget_class, page_toggled_cb);
}

static void
bcast_inspector_init (BcastInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_inspector_new:
 *
 * Returns: (transfer full): an inspector without an event
 */
GtkWidget *
bcast_inspector_new (void)
{
  return g_object_new (BCAST_TYPE_INSPECTOR, NULL);
}

/**
 * bcast_inspector_set_event:
 * @self: an inspector
 * @event: (nullable): what to show and follow
 *
 * Shows another event.
 */
void
bcast_inspector_set_event (BcastInspector *self,
                           BcastEvent     *event)
{
  g_return_if_fail (BCAST_IS_INSPECTOR (self));
  g_return_if_fail (event == NULL || BCAST_IS_EVENT (event));

  bcast_inspector_details_set_event (self->details, event);
  bcast_inspector_frame_set_event (self->frame, event);
  gtk_stack_set_visible_child_name (self->stack, event != NULL ? "event" : "empty");
}

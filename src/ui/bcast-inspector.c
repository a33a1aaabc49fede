/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-inspector.h"

#include <adwaita.h>

#include "bcast-client-watch.h"
#include "bcast-inspector-details.h"
#include "bcast-inspector-frame.h"
#include "bcast-inspector-listen.h"
#include "bcast-inspector-warnings.h"

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
  GtkToggleButton       *listen_button;
  GtkToggleButton       *frame_button;
  BcastInspectorDetails *details;
  BcastInspectorListen  *listen;
  BcastInspectorFrame   *frame;

  BcastWorkspace        *workspace;
  BcastClientWatch      *watch;
  BcastEvent            *event;
};

G_DEFINE_FINAL_TYPE (BcastInspector, bcast_inspector, GTK_TYPE_BOX)

static void
page_toggled_cb (BcastInspector *self)
{
  const char *page = gtk_toggle_button_get_active (self->listen_button) ? "listen"
                     : gtk_toggle_button_get_active (self->frame_button) ? "frame" : "details";

  gtk_stack_set_visible_child_name (self->pages, page);
}

/* The first thing to say of the channel of an event that nobody heard. */
static const char *
find_reason (GPtrArray *misses)
{
  for (guint i = 0; i < misses->len; i++)
    {
      const BcastNearMiss *miss = misses->pdata[i];

      if (miss->is_channel)
        return miss->text;
    }
  return NULL;
}

static void
update_warnings (BcastInspector *self)
{
  if (self->event == NULL || self->workspace == NULL)
    return;

  g_autoptr(GPtrArray) misses = bcast_inspector_warnings_find (self->workspace, self->event);

  bcast_inspector_details_set_reason (self->details, find_reason (misses));
  bcast_inspector_listen_set_warnings (self->listen, misses);
}

static void
bcast_inspector_dispose (GObject *object)
{
  BcastInspector *self = BCAST_INSPECTOR (object);

  if (self->event != NULL)
    g_signal_handlers_disconnect_by_data (self->event, self);
  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->event);
  g_clear_object (&self->watch);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bcast_inspector_parent_class)->dispose (object);
}

static void
bcast_inspector_class_init (BcastInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_inspector_dispose;

  g_type_ensure (BCAST_TYPE_INSPECTOR_DETAILS);
  g_type_ensure (BCAST_TYPE_INSPECTOR_FRAME);
  g_type_ensure (BCAST_TYPE_INSPECTOR_LISTEN);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, BcastInspector, pages);
  gtk_widget_class_bind_template_child (widget_class, BcastInspector, listen_button);
  gtk_widget_class_bind_template_child (widget_class, BcastInspector, frame_button);
  gtk_widget_class_bind_template_child (widget_class, BcastInspector, details);
  gtk_widget_class_bind_template_child (widget_class, BcastInspector, listen);
  gtk_widget_class_bind_template_child (widget_class, BcastInspector, frame);
  gtk_widget_class_bind_template_callback (widget_class, page_toggled_cb);
}

static void
bcast_inspector_init (BcastInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->watch = bcast_client_watch_new ();
  g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (update_warnings), self);
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
 * bcast_inspector_set_workspace:
 * @self: an inspector
 * @workspace: (nullable): where the events are from
 *
 * Takes what clients are subscribed to from another workspace.
 */
void
bcast_inspector_set_workspace (BcastInspector *self,
                               BcastWorkspace *workspace)
{
  g_return_if_fail (BCAST_IS_INSPECTOR (self));
  g_return_if_fail (workspace == NULL || BCAST_IS_WORKSPACE (workspace));

  g_set_object (&self->workspace, workspace);
  bcast_client_watch_set_workspace (self->watch, workspace);
}

/**
 * bcast_inspector_set_event:
 * @self: an inspector
 * @event: (nullable): what to show and follow, from the inspector's workspace
 *
 * Shows another event.
 */
void
bcast_inspector_set_event (BcastInspector *self,
                           BcastEvent     *event)
{
  g_return_if_fail (BCAST_IS_INSPECTOR (self));
  g_return_if_fail (event == NULL || BCAST_IS_EVENT (event));

  if (self->event == event)
    return;
  if (self->event != NULL)
    g_signal_handlers_disconnect_by_data (self->event, self);
  g_set_object (&self->event, event);
  if (event != NULL)
    g_signal_connect_swapped (event, "changed", G_CALLBACK (update_warnings), self);

  bcast_inspector_details_set_event (self->details, event);
  bcast_inspector_listen_set_event (self->listen, event);
  bcast_inspector_frame_set_event (self->frame, event);
  update_warnings (self);
  gtk_stack_set_visible_child_name (self->stack, event != NULL ? "event" : "empty");
}

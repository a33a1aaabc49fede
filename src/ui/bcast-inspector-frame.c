/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-inspector-frame.h"

#include <glib/gi18n.h>

#include "bcast-inspector-section.h"

#define MAX_FRAMES 20

/**
 * BcastInspectorFrame:
 *
 * The exact texts of an event: the request, its answer, and the frame that each client received. Filled
 * only while it is on screen.
 */
struct _BcastInspectorFrame
{
  AdwBin      parent_instance;

  GtkBox     *sections;

  BcastEvent *event;
  gboolean    outdated;
};

G_DEFINE_FINAL_TYPE (BcastInspectorFrame, bcast_inspector_frame, ADW_TYPE_BIN)

static void
add_section (BcastInspectorFrame *self,
             const char          *title,
             const char          *text)
{
  gtk_box_append (self->sections, bcast_inspector_section_new (title, text));
}

static void
add_deliveries (BcastInspectorFrame *self)
{
  guint n_deliveries = bcast_event_get_n_deliveries (self->event);

  for (guint i = 0; i < MIN (n_deliveries, MAX_FRAMES); i++)
    {
      const BcastDelivery *delivery = bcast_event_get_delivery (self->event, i);
      g_autofree char *title = g_strdup_printf (_("Frame received by %s"), delivery->client);

      if (delivery->frame != NULL)
        add_section (self, title, delivery->frame);
    }
}

static void
update (BcastInspectorFrame *self)
{
  GtkWidget *section;

  self->outdated = self->event != NULL;
  if (self->event == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->outdated = FALSE;

  const BcastEventRecord *record = bcast_event_get_record (self->event);

  while ((section = gtk_widget_get_first_child (GTK_WIDGET (self->sections))) != NULL)
    gtk_box_remove (self->sections, section);
  if (record->request != NULL)
    add_section (self, record->sender != NULL ? _("Frame sent") : _("Request"), record->request);
  if (record->response != NULL && *record->response != '\0')
    add_section (self, _("Answer"), record->response);
  add_deliveries (self);
  if (gtk_widget_get_first_child (GTK_WIDGET (self->sections)) == NULL)
    add_section (self, _("Data"), record->data != NULL ? record->data : "");
}

static void
bcast_inspector_frame_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bcast_inspector_frame_parent_class)->map (widget);
  if (BCAST_INSPECTOR_FRAME (widget)->outdated)
    update (BCAST_INSPECTOR_FRAME (widget));
}

static void
bcast_inspector_frame_dispose (GObject *object)
{
  BcastInspectorFrame *self = BCAST_INSPECTOR_FRAME (object);

  if (self->event != NULL)
    g_signal_handlers_disconnect_by_data (self->event, self);
  g_clear_object (&self->event);

  G_OBJECT_CLASS (bcast_inspector_frame_parent_class)->dispose (object);
}

static void
bcast_inspector_frame_class_init (BcastInspectorFrameClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_inspector_frame_dispose;
  widget_class->map = bcast_inspector_frame_map;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "bcast-inspector-frame.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastInspectorFrame, sections);
}

static void
bcast_inspector_frame_init (BcastInspectorFrame *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_inspector_frame_set_event:
 * @self: the page
 * @event: (nullable): what to show and follow
 *
 * Shows another event.
 */
void
bcast_inspector_frame_set_event (BcastInspectorFrame *self,
                                 BcastEvent          *event)
{
  g_return_if_fail (BCAST_IS_INSPECTOR_FRAME (self));
  g_return_if_fail (event == NULL || BCAST_IS_EVENT (event));

  if (self->event == event)
    return;
  if (self->event != NULL)
    g_signal_handlers_disconnect_by_data (self->event, self);
  g_set_object (&self->event, event);
  if (event != NULL)
    g_signal_connect_swapped (event, "changed", G_CALLBACK (update), self);
  update (self);
}

/**
 * bcast_inspector_frame_dup_text:
 * @event: an event
 *
 * Returns: (transfer full): the frame that the first client received, else the request, else the data
 */
char *
bcast_inspector_frame_dup_text (BcastEvent *event)
{
  g_return_val_if_fail (BCAST_IS_EVENT (event), NULL);

  const BcastEventRecord *record = bcast_event_get_record (event);

  if (bcast_event_get_n_deliveries (event) > 0 && bcast_event_get_delivery (event, 0)->frame != NULL)
    return g_strdup (bcast_event_get_delivery (event, 0)->frame);
  if (record->request != NULL)
    return g_strdup (record->request);
  return g_strdup (record->data != NULL ? record->data : "");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-timeline-header.h"

#include <glib/gi18n.h>

#include "bcast-timeline-layout.h"

/**
 * BcastTimelineHeader:
 *
 * The titles of the timeline's columns, and the buttons that bring back a side pane that is out of view.
 */
struct _BcastTimelineHeader
{
  GtkWidget  parent_instance;

  GtkWidget *sent;
  GtkLabel  *sent_label;
  GtkWidget *latency;
  GtkWidget *received;
  GtkWidget *received_label;
  GtkWidget *clients_button;
  GtkWidget *inspector_button;
};

G_DEFINE_FINAL_TYPE (BcastTimelineHeader, bcast_timeline_header, GTK_TYPE_WIDGET)

static void
bcast_timeline_header_dispose (GObject *object)
{
  BcastTimelineHeader *self = BCAST_TIMELINE_HEADER (object);

  g_clear_pointer (&self->sent, gtk_widget_unparent);
  g_clear_pointer (&self->latency, gtk_widget_unparent);
  g_clear_pointer (&self->received, gtk_widget_unparent);

  G_OBJECT_CLASS (bcast_timeline_header_parent_class)->dispose (object);
}

static void
bcast_timeline_header_class_init (BcastTimelineHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_timeline_header_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, BCAST_TYPE_TIMELINE_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "bcast-timeline-header.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastTimelineHeader, sent);
  gtk_widget_class_bind_template_child (widget_class, BcastTimelineHeader, sent_label);
  gtk_widget_class_bind_template_child (widget_class, BcastTimelineHeader, latency);
  gtk_widget_class_bind_template_child (widget_class, BcastTimelineHeader, received);
  gtk_widget_class_bind_template_child (widget_class, BcastTimelineHeader, received_label);
  gtk_widget_class_bind_template_child (widget_class, BcastTimelineHeader, clients_button);
  gtk_widget_class_bind_template_child (widget_class, BcastTimelineHeader, inspector_button);
}

static void
bcast_timeline_header_init (BcastTimelineHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_timeline_header_new:
 *
 * Returns: (transfer full): a header
 */
GtkWidget *
bcast_timeline_header_new (void)
{
  return g_object_new (BCAST_TYPE_TIMELINE_HEADER, NULL);
}

/**
 * bcast_timeline_header_set_stacked:
 * @self: a header
 * @stacked: whether rows stack sent over received
 *
 * Shows one title for both, since there are no columns then.
 */
void
bcast_timeline_header_set_stacked (BcastTimelineHeader *self,
                                   gboolean             stacked)
{
  g_return_if_fail (BCAST_IS_TIMELINE_HEADER (self));

  gtk_label_set_text (self->sent_label, stacked ? _("Events") : _("Sent"));
  gtk_widget_set_visible (self->latency, !stacked);
  gtk_widget_set_visible (self->received_label, !stacked);
  gtk_widget_set_layout_manager (GTK_WIDGET (self),
                                 stacked ? gtk_box_layout_new (GTK_ORIENTATION_HORIZONTAL)
                                         : g_object_new (BCAST_TYPE_TIMELINE_LAYOUT, NULL));
}

/**
 * bcast_timeline_header_set_buttons:
 * @self: a header
 * @clients: whether the clients are out of view
 * @inspector: whether the inspector is out of view
 *
 * Shows a button for each pane that is out of view.
 */
void
bcast_timeline_header_set_buttons (BcastTimelineHeader *self,
                                   gboolean             clients,
                                   gboolean             inspector)
{
  g_return_if_fail (BCAST_IS_TIMELINE_HEADER (self));

  gtk_widget_set_visible (self->clients_button, clients);
  gtk_widget_set_visible (self->inspector_button, inspector);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-event-row.h"

#include "bcast-event-side.h"
#include "bcast-event-summary.h"
#include "bcast-timeline-layout.h"

#define WAITING_REFRESH_MS 100 /* the finest step that the waiting time shows */

/**
 * BcastEventRow:
 *
 * One row of the timeline: Sent, latency, Received. Follows its event while that changes.
 */
struct _BcastEventRow
{
  GtkWidget       parent_instance;

  BcastEventSide *sent;
  GtkLabel       *latency;
  GtkBox         *received;
  BcastEventSide *received_side;
  GtkLabel       *sentence;

  BcastEvent     *event;
  const char     *edge;
  gboolean        stacked;
  guint           waiting_id;
};

G_DEFINE_FINAL_TYPE (BcastEventRow, bcast_event_row, GTK_TYPE_WIDGET)

static void
set_edge (BcastEventRow *self,
          const char    *edge)
{
  if (self->edge == edge)
    return;
  if (self->edge != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->edge);
  if (edge != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), edge);
  self->edge = edge;
}

static void
show_latency (BcastEventRow     *self,
              BcastEventSummary *summary)
{
  const char *classes[] = { "latency", summary->style, NULL };

  gtk_label_set_text (self->latency, summary->latency);
  gtk_widget_set_css_classes (GTK_WIDGET (self->latency), classes);
}

static void
show_received (BcastEventRow     *self,
               BcastEventSummary *summary)
{
  gboolean is_received = bcast_event_get_n_deliveries (self->event) > 0;

  if (is_received)
    bcast_event_side_show_received (self->received_side, self->event, summary->receiver_note);
  gtk_widget_set_visible (GTK_WIDGET (self->received_side), is_received);

  gtk_label_set_text (self->sentence, summary->sentence != NULL ? summary->sentence : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sentence), summary->sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), !is_received);
}

static void
update_form (BcastEventRow *self)
{
  gboolean is_sent = self->event != NULL && bcast_event_is_sent (self->event);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  bcast_timeline_layout_set_stacked (BCAST_TIMELINE_LAYOUT (layout), self->stacked);
  bcast_event_side_set_brief (self->received_side, self->stacked && is_sent);
  gtk_widget_set_visible (GTK_WIDGET (self->sent), is_sent);
  gtk_widget_set_visible (GTK_WIDGET (self->latency), is_sent);
}

static void update (BcastEventRow *self);

static gboolean
waiting_cb (gpointer user_data)
{
  BcastEventRow *self = user_data;
  g_autoptr(BcastEventSummary) summary = bcast_event_summary_new (self->event, g_get_real_time ());

  show_latency (self, summary);
  return G_SOURCE_CONTINUE;
}

static void
update_waiting (BcastEventRow *self)
{
  gboolean is_waiting = self->event != NULL && gtk_widget_get_mapped (GTK_WIDGET (self))
                        && bcast_event_get_record (self->event)->outcome == BCAST_EVENT_WAITING;

  if (is_waiting && self->waiting_id == 0)
    self->waiting_id = g_timeout_add (WAITING_REFRESH_MS, waiting_cb, self);
  else if (!is_waiting)
    g_clear_handle_id (&self->waiting_id, g_source_remove);
}

static void
update (BcastEventRow *self)
{
  gint64 now_us = g_get_real_time ();
  g_autoptr(BcastEventSummary) summary = bcast_event_summary_new (self->event, now_us);
  g_autofree char *spoken = bcast_event_summary_dup_spoken (self->event, now_us);

  if (bcast_event_is_sent (self->event))
    bcast_event_side_show_sent (self->sent, self->event, summary->sender_note);
  show_latency (self, summary);
  show_received (self, summary);
  set_edge (self, summary->edge);
  update_form (self);
  update_waiting (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
bcast_event_row_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bcast_event_row_parent_class)->map (widget);
  update_waiting (BCAST_EVENT_ROW (widget));
}

static void
bcast_event_row_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bcast_event_row_parent_class)->unmap (widget);
  update_waiting (BCAST_EVENT_ROW (widget));
}

static void
bcast_event_row_dispose (GObject *object)
{
  BcastEventRow *self = BCAST_EVENT_ROW (object);
  GtkWidget *child;

  bcast_event_row_set_event (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bcast_event_row_parent_class)->dispose (object);
}

static void
bcast_event_row_class_init (BcastEventRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_event_row_dispose;
  widget_class->map = bcast_event_row_map;
  widget_class->unmap = bcast_event_row_unmap;

  g_type_ensure (BCAST_TYPE_EVENT_SIDE);
  gtk_widget_class_set_css_name (widget_class, "eventrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, BCAST_TYPE_TIMELINE_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-event-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastEventRow, sent);
  gtk_widget_class_bind_template_child (widget_class, BcastEventRow, latency);
  gtk_widget_class_bind_template_child (widget_class, BcastEventRow, received);
  gtk_widget_class_bind_template_child (widget_class, BcastEventRow, received_side);
  gtk_widget_class_bind_template_child (widget_class, BcastEventRow, sentence);
}

static void
bcast_event_row_init (BcastEventRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_event_row_new:
 *
 * Returns: (transfer full): an empty row
 */
GtkWidget *
bcast_event_row_new (void)
{
  return g_object_new (BCAST_TYPE_EVENT_ROW, NULL);
}

/**
 * bcast_event_row_get_event:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the event it shows
 */
BcastEvent *
bcast_event_row_get_event (BcastEventRow *self)
{
  g_return_val_if_fail (BCAST_IS_EVENT_ROW (self), NULL);

  return self->event;
}

/**
 * bcast_event_row_set_event:
 * @self: a row
 * @event: (nullable): what to show and follow
 *
 * Shows an event, and whatever becomes of it.
 */
void
bcast_event_row_set_event (BcastEventRow *self,
                           BcastEvent    *event)
{
  g_return_if_fail (BCAST_IS_EVENT_ROW (self));
  g_return_if_fail (event == NULL || BCAST_IS_EVENT (event));

  if (self->event == event)
    return;
  if (self->event != NULL)
    g_signal_handlers_disconnect_by_func (self->event, update, self);
  g_set_object (&self->event, event);
  if (event == NULL)
    {
      update_waiting (self);
      return;
    }
  g_signal_connect_swapped (event, "changed", G_CALLBACK (update), self);
  update (self);
}

/**
 * bcast_event_row_set_stacked:
 * @self: a row
 * @stacked: whether received stands below sent
 *
 * Chooses between the wide and the narrow form.
 */
void
bcast_event_row_set_stacked (BcastEventRow *self,
                             gboolean       stacked)
{
  g_return_if_fail (BCAST_IS_EVENT_ROW (self));

  if (self->stacked == stacked)
    return;
  self->stacked = stacked;
  update_form (self);
}

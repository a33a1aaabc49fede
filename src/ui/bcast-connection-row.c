/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-connection-row.h"

#include "bcast-connection-state.h"
#include "bcast-connection-text.h"
#include "bcast-format.h"

/**
 * BcastConnectionRow:
 *
 * One step in the life of a connection: when, what by icon and word, the socket id, and why.
 */
struct _BcastConnectionRow
{
  GtkBox    parent_instance;

  GtkLabel *time;
  GtkImage *icon;
  GtkLabel *word;
  GtkLabel *socket_id;
  GtkLabel *reason;
};

G_DEFINE_FINAL_TYPE (BcastConnectionRow, bcast_connection_row, GTK_TYPE_BOX)

static void
bcast_connection_row_class_init (BcastConnectionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-connection-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastConnectionRow, time);
  gtk_widget_class_bind_template_child (widget_class, BcastConnectionRow, icon);
  gtk_widget_class_bind_template_child (widget_class, BcastConnectionRow, word);
  gtk_widget_class_bind_template_child (widget_class, BcastConnectionRow, socket_id);
  gtk_widget_class_bind_template_child (widget_class, BcastConnectionRow, reason);
}

static void
bcast_connection_row_init (BcastConnectionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_connection_row_new:
 *
 * Returns: (transfer full): an empty row
 */
GtkWidget *
bcast_connection_row_new (void)
{
  return g_object_new (BCAST_TYPE_CONNECTION_ROW, NULL);
}

static void
show_text (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/**
 * bcast_connection_row_show:
 * @self: a row
 * @step: what happened
 */
void
bcast_connection_row_show (BcastConnectionRow  *self,
                           BcastConnectionStep *step)
{
  g_return_if_fail (BCAST_IS_CONNECTION_ROW (self));
  g_return_if_fail (BCAST_IS_CONNECTION_STEP (step));

  gint64 time_us = bcast_connection_step_get_time_us (step);
  const char *reason = bcast_connection_step_get_reason (step);
  g_autofree char *time = bcast_format_time (time_us);
  g_autofree char *date = bcast_format_date (time_us);
  g_autofree char *word = bcast_connection_text_describe (step);
  g_autofree char *spoken = g_strdup_printf ("%s, %s%s%s", time, word, reason != NULL ? ", " : "",
                                             reason != NULL ? reason : "");

  bcast_connection_state_show (bcast_connection_step_get_state (step), self->icon);
  if (bcast_connection_step_is_retry (step))
    gtk_image_set_from_icon_name (self->icon, "view-refresh-symbolic");
  gtk_label_set_text (self->time, time);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time), date);
  gtk_label_set_text (self->word, word);
  show_text (self->socket_id, bcast_connection_step_get_socket_id (step));
  show_text (self->reason, reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

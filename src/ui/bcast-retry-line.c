/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-retry-line.h"

#include <glib/gi18n.h>

/**
 * BcastRetryLine:
 *
 * Counts the seconds down to the next attempt to connect, with a button that does not wait for it. Hidden
 * while no attempt waits.
 */
struct _BcastRetryLine
{
  GtkBox     parent_instance;

  GtkLabel  *label;
  GtkButton *button;

  gint64     retry_us; /* monotonic; 0 for none */
  guint      tick_id;
};

G_DEFINE_FINAL_TYPE (BcastRetryLine, bcast_retry_line, GTK_TYPE_BOX)

static void tick (BcastRetryLine *self);

static gboolean
tick_cb (gpointer user_data)
{
  BcastRetryLine *self = user_data;

  self->tick_id = 0;
  tick (self);
  return G_SOURCE_REMOVE;
}

/* The next tick comes when the number of seconds is another one; no tick comes to a line out of view. */
static void
tick (BcastRetryLine *self)
{
  gint64 left_us = self->retry_us - g_get_monotonic_time ();
  int left_s = (int) ((MAX (left_us, 0) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  g_autofree char *text = left_s > 0 ? g_strdup_printf (_("Retrying in %d s"), left_s) : g_strdup (_("Retrying…"));

  gtk_label_set_text (self->label, text);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (left_s > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick_id = g_timeout_add ((guint) ((left_us - 1) % G_USEC_PER_SEC / 1000) + 1, tick_cb, self);
}

static void
bcast_retry_line_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bcast_retry_line_parent_class)->map (widget);

  tick (BCAST_RETRY_LINE (widget));
}

static void
bcast_retry_line_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&BCAST_RETRY_LINE (widget)->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (bcast_retry_line_parent_class)->unmap (widget);
}

static void
bcast_retry_line_dispose (GObject *object)
{
  g_clear_handle_id (&BCAST_RETRY_LINE (object)->tick_id, g_source_remove);

  G_OBJECT_CLASS (bcast_retry_line_parent_class)->dispose (object);
}

static void
bcast_retry_line_class_init (BcastRetryLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_retry_line_dispose;
  widget_class->map = bcast_retry_line_map;
  widget_class->unmap = bcast_retry_line_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-retry-line.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastRetryLine, label);
  gtk_widget_class_bind_template_child (widget_class, BcastRetryLine, button);
}

static void
bcast_retry_line_init (BcastRetryLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_retry_line_new:
 *
 * Returns: (transfer full): a line that is hidden
 */
GtkWidget *
bcast_retry_line_new (void)
{
  return g_object_new (BCAST_TYPE_RETRY_LINE, NULL);
}

/**
 * bcast_retry_line_set_retry_us:
 * @self: a line
 * @retry_us: the monotonic time of the next attempt, 0 when none waits
 *
 * Counts down to another attempt.
 */
void
bcast_retry_line_set_retry_us (BcastRetryLine *self,
                               gint64          retry_us)
{
  g_return_if_fail (BCAST_IS_RETRY_LINE (self));

  if (self->retry_us == retry_us)
    return;
  self->retry_us = retry_us;
  tick (self);
  gtk_widget_set_visible (GTK_WIDGET (self), retry_us > 0);
}

/**
 * bcast_retry_line_set_action:
 * @self: a line
 * @action: what the button activates
 * @target: (nullable): the text the action wants, %NULL when it wants none
 */
void
bcast_retry_line_set_action (BcastRetryLine *self,
                             const char     *action,
                             const char     *target)
{
  g_return_if_fail (BCAST_IS_RETRY_LINE (self));
  g_return_if_fail (action != NULL);

  GtkActionable *button = GTK_ACTIONABLE (self->button);

  gtk_actionable_set_action_target_value (button, target != NULL ? g_variant_new_string (target) : NULL);
  gtk_actionable_set_action_name (button, action);
}

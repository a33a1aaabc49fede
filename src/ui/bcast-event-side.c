/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-event-side.h"

#include <glib/gi18n.h>

#include "bcast-channel-style.h"
#include "bcast-format.h"

#define MAX_BADGES 4

/**
 * BcastEventSide:
 *
 * One half of a timeline row: the event as it was sent, or as it was received.
 */
struct _BcastEventSide
{
  GtkBox    parent_instance;

  GtkBox   *first_line;
  GtkLabel *time;
  GtkLabel *name;
  GtkLabel *chip;
  GtkBox   *badges;
  GtkBox   *second_line;
  GtkLabel *preview;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (BcastEventSide, bcast_event_side, GTK_TYPE_BOX)

static void
bcast_event_side_class_init (BcastEventSideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-event-side.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastEventSide, first_line);
  gtk_widget_class_bind_template_child (widget_class, BcastEventSide, time);
  gtk_widget_class_bind_template_child (widget_class, BcastEventSide, name);
  gtk_widget_class_bind_template_child (widget_class, BcastEventSide, chip);
  gtk_widget_class_bind_template_child (widget_class, BcastEventSide, badges);
  gtk_widget_class_bind_template_child (widget_class, BcastEventSide, second_line);
  gtk_widget_class_bind_template_child (widget_class, BcastEventSide, preview);
  gtk_widget_class_bind_template_child (widget_class, BcastEventSide, note);
}

static void
bcast_event_side_init (BcastEventSide *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_time (BcastEventSide *self,
           gint64          time_us)
{
  g_autofree char *time = bcast_format_time (time_us);
  g_autofree char *date = bcast_format_date (time_us);

  gtk_label_set_text (self->time, time);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time), date);
}

static void
show_data (BcastEventSide *self,
           const char     *data,
           const char     *note)
{
  g_autofree char *line = data != NULL ? bcast_format_line (data) : g_strdup (_("no data"));

  gtk_label_set_text (self->preview, line);
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
}

static void
show_event (BcastEventSide *self,
            BcastEvent     *event)
{
  const BcastEventRecord *record = bcast_event_get_record (event);

  gtk_label_set_text (self->name, record->name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), record->name);
  bcast_channel_style_set_chip (self->chip, record->channel);
}

static void
add_badge (BcastEventSide *self,
           const char     *text,
           const char     *tooltip)
{
  GtkWidget *badge = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (badge), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (badge), 12);
  gtk_widget_set_tooltip_text (badge, tooltip);
  gtk_widget_add_css_class (badge, "badge");
  gtk_box_append (self->badges, badge);
}

static void
show_badges (BcastEventSide *self,
             BcastEvent     *event)
{
  guint n_deliveries = bcast_event_get_n_deliveries (event);
  GtkWidget *badge;

  while ((badge = gtk_widget_get_first_child (GTK_WIDGET (self->badges))) != NULL)
    gtk_box_remove (self->badges, badge);

  for (guint i = 0; i < MIN (n_deliveries, MAX_BADGES); i++)
    {
      const BcastDelivery *delivery = bcast_event_get_delivery (event, i);
      g_autofree char *duration = bcast_format_duration (delivery->latency_us);
      g_autofree char *tooltip = delivery->latency_us < 0
                                 ? g_strdup_printf (_("%s received it"), delivery->client)
                                 : g_strdup_printf (_("%s received it in %s"), delivery->client, duration);

      add_badge (self, delivery->client, tooltip);
    }
  if (n_deliveries > MAX_BADGES)
    {
      g_autofree char *text = g_strdup_printf ("+%u", n_deliveries - MAX_BADGES);

      add_badge (self, text, _("More clients received it: select the row to see them all"));
    }
}

/* The first to arrive tells the time of the row; what arrived is shown when it differs from what was sent. */
static const BcastDelivery *
find_shown_delivery (BcastEvent *event)
{
  for (guint i = 0; i < bcast_event_get_n_deliveries (event); i++)
    if (bcast_event_get_delivery (event, i)->data != NULL)
      return bcast_event_get_delivery (event, i);
  return bcast_event_get_delivery (event, 0);
}

/**
 * bcast_event_side_show_sent:
 * @self: a side
 * @event: an event that was sent from here
 * @note: (nullable): stands behind the data
 *
 * Shows the event as it was sent.
 */
void
bcast_event_side_show_sent (BcastEventSide *self,
                            BcastEvent     *event,
                            const char     *note)
{
  g_return_if_fail (BCAST_IS_EVENT_SIDE (self));
  g_return_if_fail (BCAST_IS_EVENT (event));

  const BcastEventRecord *record = bcast_event_get_record (event);

  show_event (self, event);
  show_time (self, record->time_us);
  show_data (self, record->data, note);
  gtk_widget_set_visible (GTK_WIDGET (self->badges), FALSE);
}

/**
 * bcast_event_side_show_received:
 * @self: a side
 * @event: an event with at least one delivery
 * @note: (nullable): stands behind the data
 *
 * Shows the event as it was received, with a badge for each client.
 */
void
bcast_event_side_show_received (BcastEventSide *self,
                                BcastEvent     *event,
                                const char     *note)
{
  g_return_if_fail (BCAST_IS_EVENT_SIDE (self));
  g_return_if_fail (BCAST_IS_EVENT (event));
  g_return_if_fail (bcast_event_get_n_deliveries (event) > 0);

  const BcastDelivery *delivery = find_shown_delivery (event);

  show_event (self, event);
  show_time (self, delivery->received_us);
  show_data (self, delivery->data != NULL ? delivery->data : bcast_event_get_record (event)->data, note);
  show_badges (self, event);
  gtk_widget_set_visible (GTK_WIDGET (self->badges), TRUE);
}

/* Where there is data the badges stand behind it: the first line belongs to the name and the channel, which
 * a pane of ordinary width would cut short otherwise. */
static void
place_badges (BcastEventSide *self,
              GtkBox         *line)
{
  GtkWidget *badges = GTK_WIDGET (self->badges);

  if (gtk_widget_get_parent (badges) == GTK_WIDGET (line))
    return;
  g_object_ref (badges);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (badges)), badges);
  gtk_box_append (line, badges);
  g_object_unref (badges);
}

/**
 * bcast_event_side_set_brief:
 * @self: a side
 * @brief: whether to leave out what the other side shows already
 *
 * Hides name, channel and data, and keeps time, note and badges.
 */
void
bcast_event_side_set_brief (BcastEventSide *self,
                            gboolean        brief)
{
  g_return_if_fail (BCAST_IS_EVENT_SIDE (self));

  gtk_widget_set_visible (GTK_WIDGET (self->name), !brief);
  gtk_widget_set_visible (GTK_WIDGET (self->chip), !brief);
  gtk_widget_set_visible (GTK_WIDGET (self->preview), !brief);
  place_badges (self, brief ? self->first_line : self->second_line);
}

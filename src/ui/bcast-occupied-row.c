/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-occupied-row.h"

#include "bcast-channel-style.h"

/**
 * BcastOccupiedRow:
 *
 * An occupied channel: the icon of its type, its name, and how many are on it.
 */
struct _BcastOccupiedRow
{
  GtkBox                parent_instance;

  GtkImage             *icon;
  GtkLabel             *name;
  GtkLabel             *count;

  BcastOccupiedChannel *channel;
};

G_DEFINE_FINAL_TYPE (BcastOccupiedRow, bcast_occupied_row, GTK_TYPE_BOX)

static void
show_count (BcastOccupiedRow *self)
{
  const char *name = bcast_occupied_channel_get_name (self->channel);
  g_autofree char *count = bcast_info_counts_format (bcast_occupied_channel_get_counts (self->channel));
  g_autofree char *spoken = g_strdup_printf ("%s, %s%s%s", name, bcast_channel_style_get_word (name),
                                             *count != '\0' ? ", " : "", count);

  gtk_label_set_text (self->count, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
bcast_occupied_row_dispose (GObject *object)
{
  bcast_occupied_row_set_channel (BCAST_OCCUPIED_ROW (object), NULL);

  G_OBJECT_CLASS (bcast_occupied_row_parent_class)->dispose (object);
}

static void
bcast_occupied_row_class_init (BcastOccupiedRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_occupied_row_dispose;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-occupied-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastOccupiedRow, icon);
  gtk_widget_class_bind_template_child (widget_class, BcastOccupiedRow, name);
  gtk_widget_class_bind_template_child (widget_class, BcastOccupiedRow, count);
}

static void
bcast_occupied_row_init (BcastOccupiedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_occupied_row_new:
 *
 * Returns: (transfer full): an empty row
 */
GtkWidget *
bcast_occupied_row_new (void)
{
  return g_object_new (BCAST_TYPE_OCCUPIED_ROW, NULL);
}

/**
 * bcast_occupied_row_set_channel:
 * @self: a row
 * @channel: (nullable): what to show and follow
 */
void
bcast_occupied_row_set_channel (BcastOccupiedRow     *self,
                                BcastOccupiedChannel *channel)
{
  g_return_if_fail (BCAST_IS_OCCUPIED_ROW (self));

  if (self->channel != NULL)
    g_signal_handlers_disconnect_by_data (self->channel, self);
  g_set_object (&self->channel, channel);
  if (channel == NULL)
    return;

  const char *name = bcast_occupied_channel_get_name (channel);

  g_signal_connect_swapped (channel, "changed", G_CALLBACK (show_count), self);
  gtk_image_set_from_icon_name (self->icon, bcast_channel_style_get_icon_name (name));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), bcast_channel_style_get_word (name));
  gtk_label_set_text (self->name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
  show_count (self);
}

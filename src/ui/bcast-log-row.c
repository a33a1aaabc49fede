/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-log-row.h"

#include <glib/gi18n.h>

#include "bcast-channel-style.h"
#include "bcast-format.h"
#include "bcast-report-style.h"

/**
 * BcastLogRow:
 *
 * One report of the sandbox: when, what kind by icon and word, on which channel, by whom, and what more there is.
 */
struct _BcastLogRow
{
  GtkBox     parent_instance;

  GtkLabel  *time;
  GtkWidget *kind;
  GtkImage  *icon;
  GtkLabel  *word;
  GtkLabel  *event;
  GtkLabel  *channel;
  GtkLabel  *who;
  GtkLabel  *text;
};

G_DEFINE_FINAL_TYPE (BcastLogRow, bcast_log_row, GTK_TYPE_BOX)

static void
bcast_log_row_class_init (BcastLogRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-log-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastLogRow, time);
  gtk_widget_class_bind_template_child (widget_class, BcastLogRow, kind);
  gtk_widget_class_bind_template_child (widget_class, BcastLogRow, icon);
  gtk_widget_class_bind_template_child (widget_class, BcastLogRow, word);
  gtk_widget_class_bind_template_child (widget_class, BcastLogRow, event);
  gtk_widget_class_bind_template_child (widget_class, BcastLogRow, channel);
  gtk_widget_class_bind_template_child (widget_class, BcastLogRow, who);
  gtk_widget_class_bind_template_child (widget_class, BcastLogRow, text);
}

static void
bcast_log_row_init (BcastLogRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_log_row_new:
 *
 * Returns: (transfer full): an empty row
 */
GtkWidget *
bcast_log_row_new (void)
{
  return g_object_new (BCAST_TYPE_LOG_ROW, NULL);
}

static void
show_text (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
show_kind (BcastLogRow   *self,
           BcastLogEntry *entry)
{
  const BcastReport *report = bcast_log_entry_get_report (entry);
  const char *classes[] = { "kind", report != NULL ? bcast_report_style_get_css_class (report->kind) : "bad", NULL };
  gulong n_lost = (gulong) bcast_log_entry_get_n_lost (entry);
  g_autofree char *lost = g_strdup_printf (ngettext ("%lu report lost", "%lu reports lost", n_lost), n_lost);

  gtk_widget_set_css_classes (self->kind, classes);
  gtk_image_set_from_icon_name (self->icon, report != NULL ? bcast_report_style_get_icon_name (report->kind)
                                                           : "dialog-warning-symbolic");
  gtk_label_set_text (self->word, report != NULL ? bcast_report_kind_get_title (report->kind) : lost);
}

static void
show_channel (BcastLogRow *self,
              const char  *channel)
{
  gtk_widget_set_visible (GTK_WIDGET (self->channel), channel != NULL);
  if (channel != NULL)
    bcast_channel_style_set_chip (self->channel, channel);
}

/**
 * bcast_log_row_show:
 * @self: a row
 * @entry: what happened
 */
void
bcast_log_row_show (BcastLogRow   *self,
                    BcastLogEntry *entry)
{
  g_return_if_fail (BCAST_IS_LOG_ROW (self));
  g_return_if_fail (BCAST_IS_LOG_ENTRY (entry));

  static const BcastReport none;
  const BcastReport *report = bcast_log_entry_get_report (entry) != NULL ? bcast_log_entry_get_report (entry) : &none;
  g_autofree char *time = bcast_format_time (bcast_log_entry_get_time_us (entry));
  g_autofree char *text = bcast_report_style_dup_text (entry);
  const char *who = report->user_id != NULL ? report->user_id : report->socket_id;
  g_autofree char *spoken = NULL;

  show_kind (self, entry);
  spoken = g_strdup_printf ("%s, %s, %s %s %s %s", time, gtk_label_get_text (self->word),
                            report->event != NULL ? report->event : "", report->channel != NULL ? report->channel : "",
                            who != NULL ? who : "", text);
  gtk_label_set_text (self->time, time);
  show_text (self->event, report->event);
  show_channel (self, report->channel);
  show_text (self->who, who);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->who), report->user_id != NULL ? _("User") : _("Socket id"));
  show_text (self->text, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

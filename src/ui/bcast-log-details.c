/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-log-details.h"

#include <glib/gi18n.h>

#include "bcast-copy-button.h"
#include "bcast-format.h"
#include "bcast-inspector-section.h"
#include "bcast-json.h"

/**
 * BcastLogDetails:
 *
 * All that a report of the sandbox tells.
 */
struct _BcastLogDetails
{
  AdwBin           parent_instance;

  GtkLabel        *title;
  BcastCopyButton *copy_button;
  GtkListBox      *fields;
  GtkBox          *data;
};

G_DEFINE_FINAL_TYPE (BcastLogDetails, bcast_log_details, ADW_TYPE_BIN)

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
close_cb (BcastLogDetails *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
bcast_log_details_class_init (BcastLogDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BCAST_TYPE_COPY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-log-details.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastLogDetails, title);
  gtk_widget_class_bind_template_child (widget_class, BcastLogDetails, copy_button);
  gtk_widget_class_bind_template_child (widget_class, BcastLogDetails, fields);
  gtk_widget_class_bind_template_child (widget_class, BcastLogDetails, data);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
bcast_log_details_init (BcastLogDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_field (BcastLogDetails *self,
           const char      *title,
           const char      *value)
{
  GtkWidget *box, *name, *text;

  if (value == NULL || *value == '\0')
    return;
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  name = gtk_label_new (title);
  text = gtk_label_new (value);
  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_widget_add_css_class (name, "quiet-text");
  gtk_label_set_xalign (GTK_LABEL (text), 1);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (text, "value");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), text);
  gtk_list_box_append (self->fields, box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (gtk_widget_get_parent (box)), FALSE);
  gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);
}

static const char *
get_code_title (BcastReportKind kind)
{
  switch (kind)
    {
    case BCAST_REPORT_SUBSCRIPTION_COUNT:
      return _("Subscribers");
    case BCAST_REPORT_API_MESSAGE:
    case BCAST_REPORT_API_ERROR:
    case BCAST_REPORT_WEBHOOK_SENT:
    case BCAST_REPORT_WEBHOOK_FAILED:
      return _("HTTP status");
    default:
      return _("Code");
    }
}

static void
show_report (BcastLogDetails   *self,
             const BcastReport *report)
{
  g_autofree char *code = report->code != 0 ? g_strdup_printf ("%u", report->code) : NULL;
  g_autofree char *duration = report->duration_us > 0 ? bcast_format_duration (report->duration_us) : NULL;
  g_autofree char *tidy = report->data != NULL ? bcast_json_tidy (report->data, NULL) : NULL;

  add_field (self, _("Channel"), report->channel);
  add_field (self, _("Event"), report->event);
  add_field (self, _("User"), report->user_id);
  add_field (self, report->kind == BCAST_REPORT_API_MESSAGE ? _("Excluded socket") : _("Socket id"),
             report->socket_id);
  add_field (self, get_code_title (report->kind), code);
  add_field (self, report->kind == BCAST_REPORT_DISCONNECTION ? _("Lifetime") : _("Took"), duration);
  add_field (self, _("More"), report->text);
  add_field (self, _("App"), report->app_id);
  if (report->data != NULL)
    gtk_box_append (self->data, bcast_inspector_section_new (_("Data"), tidy != NULL ? tidy : report->data));
}

/**
 * bcast_log_details_show:
 * @self: the details
 * @entry: what to tell
 */
void
bcast_log_details_show (BcastLogDetails *self,
                        BcastLogEntry   *entry)
{
  g_return_if_fail (BCAST_IS_LOG_DETAILS (self));
  g_return_if_fail (BCAST_IS_LOG_ENTRY (entry));

  const BcastReport *report = bcast_log_entry_get_report (entry);
  g_autofree char *json = bcast_log_entry_dup_json (entry);
  g_autofree char *time = bcast_format_date (bcast_log_entry_get_time_us (entry));
  g_autofree char *n_lost = g_strdup_printf ("%" G_GUINT64_FORMAT, bcast_log_entry_get_n_lost (entry));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->fields))) != NULL)
    gtk_list_box_remove (self->fields, child);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->data))) != NULL)
    gtk_box_remove (self->data, child);
  bcast_copy_button_set_text (self->copy_button, json);
  gtk_label_set_text (self->title, report != NULL ? bcast_report_kind_get_title (report->kind) : _("Lost reports"));
  add_field (self, _("Time"), time);
  if (report != NULL)
    show_report (self, report);
  else
    add_field (self, _("How many"), n_lost);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-inspector-details.h"

#include <string.h>

#include <glib/gi18n.h>

#include "bcast-event-summary.h"
#include "bcast-format.h"
#include "bcast-request-text.h"

/**
 * BcastInspectorDetails:
 *
 * One line for each fact about an event. Activating a line copies its value.
 */
struct _BcastInspectorDetails
{
  AdwBin      parent_instance;

  GtkListBox *list;

  BcastEvent *event;
  char       *reason;
};

G_DEFINE_FINAL_TYPE (BcastInspectorDetails, bcast_inspector_details, ADW_TYPE_BIN)

static void
row_activated_cb (BcastInspectorDetails *self,
                  GtkListBoxRow         *row)
{
  const char *value = g_object_get_data (G_OBJECT (row), "value");
  g_autofree char *message = g_strdup_printf (_("Copied %s"), value);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), value);
  gtk_widget_activate_action (GTK_WIDGET (self), "live.toast", "s", message);
}

static GtkWidget *
create_value (const char *value,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "value");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
append_row (BcastInspectorDetails *self,
            GtkWidget             *content,
            const char            *title,
            const char            *value)
{
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *tooltip = g_strdup_printf (_("%s\nClick to copy"), value);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", title, value);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), content);
  gtk_widget_set_tooltip_text (row, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (row), "value", g_strdup (value), g_free);
  gtk_list_box_append (self->list, row);
}

static void
add (BcastInspectorDetails *self,
     const char            *title,
     const char            *value,
     const char            *css_class)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), create_value (value, css_class));
  append_row (self, box, title, value);
}

/* What is too long for the end of a line stands below its title, whole. */
static void
add_sentence (BcastInspectorDetails *self,
              const char            *title,
              const char            *sentence,
              const char            *css_class)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *text = gtk_label_new (sentence);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (text, css_class);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), text);
  append_row (self, box, title, sentence);
}

static void
add_answer (BcastInspectorDetails  *self,
            const BcastEventRecord *record)
{
  g_autofree char *duration = record->accepted_us >= 0 ? bcast_format_duration (record->accepted_us) : NULL;
  g_autofree char *answer = NULL;
  gboolean is_refused = record->outcome == BCAST_EVENT_REFUSED;

  if (record->sender != NULL)
    add (self, _("Sent as"), record->sender, NULL);
  else if (record->status == 0 && !is_refused)
    add (self, _("Accepted"), record->error != NULL ? _("not known") : _("no answer yet"), "waiting");
  else if (record->status > 0)
    {
      answer = duration != NULL ? g_strdup_printf (_("%u in %s"), record->status, duration)
                                : g_strdup_printf ("%u", record->status);
      add (self, is_refused ? _("Refused") : _("Accepted"), answer, is_refused ? "error" : "success");
    }
  if (record->error != NULL)
    add_sentence (self, _("Why"), record->error, "error");
}

static void
add_delivery (BcastInspectorDetails *self,
              const BcastDelivery   *delivery)
{
  g_autofree char *latency = delivery->latency_us >= 0 ? bcast_format_duration (delivery->latency_us)
                                                       : bcast_format_time_exact (delivery->received_us);
  g_autofree char *text = delivery->latency_us < 0
                          ? g_strdup_printf (_("received at %s"), latency)
                          : delivery->identical
                            ? g_strdup_printf (_("received in %s"), latency)
                            : g_strdup_printf (_("received in %s, other bytes"), latency);

  add (self, delivery->client, text, delivery->identical || delivery->latency_us < 0 ? "success" : "warning");
}

static void
add_clients (BcastInspectorDetails *self)
{
  const BcastEventRecord *record = bcast_event_get_record (self->event);
  g_auto(GStrv) absent = bcast_event_summary_dup_absent (self->event);
  gboolean is_waiting = record->outcome == BCAST_EVENT_WAITING;

  for (guint i = 0; i < bcast_event_get_n_deliveries (self->event); i++)
    add_delivery (self, bcast_event_get_delivery (self->event, i));
  for (guint i = 0; absent[i] != NULL && record->outcome != BCAST_EVENT_REFUSED; i++)
    add (self, absent[i], is_waiting ? _("waiting") : _("missed"), is_waiting ? "waiting" : "error");
  if (record->excluded != NULL)
    add (self, record->excluded, _("excluded as asked"), NULL);
  if (record->outcome == BCAST_EVENT_UNHEARD)
    add (self, _("Clients"), _("none is subscribed"), "error");
  if (self->reason != NULL)
    add_sentence (self, _("Likely reason"), self->reason, "warning");
}

static void
add_payload (BcastInspectorDetails *self)
{
  const BcastEventRecord *record = bcast_event_get_record (self->event);
  g_autofree char *size = bcast_format_size (record->data != NULL ? strlen (record->data) : 0);
  guint n_deliveries = bcast_event_get_n_deliveries (self->event);
  gboolean is_compared = n_deliveries > 0 && record->outcome != BCAST_EVENT_FOREIGN;
  gboolean is_identical = TRUE;

  for (guint i = 0; i < n_deliveries; i++)
    is_identical = is_identical && bcast_event_get_delivery (self->event, i)->identical;

  g_autofree char *text = g_strdup_printf (is_identical ? _("identical · %s") : _("different · %s"), size);

  if (is_compared)
    add (self, _("Payload"), text, is_identical ? "success" : "warning");
  else
    add (self, _("Payload"), size, NULL);
}

static void
add_request (BcastInspectorDetails  *self,
             const BcastEventRecord *record)
{
  g_autoptr(BcastRequestText) request = record->request != NULL
                                        ? bcast_request_text_parse (record->request) : NULL;

  if (request == NULL)
    return;
  add (self, _("Request"), request->line, NULL);
  /* Names of the protocol, not to be translated. */
  if (request->body_md5 != NULL)
    add (self, "body_md5", request->body_md5, NULL);
  if (request->auth_signature != NULL)
    add (self, "auth_signature", request->auth_signature, NULL);
}

static void
update (BcastInspectorDetails *self)
{
  const BcastEventRecord *record = bcast_event_get_record (self->event);
  gboolean is_sent = bcast_event_is_sent (self->event);
  g_autofree char *time = bcast_format_time_exact (record->time_us);
  g_autofree char *date = bcast_format_date (record->time_us);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);

  add (self, _("Event"), record->name, NULL);
  add (self, _("Channel"), record->channel, NULL);
  add (self, is_sent ? _("Sent") : _("Received"), time, NULL);
  gtk_widget_set_tooltip_text (gtk_widget_get_last_child (GTK_WIDGET (self->list)), date);
  if (is_sent)
    add_answer (self, record);
  add_clients (self);
  add_payload (self);
  add_request (self, record);
}

static void
bcast_inspector_details_dispose (GObject *object)
{
  BcastInspectorDetails *self = BCAST_INSPECTOR_DETAILS (object);

  if (self->event != NULL)
    g_signal_handlers_disconnect_by_data (self->event, self);
  g_clear_object (&self->event);

  G_OBJECT_CLASS (bcast_inspector_details_parent_class)->dispose (object);
}

static void
bcast_inspector_details_finalize (GObject *object)
{
  g_free (BCAST_INSPECTOR_DETAILS (object)->reason);

  G_OBJECT_CLASS (bcast_inspector_details_parent_class)->finalize (object);
}

static void
bcast_inspector_details_class_init (BcastInspectorDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_inspector_details_dispose;
  G_OBJECT_CLASS (klass)->finalize = bcast_inspector_details_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "bcast-inspector-details.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastInspectorDetails, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
bcast_inspector_details_init (BcastInspectorDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_inspector_details_set_event:
 * @self: the details
 * @event: (nullable): what to show and follow
 *
 * Shows another event, without a reason.
 */
void
bcast_inspector_details_set_event (BcastInspectorDetails *self,
                                   BcastEvent            *event)
{
  g_return_if_fail (BCAST_IS_INSPECTOR_DETAILS (self));
  g_return_if_fail (event == NULL || BCAST_IS_EVENT (event));

  if (self->event == event)
    return;
  if (self->event != NULL)
    g_signal_handlers_disconnect_by_data (self->event, self);
  g_set_object (&self->event, event);
  g_clear_pointer (&self->reason, g_free);
  if (event == NULL)
    return;
  g_signal_connect_swapped (event, "changed", G_CALLBACK (update), self);
  update (self);
}

/**
 * bcast_inspector_details_set_reason:
 * @self: the details
 * @reason: (nullable): a sentence, translated
 *
 * Says why the event was probably not heard.
 */
void
bcast_inspector_details_set_reason (BcastInspectorDetails *self,
                                    const char            *reason)
{
  g_return_if_fail (BCAST_IS_INSPECTOR_DETAILS (self));

  if (g_strcmp0 (self->reason, reason) == 0)
    return;
  g_free (self->reason);
  self->reason = g_strdup (reason);
  if (self->event != NULL)
    update (self);
}

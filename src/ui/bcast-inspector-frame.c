/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-inspector-frame.h"

#include <string.h>

#include <glib/gi18n.h>

#include "bcast-copy-button.h"
#include "bcast-format.h"
#include "bcast-no-hyphens.h"

#define MAX_SHOWN_BYTES (32 * 1024) /* laying out more would stop the window; the copy has it all */
#define MAX_FRAMES      20

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

static char *
dup_shown (const char *text)
{
  gsize length = strlen (text);
  g_autofree char *shown = g_utf8_make_valid (text, (gssize) MIN (length, MAX_SHOWN_BYTES));
  g_autofree char *rest = NULL;

  if (length <= MAX_SHOWN_BYTES)
    return g_steal_pointer (&shown);
  rest = bcast_format_size (length - MAX_SHOWN_BYTES);
  return g_strdup_printf (_("%s\n… and %s more: copy it to see all"), shown, rest);
}

static GtkWidget *
create_view (const char *text,
             const char *title)
{
  GtkWidget *view = gtk_text_view_new ();
  g_autofree char *shown = dup_shown (text);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), shown, -1);
  bcast_no_hyphens_follow (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_overflow (view, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (view, "frame-text");
  return view;
}

static void
add_section (BcastInspectorFrame *self,
             const char          *title,
             const char          *text)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (title);
  g_autofree char *purpose = g_strdup_printf (_("Copy: %s"), title);
  GtkWidget *copy = g_object_new (BCAST_TYPE_COPY_BUTTON, "purpose", purpose, "text", text, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "tree-heading");
  gtk_box_append (GTK_BOX (header), label);
  gtk_box_append (GTK_BOX (header), copy);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), create_view (text, title));
  gtk_box_append (self->sections, box);
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

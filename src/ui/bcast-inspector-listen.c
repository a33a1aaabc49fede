/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-inspector-listen.h"

#include <glib/gi18n.h>

#include "bcast-inspector-section.h"
#include "bcast-listening.h"
#include "bcast-near-miss.h"

/**
 * BcastInspectorListen:
 *
 * How each library has to be told the name of an event, and what may be wrong with it. Filled only while it
 * is on screen.
 */
struct _BcastInspectorListen
{
  AdwBin      parent_instance;

  GtkBox     *warnings;
  GtkBox     *sections;

  BcastEvent *event;
  gboolean    outdated;
};

G_DEFINE_FINAL_TYPE (BcastInspectorListen, bcast_inspector_listen, ADW_TYPE_BIN)

static void
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static GtkWidget *
create_text (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

static void
add_heading (BcastInspectorListen *self,
             BcastListeningSide    side)
{
  GtkWidget *label = create_text (side == BCAST_LISTENING_RECEIVER ? _("To listen for it")
                                                                   : _("To send it under this name"));

  gtk_widget_add_css_class (label, "heading");
  if (side == BCAST_LISTENING_SENDER)
    gtk_widget_set_margin_top (label, 8);
  gtk_box_append (self->sections, label);
}

static void
add_entry (BcastInspectorListen *self,
           const BcastListening *entry,
           gboolean              is_another)
{
  g_autofree char *another = g_strdup_printf (_("%s, another way"), entry->library);
  GtkWidget *section = bcast_inspector_section_new (is_another ? another : entry->library, entry->code);

  if (entry->note != NULL)
    {
      GtkWidget *note = create_text (entry->note);

      gtk_widget_add_css_class (note, "note");
      gtk_widget_add_css_class (note, entry->exact ? "dim-label" : "warning");
      gtk_box_append (GTK_BOX (section), note);
    }
  gtk_box_append (self->sections, section);
}

static void
update (BcastInspectorListen *self)
{
  self->outdated = self->event != NULL;
  if (self->event == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->outdated = FALSE;

  const BcastEventRecord *record = bcast_event_get_record (self->event);
  g_autoptr(GPtrArray) list = bcast_listening_list (record->channel, record->name != NULL ? record->name : "");
  const BcastListening *before = NULL;

  clear (self->sections);
  for (guint i = 0; i < list->len; i++)
    {
      const BcastListening *entry = list->pdata[i];
      gboolean is_same_side = before != NULL && before->side == entry->side;

      if (!is_same_side)
        add_heading (self, entry->side);
      add_entry (self, entry, is_same_side && g_str_equal (before->library, entry->library));
      before = entry;
    }
  if (list->len == 0)
    gtk_box_append (self->sections, create_text (_("No library passes this event on to an app.")));
}

static void
bcast_inspector_listen_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bcast_inspector_listen_parent_class)->map (widget);
  if (BCAST_INSPECTOR_LISTEN (widget)->outdated)
    update (BCAST_INSPECTOR_LISTEN (widget));
}

static void
bcast_inspector_listen_dispose (GObject *object)
{
  g_clear_object (&BCAST_INSPECTOR_LISTEN (object)->event);

  G_OBJECT_CLASS (bcast_inspector_listen_parent_class)->dispose (object);
}

static void
bcast_inspector_listen_class_init (BcastInspectorListenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_inspector_listen_dispose;
  widget_class->map = bcast_inspector_listen_map;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "bcast-inspector-listen.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastInspectorListen, warnings);
  gtk_widget_class_bind_template_child (widget_class, BcastInspectorListen, sections);
}

static void
bcast_inspector_listen_init (BcastInspectorListen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_inspector_listen_set_event:
 * @self: the page
 * @event: (nullable): what to show
 *
 * Shows another event. An event never gets another name, so that it need not be followed.
 */
void
bcast_inspector_listen_set_event (BcastInspectorListen *self,
                                  BcastEvent           *event)
{
  g_return_if_fail (BCAST_IS_INSPECTOR_LISTEN (self));
  g_return_if_fail (event == NULL || BCAST_IS_EVENT (event));

  if (g_set_object (&self->event, event))
    update (self);
}

static GtkWidget *
create_warning (const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE,
                                  "icon-name", "dialog-warning-symbolic",
                                  "valign", GTK_ALIGN_START,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  NULL);
  GtkWidget *label = create_text (text);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "warning-line");
  return box;
}

/**
 * bcast_inspector_listen_set_warnings:
 * @self: the page
 * @misses: (element-type BcastNearMiss): what may be wrong with the event's names
 *
 * Shows these warnings in place of those before.
 */
void
bcast_inspector_listen_set_warnings (BcastInspectorListen *self,
                                     GPtrArray            *misses)
{
  g_return_if_fail (BCAST_IS_INSPECTOR_LISTEN (self));
  g_return_if_fail (misses != NULL);

  clear (self->warnings);
  for (guint i = 0; i < misses->len; i++)
    gtk_box_append (self->warnings, create_warning (((BcastNearMiss *) misses->pdata[i])->text));
  gtk_widget_set_visible (GTK_WIDGET (self->warnings), misses->len > 0);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-inspector-section.h"

#include <string.h>

#include <glib/gi18n.h>

#include "bcast-copy-button.h"
#include "bcast-format.h"
#include "bcast-no-hyphens.h"

#define MAX_SHOWN_BYTES (32 * 1024) /* laying out more would stop the window; the copy has it all */

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

/**
 * bcast_inspector_section_new:
 * @title: what the text is, translated
 * @text: an exact text
 *
 * Returns: (transfer full): a vertical box with the title, a button that copies the text, and the text
 */
GtkWidget *
bcast_inspector_section_new (const char *title,
                             const char *text)
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
  return box;
}

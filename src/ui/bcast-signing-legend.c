/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-signing-legend.h"

#include "bcast-signing-origin.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * BcastSigningLegend:
 *
 * Names each part of a string to sign: its colour, what it is, its text, and where it comes from.
 */
struct _BcastSigningLegend
{
  GtkGrid parent_instance;

  guint   n_rows;
};

G_DEFINE_FINAL_TYPE (BcastSigningLegend, bcast_signing_legend, GTK_TYPE_GRID)

static PangoAttribute *
new_color (const BcastSigningPart *part,
           gboolean                dark)
{
  PangoColor color;

  if (!pango_color_parse (&color, bcast_signing_origin_get_color (part, dark)))
    g_return_val_if_reached (NULL);
  return pango_attr_foreground_new (color.red, color.green, color.blue);
}

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_row (BcastSigningLegend     *self,
         const BcastSigningPart *part,
         const char             *shown,
         gboolean                dark)
{
  g_autofree char *name = g_strconcat ("■ ", bcast_signing_origin_get_label (part), NULL);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
  GtkWidget *name_label = new_label (name, "legend-name");
  GtkWidget *text_label = new_label (shown, "monospace");
  GtkWidget *source_label = new_label (bcast_signing_origin_get_source (part), "dim-label");
  int row = (int) self->n_rows * 2;

  pango_attr_list_insert (attributes, new_color (part, dark));
  gtk_label_set_attributes (GTK_LABEL (name_label), attributes);
  gtk_label_set_ellipsize (GTK_LABEL (text_label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (text_label, shown);
  gtk_widget_set_hexpand (text_label, TRUE);
  gtk_label_set_wrap (GTK_LABEL (source_label), TRUE);
  gtk_widget_set_margin_bottom (source_label, 4);
  gtk_widget_add_css_class (text_label, "caption");
  gtk_widget_add_css_class (source_label, "caption");
  gtk_widget_add_css_class (source_label, "legend-source");

  gtk_grid_attach (GTK_GRID (self), name_label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self), text_label, 1, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self), source_label, 1, row + 1, 1, 1);
  self->n_rows++;
}

/* The separators of @parts, each once: readable also where one is a line break. */
static char *
list_separators (GPtrArray *parts)
{
  g_autoptr(GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; i < parts->len; i++)
    {
      BcastSigningPart *part = g_ptr_array_index (parts, i);
      const char *text = g_str_equal (part->text, "\n") ? _("line break") : part->text;

      if (part->origin == BCAST_SIGNING_FIXED
          && !g_ptr_array_find_with_equal_func (shown, text, g_str_equal, NULL))
        g_ptr_array_add (shown, (gpointer) text);
    }
  g_ptr_array_add (shown, NULL);
  return g_strjoinv ("  ", (char **) shown->pdata);
}

static void
bcast_signing_legend_class_init (BcastSigningLegendClass *klass)
{
}

static void
bcast_signing_legend_init (BcastSigningLegend *self)
{
  gtk_grid_set_column_spacing (GTK_GRID (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "signing-legend");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Parts of the string to sign"), -1);
}

/**
 * bcast_signing_legend_new:
 *
 * Returns: (transfer none): an empty legend
 */
GtkWidget *
bcast_signing_legend_new (void)
{
  return g_object_new (BCAST_TYPE_SIGNING_LEGEND, NULL);
}

/**
 * bcast_signing_legend_set_parts:
 * @self: a legend
 * @parts: (element-type BcastSigningPart): what to name
 * @dark: for a dark background
 */
void
bcast_signing_legend_set_parts (BcastSigningLegend *self,
                                GPtrArray          *parts,
                                gboolean            dark)
{
  g_return_if_fail (BCAST_IS_SIGNING_LEGEND (self));
  g_return_if_fail (parts != NULL);

  const BcastSigningPart *separator = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_grid_remove (GTK_GRID (self), child);
  self->n_rows = 0;

  for (guint i = 0; i < parts->len; i++)
    {
      const BcastSigningPart *part = g_ptr_array_index (parts, i);

      if (part->origin == BCAST_SIGNING_FIXED)
        separator = part;
      else
        add_row (self, part, part->text, dark);
    }
  if (separator != NULL)
    {
      g_autofree char *shown = list_separators (parts);

      add_row (self, separator, shown, dark);
    }
}

/**
 * bcast_signing_legend_dup_attributes:
 * @parts: (element-type BcastSigningPart): the parts of a string to sign
 * @dark: for a dark background
 *
 * Returns: (transfer full): the colours of the string that the parts make when joined
 */
PangoAttrList *
bcast_signing_legend_dup_attributes (GPtrArray *parts,
                                     gboolean   dark)
{
  g_return_val_if_fail (parts != NULL, NULL);

  PangoAttrList *attributes = pango_attr_list_new ();
  gsize offset = 0;

  for (guint i = 0; i < parts->len; i++)
    {
      const BcastSigningPart *part = g_ptr_array_index (parts, i);
      PangoAttribute *color = new_color (part, dark);

      color->start_index = (guint) offset;
      offset += strlen (part->text);
      color->end_index = (guint) offset;
      pango_attr_list_insert (attributes, color);
    }
  return attributes;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-server-button.h"

#include <glib/gi18n.h>

/**
 * BcastServerButton:
 *
 * Names the server on the other end and lists what of the protocol it lacks.
 */
struct _BcastServerButton
{
  AdwBin           parent_instance;

  GtkMenuButton   *button;
  GtkLabel        *title;
  GtkBox          *lacks;

  BcastServerKind  kind;
};

G_DEFINE_FINAL_TYPE (BcastServerButton, bcast_server_button, ADW_TYPE_BIN)

static void
bcast_server_button_class_init (BcastServerButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-server-button.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastServerButton, button);
  gtk_widget_class_bind_template_child (widget_class, BcastServerButton, title);
  gtk_widget_class_bind_template_child (widget_class, BcastServerButton, lacks);
}

static void
bcast_server_button_init (BcastServerButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
append_lack (BcastServerButton *self,
             const char        *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), 28);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_box_append (self->lacks, label);
}

static void
fill (BcastServerButton *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lacks))) != NULL)
    gtk_box_remove (self->lacks, child);
  for (guint i = 0; i < BCAST_N_SERVER_FEATURES; i++)
    {
      const char *lack = bcast_server_kind_lacks (self->kind, (BcastServerFeature) i);

      if (lack != NULL)
        append_lack (self, lack);
    }
  if (gtk_widget_get_first_child (GTK_WIDGET (self->lacks)) == NULL)
    append_lack (self, _("Nothing that this program uses is known to be missing."));
}

/**
 * bcast_server_button_set_kind:
 * @self: a button
 * @kind: which server it is
 */
void
bcast_server_button_set_kind (BcastServerButton *self,
                              BcastServerKind    kind)
{
  g_return_if_fail (BCAST_IS_SERVER_BUTTON (self));

  if (self->kind == kind)
    return;

  const char *name = bcast_server_kind_get_name (kind);
  g_autofree char *title = g_strdup_printf (_("What %s does not have"), name);
  g_autofree char *tooltip = g_strdup_printf (_("The server is %s. Shows what it does not have"), name);

  self->kind = kind;
  gtk_menu_button_set_label (self->button, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_label_set_text (self->title, title);
  fill (self);
}

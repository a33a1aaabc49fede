/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-composer-chips.h"

#include <glib/gi18n.h>

#include "bcast-channel-style.h"

/**
 * BcastComposerChips:
 *
 * The channels of an event beside the one in the entry, each once, as chips that can be taken out.
 */
struct _BcastComposerChips
{
  GtkBox      parent_instance;

  GtkFlowBox *box;

  GPtrArray  *names; /* ends with a NULL */
};

G_DEFINE_FINAL_TYPE (BcastComposerChips, bcast_composer_chips, GTK_TYPE_BOX)

enum
{
  CHANGED,
  REMOVED,
  CLEAR,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
remove_cb (GtkButton *button,
           gpointer   user_data)
{
  BcastComposerChips *self = BCAST_COMPOSER_CHIPS (gtk_widget_get_ancestor (GTK_WIDGET (button),
                                                                            BCAST_TYPE_COMPOSER_CHIPS));
  GtkWidget *child = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_FLOW_BOX_CHILD);

  g_ptr_array_remove_index (self->names, (guint) gtk_flow_box_child_get_index (GTK_FLOW_BOX_CHILD (child)));
  gtk_flow_box_remove (self->box, child);
  gtk_widget_set_visible (GTK_WIDGET (self), self->names->len > 1);
  g_signal_emit (self, signals[REMOVED], 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
clear_cb (BcastComposerChips *self)
{
  g_signal_emit (self, signals[CLEAR], 0);
}

static void
append_chip (BcastComposerChips *self,
             const char         *name)
{
  g_autofree char *tooltip = g_strdup_printf (_("Take %s out"), name);
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  bcast_channel_style_set_chip (GTK_LABEL (label), name);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (button, "small");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), NULL);

  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), chip);
  gtk_widget_add_css_class (child, "bare");
  gtk_widget_set_halign (child, GTK_ALIGN_START);
  gtk_widget_set_focusable (child, FALSE);
  gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  gtk_flow_box_append (self->box, child);
}

static gboolean
has (BcastComposerChips *self,
     const char         *name)
{
  return g_strv_contains ((const char * const *) self->names->pdata, name);
}

static void
append_names (BcastComposerChips *self,
              const char * const *names)
{
  for (guint i = 0; names[i] != NULL && self->names->len <= BCAST_COMPOSER_CHIPS_MAX; i++)
    if (!has (self, names[i]))
      {
        g_ptr_array_insert (self->names, (int) self->names->len - 1, g_strdup (names[i]));
        append_chip (self, names[i]);
      }
  gtk_widget_set_visible (GTK_WIDGET (self), self->names->len > 1);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
clear (BcastComposerChips *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_flow_box_remove (self->box, child);
  g_ptr_array_set_size (self->names, 0);
  g_ptr_array_add (self->names, NULL);
}

static void
bcast_composer_chips_finalize (GObject *object)
{
  BcastComposerChips *self = BCAST_COMPOSER_CHIPS (object);

  g_ptr_array_unref (self->names);

  G_OBJECT_CLASS (bcast_composer_chips_parent_class)->finalize (object);
}

static void
bcast_composer_chips_class_init (BcastComposerChipsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bcast_composer_chips_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[CLEAR] = g_signal_new ("clear", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-composer-chips.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastComposerChips, box);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

static void
bcast_composer_chips_init (BcastComposerChips *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->names = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->names, NULL);
}

/**
 * bcast_composer_chips_get_names:
 * @self: the chips
 *
 * Returns: (transfer none) (array zero-terminated=1): the full names of the channels
 */
const char * const *
bcast_composer_chips_get_names (BcastComposerChips *self)
{
  g_return_val_if_fail (BCAST_IS_COMPOSER_CHIPS (self), NULL);

  return (const char * const *) self->names->pdata;
}

/**
 * bcast_composer_chips_get_n:
 * @self: the chips
 *
 * Returns: how many channels
 */
guint
bcast_composer_chips_get_n (BcastComposerChips *self)
{
  g_return_val_if_fail (BCAST_IS_COMPOSER_CHIPS (self), 0);

  return self->names->len - 1;
}

/**
 * bcast_composer_chips_set_names:
 * @self: the chips
 * @names: (array zero-terminated=1): full names of channels; what is beyond %BCAST_COMPOSER_CHIPS_MAX is left
 *   out
 *
 * Puts channels in the place of those that are there.
 */
void
bcast_composer_chips_set_names (BcastComposerChips *self,
                                const char * const *names)
{
  g_return_if_fail (BCAST_IS_COMPOSER_CHIPS (self));
  g_return_if_fail (names != NULL);

  clear (self);
  append_names (self, names);
}

/**
 * bcast_composer_chips_add:
 * @self: the chips
 * @names: (array zero-terminated=1): full names of channels, likewise
 *
 * Adds channels that are not there yet.
 */
void
bcast_composer_chips_add (BcastComposerChips *self,
                          const char * const *names)
{
  g_return_if_fail (BCAST_IS_COMPOSER_CHIPS (self));
  g_return_if_fail (names != NULL);

  append_names (self, names);
}

/**
 * bcast_composer_chips_take_last:
 * @self: the chips
 *
 * Takes the last channel out.
 *
 * Returns: (transfer full) (nullable): its full name, %NULL when there was none
 */
char *
bcast_composer_chips_take_last (BcastComposerChips *self)
{
  g_return_val_if_fail (BCAST_IS_COMPOSER_CHIPS (self), NULL);

  guint n_names = self->names->len - 1;

  if (n_names == 0)
    return NULL;

  char *name = g_strdup (g_ptr_array_index (self->names, n_names - 1));

  g_ptr_array_remove_index (self->names, n_names - 1);
  gtk_flow_box_remove (self->box, GTK_WIDGET (gtk_flow_box_get_child_at_index (self->box, (int) n_names - 1)));
  gtk_widget_set_visible (GTK_WIDGET (self), self->names->len > 1);
  g_signal_emit (self, signals[CHANGED], 0);
  return name;
}

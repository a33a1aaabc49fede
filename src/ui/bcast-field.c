/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-field.h"

/**
 * BcastField:
 *
 * One thing to fill in: its title, the input, a sentence that explains it, and what is wrong with
 * what was entered. Screen readers get all of it with the input.
 */
struct _BcastField
{
  GtkBox     parent_instance;

  GtkLabel  *title;
  GtkBox    *line;
  GtkLabel  *hint;
  GtkWidget *error_box;
  GtkLabel  *error_label;
  GtkWidget *input;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_HINT,
  PROP_ERROR,
  PROP_INPUT,
  PROP_SUFFIX,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BcastField, bcast_field, GTK_TYPE_BOX)

static void
set_input (BcastField *self,
           GtkWidget  *input)
{
  if (input == NULL)
    return;
  gtk_widget_set_hexpand (input, TRUE);
  gtk_box_prepend (self->line, input);
  if (GTK_IS_SCROLLED_WINDOW (input))
    input = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (input));
  self->input = input;
  gtk_label_set_mnemonic_widget (self->title, input);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (input),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->title, NULL,
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->hint, NULL,
                                  -1);
}

static void
bcast_field_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  BcastField *self = BCAST_FIELD (object);

  switch (prop_id)
    {
    case PROP_ERROR:
      g_value_set_string (value, bcast_field_get_error (self));
      break;
    case PROP_INPUT:
      g_value_set_object (value, self->input);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bcast_field_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  BcastField *self = BCAST_FIELD (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      gtk_label_set_text_with_mnemonic (self->title, g_value_get_string (value));
      break;
    case PROP_HINT:
      bcast_field_set_hint (self, g_value_get_string (value));
      break;
    case PROP_ERROR:
      bcast_field_set_error (self, g_value_get_string (value));
      break;
    case PROP_INPUT:
      set_input (self, g_value_get_object (value));
      break;
    case PROP_SUFFIX:
      if (g_value_get_object (value) != NULL)
        gtk_box_append (self->line, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bcast_field_class_init (BcastFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bcast_field_get_property;
  object_class->set_property = bcast_field_set_property;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, "",
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HINT] =
    g_param_spec_string ("hint", NULL, NULL, NULL,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ERROR] =
    g_param_spec_string ("error", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_INPUT] =
    g_param_spec_object ("input", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUFFIX] =
    g_param_spec_object ("suffix", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-field.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastField, title);
  gtk_widget_class_bind_template_child (widget_class, BcastField, line);
  gtk_widget_class_bind_template_child (widget_class, BcastField, hint);
  gtk_widget_class_bind_template_child (widget_class, BcastField, error_box);
  gtk_widget_class_bind_template_child (widget_class, BcastField, error_label);
}

static void
bcast_field_init (BcastField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_field_set_hint:
 * @self: a field
 * @hint: (nullable): a sentence below the input, translated
 */
void
bcast_field_set_hint (BcastField *self,
                      const char *hint)
{
  g_return_if_fail (BCAST_IS_FIELD (self));

  gtk_label_set_text (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint),
                          hint != NULL && !gtk_widget_get_visible (self->error_box));
}

/**
 * bcast_field_set_error:
 * @self: a field
 * @error: (nullable): what is wrong, a sentence; it takes the place of the hint
 */
void
bcast_field_set_error (BcastField *self,
                       const char *error)
{
  g_return_if_fail (BCAST_IS_FIELD (self));

  if (g_strcmp0 (bcast_field_get_error (self), error) == 0)
    return;

  gtk_label_set_text (self->error_label, error != NULL ? error : "");
  gtk_widget_set_visible (self->error_box, error != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->hint),
                          error == NULL && gtk_label_get_text (self->hint)[0] != '\0');
  if (self->input != NULL)
    {
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_STATE_INVALID,
                                   error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                                   -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      error != NULL ? error : gtk_label_get_text (self->hint), -1);
      if (error != NULL)
        gtk_widget_add_css_class (self->input, "error");
      else
        gtk_widget_remove_css_class (self->input, "error");
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/**
 * bcast_field_get_error:
 * @self: a field
 *
 * Returns: (nullable): what is wrong with what was entered
 */
const char *
bcast_field_get_error (BcastField *self)
{
  g_return_val_if_fail (BCAST_IS_FIELD (self), NULL);

  return gtk_widget_get_visible (self->error_box) ? gtk_label_get_text (self->error_label) : NULL;
}

/**
 * bcast_field_get_input:
 * @self: a field
 *
 * Returns: (transfer none) (nullable): the widget that is filled in; what scrolls when it is in a
 *   scrolled window
 */
GtkWidget *
bcast_field_get_input (BcastField *self)
{
  g_return_val_if_fail (BCAST_IS_FIELD (self), NULL);

  return self->input;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-signing-step.h"

#include "bcast-copy-button.h"

#include <string.h>

/* More than any channel or query has; a label that wraps much more makes typing slow. */
#define MAX_SHOWN_BYTES 8192

/**
 * BcastSigningStep:
 *
 * One step on the way to a signature: its value to read, select and copy, and how it is made.
 */
struct _BcastSigningStep
{
  GtkBox           parent_instance;

  GtkLabel        *number;
  GtkLabel        *title;
  BcastCopyButton *copy_button;
  GtkLabel        *value;
  GtkBox          *extra;
  GtkLabel        *explanation;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_EXPLANATION,
  PROP_COPY_PURPOSE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BcastSigningStep, bcast_signing_step, GTK_TYPE_BOX)

/* A hyphen where a line is broken would look like a part of the value. */
static void
show_attributes (BcastSigningStep *self,
                 PangoAttrList    *attributes)
{
  g_autoptr(PangoAttrList) shown = attributes != NULL ? pango_attr_list_copy (attributes) : pango_attr_list_new ();

  pango_attr_list_insert (shown, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (self->value, shown);
}

static void
bcast_signing_step_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  BcastSigningStep *self = BCAST_SIGNING_STEP (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      gtk_label_set_text (self->title, g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value), -1);
      break;
    case PROP_EXPLANATION:
      gtk_label_set_text (self->explanation, g_value_get_string (value));
      break;
    case PROP_COPY_PURPOSE:
      g_object_set_property (G_OBJECT (self->copy_button), "purpose", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bcast_signing_step_class_init (BcastSigningStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = bcast_signing_step_set_property;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, "", G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_EXPLANATION] =
    g_param_spec_string ("explanation", NULL, NULL, "", G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COPY_PURPOSE] =
    g_param_spec_string ("copy-purpose", NULL, NULL, "", G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BCAST_TYPE_COPY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-signing-step.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastSigningStep, number);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningStep, title);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningStep, copy_button);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningStep, value);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningStep, extra);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningStep, explanation);
}

static void
bcast_signing_step_init (BcastSigningStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_signing_step_set_number:
 * @self: a step
 * @number: which it is, from 1
 */
void
bcast_signing_step_set_number (BcastSigningStep *self,
                               guint             number)
{
  g_return_if_fail (BCAST_IS_SIGNING_STEP (self));

  g_autofree char *text = g_strdup_printf ("%u", number);

  gtk_label_set_text (self->number, text);
}

/**
 * bcast_signing_step_set_value:
 * @self: a step
 * @value: (nullable): its value; %NULL hides the step
 * @attributes: (nullable): how parts of @value look, by their place in bytes
 *
 * Shows @value, cut when it is very long; the whole of it is copied.
 */
void
bcast_signing_step_set_value (BcastSigningStep *self,
                              const char       *value,
                              PangoAttrList    *attributes)
{
  g_return_if_fail (BCAST_IS_SIGNING_STEP (self));

  gtk_widget_set_visible (GTK_WIDGET (self), value != NULL);
  bcast_copy_button_set_text (self->copy_button, value);
  gtk_label_set_attributes (self->value, NULL);
  if (value != NULL && strlen (value) > MAX_SHOWN_BYTES)
    {
      const char *end = g_utf8_find_prev_char (value, value + MAX_SHOWN_BYTES);
      g_autofree char *start = g_strndup (value, (gsize) (end - value));
      g_autofree char *shown = g_strconcat (start, "…", NULL);

      gtk_label_set_text (self->value, shown);
    }
  else
    gtk_label_set_text (self->value, value != NULL ? value : "");
  show_attributes (self, attributes);
}

/**
 * bcast_signing_step_set_extra:
 * @self: a step
 * @extra: what is shown below the value; to be set once
 */
void
bcast_signing_step_set_extra (BcastSigningStep *self,
                              GtkWidget        *extra)
{
  g_return_if_fail (BCAST_IS_SIGNING_STEP (self));

  gtk_box_append (self->extra, extra);
  gtk_widget_set_visible (GTK_WIDGET (self->extra), TRUE);
}

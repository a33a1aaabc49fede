/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-signing-steps.h"

#include "bcast-signing-legend.h"
#include "bcast-signing-step.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * BcastSigningSteps:
 *
 * Every step to one signature, in order, or what is missing for it.
 */
struct _BcastSigningSteps
{
  GtkBox              parent_instance;

  BcastSigningStep   *md5;
  BcastSigningStep   *string;
  BcastSigningStep   *digest;
  BcastSigningStep   *value;
  BcastSigningStep   *answer;
  AdwStatusPage      *problem;
  BcastSigningLegend *legend;

  BcastSigning       *signing;
};

G_DEFINE_FINAL_TYPE (BcastSigningSteps, bcast_signing_steps, GTK_TYPE_BOX)

static const char *
find_part (BcastSigning       *signing,
           BcastSigningOrigin  origin)
{
  for (guint i = 0; i < signing->parts->len; i++)
    {
      const BcastSigningPart *part = g_ptr_array_index (signing->parts, i);

      if (part->origin == origin)
        return part->text;
    }
  return NULL;
}

static const char *
explain_string (BcastSigning *signing)
{
  if (find_part (signing, BCAST_SIGNING_METHOD) != NULL)
    return _("Method, path and all parameters in the order of their names, each on a line of its own. Values are "
             "not percent-encoded here.");
  if (find_part (signing, BCAST_SIGNING_USER_DATA) != NULL)
    return _("The client’s socket id and the user data, with ::user:: between them.");
  if (find_part (signing, BCAST_SIGNING_CHANNEL_DATA) != NULL)
    return _("The client’s socket id, the channel and the channel data, with colons between them.");
  return _("The client’s socket id and the channel, with a colon between them.");
}

static void
show_numbers (BcastSigningSteps *self)
{
  BcastSigningStep *steps[] = { self->md5, self->string, self->digest, self->value, self->answer };
  guint number = 1;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (gtk_widget_get_visible (GTK_WIDGET (steps[i])))
      bcast_signing_step_set_number (steps[i], number++);
}

static void
show_string (BcastSigningSteps *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  if (self->signing == NULL)
    return;

  g_autoptr(PangoAttrList) colors = bcast_signing_legend_dup_attributes (self->signing->parts, dark);

  bcast_signing_step_set_value (self->string, self->signing->string_to_sign, colors);
  bcast_signing_legend_set_parts (self->legend, self->signing->parts, dark);
  g_object_set (self->string, "explanation", explain_string (self->signing), NULL);
}

static void
bcast_signing_steps_dispose (GObject *object)
{
  BcastSigningSteps *self = BCAST_SIGNING_STEPS (object);

  g_clear_pointer (&self->signing, bcast_signing_free);

  G_OBJECT_CLASS (bcast_signing_steps_parent_class)->dispose (object);
}

static void
bcast_signing_steps_class_init (BcastSigningStepsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_signing_steps_dispose;

  g_type_ensure (BCAST_TYPE_SIGNING_STEP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-signing-steps.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastSigningSteps, md5);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningSteps, string);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningSteps, digest);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningSteps, value);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningSteps, answer);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningSteps, problem);
}

static void
bcast_signing_steps_init (BcastSigningSteps *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->legend = BCAST_SIGNING_LEGEND (bcast_signing_legend_new ());
  bcast_signing_step_set_extra (self->string, GTK_WIDGET (self->legend));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (show_string), self, G_CONNECT_SWAPPED);
}

/**
 * bcast_signing_steps_take_signing:
 * @self: the steps
 * @signing: (transfer full): what to show
 */
void
bcast_signing_steps_take_signing (BcastSigningSteps *self,
                                  BcastSigning      *signing)
{
  g_return_if_fail (BCAST_IS_SIGNING_STEPS (self));
  g_return_if_fail (signing != NULL);

  const char *md5 = find_part (signing, BCAST_SIGNING_BODY_MD5);
  gboolean is_request = signing->answer == NULL;

  g_clear_pointer (&self->signing, bcast_signing_free);
  self->signing = signing;

  bcast_signing_step_set_value (self->md5, md5 != NULL ? md5 + strlen ("body_md5=") : NULL, NULL);
  show_string (self);
  bcast_signing_step_set_value (self->digest, signing->digest, NULL);
  g_object_set (self->value,
                "title", is_request ? _("Signed query") : _("Value of auth"),
                "explanation", is_request
                                 ? _("Goes behind the path and a question mark; auth_signature is the digest. A server "
                                     "takes it for ten minutes around the timestamp.")
                                 : _("The app’s key, a colon and the digest."),
                NULL);
  bcast_signing_step_set_value (self->value, signing->value, NULL);
  bcast_signing_step_set_value (self->answer, signing->answer, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  show_numbers (self);
}

/**
 * bcast_signing_steps_set_problem:
 * @self: the steps
 * @problem: why nothing can be signed, a sentence
 */
void
bcast_signing_steps_set_problem (BcastSigningSteps *self,
                                 const char        *problem)
{
  g_return_if_fail (BCAST_IS_SIGNING_STEPS (self));
  g_return_if_fail (problem != NULL);

  g_autofree char *escaped = g_markup_escape_text (problem, -1);

  g_clear_pointer (&self->signing, bcast_signing_free);
  bcast_signing_step_set_value (self->md5, NULL, NULL);
  bcast_signing_step_set_value (self->string, NULL, NULL);
  bcast_signing_step_set_value (self->digest, NULL, NULL);
  bcast_signing_step_set_value (self->value, NULL, NULL);
  bcast_signing_step_set_value (self->answer, NULL, NULL);
  adw_status_page_set_description (self->problem, escaped);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

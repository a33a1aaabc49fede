/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-signatures-page.h"

#include "bcast-signing-form.h"
#include "bcast-signing-steps.h"

#include <glib/gi18n.h>

/* Below this the steps go under the form, and below that labels are short. */
#define TWO_COLUMNS_WIDTH 760
#define LONG_LABELS_WIDTH 520
#define FORM_WIDTH        380

/**
 * BcastSignaturesPage:
 *
 * A bench for what is signed: the inputs, and every step to the signature as one types.
 */
struct _BcastSignaturesPage
{
  GtkWidget          parent_instance;

  GtkWidget         *kinds;
  GtkToggleButton   *private_button;
  GtkToggleButton   *presence_button;
  GtkToggleButton   *user_button;
  GtkToggleButton   *request_button;
  GtkWidget         *content;
  GtkWidget         *columns;
  BcastSigningForm  *form;
  BcastSigningSteps *steps;
};

G_DEFINE_FINAL_TYPE (BcastSignaturesPage, bcast_signatures_page, GTK_TYPE_WIDGET)

static void
sign (BcastSignaturesPage *self)
{
  g_autoptr(GError) error = NULL;
  BcastSigning *signing = bcast_signing_form_sign (self->form, &error);

  if (signing != NULL)
    bcast_signing_steps_take_signing (self->steps, signing);
  else
    bcast_signing_steps_set_problem (self->steps, error->message);
}

static void
kind_toggled_cb (BcastSignaturesPage *self,
                 GtkToggleButton     *button)
{
  GtkToggleButton *buttons[] = {
    [BCAST_SIGNING_PRIVATE] = self->private_button,
    [BCAST_SIGNING_PRESENCE] = self->presence_button,
    [BCAST_SIGNING_USER] = self->user_button,
    [BCAST_SIGNING_REQUEST] = self->request_button,
  };

  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    if (button == buttons[i])
      bcast_signing_form_set_kind (self->form, i);
}

static void
bcast_signatures_page_dispose (GObject *object)
{
  BcastSignaturesPage *self = BCAST_SIGNATURES_PAGE (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (bcast_signatures_page_parent_class)->dispose (object);
}

static void
bcast_signatures_page_class_init (BcastSignaturesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_signatures_page_dispose;

  g_type_ensure (BCAST_TYPE_SIGNING_FORM);
  g_type_ensure (BCAST_TYPE_SIGNING_STEPS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-signatures-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastSignaturesPage, kinds);
  gtk_widget_class_bind_template_child (widget_class, BcastSignaturesPage, private_button);
  gtk_widget_class_bind_template_child (widget_class, BcastSignaturesPage, presence_button);
  gtk_widget_class_bind_template_child (widget_class, BcastSignaturesPage, user_button);
  gtk_widget_class_bind_template_child (widget_class, BcastSignaturesPage, request_button);
  gtk_widget_class_bind_template_child (widget_class, BcastSignaturesPage, content);
  gtk_widget_class_bind_template_child (widget_class, BcastSignaturesPage, columns);
  gtk_widget_class_bind_template_child (widget_class, BcastSignaturesPage, form);
  gtk_widget_class_bind_template_child (widget_class, BcastSignaturesPage, steps);
  gtk_widget_class_bind_template_callback (widget_class, sign);
  gtk_widget_class_bind_template_callback (widget_class, kind_toggled_cb);
}

static void
bcast_signatures_page_init (BcastSignaturesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bcast_signatures_page_set_width (self, TWO_COLUMNS_WIDTH);
  bcast_signing_form_set_kind (self->form, BCAST_SIGNING_PRIVATE);
}

/**
 * bcast_signatures_page_new:
 *
 * Returns: (transfer none): a new page
 */
GtkWidget *
bcast_signatures_page_new (void)
{
  return g_object_new (BCAST_TYPE_SIGNATURES_PAGE, NULL);
}

/**
 * bcast_signatures_page_set_workspace:
 * @self: a page
 * @workspace: (nullable): the open profile
 */
void
bcast_signatures_page_set_workspace (BcastSignaturesPage *self,
                                     BcastWorkspace      *workspace)
{
  g_return_if_fail (BCAST_IS_SIGNATURES_PAGE (self));

  bcast_signing_form_set_workspace (self->form, workspace);
}

/**
 * bcast_signatures_page_set_width:
 * @self: a page
 * @width: what the window has, in pixels
 *
 * Lays the page out for @width.
 */
void
bcast_signatures_page_set_width (BcastSignaturesPage *self,
                                 int                  width)
{
  g_return_if_fail (BCAST_IS_SIGNATURES_PAGE (self));

  gboolean beside = width >= TWO_COLUMNS_WIDTH;
  gboolean long_labels = width >= LONG_LABELS_WIDTH;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (GTK_WIDGET (self->form), beside ? FORM_WIDTH : -1, -1);
  gtk_widget_set_halign (self->kinds, long_labels ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  gtk_button_set_label (GTK_BUTTON (self->user_button), long_labels ? _("User Sign-in") : C_("short", "User"));
  gtk_button_set_label (GTK_BUTTON (self->request_button), long_labels ? _("HTTP Request") : C_("short", "HTTP"));
  if (long_labels)
    gtk_widget_remove_css_class (self->content, "narrow");
  else
    gtk_widget_add_css_class (self->content, "narrow");
}

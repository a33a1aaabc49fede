/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-composer-options.h"

#include <glib/gi18n.h>

#include "bcast-client-choice.h"
#include "bcast-field.h"

/**
 * BcastComposerOptions:
 *
 * What is seldom needed for sending: as whom, without whom, and in which form.
 */
struct _BcastComposerOptions
{
  GtkPopover         parent_instance;

  BcastField        *excluded_field;
  GtkDropDown       *sender;
  GtkDropDown       *excluded;
  GtkCheckButton    *compact;

  BcastClientChoice *sender_choice;
  BcastClientChoice *excluded_choice;
};

G_DEFINE_FINAL_TYPE (BcastComposerOptions, bcast_composer_options, GTK_TYPE_POPOVER)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed_cb (BcastComposerOptions *self)
{
  g_autofree char *sender = bcast_client_choice_dup_name (self->sender_choice);

  /* A client event always spares its sender, and can spare nobody else. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->excluded_field), sender == NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
bcast_composer_options_dispose (GObject *object)
{
  BcastComposerOptions *self = BCAST_COMPOSER_OPTIONS (object);

  g_clear_object (&self->sender_choice);
  g_clear_object (&self->excluded_choice);

  G_OBJECT_CLASS (bcast_composer_options_parent_class)->dispose (object);
}

static void
bcast_composer_options_class_init (BcastComposerOptionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_composer_options_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BCAST_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "bcast-composer-options.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastComposerOptions, excluded_field);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerOptions, sender);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerOptions, excluded);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerOptions, compact);
}

static void
bcast_composer_options_init (BcastComposerOptions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->sender_choice = bcast_client_choice_new (self->sender, _("Server (HTTP API)"));
  g_signal_connect_object (self->sender_choice, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->excluded_choice = bcast_client_choice_new (self->excluded, _("Nobody"));
  g_signal_connect_object (self->excluded_choice, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->compact, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * bcast_composer_options_set_workspace:
 * @self: the options
 * @workspace: (nullable): whose clients to offer
 *
 * Offers the clients of another workspace.
 */
void
bcast_composer_options_set_workspace (BcastComposerOptions *self,
                                      BcastWorkspace       *workspace)
{
  g_return_if_fail (BCAST_IS_COMPOSER_OPTIONS (self));

  bcast_client_choice_set_workspace (self->sender_choice, workspace);
  bcast_client_choice_set_workspace (self->excluded_choice, workspace);
}

/**
 * bcast_composer_options_dup_sender:
 * @self: the options
 *
 * Returns: (transfer full) (nullable): the client that sends, %NULL for the HTTP API
 */
char *
bcast_composer_options_dup_sender (BcastComposerOptions *self)
{
  g_return_val_if_fail (BCAST_IS_COMPOSER_OPTIONS (self), NULL);

  return bcast_client_choice_dup_name (self->sender_choice);
}

/**
 * bcast_composer_options_set_sender:
 * @self: the options
 * @sender: (nullable): the client that sends, %NULL for the HTTP API
 *
 * Chooses who sends.
 */
void
bcast_composer_options_set_sender (BcastComposerOptions *self,
                                   const char           *sender)
{
  g_return_if_fail (BCAST_IS_COMPOSER_OPTIONS (self));

  bcast_client_choice_set_name (self->sender_choice, sender);
}

/**
 * bcast_composer_options_dup_excluded:
 * @self: the options
 *
 * Returns: (transfer full) (nullable): the client that is to be excluded
 */
char *
bcast_composer_options_dup_excluded (BcastComposerOptions *self)
{
  g_return_val_if_fail (BCAST_IS_COMPOSER_OPTIONS (self), NULL);

  g_autofree char *sender = bcast_client_choice_dup_name (self->sender_choice);

  return sender == NULL ? bcast_client_choice_dup_name (self->excluded_choice) : NULL;
}

/**
 * bcast_composer_options_set_excluded:
 * @self: the options
 * @excluded: (nullable): the client that is to be excluded
 *
 * Chooses who does not receive the event.
 */
void
bcast_composer_options_set_excluded (BcastComposerOptions *self,
                                     const char           *excluded)
{
  g_return_if_fail (BCAST_IS_COMPOSER_OPTIONS (self));

  bcast_client_choice_set_name (self->excluded_choice, excluded);
}

/**
 * bcast_composer_options_get_compact:
 * @self: the options
 *
 * Returns: whether JSON is sent without the white space between its values
 */
gboolean
bcast_composer_options_get_compact (BcastComposerOptions *self)
{
  g_return_val_if_fail (BCAST_IS_COMPOSER_OPTIONS (self), TRUE);

  return gtk_check_button_get_active (self->compact);
}

/**
 * bcast_composer_options_set_compact:
 * @self: the options
 * @compact: whether to send JSON without the white space between its values
 *
 * Chooses the form in which JSON is sent.
 */
void
bcast_composer_options_set_compact (BcastComposerOptions *self,
                                    gboolean              compact)
{
  g_return_if_fail (BCAST_IS_COMPOSER_OPTIONS (self));

  gtk_check_button_set_active (self->compact, compact);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-composer-options.h"

#include <string.h>

#include <glib/gi18n.h>

#include "bcast-channel-name.h"
#include "bcast-client-choice.h"
#include "bcast-error.h"
#include "bcast-field.h"

/**
 * BcastComposerOptions:
 *
 * What is seldom needed for sending: as whom, without whom, what to ask for, and in which form.
 */
struct _BcastComposerOptions
{
  GtkPopover         parent_instance;

  BcastField        *excluded_field;
  GtkDropDown       *sender;
  GtkDropDown       *excluded;
  BcastField        *socket_field;
  GtkEditable       *socket_entry;
  GtkWidget         *info_box;
  GtkCheckButton    *subscription_count;
  GtkCheckButton    *user_count;
  GtkLabel          *info_hint;
  GtkCheckButton    *compact;

  BcastClientChoice *sender_choice;
  BcastClientChoice *excluded_choice;
  char              *info_lack; /* why the server tells no counts, or NULL */
};

G_DEFINE_FINAL_TYPE (BcastComposerOptions, bcast_composer_options, GTK_TYPE_POPOVER)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
has_socket_id (BcastComposerOptions *self)
{
  return *gtk_editable_get_text (self->socket_entry) != '\0';
}

static void
update_info (BcastComposerOptions *self,
             gboolean              is_client_event)
{
  const char *lack = is_client_event ? _("A client event has no answer that could tell.") : self->info_lack;

  gtk_widget_set_sensitive (self->info_box, lack == NULL);
  gtk_label_set_text (self->info_hint, lack != NULL ? lack : _("The numbers are shown once the server has answered"));
}

static void
changed_cb (BcastComposerOptions *self)
{
  g_autofree char *sender = bcast_client_choice_dup_name (self->sender_choice);
  g_autoptr(GError) error = NULL;

  bcast_composer_options_check (self, &error);
  bcast_field_set_error (self->socket_field, error != NULL ? error->message : NULL);

  /* A client event always spares its sender, and can spare nobody else. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->excluded_field), sender == NULL && !has_socket_id (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->socket_field), sender == NULL);
  update_info (self, sender != NULL);
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
bcast_composer_options_finalize (GObject *object)
{
  g_free (BCAST_COMPOSER_OPTIONS (object)->info_lack);

  G_OBJECT_CLASS (bcast_composer_options_parent_class)->finalize (object);
}

static void
bcast_composer_options_class_init (BcastComposerOptionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_composer_options_dispose;
  G_OBJECT_CLASS (klass)->finalize = bcast_composer_options_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BCAST_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "bcast-composer-options.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastComposerOptions, excluded_field);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerOptions, sender);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerOptions, excluded);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerOptions, socket_field);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerOptions, socket_entry);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerOptions, info_box);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerOptions, subscription_count);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerOptions, user_count);
  gtk_widget_class_bind_template_child (widget_class, BcastComposerOptions, info_hint);
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
  g_signal_connect_object (self->socket_entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->subscription_count, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->user_count, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->compact, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  update_info (self, FALSE);
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
 * Returns: (transfer full) (nullable): the client that is to be excluded, or the socket id of somebody else
 */
char *
bcast_composer_options_dup_excluded (BcastComposerOptions *self)
{
  g_return_val_if_fail (BCAST_IS_COMPOSER_OPTIONS (self), NULL);

  g_autofree char *sender = bcast_client_choice_dup_name (self->sender_choice);

  if (sender != NULL)
    return NULL;
  return has_socket_id (self) ? g_strstrip (g_strdup (gtk_editable_get_text (self->socket_entry)))
                              : bcast_client_choice_dup_name (self->excluded_choice);
}

/**
 * bcast_composer_options_set_excluded:
 * @self: the options
 * @excluded: (nullable): the client that is to be excluded, or the socket id of somebody else
 *
 * Chooses who does not receive the event.
 */
void
bcast_composer_options_set_excluded (BcastComposerOptions *self,
                                     const char           *excluded)
{
  g_return_if_fail (BCAST_IS_COMPOSER_OPTIONS (self));

  gboolean is_socket_id = bcast_socket_id_is_valid (excluded);

  gtk_editable_set_text (self->socket_entry, is_socket_id ? excluded : "");
  bcast_client_choice_set_name (self->excluded_choice, is_socket_id ? NULL : excluded);
}

/**
 * bcast_composer_options_check:
 * @self: the options
 * @error: %BCAST_ERROR_INVALID, in a sentence for the user
 *
 * Returns: whether an event can be sent like this
 */
gboolean
bcast_composer_options_check (BcastComposerOptions  *self,
                              GError               **error)
{
  g_return_val_if_fail (BCAST_IS_COMPOSER_OPTIONS (self), FALSE);

  g_autofree char *excluded = bcast_composer_options_dup_excluded (self);

  if (excluded == NULL || !has_socket_id (self) || bcast_socket_id_is_valid (excluded))
    return TRUE;
  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                       _("The socket id that is to be excluded is none: it is two numbers with a dot between, such as "
                         "1234.5678."));
  return FALSE;
}

/**
 * bcast_composer_options_dup_info:
 * @self: the options
 *
 * Returns: (transfer full) (nullable): the attributes to ask for, comma-separated; %NULL for none
 */
char *
bcast_composer_options_dup_info (BcastComposerOptions *self)
{
  g_return_val_if_fail (BCAST_IS_COMPOSER_OPTIONS (self), NULL);

  gboolean subscriptions = gtk_check_button_get_active (self->subscription_count);
  gboolean users = gtk_check_button_get_active (self->user_count);

  if (!gtk_widget_get_sensitive (self->info_box) || (!subscriptions && !users))
    return NULL;
  return g_strconcat (subscriptions ? "subscription_count" : "", subscriptions && users ? "," : "",
                      users ? "user_count" : "", NULL);
}

/**
 * bcast_composer_options_set_info:
 * @self: the options
 * @info: (nullable): the attributes to ask for, comma-separated
 *
 * Chooses what to ask for.
 */
void
bcast_composer_options_set_info (BcastComposerOptions *self,
                                 const char           *info)
{
  g_return_if_fail (BCAST_IS_COMPOSER_OPTIONS (self));

  gtk_check_button_set_active (self->subscription_count, info != NULL && strstr (info, "subscription_count") != NULL);
  gtk_check_button_set_active (self->user_count, info != NULL && strstr (info, "user_count") != NULL);
}

/**
 * bcast_composer_options_set_info_lack:
 * @self: the options
 * @lack: (nullable): why the server tells no counts with an event, a sentence; %NULL when it does
 *
 * Offers to ask only a server that answers.
 */
void
bcast_composer_options_set_info_lack (BcastComposerOptions *self,
                                      const char           *lack)
{
  g_return_if_fail (BCAST_IS_COMPOSER_OPTIONS (self));

  g_autofree char *sender = bcast_client_choice_dup_name (self->sender_choice);

  g_free (self->info_lack);
  self->info_lack = g_strdup (lack);
  update_info (self, sender != NULL);
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

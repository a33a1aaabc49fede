/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-credentials.h"

#include "bcast-copy-button.h"
#include "bcast-credentials.h"
#include "bcast-field.h"
#include "bcast-secret-box.h"

/**
 * BcastProfileCredentials:
 *
 * The part of the editor with what an app is known by, and where its secrets are kept.
 */
struct _BcastProfileCredentials
{
  GtkBox           parent_instance;

  BcastField      *app_id;
  BcastField      *key;
  BcastField      *secret;
  BcastField      *master_key;
  BcastCopyButton *copy_app_id;
  BcastCopyButton *copy_key;
  BcastCopyButton *copy_secret;
  BcastCopyButton *copy_master_key;
  GtkWidget       *place_box;
  GtkCheckButton  *place_session;
  GtkCheckButton  *place_file;

  BcastRegistry   *registry;
};

G_DEFINE_FINAL_TYPE (BcastProfileCredentials, bcast_profile_credentials, GTK_TYPE_BOX)

static GtkEditable *
get_input (BcastField *field)
{
  return GTK_EDITABLE (bcast_field_get_input (field));
}

static void
show_place (BcastProfileCredentials *self)
{
  BcastSecretStore *secrets = bcast_registry_get_secrets (self->registry);
  g_autofree char *hint = bcast_credentials_describe_place (secrets);
  BcastSecretPlace place = bcast_secret_store_get_place (secrets);

  bcast_field_set_hint (self->secret, hint);
  gtk_widget_set_visible (self->place_box, place != BCAST_SECRET_PLACE_KEYRING);
  gtk_check_button_set_active (place == BCAST_SECRET_PLACE_FILE ? self->place_file : self->place_session, TRUE);
}

static void
place_toggled_cb (BcastProfileCredentials *self,
                  GtkCheckButton          *button)
{
  BcastSecretPlace place = button == self->place_file ? BCAST_SECRET_PLACE_FILE : BCAST_SECRET_PLACE_SESSION;
  BcastSecretPlace present = bcast_secret_store_get_place (bcast_registry_get_secrets (self->registry));

  if (!gtk_check_button_get_active (button) || present == BCAST_SECRET_PLACE_KEYRING || present == place)
    return;
  bcast_registry_set_secret_place (self->registry, place);
}

static void
secret_changed_cb (BcastProfileCredentials *self)
{
  bcast_copy_button_set_text (self->copy_secret, bcast_profile_credentials_get_secret (self));
  bcast_field_set_error (self->secret, NULL);
}

static void
master_key_changed_cb (BcastProfileCredentials *self)
{
  bcast_copy_button_set_text (self->copy_master_key, bcast_profile_credentials_get_master_key (self));
  bcast_field_set_error (self->master_key, NULL);
}

static void
make_master_key_cb (BcastProfileCredentials *self)
{
  char *master_key = bcast_secret_random_base64 (BCAST_SECRET_BOX_KEY_BYTES);

  if (master_key != NULL)
    gtk_editable_set_text (get_input (self->master_key), master_key);
  bcast_secret_free (master_key);
}

static void
bcast_profile_credentials_dispose (GObject *object)
{
  g_clear_object (&BCAST_PROFILE_CREDENTIALS (object)->registry);

  G_OBJECT_CLASS (bcast_profile_credentials_parent_class)->dispose (object);
}

static void
bcast_profile_credentials_class_init (BcastProfileCredentialsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_profile_credentials_dispose;

  g_type_ensure (BCAST_TYPE_FIELD);
  g_type_ensure (BCAST_TYPE_COPY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-profile-credentials.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastProfileCredentials, app_id);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileCredentials, key);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileCredentials, secret);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileCredentials, master_key);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileCredentials, copy_app_id);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileCredentials, copy_key);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileCredentials, copy_secret);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileCredentials, copy_master_key);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileCredentials, place_box);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileCredentials, place_session);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileCredentials, place_file);
  gtk_widget_class_bind_template_callback (widget_class, place_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_master_key_cb);
}

static void
bcast_profile_credentials_init (BcastProfileCredentials *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (get_input (self->secret), "changed", G_CALLBACK (secret_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_input (self->master_key), "changed", G_CALLBACK (master_key_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * bcast_profile_credentials_bind:
 * @self: the part of the editor
 * @registry: where secrets are kept
 * @form: what checks what is entered
 * @draft: what takes it
 */
void
bcast_profile_credentials_bind (BcastProfileCredentials *self,
                                BcastRegistry           *registry,
                                BcastProfileForm        *form,
                                BcastProfile            *draft)
{
  g_return_if_fail (BCAST_IS_PROFILE_CREDENTIALS (self));
  g_return_if_fail (BCAST_IS_REGISTRY (registry));

  self->registry = g_object_ref (registry);
  bcast_profile_form_add_text (form, "app-id", self->app_id);
  bcast_profile_form_add_text (form, "key", self->key);
  g_object_bind_property (draft, "app-id", self->copy_app_id, "text", G_BINDING_SYNC_CREATE);
  g_object_bind_property (draft, "key", self->copy_key, "text", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (registry, "secret-place-changed", G_CALLBACK (show_place), self, G_CONNECT_SWAPPED);
  show_place (self);
}

/**
 * bcast_profile_credentials_make:
 * @self: the part of the editor
 * @draft: a Sandbox
 *
 * Makes up credentials. A Sandbox is its own authority: whoever adds one need not think of them.
 */
void
bcast_profile_credentials_make (BcastProfileCredentials *self,
                                BcastProfile            *draft)
{
  g_return_if_fail (BCAST_IS_PROFILE_CREDENTIALS (self));

  g_autofree char *app_id = g_strdup_printf ("%d", g_random_int_range (100000, 1000000));
  g_autofree char *key = bcast_credentials_make ();
  char *secret = bcast_credentials_make ();

  g_object_set (draft, "app-id", app_id, "key", key, NULL);
  gtk_editable_set_text (get_input (self->secret), secret != NULL ? secret : "");
  bcast_secret_free (secret);
}

/**
 * bcast_profile_credentials_show:
 * @self: the part of the editor
 * @secret: (nullable): the secret that is kept
 * @master_key: (nullable): the encryption master key that is kept
 *
 * Shows what was found. What was typed meanwhile stays.
 */
void
bcast_profile_credentials_show (BcastProfileCredentials *self,
                                const char              *secret,
                                const char              *master_key)
{
  g_return_if_fail (BCAST_IS_PROFILE_CREDENTIALS (self));

  if (secret != NULL && *bcast_profile_credentials_get_secret (self) == '\0')
    gtk_editable_set_text (get_input (self->secret), secret);
  if (master_key != NULL && *bcast_profile_credentials_get_master_key (self) == '\0')
    gtk_editable_set_text (get_input (self->master_key), master_key);
}

/**
 * bcast_profile_credentials_set_error:
 * @self: the part of the editor
 * @error: why secrets could not be read or kept
 * @go_to: whether somebody waits for an answer and has to see it
 */
void
bcast_profile_credentials_set_error (BcastProfileCredentials *self,
                                     const char              *error,
                                     gboolean                 go_to)
{
  g_return_if_fail (BCAST_IS_PROFILE_CREDENTIALS (self));

  bcast_field_set_error (self->secret, error);
  if (go_to)
    bcast_profile_form_go_to (self->secret);
}

/**
 * bcast_profile_credentials_check:
 * @self: the part of the editor
 *
 * Says what is wrong with the encryption master key, where it stands.
 *
 * Returns: whether nothing is
 */
gboolean
bcast_profile_credentials_check (BcastProfileCredentials *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE_CREDENTIALS (self), FALSE);

  const char *text = bcast_profile_credentials_get_master_key (self);
  g_autoptr(GBytes) key = NULL;
  g_autoptr(GError) error = NULL;

  if (*text == '\0')
    return TRUE;
  key = bcast_secret_box_parse_key (text, &error);
  if (key != NULL)
    return TRUE;

  bcast_field_set_error (self->master_key, error->message);
  bcast_profile_form_go_to (self->master_key);
  return FALSE;
}

/**
 * bcast_profile_credentials_get_secret:
 * @self: the part of the editor
 *
 * Returns: the secret that is entered; may be empty
 */
const char *
bcast_profile_credentials_get_secret (BcastProfileCredentials *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE_CREDENTIALS (self), NULL);

  return gtk_editable_get_text (get_input (self->secret));
}

/**
 * bcast_profile_credentials_get_master_key:
 * @self: the part of the editor
 *
 * Returns: the encryption master key that is entered; may be empty
 */
const char *
bcast_profile_credentials_get_master_key (BcastProfileCredentials *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE_CREDENTIALS (self), NULL);

  return gtk_editable_get_text (get_input (self->master_key));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-editor.h"

#include "bcast-field.h"
#include "bcast-file-button.h"
#include "bcast-profile-authorization.h"
#include "bcast-profile-credentials.h"
#include "bcast-profile-form.h"
#include "bcast-profile-kind.h"
#include "bcast-secret-bundle.h"

#include <glib/gi18n.h>

/**
 * BcastProfileEditor:
 *
 * Edits one profile, or adds one. Nothing changes until it is saved.
 */
struct _BcastProfileEditor
{
  AdwWindow                  parent_instance;

  GtkWidget                 *save_button;
  GtkToggleButton           *sandbox_button;
  GtkToggleButton           *cluster_button;
  GtkToggleButton           *server_button;
  GtkLabel                  *kind_hint;
  GtkWidget                 *where;
  BcastField                *name;
  BcastField                *cluster;
  BcastField                *ws_host;
  BcastField                *ws_port;
  GtkWidget                 *tls_group;
  GtkSwitch                 *tls;
  GtkSwitch                 *accept_any_certificate;
  BcastField                *ca_file;
  GtkExpander               *apart;
  BcastField                *http_host;
  BcastField                *http_port;
  BcastField                *path;
  BcastProfileCredentials   *credentials;
  BcastProfileAuthorization *authorization;
  GtkSwitch                 *production;
  BcastField                *miss_timeout_ms;

  BcastSession              *session;
  BcastProfile              *profile; /* what is edited; %NULL for a new one */
  BcastProfile              *draft;   /* what was entered */
  BcastSecretBundle         *kept;    /* as they are kept; %NULL until that is known */
  BcastSecretBundle         *entered; /* while they are being kept */
  BcastProfileForm          *form;
};

G_DEFINE_FINAL_TYPE (BcastProfileEditor, bcast_profile_editor, ADW_TYPE_WINDOW)

static void
show_kind (BcastProfileEditor *self)
{
  BcastProfileKind kind = bcast_profile_get_kind (self->draft);
  gboolean is_sandbox = kind == BCAST_PROFILE_SANDBOX;
  gboolean is_server = kind == BCAST_PROFILE_SERVER;

  gtk_label_set_text (self->kind_hint, bcast_profile_kind_get_hint (kind));
  gtk_widget_set_visible (GTK_WIDGET (self->cluster), kind == BCAST_PROFILE_CLUSTER);
  gtk_widget_set_visible (GTK_WIDGET (self->ws_host), is_server);
  gtk_widget_set_visible (GTK_WIDGET (self->ws_port), is_server || is_sandbox);
  gtk_widget_set_hexpand (GTK_WIDGET (self->ws_port), is_sandbox);
  gtk_widget_set_visible (self->tls_group, !is_sandbox);
  gtk_widget_set_visible (GTK_WIDGET (self->ca_file), !is_sandbox);
  gtk_widget_set_visible (gtk_widget_get_ancestor (GTK_WIDGET (self->tls), ADW_TYPE_ACTION_ROW), is_server);
  gtk_widget_set_visible (GTK_WIDGET (self->apart), is_server);
  bcast_field_set_hint (self->ws_port, is_sandbox
                                         ? _("A free port is used when this one is taken; the header shows which.")
                                         : _("0: the usual."));
}

static void
kind_toggled_cb (BcastProfileEditor *self,
                 GtkToggleButton    *button)
{
  BcastProfileKind kind = BCAST_PROFILE_SANDBOX;

  if (self->draft == NULL || !gtk_toggle_button_get_active (button))
    return;
  if (button == self->cluster_button)
    kind = BCAST_PROFILE_CLUSTER;
  else if (button == self->server_button)
    kind = BCAST_PROFILE_SERVER;

  /* The loopback address that a Sandbox has is no place for a server of one's own. */
  if (kind == BCAST_PROFILE_SERVER && self->profile == NULL)
    g_object_set (self->draft, "ws-host", "", "ws-port", 0, NULL);
  g_object_set (self->draft, "kind", kind, NULL);
  if (kind == BCAST_PROFILE_SANDBOX && bcast_profile_get_key (self->draft)[0] == '\0')
    bcast_profile_credentials_make (self->credentials, self->draft);
  show_kind (self);
}

static void
secrets_found_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(BcastProfileEditor) self = user_data;
  g_autoptr(GError) error = NULL;

  self->kept = bcast_secret_bundle_lookup_finish (BCAST_SECRET_STORE (object), result, &error);
  if (self->kept == NULL)
    {
      bcast_profile_credentials_set_error (self->credentials, error->message, FALSE);
      return;
    }
  /* Not edited here, and other than this perhaps before the window is closed. */
  g_clear_pointer (&self->kept->clients, bcast_secret_free);
  bcast_profile_credentials_show (self->credentials, self->kept->secret, self->kept->master_key);
  bcast_profile_authorization_show (self->authorization, self->kept->authorizer);
}

/* What is entered, or %NULL after saying what is wrong with it. */
static BcastSecretBundle *
read_secrets (BcastProfileEditor *self)
{
  BcastSecretBundle *entered = NULL;
  char *json = NULL;

  if (bcast_profile_credentials_check (self->credentials)
      && bcast_profile_authorization_read (self->authorization, &json))
    entered = bcast_secret_bundle_new (bcast_profile_credentials_get_secret (self->credentials),
                                       bcast_profile_credentials_get_master_key (self->credentials), json);
  bcast_secret_free (json);
  return entered;
}

/* Secrets that could not be read are only ever added to. */
static gboolean
is_as_kept (BcastProfileEditor *self)
{
  return self->kept != NULL ? bcast_secret_bundle_equal (self->kept, self->entered)
                            : bcast_secret_bundle_is_empty (self->entered);
}

static gboolean
needs_reopen (BcastProfileEditor *self)
{
  g_autoptr(BcastProfile) before = bcast_profile_new_copy (self->profile);

  /* These two take effect on a window that stays as it is. */
  g_object_set (before,
                "name", bcast_profile_get_name (self->draft),
                "production", bcast_profile_get_production (self->draft),
                NULL);
  return !bcast_profile_equal (before, self->draft)
         || !is_as_kept (self);
}

static void
apply (BcastProfileEditor *self)
{
  BcastRegistry *registry = bcast_session_get_registry (self->session);
  gboolean reopen = self->profile == NULL
                    || (self->profile == bcast_session_get_profile (self->session) && needs_reopen (self));
  BcastProfile *profile = self->profile != NULL ? self->profile : self->draft;

  if (self->profile != NULL)
    bcast_profile_assign (self->profile, self->draft);
  else
    bcast_profile_store_add (bcast_registry_get_profiles (registry), self->draft);
  bcast_registry_save (registry);
  if (reopen)
    bcast_session_open (self->session, profile);
  gtk_window_close (GTK_WINDOW (self));
}

static void
secrets_kept_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(BcastProfileEditor) self = user_data;
  g_autoptr(GError) error = NULL;

  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (bcast_secret_bundle_store_finish (BCAST_SECRET_STORE (object), result, &error))
    apply (self);
  else
    bcast_profile_credentials_set_error (self->credentials, error->message, TRUE);
}

static void
save_cb (BcastProfileEditor *self)
{
  BcastRegistry *registry = bcast_session_get_registry (self->session);
  BcastProfile *owner = self->profile != NULL ? self->profile : self->draft;

  if (!bcast_profile_form_submit (self->form))
    return;
  g_clear_pointer (&self->entered, bcast_secret_bundle_free);
  self->entered = read_secrets (self);
  if (self->entered == NULL)
    return;
  if (is_as_kept (self))
    {
      apply (self);
      return;
    }
  /* Kept first: when that fails nothing was changed and what was typed is still here. */
  gtk_widget_set_sensitive (self->save_button, FALSE);
  bcast_secret_bundle_store_async (bcast_registry_get_secrets (registry), owner, self->entered, self->kept != NULL,
                                   NULL, secrets_kept_cb, g_object_ref (self));
}

static void
make_form (BcastProfileEditor *self)
{
  self->form = bcast_profile_form_new (self->draft);
  bcast_profile_form_add_text (self->form, "name", self->name);
  bcast_profile_form_add_text (self->form, "cluster", self->cluster);
  bcast_profile_form_add_text (self->form, "ws-host", self->ws_host);
  bcast_profile_form_add_number (self->form, "ws-port", self->ws_port);
  bcast_profile_form_add_text (self->form, "http-host", self->http_host);
  bcast_profile_form_add_number (self->form, "http-port", self->http_port);
  bcast_profile_form_add_text (self->form, "path", self->path);
  bcast_profile_form_add_text (self->form, "ca-file", self->ca_file);
  bcast_profile_form_add_number (self->form, "miss-timeout-ms", self->miss_timeout_ms);
  bcast_profile_form_add_switch (self->form, "tls", self->tls);
  bcast_profile_form_add_switch (self->form, "accept-any-certificate", self->accept_any_certificate);
  bcast_profile_form_add_switch (self->form, "production", self->production);
  bcast_profile_credentials_bind (self->credentials, bcast_session_get_registry (self->session), self->form,
                                  self->draft);
  bcast_profile_authorization_bind (self->authorization, self->form, self->draft);
}

static void
show_profile (BcastProfileEditor *self)
{
  GtkToggleButton *buttons[] = {
    [BCAST_PROFILE_SANDBOX] = self->sandbox_button,
    [BCAST_PROFILE_CLUSTER] = self->cluster_button,
    [BCAST_PROFILE_SERVER] = self->server_button,
  };
  gboolean apart = bcast_profile_get_http_host (self->draft)[0] != '\0'
                   || bcast_profile_get_http_port (self->draft) != 0
                   || bcast_profile_get_path (self->draft)[0] != '\0';

  gtk_window_set_title (GTK_WINDOW (self), self->profile != NULL ? _("Edit Profile") : _("New Profile"));
  gtk_button_set_label (GTK_BUTTON (self->save_button), self->profile != NULL ? _("Save") : _("Add and Open"));
  gtk_widget_set_tooltip_text (self->save_button, self->profile != NULL
                                                    ? _("Save what was changed (Enter)")
                                                    : _("Add the profile and open it (Enter)"));
  gtk_toggle_button_set_active (buttons[bcast_profile_get_kind (self->draft)], TRUE);
  gtk_expander_set_expanded (self->apart, apart);
  show_kind (self);
}

static void
bcast_profile_editor_dispose (GObject *object)
{
  BcastProfileEditor *self = BCAST_PROFILE_EDITOR (object);

  g_clear_object (&self->form);
  g_clear_object (&self->draft);
  g_clear_object (&self->profile);
  g_clear_object (&self->session);
  g_clear_pointer (&self->kept, bcast_secret_bundle_free);
  g_clear_pointer (&self->entered, bcast_secret_bundle_free);

  G_OBJECT_CLASS (bcast_profile_editor_parent_class)->dispose (object);
}

static void
bind_fields (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, name);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, cluster);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, ws_host);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, ws_port);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, http_host);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, http_port);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, path);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, ca_file);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, credentials);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, authorization);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, miss_timeout_ms);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, tls);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, accept_any_certificate);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, production);
}

static void
bcast_profile_editor_class_init (BcastProfileEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_profile_editor_dispose;

  g_type_ensure (BCAST_TYPE_FILE_BUTTON);
  g_type_ensure (BCAST_TYPE_PROFILE_AUTHORIZATION);
  g_type_ensure (BCAST_TYPE_PROFILE_CREDENTIALS);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-profile-editor.ui");
  bind_fields (widget_class);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, save_button);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, sandbox_button);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, cluster_button);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, server_button);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, kind_hint);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, where);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, tls_group);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileEditor, apart);
  gtk_widget_class_bind_template_callback (widget_class, kind_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
bcast_profile_editor_init (BcastProfileEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_profile_editor_new:
 * @session: what the window works on
 * @profile: (nullable): a profile of its store; %NULL to add one
 *
 * Returns: (transfer none): a new window, owned by GTK
 */
GtkWidget *
bcast_profile_editor_new (BcastSession *session,
                          BcastProfile *profile)
{
  g_return_val_if_fail (BCAST_IS_SESSION (session), NULL);

  BcastProfileEditor *self = g_object_new (BCAST_TYPE_PROFILE_EDITOR, NULL);
  BcastRegistry *registry = bcast_session_get_registry (session);

  self->session = g_object_ref (session);
  if (profile != NULL)
    {
      self->profile = g_object_ref (profile);
      self->draft = bcast_profile_new_copy (profile);
      bcast_secret_bundle_lookup_async (bcast_registry_get_secrets (registry), bcast_profile_get_id (profile),
                                        NULL, secrets_found_cb, g_object_ref (self));
    }
  else
    self->draft = bcast_profile_new (NULL, BCAST_PROFILE_CLUSTER);

  make_form (self);
  show_profile (self);
  gtk_widget_grab_focus (bcast_field_get_input (self->name));
  return GTK_WIDGET (self);
}

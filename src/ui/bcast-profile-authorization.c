/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-authorization.h"

#include <glib/gi18n.h>

#include "bcast-field.h"
#include "bcast-secret-store.h"

/**
 * BcastProfileAuthorization:
 *
 * The part of the editor that says who signs subscriptions, and what the user's app is sent for it.
 */
struct _BcastProfileAuthorization
{
  GtkBox          parent_instance;

  GtkCheckButton *by_program;
  GtkCheckButton *by_app;
  GtkLabel       *choice_hint;
  GtkWidget      *app_fields;
  BcastField     *auth_endpoint;
  BcastField     *user_auth_endpoint;
  BcastField     *bearer;
  BcastField     *cookies;
  BcastField     *csrf_cookie;
  BcastField     *csrf_header;
  BcastField     *headers;
  BcastField     *params;

  BcastProfile   *draft;
  char           *kept; /* JSON, as it is kept; %NULL for nothing */
};

G_DEFINE_FINAL_TYPE (BcastProfileAuthorization, bcast_profile_authorization, GTK_TYPE_BOX)

static gboolean
asks_app (BcastProfileAuthorization *self)
{
  return gtk_check_button_get_active (self->by_app);
}

static void
show_choice (BcastProfileAuthorization *self)
{
  gtk_widget_set_visible (self->app_fields, asks_app (self));
  gtk_label_set_text (self->choice_hint, asks_app (self)
    ? _("Your app is asked as a browser would ask it, so that its routes, guards and rules are tried out too. By the "
        "cookies or the token below it decides as whom a client joins.")
    : _("Every channel can be joined, as anybody, without asking your app."));
}

static void
toggled_cb (BcastProfileAuthorization *self)
{
  if (self->draft != NULL)
    g_object_set (self->draft, "authorizer", asks_app (self) ? BCAST_PROFILE_AUTHORIZER_ENDPOINT
                                                             : BCAST_PROFILE_AUTHORIZER_LOCAL, NULL);
  show_choice (self);
}

static GtkTextBuffer *
get_buffer (BcastField *field)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (bcast_field_get_input (field)));
}

static char *
dup_lines (BcastField *field)
{
  GtkTextBuffer *buffer = get_buffer (field);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static const char *
get_text (BcastField *field)
{
  return gtk_editable_get_text (GTK_EDITABLE (bcast_field_get_input (field)));
}

static void
changed_cb (BcastField *field)
{
  bcast_field_set_error (field, NULL);
}

static void
fail (BcastField   *field,
      const GError *error)
{
  bcast_field_set_error (field, error->message);
  bcast_profile_form_go_to (field);
}

static char **
read_pairs (BcastField *field,
            char        separator)
{
  char *lines = dup_lines (field);
  g_autoptr(GError) error = NULL;
  char **pairs = bcast_authorizer_pairs_parse (lines, separator, &error);

  if (pairs == NULL)
    fail (field, error);
  bcast_secret_free (lines);
  return pairs;
}

static gboolean
check (BcastProfileAuthorization *self,
       BcastAuthorizerSecrets    *secrets)
{
  struct { const char *name; BcastField *field; } fields[] = {
    { "headers", self->headers }, { "params", self->params }, { "cookies", self->cookies }, { "bearer", self->bearer },
  };
  g_autoptr(GError) error = NULL;
  const char *wrong = NULL;
  BcastField *field = self->headers;

  if (bcast_authorizer_secrets_check (secrets, &wrong, &error))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_strcmp0 (wrong, fields[i].name) == 0)
      field = fields[i].field;
  fail (field, error);
  return FALSE;
}

static BcastAuthorizerSecrets *
read_fields (BcastProfileAuthorization *self)
{
  char **headers = read_pairs (self->headers, ':');
  char **params = headers != NULL ? read_pairs (self->params, '=') : NULL;
  g_autofree char *cookies = g_strstrip (g_strdup (get_text (self->cookies)));
  g_autofree char *bearer = g_strstrip (g_strdup (get_text (self->bearer)));
  g_autoptr(BcastAuthorizerSecrets) secrets = NULL;

  if (params != NULL)
    secrets = bcast_authorizer_secrets_new ((const char * const *) headers, (const char * const *) params,
                                            cookies, bearer);
  bcast_authorizer_pairs_free (headers);
  bcast_authorizer_pairs_free (params);
  return secrets != NULL && check (self, secrets) ? g_steal_pointer (&secrets) : NULL;
}

static void
bcast_profile_authorization_dispose (GObject *object)
{
  BcastProfileAuthorization *self = BCAST_PROFILE_AUTHORIZATION (object);

  g_clear_object (&self->draft);
  g_clear_pointer (&self->kept, bcast_secret_free);

  G_OBJECT_CLASS (bcast_profile_authorization_parent_class)->dispose (object);
}

static void
bcast_profile_authorization_class_init (BcastProfileAuthorizationClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_profile_authorization_dispose;

  g_type_ensure (BCAST_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-profile-authorization.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastProfileAuthorization, by_program);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileAuthorization, by_app);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileAuthorization, choice_hint);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileAuthorization, app_fields);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileAuthorization, auth_endpoint);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileAuthorization, user_auth_endpoint);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileAuthorization, bearer);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileAuthorization, cookies);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileAuthorization, csrf_cookie);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileAuthorization, csrf_header);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileAuthorization, headers);
  gtk_widget_class_bind_template_child (widget_class, BcastProfileAuthorization, params);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
bcast_profile_authorization_init (BcastProfileAuthorization *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  GObject *inputs[] = {
    G_OBJECT (get_buffer (self->headers)), G_OBJECT (get_buffer (self->params)),
    G_OBJECT (bcast_field_get_input (self->cookies)), G_OBJECT (bcast_field_get_input (self->bearer)),
  };
  BcastField *fields[] = { self->headers, self->params, self->cookies, self->bearer };

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    g_signal_connect_object (inputs[i], "changed", G_CALLBACK (changed_cb), fields[i], G_CONNECT_SWAPPED);
  show_choice (self);
}

/**
 * bcast_profile_authorization_bind:
 * @self: the part of the editor
 * @form: what checks what is entered
 * @draft: what takes it
 */
void
bcast_profile_authorization_bind (BcastProfileAuthorization *self,
                                  BcastProfileForm          *form,
                                  BcastProfile              *draft)
{
  g_return_if_fail (BCAST_IS_PROFILE_AUTHORIZATION (self));
  g_return_if_fail (BCAST_IS_PROFILE (draft));

  self->draft = g_object_ref (draft);
  gtk_check_button_set_active (bcast_profile_get_authorizer (draft) == BCAST_PROFILE_AUTHORIZER_ENDPOINT
                               ? self->by_app : self->by_program, TRUE);
  bcast_profile_form_add_text (form, "auth-endpoint", self->auth_endpoint);
  bcast_profile_form_add_text (form, "user-auth-endpoint", self->user_auth_endpoint);
  bcast_profile_form_add_text (form, "csrf-cookie", self->csrf_cookie);
  bcast_profile_form_add_text (form, "csrf-header", self->csrf_header);
}

/**
 * bcast_profile_authorization_show:
 * @self: the part of the editor
 * @json: (nullable): what is kept for the app, see bcast_authorizer_secrets_format()
 *
 * Shows what was found. What cannot be read is kept as it is until something else is entered.
 */
void
bcast_profile_authorization_show (BcastProfileAuthorization *self,
                                  const char                *json)
{
  g_return_if_fail (BCAST_IS_PROFILE_AUTHORIZATION (self));

  g_autoptr(GError) error = NULL;
  g_autoptr(BcastAuthorizerSecrets) secrets = json != NULL ? bcast_authorizer_secrets_parse (json, &error) : NULL;
  char *lines;

  g_clear_pointer (&self->kept, bcast_secret_free);
  self->kept = g_strdup (json);
  if (error != NULL)
    bcast_field_set_error (self->headers, error->message);
  if (secrets == NULL)
    return;

  lines = bcast_authorizer_pairs_format ((const char * const *) secrets->headers, ": ");
  gtk_text_buffer_set_text (get_buffer (self->headers), lines, -1);
  bcast_secret_free (lines);
  lines = bcast_authorizer_pairs_format ((const char * const *) secrets->params, "=");
  gtk_text_buffer_set_text (get_buffer (self->params), lines, -1);
  bcast_secret_free (lines);
  gtk_editable_set_text (GTK_EDITABLE (bcast_field_get_input (self->cookies)), secrets->cookies);
  gtk_editable_set_text (GTK_EDITABLE (bcast_field_get_input (self->bearer)), secrets->bearer);
}

/**
 * bcast_profile_authorization_read:
 * @self: the part of the editor
 * @json: (out) (transfer full) (nullable): what is to be kept for the app, for bcast_secret_free(); %NULL for
 *   nothing
 *
 * Takes what is entered, or says at its field what is wrong with it. While this program signs, what is
 * kept for the app stays as it is: nobody sees it then.
 *
 * Returns: whether nothing is wrong
 */
gboolean
bcast_profile_authorization_read (BcastProfileAuthorization  *self,
                                  char                      **json)
{
  g_return_val_if_fail (BCAST_IS_PROFILE_AUTHORIZATION (self), FALSE);

  g_autoptr(BcastAuthorizerSecrets) secrets = NULL;

  *json = NULL;
  if (!asks_app (self))
    {
      *json = g_strdup (self->kept);
      return TRUE;
    }

  secrets = read_fields (self);
  if (secrets == NULL)
    return FALSE;
  if (!bcast_authorizer_secrets_is_empty (secrets))
    *json = bcast_authorizer_secrets_format (secrets);
  return TRUE;
}

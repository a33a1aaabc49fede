/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-form-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "bcast-authorizer-secrets.h"
#include "bcast-secret-store.h"

/**
 * BcastClientForm:
 *
 * Who a client is: name and user at once, and below “More” the sign-in and who signs its subscriptions.
 * What it holds for the user's app may be secret and is kept nowhere but in the client.
 */
G_DEFINE_FINAL_TYPE (BcastClientForm, bcast_client_form, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static BcastClientSigner
get_signer (BcastClientForm *self)
{
  return (BcastClientSigner) gtk_drop_down_get_selected (GTK_DROP_DOWN (bcast_field_get_input (self->signer)));
}

/*
 * bcast_client_form_asks_app:
 * @self: a form
 *
 * Returns: whether the user's app signs
 */
gboolean
bcast_client_form_asks_app (BcastClientForm *self)
{
  BcastProfile *profile = bcast_workspace_get_profile (self->workspace);

  if (get_signer (self) != BCAST_CLIENT_SIGNER_PROFILE)
    return get_signer (self) == BCAST_CLIENT_SIGNER_ENDPOINT;
  return bcast_profile_get_authorizer (profile) == BCAST_PROFILE_AUTHORIZER_ENDPOINT;
}

static void
show_signer (BcastClientForm *self)
{
  BcastProfile *profile = bcast_workspace_get_profile (self->workspace);
  gboolean asks_app = bcast_client_form_asks_app (self);
  const char *hint = _("Signs with the secret of the profile.");

  if (asks_app && bcast_profile_get_auth_endpoint (profile)[0] == '\0')
    hint = _("The profile has no address of your app’s authorize route yet. Enter it there.");
  else if (asks_app)
    hint = _("Asks your app at the address that the profile names.");
  bcast_field_set_hint (self->signer, hint);
  gtk_widget_set_visible (self->app_box, asks_app);
}

/* Only what would be filled in is greyed: the reason must stay easy to read. */
static void
show_lack (BcastClientForm    *self,
           BcastServerFeature  feature,
           GtkWidget          *widget,
           gboolean            is_possible)
{
  const char *lack = bcast_server_kind_lacks (bcast_workspace_get_server_kind (self->workspace), feature);

  gtk_widget_set_sensitive (widget, is_possible && lack == NULL);
  gtk_widget_set_tooltip_text (widget, lack);
}

/* What is switched on already can be switched off, whatever the server lacks. */
static void
show_sign_in (BcastClientForm *self)
{
  gboolean signs_in = gtk_switch_get_active (self->signs_in);
  BcastServerKind kind = bcast_workspace_get_server_kind (self->workspace);
  const char *lack = bcast_server_kind_lacks (kind, BCAST_SERVER_SIGN_IN);

  show_lack (self, BCAST_SERVER_SIGN_IN, GTK_WIDGET (self->signs_in), TRUE);
  if (signs_in)
    gtk_widget_set_sensitive (GTK_WIDGET (self->signs_in), TRUE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->sign_in_row),
                               lack != NULL ? lack : _("Gets what is sent to the user, on every connection of the "
                                                       "user, and hears who of the watchlist is online"));
  show_lack (self, BCAST_SERVER_WATCHLIST, bcast_field_get_input (self->watchlist), signs_in);
  lack = bcast_server_kind_lacks (kind, BCAST_SERVER_WATCHLIST);
  bcast_field_set_hint (self->watchlist, lack != NULL ? lack : signs_in
                        ? _("User ids, with commas or spaces between: tells when they come online and go")
                        : _("Needs the sign-in"));
}

static void
changed_cb (BcastClientForm *self)
{
  if (self->filling || self->workspace == NULL)
    return;
  show_sign_in (self);
  show_signer (self);
  bcast_client_form_check (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
bcast_client_form_dispose (GObject *object)
{
  BcastClientForm *self = BCAST_CLIENT_FORM (object);

  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bcast_client_form_parent_class)->dispose (object);
}

static void
bcast_client_form_class_init (BcastClientFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_client_form_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BCAST_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-client-form.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastClientForm, name);
  gtk_widget_class_bind_template_child (widget_class, BcastClientForm, user_id);
  gtk_widget_class_bind_template_child (widget_class, BcastClientForm, user_info);
  gtk_widget_class_bind_template_child (widget_class, BcastClientForm, more);
  gtk_widget_class_bind_template_child (widget_class, BcastClientForm, sign_in_row);
  gtk_widget_class_bind_template_child (widget_class, BcastClientForm, signs_in);
  gtk_widget_class_bind_template_child (widget_class, BcastClientForm, watchlist);
  gtk_widget_class_bind_template_child (widget_class, BcastClientForm, signer);
  gtk_widget_class_bind_template_child (widget_class, BcastClientForm, app_box);
  gtk_widget_class_bind_template_child (widget_class, BcastClientForm, headers);
  gtk_widget_class_bind_template_child (widget_class, BcastClientForm, params);
  gtk_widget_class_bind_template_child (widget_class, BcastClientForm, cookies);
  gtk_widget_class_bind_template_child (widget_class, BcastClientForm, bearer);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
bcast_client_form_init (BcastClientForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_text (BcastField *field,
          const char *text)
{
  GtkWidget *input = bcast_field_get_input (field);

  if (text == NULL)
    text = "";
  if (GTK_IS_TEXT_VIEW (input))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (input)), text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (input), text);
}

/*
 * bcast_client_form_dup_text:
 * @field: one with an entry or some lines
 *
 * Returns: (transfer full): what was entered
 */
char *
bcast_client_form_dup_text (BcastField *field)
{
  GtkWidget *input = bcast_field_get_input (field);

  if (!GTK_IS_TEXT_VIEW (input))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (input)));

  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (input));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/*
 * bcast_client_form_dup_watchlist:
 * @self: a form
 *
 * Returns: (transfer full) (array zero-terminated=1): the ids that were entered
 */
char **
bcast_client_form_dup_watchlist (BcastClientForm *self)
{
  g_autofree char *text = bcast_client_form_dup_text (self->watchlist);
  g_auto(GStrv) parts = g_strsplit_set (text, ", \t\n", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_strv_builder_add (builder, parts[i]);
  return g_strv_builder_end (builder);
}

static void
set_pairs (BcastField  *field,
           char       **pairs,
           const char  *separator)
{
  static const char * const none[] = { NULL };
  char *lines = bcast_authorizer_pairs_format (pairs != NULL ? (const char * const *) pairs : none, separator);

  set_text (field, lines);
  bcast_secret_free (lines);
}

static char **
dup_pairs (BcastField *field,
           char        separator)
{
  char *lines = bcast_client_form_dup_text (field);
  char **pairs = bcast_authorizer_pairs_parse (lines, separator, NULL);

  bcast_secret_free (lines);
  return pairs;
}

static void
fill (BcastClientForm          *self,
      const BcastClientOptions *options)
{
  g_autofree char *watchlist = options->watchlist != NULL ? g_strjoinv (", ", options->watchlist) : NULL;

  set_text (self->name, options->name);
  set_text (self->user_id, options->user_id);
  set_text (self->user_info, options->user_info);
  gtk_switch_set_active (self->signs_in, options->signs_in);
  set_text (self->watchlist, watchlist);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (bcast_field_get_input (self->signer)), options->signer);
  set_pairs (self->headers, options->headers, ": ");
  set_pairs (self->params, options->params, "=");
  set_text (self->cookies, options->cookies);
  set_text (self->bearer, options->bearer);
}

/**
 * bcast_client_form_show:
 * @self: a form
 * @workspace: where the client is or will be
 * @options: what to begin with
 * @is_new: whether the client is to be added; the name of one that is there cannot change
 */
void
bcast_client_form_show (BcastClientForm          *self,
                        BcastWorkspace           *workspace,
                        const BcastClientOptions *options,
                        gboolean                  is_new)
{
  g_return_if_fail (BCAST_IS_CLIENT_FORM (self));
  g_return_if_fail (BCAST_IS_WORKSPACE (workspace));
  g_return_if_fail (options != NULL);

  g_set_object (&self->workspace, workspace);
  self->is_new = is_new;
  self->filling = TRUE;
  fill (self, options);
  self->filling = FALSE;

  gtk_widget_set_sensitive (bcast_field_get_input (self->name), is_new);
  if (!is_new)
    bcast_field_set_hint (self->name, _("The name stays: events in the journal are marked with it."));
  gtk_expander_set_expanded (self->more, !is_new || options->signs_in
                                         || options->signer != BCAST_CLIENT_SIGNER_PROFILE);
  changed_cb (self);
}

/**
 * bcast_client_form_dup_options:
 * @self: a form
 *
 * Returns: (transfer full): what was entered
 */
BcastClientOptions *
bcast_client_form_dup_options (BcastClientForm *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_FORM (self), NULL);

  g_autofree char *name = bcast_client_form_dup_text (self->name);
  BcastClientOptions *options = bcast_client_options_new (name);

  options->user_id = bcast_client_form_dup_text (self->user_id);
  options->user_info = bcast_client_form_dup_text (self->user_info);
  options->signs_in = gtk_switch_get_active (self->signs_in);
  options->watchlist = bcast_client_form_dup_watchlist (self);
  options->signer = get_signer (self);
  options->headers = dup_pairs (self->headers, ':');
  options->params = dup_pairs (self->params, '=');
  options->cookies = bcast_client_form_dup_text (self->cookies);
  options->bearer = bcast_client_form_dup_text (self->bearer);
  return options;
}

/**
 * bcast_client_form_is_good:
 * @self: a form
 *
 * Returns: whether no field has an error
 */
gboolean
bcast_client_form_is_good (BcastClientForm *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_FORM (self), FALSE);

  return self->is_good;
}

/**
 * bcast_client_form_focus:
 * @self: a form
 *
 * Moves the keyboard focus to the first field that can be filled in.
 */
void
bcast_client_form_focus (BcastClientForm *self)
{
  g_return_if_fail (BCAST_IS_CLIENT_FORM (self));

  gtk_widget_grab_focus (bcast_field_get_input (self->is_new ? self->name : self->user_id));
}

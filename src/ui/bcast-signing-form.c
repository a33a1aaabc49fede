/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-signing-form.h"

#include "bcast-field.h"
#include "bcast-no-hyphens.h"
#include "bcast-prefill.h"

#include <glib/gi18n.h>

#define FIRST_CLIENT "Alice"

/**
 * BcastSigningForm:
 *
 * What is to be signed. What is wrong with it stands at the field it is about.
 */
struct _BcastSigningForm
{
  GtkBox            parent_instance;

  BcastField       *key;
  BcastField       *secret;
  BcastField       *socket_id;
  BcastField       *private_channel;
  BcastField       *presence_channel;
  BcastField       *channel_data;
  BcastField       *user_data;
  BcastField       *method;
  BcastField       *path;
  BcastField       *query;
  BcastField       *body;
  BcastField       *timestamp;

  BcastSigningKind  kind;
  BcastWorkspace   *workspace;
  BcastPrefill     *key_prefill;
  BcastPrefill     *secret_prefill;
  BcastPrefill     *socket_id_prefill;
  BcastPrefill     *path_prefill;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BcastSigningForm, bcast_signing_form, GTK_TYPE_BOX)

static void
changed_cb (BcastSigningForm *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The field for each thing that can be entered, for the kind that is shown. */
static BcastField *
get_field (BcastSigningForm  *self,
           BcastSigningField  field)
{
  BcastField *fields[BCAST_SIGNING_N_FIELDS] = {
    [BCAST_SIGNING_FIELD_KEY] = self->key,
    [BCAST_SIGNING_FIELD_SECRET] = self->secret,
    [BCAST_SIGNING_FIELD_SOCKET] = self->socket_id,
    [BCAST_SIGNING_FIELD_CHANNEL] = self->kind == BCAST_SIGNING_PRIVATE ? self->private_channel
                                                                         : self->presence_channel,
    [BCAST_SIGNING_FIELD_CHANNEL_DATA] = self->channel_data,
    [BCAST_SIGNING_FIELD_USER_DATA] = self->user_data,
    [BCAST_SIGNING_FIELD_METHOD] = self->method,
    [BCAST_SIGNING_FIELD_PATH] = self->path,
    [BCAST_SIGNING_FIELD_QUERY] = self->query,
    [BCAST_SIGNING_FIELD_BODY] = self->body,
    [BCAST_SIGNING_FIELD_TIMESTAMP] = self->timestamp,
  };

  return fields[field];
}

static char *
dup_text (BcastField *field)
{
  GtkWidget *input = bcast_field_get_input (field);
  GtkTextIter start, end;

  if (GTK_IS_EDITABLE (input))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (input)));
  if (GTK_IS_DROP_DOWN (input))
    return g_strdup (gtk_string_object_get_string (gtk_drop_down_get_selected_item (GTK_DROP_DOWN (input))));

  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (input));

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
set_text (BcastField *field,
          const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (bcast_field_get_input (field)), text);
}

static void
set_buffer_text (BcastField *field,
                 const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (bcast_field_get_input (field))), text, -1);
}

static void
now_cb (BcastSigningForm *self)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / G_USEC_PER_SEC);

  set_text (self->timestamp, now);
}

/* A timestamp says little to people: show the time it stands for. */
static void
show_time (BcastSigningForm *self)
{
  g_autoptr(GDateTime) time = NULL;
  g_autofree char *entered = dup_text (self->timestamp);
  g_autofree char *text = NULL;
  gint64 timestamp_s;

  if (bcast_signing_timestamp_parse (entered, &timestamp_s, NULL))
    time = g_date_time_new_from_unix_local (timestamp_s);
  if (time != NULL)
    text = g_date_time_format (time, "%c");
  bcast_field_set_hint (self->timestamp, text);
}

static void
timestamp_changed_cb (BcastSigningForm *self)
{
  show_time (self);
  changed_cb (self);
}

static void
show_error (BcastSigningForm *self,
            BcastField       *faulty,
            const char       *error)
{
  BcastField *filled_in[] = { self->key, self->secret, self->socket_id };

  /* What the profile fills in once it is open is not the person's to mend. */
  for (guint i = 0; i < G_N_ELEMENTS (filled_in); i++)
    if (self->workspace == NULL && faulty == filled_in[i])
      faulty = NULL;

  for (BcastSigningField i = 0; i < BCAST_SIGNING_N_FIELDS; i++)
    {
      BcastField *field = get_field (self, i);

      bcast_field_set_error (field, field == faulty ? error : NULL);
    }
}

static void
prefill_socket_id (BcastSigningForm *self)
{
  BcastClientMirror *client = bcast_workspace_find_client (self->workspace, FIRST_CLIENT);

  if (client == NULL)
    return;
  bcast_prefill_set (self->socket_id_prefill, bcast_client_mirror_get_socket_id (client));
}

static void
watch_client (BcastSigningForm *self)
{
  BcastClientMirror *client = bcast_workspace_find_client (self->workspace, FIRST_CLIENT);

  if (client != NULL && g_signal_handler_find (client, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self) == 0)
    g_signal_connect_object (client, "notify::socket-id", G_CALLBACK (prefill_socket_id), self, G_CONNECT_SWAPPED);
  prefill_socket_id (self);
}

static void
bcast_signing_form_dispose (GObject *object)
{
  BcastSigningForm *self = BCAST_SIGNING_FORM (object);

  g_clear_pointer (&self->key_prefill, bcast_prefill_free);
  g_clear_pointer (&self->secret_prefill, bcast_prefill_free);
  g_clear_pointer (&self->socket_id_prefill, bcast_prefill_free);
  g_clear_pointer (&self->path_prefill, bcast_prefill_free);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bcast_signing_form_parent_class)->dispose (object);
}

static void
bcast_signing_form_class_init (BcastSigningFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_signing_form_dispose;

  signals[CHANGED] = g_signal_new ("changed", BCAST_TYPE_SIGNING_FORM, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BCAST_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-signing-form.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastSigningForm, key);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningForm, secret);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningForm, socket_id);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningForm, private_channel);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningForm, presence_channel);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningForm, channel_data);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningForm, user_data);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningForm, method);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningForm, path);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningForm, query);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningForm, body);
  gtk_widget_class_bind_template_child (widget_class, BcastSigningForm, timestamp);
  gtk_widget_class_bind_template_callback (widget_class, now_cb);
}

static void
connect_buffer (BcastSigningForm *self,
                BcastField       *field)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (bcast_field_get_input (field)));

  bcast_no_hyphens_follow (buffer);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
connect_fields (BcastSigningForm *self)
{
  BcastField *entries[] = {
    self->key, self->secret, self->socket_id, self->private_channel, self->presence_channel, self->path, self->query,
  };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_signal_connect_object (bcast_field_get_input (entries[i]), "changed", G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
  connect_buffer (self, self->channel_data);
  connect_buffer (self, self->user_data);
  connect_buffer (self, self->body);
  g_signal_connect_object (bcast_field_get_input (self->method), "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (bcast_field_get_input (self->timestamp), "changed", G_CALLBACK (timestamp_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
bcast_signing_form_init (BcastSigningForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  connect_fields (self);

  self->key_prefill = bcast_prefill_new (GTK_EDITABLE (bcast_field_get_input (self->key)));
  self->secret_prefill = bcast_prefill_new (GTK_EDITABLE (bcast_field_get_input (self->secret)));
  self->socket_id_prefill = bcast_prefill_new (GTK_EDITABLE (bcast_field_get_input (self->socket_id)));
  self->path_prefill = bcast_prefill_new (GTK_EDITABLE (bcast_field_get_input (self->path)));
  set_text (self->private_channel, "private-user.1");
  set_text (self->presence_channel, "presence-lobby");
  set_buffer_text (self->channel_data, "{\"user_id\":\"1\",\"user_info\":{\"name\":\"Alice\"}}");
  set_buffer_text (self->user_data, "{\"id\":\"1\",\"user_info\":{\"name\":\"Alice\"}}");
  set_buffer_text (self->body, "{\"name\":\"ReleasePublished\",\"channels\":[\"releases\"],\"data\":\"{}\"}");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (bcast_field_get_input (self->method)), 1);
  now_cb (self);
  show_time (self);
}

/**
 * bcast_signing_form_set_kind:
 * @self: a form
 * @kind: what is to be signed
 *
 * Shows the fields that @kind needs.
 */
void
bcast_signing_form_set_kind (BcastSigningForm *self,
                             BcastSigningKind  kind)
{
  g_return_if_fail (BCAST_IS_SIGNING_FORM (self));

  self->kind = kind;
  for (BcastSigningField i = 0; i < BCAST_SIGNING_N_FIELDS; i++)
    gtk_widget_set_visible (GTK_WIDGET (get_field (self, i)), bcast_signing_kind_needs (kind, i));
  gtk_widget_set_visible (GTK_WIDGET (self->private_channel), kind == BCAST_SIGNING_PRIVATE);
  gtk_widget_set_visible (GTK_WIDGET (self->presence_channel), kind == BCAST_SIGNING_PRESENCE);
  changed_cb (self);
}

/**
 * bcast_signing_form_set_workspace:
 * @self: a form
 * @workspace: (nullable): the open profile
 *
 * Fills in what the open profile knows, where nothing else was entered.
 */
void
bcast_signing_form_set_workspace (BcastSigningForm *self,
                                  BcastWorkspace   *workspace)
{
  g_return_if_fail (BCAST_IS_SIGNING_FORM (self));

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (bcast_workspace_get_clients (self->workspace), self);
  g_set_object (&self->workspace, workspace);
  if (workspace == NULL)
    return;

  BcastApp *app = bcast_workspace_get_app (workspace);

  if (app != NULL)
    {
      const char *app_id = bcast_app_get_app_id (app);
      g_autofree char *path = g_strdup_printf ("/apps/%s/events", app_id != NULL ? app_id : "");

      bcast_prefill_set (self->key_prefill, bcast_app_get_key (app));
      bcast_prefill_set (self->secret_prefill, bcast_app_get_secret (app));
      bcast_prefill_set (self->path_prefill, path);
    }
  bcast_prefill_set (self->socket_id_prefill, NULL);
  g_signal_connect_object (bcast_workspace_get_clients (workspace), "items-changed", G_CALLBACK (watch_client), self,
                           G_CONNECT_SWAPPED);
  watch_client (self);
}

/**
 * bcast_signing_form_sign:
 * @self: a form
 * @error: %BCAST_ERROR_INVALID, which also stands at the field it is about
 *
 * Returns: (transfer full) (nullable): the signature of what was entered
 */
BcastSigning *
bcast_signing_form_sign (BcastSigningForm  *self,
                         GError           **error)
{
  g_return_val_if_fail (BCAST_IS_SIGNING_FORM (self), NULL);

  g_autoptr(GError) problem = NULL;
  g_auto(BcastSigningInput) input = { .kind = self->kind };
  BcastSigningField faulty = 0;

  for (BcastSigningField i = 0; i < BCAST_SIGNING_N_FIELDS; i++)
    input.texts[i] = dup_text (get_field (self, i));

  BcastSigning *signing = bcast_signing_input_sign (&input, &faulty, &problem);

  if (signing != NULL)
    show_error (self, NULL, NULL);
  else
    {
      show_error (self, get_field (self, faulty), problem->message);
      g_propagate_error (error, g_steal_pointer (&problem));
    }
  return signing;
}

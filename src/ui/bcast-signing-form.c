/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-signing-form.h"

#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-field.h"
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

static const char *
get_text (BcastField *field)
{
  return gtk_editable_get_text (GTK_EDITABLE (bcast_field_get_input (field)));
}

static char *
dup_buffer_text (BcastField *field)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (bcast_field_get_input (field)));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
set_buffer_text (BcastField *field,
                 const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (bcast_field_get_input (field))), text, -1);
}

static const char *
get_method (BcastSigningForm *self)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (bcast_field_get_input (self->method));

  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (drop_down));
}

static void
now_cb (BcastSigningForm *self)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / G_USEC_PER_SEC);

  gtk_editable_set_text (GTK_EDITABLE (bcast_field_get_input (self->timestamp)), now);
}

static gboolean
parse_timestamp (BcastSigningForm  *self,
                 gint64            *timestamp_s,
                 GError           **error)
{
  if (g_ascii_string_to_signed (get_text (self->timestamp), 10, 0, G_MAXINT64, timestamp_s, NULL))
    return TRUE;
  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                       _("The timestamp must be the seconds since 1970, such as 1700000000."));
  return FALSE;
}

/* A timestamp says little to people: show the time it stands for. */
static void
show_time (BcastSigningForm *self)
{
  g_autoptr(GDateTime) time = NULL;
  g_autofree char *text = NULL;
  gint64 timestamp_s;

  if (parse_timestamp (self, &timestamp_s, NULL))
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

/* The signing says what is wrong; which field that is about follows from the order of its checks. */
static BcastField *
find_faulty_field (BcastSigningForm *self)
{
  BcastField *channel = self->kind == BCAST_SIGNING_PRIVATE ? self->private_channel : self->presence_channel;
  BcastChannelType type = bcast_channel_name_find_type (get_text (channel));

  if (get_text (self->key)[0] == '\0')
    return self->key;
  if (get_text (self->secret)[0] == '\0')
    return self->secret;
  if (self->kind == BCAST_SIGNING_REQUEST)
    {
      if (!parse_timestamp (self, &(gint64) { 0 }, NULL))
        return self->timestamp;
      return get_text (self->path)[0] != '/' || strpbrk (get_text (self->path), "?# \n") != NULL ? self->path
                                                                                                   : self->query;
    }
  if (!bcast_socket_id_is_valid (get_text (self->socket_id)))
    return self->socket_id;
  if (self->kind == BCAST_SIGNING_USER)
    return self->user_data;
  if (self->kind == BCAST_SIGNING_PRIVATE || !bcast_channel_type_is_presence (type)
      || !bcast_channel_name_check (get_text (channel), G_MAXSIZE, NULL))
    return channel;
  return self->channel_data;
}

static void
show_error (BcastSigningForm *self,
            const char       *error)
{
  BcastField *fields[] = {
    self->key, self->secret, self->socket_id, self->private_channel, self->presence_channel, self->channel_data,
    self->user_data, self->path, self->query, self->body, self->timestamp,
  };
  BcastField *faulty = error != NULL ? find_faulty_field (self) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    bcast_field_set_error (fields[i], fields[i] == faulty ? error : NULL);
}

static BcastSigning *
sign_channel (BcastSigningForm  *self,
              GError           **error)
{
  gboolean is_presence = self->kind == BCAST_SIGNING_PRESENCE;
  const char *channel = get_text (is_presence ? self->presence_channel : self->private_channel);
  BcastChannelType type = bcast_channel_name_find_type (channel);
  g_autofree char *channel_data = is_presence ? dup_buffer_text (self->channel_data) : NULL;

  if (bcast_channel_type_needs_auth (type) && bcast_channel_type_is_presence (type) != is_presence)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           is_presence ? _("This is no presence channel: its name must begin with “presence-”.")
                                       : _("This is a presence channel: choose Presence above, because who joins is "
                                           "signed as well."));
      return NULL;
    }
  return bcast_signing_new_channel (get_text (self->key), get_text (self->secret), get_text (self->socket_id),
                                    channel, channel_data, error);
}

static BcastSigning *
sign_user (BcastSigningForm  *self,
           GError           **error)
{
  g_autofree char *user_data = dup_buffer_text (self->user_data);

  return bcast_signing_new_user (get_text (self->key), get_text (self->secret), get_text (self->socket_id),
                                 user_data, error);
}

static BcastSigning *
sign_request (BcastSigningForm  *self,
              GError           **error)
{
  g_autofree char *body = dup_buffer_text (self->body);
  gint64 timestamp_s;

  if (!parse_timestamp (self, &timestamp_s, error))
    return NULL;
  return bcast_signing_new_request (get_text (self->key), get_text (self->secret), get_method (self),
                                    get_text (self->path), get_text (self->query), body, timestamp_s, error);
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
connect_fields (BcastSigningForm *self)
{
  BcastField *entries[] = {
    self->key, self->secret, self->socket_id, self->private_channel, self->presence_channel, self->path, self->query,
  };
  BcastField *texts[] = { self->channel_data, self->user_data, self->body };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_signal_connect_object (bcast_field_get_input (entries[i]), "changed", G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (bcast_field_get_input (texts[i]))), "changed",
                             G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bcast_field_get_input (self->method), "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (bcast_field_get_input (self->timestamp), "changed", G_CALLBACK (timestamp_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
bcast_signing_form_init (BcastSigningForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->key_prefill = bcast_prefill_new (GTK_EDITABLE (bcast_field_get_input (self->key)));
  self->secret_prefill = bcast_prefill_new (GTK_EDITABLE (bcast_field_get_input (self->secret)));
  self->socket_id_prefill = bcast_prefill_new (GTK_EDITABLE (bcast_field_get_input (self->socket_id)));
  self->path_prefill = bcast_prefill_new (GTK_EDITABLE (bcast_field_get_input (self->path)));
  gtk_editable_set_text (GTK_EDITABLE (bcast_field_get_input (self->private_channel)), "private-user.1");
  gtk_editable_set_text (GTK_EDITABLE (bcast_field_get_input (self->presence_channel)), "presence-lobby");
  set_buffer_text (self->channel_data, "{\"user_id\":\"1\",\"user_info\":{\"name\":\"Alice\"}}");
  set_buffer_text (self->user_data, "{\"id\":\"1\",\"user_info\":{\"name\":\"Alice\"}}");
  set_buffer_text (self->body, "{\"name\":\"ReleasePublished\",\"channels\":[\"releases\"],\"data\":\"{}\"}");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (bcast_field_get_input (self->method)), 1);
  now_cb (self);
  show_time (self);
  connect_fields (self);
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

  const struct { BcastField *field; guint kinds; } rules[] = {
    { self->socket_id, 1 << BCAST_SIGNING_PRIVATE | 1 << BCAST_SIGNING_PRESENCE | 1 << BCAST_SIGNING_USER },
    { self->private_channel, 1 << BCAST_SIGNING_PRIVATE },
    { self->presence_channel, 1 << BCAST_SIGNING_PRESENCE },
    { self->channel_data, 1 << BCAST_SIGNING_PRESENCE },
    { self->user_data, 1 << BCAST_SIGNING_USER },
    { self->method, 1 << BCAST_SIGNING_REQUEST },
    { self->path, 1 << BCAST_SIGNING_REQUEST },
    { self->query, 1 << BCAST_SIGNING_REQUEST },
    { self->body, 1 << BCAST_SIGNING_REQUEST },
    { self->timestamp, 1 << BCAST_SIGNING_REQUEST },
  };

  self->kind = kind;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    gtk_widget_set_visible (GTK_WIDGET (rules[i].field), (rules[i].kinds & 1u << kind) != 0);
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
  BcastSigning *signing = NULL;

  switch (self->kind)
    {
    case BCAST_SIGNING_USER:
      signing = sign_user (self, &problem);
      break;
    case BCAST_SIGNING_REQUEST:
      signing = sign_request (self, &problem);
      break;
    case BCAST_SIGNING_PRIVATE:
    case BCAST_SIGNING_PRESENCE:
    default:
      signing = sign_channel (self, &problem);
    }

  show_error (self, problem != NULL ? problem->message : NULL);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return signing;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-add-client.h"

#include <string.h>

#include <glib/gi18n.h>

#include "bcast-field.h"
#include "bcast-json.h"
#include "bcast-limits.h"

/* Suggested one after the other, as the cast of a first start goes on. */
static const char * const suggestions[] = { "Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace", };

/**
 * BcastAddClient:
 *
 * Asks who a new client is, says what is wrong while it is typed, and adds it.
 */
struct _BcastAddClient
{
  GtkPopover      parent_instance;

  BcastField     *name_field;
  GtkEditable    *name_entry;
  BcastField     *user_id_field;
  GtkEditable    *user_id_entry;
  BcastField     *user_info_field;
  GtkEditable    *user_info_entry;
  GtkWidget      *add_button;

  BcastWorkspace *workspace;
};

G_DEFINE_FINAL_TYPE (BcastAddClient, bcast_add_client, GTK_TYPE_POPOVER)

static const char *
find_name_problem (BcastAddClient *self)
{
  const char *name = gtk_editable_get_text (self->name_entry);

  if (*name == '\0')
    return _("Enter a name.");
  if (self->workspace != NULL && bcast_workspace_find_client (self->workspace, name) != NULL)
    return _("There is a client of this name already.");
  return NULL;
}

static char *
find_user_info_problem (BcastAddClient *self)
{
  const char *info = gtk_editable_get_text (self->user_info_entry);
  g_autoptr(GError) error = NULL;

  if (strlen (info) > BCAST_LIMIT_CHANNEL_DATA_BYTES)
    return g_strdup_printf (_("This is %zu bytes, and %d are allowed."), strlen (info),
                            BCAST_LIMIT_CHANNEL_DATA_BYTES);
  if (*info != '\0' && !bcast_json_scan (info, strlen (info), NULL, NULL, &error))
    return g_strdup (error->message);
  return NULL;
}

static void
changed_cb (BcastAddClient *self)
{
  const char *name_problem = find_name_problem (self);
  const char *user_id_problem = NULL;
  g_autofree char *user_info_problem = find_user_info_problem (self);

  if (strlen (gtk_editable_get_text (self->user_id_entry)) > BCAST_LIMIT_USER_ID)
    user_id_problem = _("A user id has at most 128 characters.");

  bcast_field_set_error (self->name_field, name_problem);
  bcast_field_set_error (self->user_id_field, user_id_problem);
  bcast_field_set_error (self->user_info_field, user_info_problem);
  gtk_widget_set_sensitive (self->add_button,
                            self->workspace != NULL && name_problem == NULL
                            && user_id_problem == NULL && user_info_problem == NULL);
}

static void
suggest (BcastAddClient *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (suggestions); i++)
    if (self->workspace != NULL && bcast_workspace_find_client (self->workspace, suggestions[i]) == NULL)
      {
        g_autofree char *user_id = g_ascii_strdown (suggestions[i], -1);
        g_autofree char *info = g_strdup_printf ("{\"name\":\"%s\"}", suggestions[i]);

        gtk_editable_set_text (self->name_entry, suggestions[i]);
        gtk_editable_set_text (self->user_id_entry, user_id);
        gtk_editable_set_text (self->user_info_entry, info);
        return;
      }
}

/* What was typed before the popover was closed stays; a name that is taken by now does not. */
static void
show_cb (BcastAddClient *self)
{
  if (find_name_problem (self) != NULL)
    suggest (self);
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
}

static void
add_cb (BcastAddClient *self)
{
  g_autoptr(GError) error = NULL;
  BcastClientMirror *client;

  if (self->workspace == NULL)
    return;
  client = bcast_workspace_add_client (self->workspace, gtk_editable_get_text (self->name_entry),
                                       gtk_editable_get_text (self->user_id_entry),
                                       gtk_editable_get_text (self->user_info_entry), &error);
  if (client == NULL)
    {
      bcast_field_set_error (self->name_field, error->message);
      return;
    }
  bcast_workspace_connect (self->workspace, client);
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_editable_set_text (self->name_entry, "");
}

static void
bcast_add_client_dispose (GObject *object)
{
  BcastAddClient *self = BCAST_ADD_CLIENT (object);

  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bcast_add_client_parent_class)->dispose (object);
}

static void
bcast_add_client_class_init (BcastAddClientClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_add_client_dispose;

  g_type_ensure (BCAST_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-add-client.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastAddClient, name_field);
  gtk_widget_class_bind_template_child (widget_class, BcastAddClient, name_entry);
  gtk_widget_class_bind_template_child (widget_class, BcastAddClient, user_id_field);
  gtk_widget_class_bind_template_child (widget_class, BcastAddClient, user_id_entry);
  gtk_widget_class_bind_template_child (widget_class, BcastAddClient, user_info_field);
  gtk_widget_class_bind_template_child (widget_class, BcastAddClient, user_info_entry);
  gtk_widget_class_bind_template_child (widget_class, BcastAddClient, add_button);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
bcast_add_client_init (BcastAddClient *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_add_client_set_workspace:
 * @self: the popover
 * @workspace: (nullable): where to add clients
 *
 * Adds clients to another workspace from now on.
 */
void
bcast_add_client_set_workspace (BcastAddClient *self,
                                BcastWorkspace *workspace)
{
  g_return_if_fail (BCAST_IS_ADD_CLIENT (self));
  g_return_if_fail (workspace == NULL || BCAST_IS_WORKSPACE (workspace));

  g_set_object (&self->workspace, workspace);
  changed_cb (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-row.h"

#include <glib/gi18n.h>

#include "bcast-connection-state.h"
#include "bcast-format.h"
#include "bcast-retry-line.h"

#define MAX_MENU_NAME 24 /* characters */

/**
 * BcastClientRow:
 *
 * A client in the tree: its state, its name, its socket id to copy, a menu, as whom it is signed in, and
 * when it tries to connect again. What the menu does are actions of the group “clients”, which the tree
 * installs.
 */
struct _BcastClientRow
{
  GtkBox             parent_instance;

  GtkImage          *dot;
  GtkLabel          *name;
  GtkLabel          *state;
  GtkButton         *socket_id;
  GtkLabel          *socket_id_label;
  GtkMenuButton     *menu_button;
  GtkLabel          *problem;
  BcastRetryLine    *retry;
  GtkWidget         *sign_in_box;
  GtkImage          *sign_in_icon;
  GtkLabel          *sign_in;
  GtkLabel          *online;

  BcastClientMirror *client;
  char              *menu_key; /* what the menu depends on */
};

G_DEFINE_FINAL_TYPE (BcastClientRow, bcast_client_row, GTK_TYPE_BOX)

static void
append_item (GMenu      *menu,
             const char *label,
             const char *action,
             const char *target)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

/* A menu is as wide as its longest line, and takes an underscore for a mnemonic. */
static char *
format_terminate (const char *user_id)
{
  g_auto(GStrv) parts = g_strsplit (user_id, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);

  if (g_utf8_strlen (user_id, -1) > MAX_MENU_NAME)
    return g_strdup (_("_End All Connections of This User…"));
  return g_strdup_printf (_("_End All Connections of %s…"), escaped);
}

static GMenuModel *
create_menu (BcastClientMirror *client)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) connection = g_menu_new ();
  g_autoptr(GMenu) who = g_menu_new ();
  g_autoptr(GMenu) copy = g_menu_new ();
  g_autoptr(GMenu) removal = g_menu_new ();
  const char *name = bcast_client_mirror_get_name (client);
  gboolean is_wanted = bcast_connection_state_is_wanted (bcast_client_mirror_get_state (client));

  if (is_wanted)
    append_item (connection, _("_Disconnect"), "clients.disconnect", name);
  else
    append_item (connection, _("_Connect"), "clients.connect", name);
  append_item (connection, _("_Subscribe…"), "clients.choose", name);
  append_item (connection, _("Connection _History…"), "clients.history", name);
  append_item (who, _("_Edit…"), "clients.edit", name);
  append_item (who, _("D_uplicate…"), "clients.duplicate", name);
  if (bcast_client_mirror_get_socket_id (client) != NULL)
    append_item (copy, _("Copy Socket _ID"), "clients.copy", bcast_client_mirror_get_socket_id (client));
  if (bcast_client_mirror_get_user_id (client) != NULL)
    {
      g_autofree char *terminate = format_terminate (bcast_client_mirror_get_user_id (client));

      append_item (copy, _("Copy User I_D"), "clients.copy", bcast_client_mirror_get_user_id (client));
      append_item (removal, terminate, "clients.terminate", bcast_client_mirror_get_user_id (client));
    }
  append_item (removal, _("_Remove"), "clients.remove", name);

  g_menu_append_section (menu, NULL, G_MENU_MODEL (connection));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (who));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copy));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (removal));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/* Another menu closes one that is open, and a client that tries to connect changes all the time. */
static void
update_menu (BcastClientRow *self)
{
  const char *socket_id = bcast_client_mirror_get_socket_id (self->client);
  const char *user_id = bcast_client_mirror_get_user_id (self->client);
  gboolean is_wanted = bcast_connection_state_is_wanted (bcast_client_mirror_get_state (self->client));
  g_autofree char *key = g_strdup_printf ("%d %s %s", is_wanted, socket_id != NULL ? socket_id : "",
                                          user_id != NULL ? user_id : "");
  g_autoptr(GMenuModel) menu = NULL;

  if (g_strcmp0 (self->menu_key, key) == 0)
    return;
  g_free (self->menu_key);
  self->menu_key = g_steal_pointer (&key);
  menu = create_menu (self->client);
  gtk_menu_button_set_menu_model (self->menu_button, menu);
}

static void
show_socket_id (BcastClientRow *self)
{
  const char *socket_id = bcast_client_mirror_get_socket_id (self->client);
  gboolean shown = socket_id != NULL
                   && bcast_client_mirror_get_state (self->client) == BCAST_CLIENT_CONNECTED;

  gtk_widget_set_visible (GTK_WIDGET (self->socket_id), shown);
  gtk_widget_set_visible (GTK_WIDGET (self->state), !shown);
  if (!shown)
    return;

  g_autofree char *tooltip = g_strdup_printf (_("Socket id %s: click to copy it"), socket_id);

  gtk_label_set_text (self->socket_id_label, socket_id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->socket_id), "s", socket_id);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->socket_id), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->socket_id),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
}

static void
show_line (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), text);
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static char *
format_sign_in (BcastClientMirror *client)
{
  const char *error = bcast_client_mirror_get_sign_in_error (client);

  switch (bcast_client_mirror_get_sign_in_state (client))
    {
    case BCAST_SIGN_IN_WAITING:
      return g_strdup (_("Signs in once connected"));
    case BCAST_SIGN_IN_PENDING:
      return g_strdup (_("Signing in…"));
    case BCAST_SIGN_IN_DONE:
      return g_strdup_printf (_("Signed in as %s"), bcast_client_mirror_get_signed_in_id (client));
    case BCAST_SIGN_IN_REFUSED:
      return error != NULL ? g_strdup_printf (_("Not signed in. %s"), error) : g_strdup (_("Sign-in refused"));
    case BCAST_SIGN_IN_OFF:
    default:
      return NULL;
    }
}

static char *
format_online (BcastClientMirror *client)
{
  const BcastClientOptions *options = bcast_client_mirror_get_options (client);
  const char * const *online = bcast_client_mirror_get_online (client);
  g_autofree char *names = NULL;

  if (bcast_client_mirror_get_sign_in_state (client) != BCAST_SIGN_IN_DONE
      || options->watchlist == NULL || options->watchlist[0] == NULL)
    return NULL;
  if (online[0] == NULL)
    return g_strdup (_("Nobody of the watchlist is online"));
  names = bcast_format_names (online);
  return g_strdup_printf (_("Online: %s"), names);
}

static void
show_sign_in (BcastClientRow *self)
{
  BcastSignInState state = bcast_client_mirror_get_sign_in_state (self->client);
  gboolean is_refused = state == BCAST_SIGN_IN_REFUSED;
  g_autofree char *text = format_sign_in (self->client);
  g_autofree char *online = format_online (self->client);
  const char *classes[] = { is_refused ? "error" : "dim-label", NULL };

  show_line (self->sign_in, text);
  show_line (self->online, online);
  gtk_image_set_from_icon_name (self->sign_in_icon, is_refused ? "dialog-error-symbolic"
                                                    : state == BCAST_SIGN_IN_DONE ? "emblem-ok-symbolic"
                                                                                  : "content-loading-symbolic");
  gtk_widget_set_visible (self->sign_in_box, text != NULL);
  gtk_widget_set_css_classes (self->sign_in_box, classes);
}

static void
update (BcastClientRow *self)
{
  BcastClientState state = bcast_client_mirror_get_state (self->client);
  const char *name = bcast_client_mirror_get_name (self->client);
  const char *word = bcast_connection_state_get_label (state);
  const char *error = state != BCAST_CLIENT_CONNECTED ? bcast_client_mirror_get_error (self->client) : NULL;
  g_autofree char *spoken = g_strdup_printf ("%s, %s", name, word);
  g_autofree char *menu_tooltip = g_strdup_printf (_("What to do with %s"), name);

  bcast_connection_state_show (state, self->dot);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->dot), word);
  gtk_label_set_text (self->name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), spoken);
  gtk_label_set_text (self->state, word);
  show_socket_id (self);

  update_menu (self);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu_button), menu_tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, menu_tooltip, -1);

  show_line (self->problem, error);
  bcast_retry_line_set_action (self->retry, "clients.connect", name);
  bcast_retry_line_set_retry_us (self->retry, bcast_client_mirror_get_retry_us (self->client));
  show_sign_in (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
bcast_client_row_dispose (GObject *object)
{
  bcast_client_row_set_client (BCAST_CLIENT_ROW (object), NULL);

  G_OBJECT_CLASS (bcast_client_row_parent_class)->dispose (object);
}

static void
bcast_client_row_class_init (BcastClientRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_client_row_dispose;

  g_type_ensure (BCAST_TYPE_RETRY_LINE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-client-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastClientRow, dot);
  gtk_widget_class_bind_template_child (widget_class, BcastClientRow, name);
  gtk_widget_class_bind_template_child (widget_class, BcastClientRow, state);
  gtk_widget_class_bind_template_child (widget_class, BcastClientRow, socket_id);
  gtk_widget_class_bind_template_child (widget_class, BcastClientRow, socket_id_label);
  gtk_widget_class_bind_template_child (widget_class, BcastClientRow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, BcastClientRow, problem);
  gtk_widget_class_bind_template_child (widget_class, BcastClientRow, retry);
  gtk_widget_class_bind_template_child (widget_class, BcastClientRow, sign_in_box);
  gtk_widget_class_bind_template_child (widget_class, BcastClientRow, sign_in_icon);
  gtk_widget_class_bind_template_child (widget_class, BcastClientRow, sign_in);
  gtk_widget_class_bind_template_child (widget_class, BcastClientRow, online);
}

static void
bcast_client_row_init (BcastClientRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bcast_client_row_new:
 *
 * Returns: (transfer full): an empty row
 */
GtkWidget *
bcast_client_row_new (void)
{
  return g_object_new (BCAST_TYPE_CLIENT_ROW, NULL);
}

/**
 * bcast_client_row_set_client:
 * @self: a row
 * @client: (nullable): what to show and follow
 *
 * Shows a client and follows its state.
 */
void
bcast_client_row_set_client (BcastClientRow    *self,
                             BcastClientMirror *client)
{
  g_return_if_fail (BCAST_IS_CLIENT_ROW (self));
  g_return_if_fail (client == NULL || BCAST_IS_CLIENT_MIRROR (client));

  if (self->client == client)
    return;
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_set_object (&self->client, client);
  g_clear_pointer (&self->menu_key, g_free);
  if (client == NULL)
    return;
  g_signal_connect_swapped (client, "notify", G_CALLBACK (update), self);
  g_signal_connect_swapped (client, "options-changed", G_CALLBACK (update), self);
  update (self);
}

/**
 * bcast_client_row_dup_menu:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): what can be done with the client
 */
GMenuModel *
bcast_client_row_dup_menu (BcastClientRow *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_ROW (self), NULL);

  return self->client != NULL ? create_menu (self->client) : NULL;
}

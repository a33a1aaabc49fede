/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-occupied-view-private.h"

#include <glib/gi18n.h>

static void
say (BcastOccupiedView *self,
     const char        *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static void
refresh_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  bcast_occupied_view_refresh (BCAST_OCCUPIED_VIEW (widget));
}

static void
clear_prefix_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  gtk_editable_set_text (GTK_EDITABLE (BCAST_OCCUPIED_VIEW (widget)->prefix), "");
}

/* An empty name stands for all clients. */
static gboolean
subscribe (BcastOccupiedView *self,
           const char        *name,
           const char        *channel)
{
  GListModel *clients = bcast_workspace_get_clients (self->workspace);
  guint n_clients = g_list_model_get_n_items (clients);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < n_clients && error == NULL; i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);

      if ((*name == '\0' || g_str_equal (bcast_client_mirror_get_name (client), name))
          && bcast_client_mirror_find_subscription (client, channel) == NULL)
        bcast_workspace_subscribe (self->workspace, client, channel, &error);
    }
  if (error != NULL)
    bcast_problem_line_show (self->problem, "subscribe", error->message, NULL, NULL);
  return error == NULL;
}

static void
subscribe_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BcastOccupiedView *self = BCAST_OCCUPIED_VIEW (widget);
  const char *name, *channel;
  g_autofree char *text = NULL;

  g_variant_get (parameter, "(&s&s)", &name, &channel);
  if (self->workspace == NULL || !subscribe (self, name, channel))
    return;
  text = *name != '\0' ? g_strdup_printf (_("%s subscribes to %s"), name, channel)
                       : g_strdup_printf (_("All clients subscribe to %s"), channel);
  say (self, text);
}

static gboolean
has_subscriber (BcastOccupiedView *self,
                const char        *channel)
{
  GListModel *clients = bcast_workspace_get_clients (self->workspace);
  guint n_clients = g_list_model_get_n_items (clients);

  for (guint i = 0; i < n_clients; i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);

      if (bcast_client_mirror_find_subscription (client, channel) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BcastOccupiedView *self = BCAST_OCCUPIED_VIEW (widget);
  const char *channel = g_variant_get_string (parameter, NULL);

  if (self->workspace == NULL)
    return;
  if (!has_subscriber (self, channel))
    {
      g_autoptr(BcastClientMirror) first = g_list_model_get_item (bcast_workspace_get_clients (self->workspace), 0);

      if (first != NULL && !subscribe (self, bcast_client_mirror_get_name (first), channel))
        return;
    }
  gtk_widget_activate_action (widget, "win.compose-for", "s", channel);
}

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  const char *text = g_variant_get_string (parameter, NULL);
  g_autofree char *message = g_strdup_printf (_("Copied %s"), text);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  say (BCAST_OCCUPIED_VIEW (widget), message);
}

static void
terminated_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(BcastOccupiedView) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean done = bcast_workspace_terminate_finish (BCAST_WORKSPACE (object), result, &error);

  if (self->workspace != BCAST_WORKSPACE (object))
    return;
  if (!done)
    {
      bcast_problem_line_show (self->problem, "terminate", error->message, NULL, NULL);
      return;
    }
  say (self, _("The server has ended the connections"));
  bcast_occupied_view_refresh (self);
}

/* Nothing brings the connections back, so that it is asked first. */
static void
terminate_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BcastOccupiedView *self = BCAST_OCCUPIED_VIEW (widget);
  const char *user_id = g_variant_get_string (parameter, NULL);
  g_autofree char *question =
    g_strdup_printf (_("End all connections that are signed in as “%s”, in this program and everywhere else?"), user_id);

  g_free (self->to_terminate);
  self->to_terminate = g_strdup (user_id);
  bcast_problem_line_show (self->problem, "terminate", question, _("End Connections"),
                           "channels.terminate-confirmed");
}

static void
terminate_confirmed_action (GtkWidget  *widget,
                            const char *action_name,
                            GVariant   *parameter)
{
  BcastOccupiedView *self = BCAST_OCCUPIED_VIEW (widget);
  g_autofree char *user_id = g_steal_pointer (&self->to_terminate);

  bcast_problem_line_hide (self->problem);
  if (user_id != NULL && self->workspace != NULL)
    bcast_workspace_terminate_async (self->workspace, user_id, NULL, terminated_cb, g_object_ref (self));
}

static const struct
{
  const char                  *name;
  const char                  *parameter_type;
  GtkWidgetActionActivateFunc  function;
} actions[] = {
  { "channels.refresh-list", NULL, refresh_action },
  { "channels.clear-prefix", NULL, clear_prefix_action },
  { "channels.subscribe", "(ss)", subscribe_action },
  { "channels.open", "s", open_action },
  { "channels.copy", "s", copy_action },
  { "channels.terminate", "s", terminate_action },
  { "channels.terminate-confirmed", NULL, terminate_confirmed_action },
};

/*
 * bcast_occupied_view_install_actions:
 * @widget_class: the class of the view
 *
 * Gives the view its actions: what a user can do with a channel of the server, or somebody on it.
 */
void
bcast_occupied_view_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type,
                                     actions[i].function);
}

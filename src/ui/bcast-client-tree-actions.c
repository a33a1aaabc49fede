/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-tree-private.h"

#include <glib/gi18n.h>

#include "bcast-client-dialog.h"
#include "bcast-connection-window.h"
#include "bcast-present.h"

static BcastClientMirror *
find_client (BcastClientTree *self,
             const char      *name)
{
  return self->workspace != NULL ? bcast_workspace_find_client (self->workspace, name) : NULL;
}

static void
connect_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (widget);
  BcastClientMirror *client = find_client (self, g_variant_get_string (parameter, NULL));

  if (client == NULL)
    return;
  if (g_str_equal (action_name, "clients.connect"))
    bcast_workspace_connect (self->workspace, client);
  else
    bcast_workspace_disconnect (self->workspace, client);
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (widget);
  BcastClientMirror *client = find_client (self, g_variant_get_string (parameter, NULL));

  if (client != NULL)
    bcast_workspace_remove_client (self->workspace, client);
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (widget);
  BcastClientMirror *client = find_client (self, g_variant_get_string (parameter, NULL));

  if (client == NULL)
    return;
  if (g_str_equal (action_name, "clients.edit"))
    bcast_present_over (widget, bcast_client_dialog_new_edit (self->workspace, client));
  else if (g_str_equal (action_name, "clients.duplicate"))
    bcast_present_over (widget, bcast_client_dialog_new_add (self->workspace, client));
  else
    bcast_present_over (widget, bcast_connection_window_new (client));
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (widget);

  if (self->workspace != NULL)
    bcast_present_over (widget, bcast_client_dialog_new_add (self->workspace, NULL));
}

/* As a first start does it, and as unasked for in production. */
static void
ready_set_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (widget);

  if (self->workspace == NULL)
    return;
  bcast_workspace_add_cast (self->workspace);
  if (!bcast_profile_get_production (bcast_workspace_get_profile (self->workspace)))
    bcast_workspace_connect (self->workspace, NULL);
}

static void
terminated_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(BcastClientTree) self = user_data;
  g_autoptr(GError) error = NULL;

  if (bcast_workspace_terminate_finish (BCAST_WORKSPACE (object), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "live.toast", "s", _("The server has ended the connections"));
  else if (self->workspace == BCAST_WORKSPACE (object))
    bcast_problem_line_show (self->problem, "terminate", error->message, NULL, NULL);
}

/* Nothing brings the connections back, so that it is asked first. */
static void
terminate_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (widget);
  const char *user_id = g_variant_get_string (parameter, NULL);
  g_autofree char *question =
    g_strdup_printf (_("End all connections that are signed in as “%s”, in this program and everywhere else?"), user_id);

  g_free (self->to_terminate);
  self->to_terminate = g_strdup (user_id);
  bcast_problem_line_show (self->problem, "terminate", question, _("End Connections"),
                           "clients.terminate-confirmed");
}

static void
terminate_confirmed_action (GtkWidget  *widget,
                            const char *action_name,
                            GVariant   *parameter)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (widget);
  g_autofree char *user_id = g_steal_pointer (&self->to_terminate);

  bcast_problem_line_hide (self->problem);
  if (user_id != NULL && self->workspace != NULL)
    bcast_workspace_terminate_async (self->workspace, user_id, NULL, terminated_cb, g_object_ref (self));
}

static void
choose_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (widget);

  bcast_subscribe_bar_choose_client (self->subscribe_bar,
                                     find_client (self, g_variant_get_string (parameter, NULL)));
  bcast_subscribe_bar_focus (self->subscribe_bar);
}

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  const char *text = g_variant_get_string (parameter, NULL);
  g_autofree char *message = g_strdup_printf (_("Copied %s"), text);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  gtk_widget_activate_action (widget, "live.toast", "s", message);
}

static void
subscription_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BcastClientTree *self = BCAST_CLIENT_TREE (widget);
  const char *name, *channel;

  g_variant_get (parameter, "(&s&s)", &name, &channel);

  BcastClientMirror *client = find_client (self, name);

  if (client == NULL)
    return;
  if (g_str_equal (action_name, "clients.unsubscribe"))
    bcast_workspace_unsubscribe (self->workspace, client, channel);
  else /* a name that was good enough before cannot be refused in advance now */
    bcast_workspace_subscribe (self->workspace, client, channel, NULL);
}

static const struct
{
  const char                  *name;
  const char                  *parameter_type;
  GtkWidgetActionActivateFunc  function;
} actions[] = {
  { "clients.add", NULL, add_action },
  { "clients.ready-set", NULL, ready_set_action },
  { "clients.connect", "s", connect_action },
  { "clients.disconnect", "s", connect_action },
  { "clients.edit", "s", edit_action },
  { "clients.duplicate", "s", edit_action },
  { "clients.history", "s", edit_action },
  { "clients.terminate", "s", terminate_action },
  { "clients.terminate-confirmed", NULL, terminate_confirmed_action },
  { "clients.remove", "s", remove_action },
  { "clients.choose", "s", choose_action },
  { "clients.copy", "s", copy_action },
  { "clients.unsubscribe", "(ss)", subscription_action },
  { "clients.retry", "(ss)", subscription_action },
};

/*
 * bcast_client_tree_install_actions:
 * @widget_class: the class of the tree
 *
 * Gives the tree its actions: what a user can do with a client, named by its name, or a subscription.
 */
void
bcast_client_tree_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type,
                                     actions[i].function);
}

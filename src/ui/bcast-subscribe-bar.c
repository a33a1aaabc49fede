/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-subscribe-bar.h"

#include <glib/gi18n.h>

#include "bcast-channel-input.h"
#include "bcast-client-choice.h"
#include "bcast-error.h"

/**
 * BcastSubscribeBar:
 *
 * Subscribes one client or all of them to a channel. The type and the clients to choose from show up
 * once something is being typed.
 */
struct _BcastSubscribeBar
{
  GtkBox             parent_instance;

  GtkEntry          *entry;
  GtkWidget         *subscribe_button;
  GtkRevealer       *revealer;
  GtkToggleButton   *public_button;
  GtkToggleButton   *private_button;
  GtkToggleButton   *presence_button;
  GtkToggleButton   *encrypted_button;
  GtkToggleButton   *cache_button;
  GtkDropDown       *clients;
  GtkLabel          *full_name;
  GtkLabel          *problem;

  BcastWorkspace    *workspace;
  BcastChannelInput *input;
  BcastClientChoice *choice;
};

G_DEFINE_FINAL_TYPE (BcastSubscribeBar, bcast_subscribe_bar, GTK_TYPE_BOX)

static void
show_problem (BcastSubscribeBar *self,
              const char        *message)
{
  gtk_label_set_text (self->problem, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), message != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->full_name),
                          message == NULL && !bcast_channel_input_is_empty (self->input));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                               : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (message != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

/* A full name may ask for what the server lacks, and what is pressed can be released. */
static void
show_lacks (BcastSubscribeBar *self)
{
  BcastServerKind kind = self->workspace != NULL ? bcast_workspace_get_server_kind (self->workspace)
                                                 : BCAST_SERVER_UNKNOWN;
  const char *lack = bcast_server_kind_lacks (kind, BCAST_SERVER_CACHE);

  gtk_widget_set_sensitive (GTK_WIDGET (self->cache_button),
                            lack == NULL || gtk_toggle_button_get_active (self->cache_button));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->cache_button),
                               lack != NULL ? lack : _("Cache: whoever comes later gets the last event"));
}

static void
input_changed_cb (BcastSubscribeBar *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *name = bcast_channel_input_dup_name (self->input);
  g_autofree char *text = g_strdup_printf (_("The channel is %s"), name);
  gboolean is_empty = bcast_channel_input_is_empty (self->input);
  gboolean is_valid = bcast_channel_input_check (self->input, &error);

  show_lacks (self);
  gtk_label_set_text (self->full_name, text);
  show_problem (self, !is_empty && error != NULL ? error->message : NULL);
  gtk_widget_set_sensitive (self->subscribe_button, is_valid && self->workspace != NULL);
  if (!is_empty)
    gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

/* The choices go again when the focus left the whole bar and nothing is typed. */
static void
left_cb (BcastSubscribeBar *self)
{
  if (bcast_channel_input_is_empty (self->input))
    gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static void
entered_cb (BcastSubscribeBar *self)
{
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static void
bcast_subscribe_bar_dispose (GObject *object)
{
  BcastSubscribeBar *self = BCAST_SUBSCRIBE_BAR (object);

  g_clear_object (&self->input);
  g_clear_object (&self->choice);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bcast_subscribe_bar_parent_class)->dispose (object);
}

static void
bcast_subscribe_bar_class_init (BcastSubscribeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_subscribe_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "bcast-subscribe-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastSubscribeBar, entry);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscribeBar, subscribe_button);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscribeBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscribeBar, public_button);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscribeBar, private_button);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscribeBar, presence_button);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscribeBar, encrypted_button);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscribeBar, cache_button);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscribeBar, clients);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscribeBar, full_name);
  gtk_widget_class_bind_template_child (widget_class, BcastSubscribeBar, problem);
  gtk_widget_class_bind_template_callback (widget_class, bcast_subscribe_bar_subscribe);
}

static void
bcast_subscribe_bar_init (BcastSubscribeBar *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  self->input = bcast_channel_input_new (GTK_EDITABLE (self->entry), NULL, self->public_button,
                                         self->private_button, self->presence_button);
  bcast_channel_input_add_type (self->input, BCAST_CHANNEL_ENCRYPTED, self->encrypted_button);
  bcast_channel_input_add_type (self->input, BCAST_CHANNEL_CACHE, self->cache_button);
  g_signal_connect_swapped (self->input, "changed", G_CALLBACK (input_changed_cb), self);
  self->choice = bcast_client_choice_new (self->clients, _("All clients"));

  g_signal_connect_swapped (focus, "enter", G_CALLBACK (entered_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  input_changed_cb (self);
}

/**
 * bcast_subscribe_bar_set_workspace:
 * @self: a subscribe bar
 * @workspace: (nullable): whose clients subscribe
 *
 * Subscribes the clients of another workspace from now on.
 */
void
bcast_subscribe_bar_set_workspace (BcastSubscribeBar *self,
                                   BcastWorkspace    *workspace)
{
  g_return_if_fail (BCAST_IS_SUBSCRIBE_BAR (self));
  g_return_if_fail (workspace == NULL || BCAST_IS_WORKSPACE (workspace));

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_set_object (&self->workspace, workspace);
  if (workspace != NULL)
    g_signal_connect_object (workspace, "notify::server-kind", G_CALLBACK (show_lacks), self, G_CONNECT_SWAPPED);
  bcast_client_choice_set_workspace (self->choice, workspace);
  input_changed_cb (self);
}

/**
 * bcast_subscribe_bar_choose_client:
 * @self: a subscribe bar
 * @client: (nullable): who subscribes, %NULL for all
 *
 * Chooses who subscribes.
 */
void
bcast_subscribe_bar_choose_client (BcastSubscribeBar *self,
                                   BcastClientMirror *client)
{
  g_return_if_fail (BCAST_IS_SUBSCRIBE_BAR (self));

  bcast_client_choice_set_name (self->choice, client != NULL ? bcast_client_mirror_get_name (client) : NULL);
}

/**
 * bcast_subscribe_bar_focus:
 * @self: a subscribe bar
 *
 * Moves the keyboard focus into the entry.
 */
void
bcast_subscribe_bar_focus (BcastSubscribeBar *self)
{
  g_return_if_fail (BCAST_IS_SUBSCRIBE_BAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static gboolean
subscribe_clients (BcastSubscribeBar  *self,
                   const char         *channel,
                   GError            **error)
{
  GListModel *clients = bcast_workspace_get_clients (self->workspace);
  guint n_clients = g_list_model_get_n_items (clients);
  g_autofree char *chosen = bcast_client_choice_dup_name (self->choice);

  if (chosen != NULL && bcast_workspace_find_client (self->workspace, chosen) == NULL)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_NOT_FOUND,
                   _("There is no client called %s. Choose another one."), chosen);
      return FALSE;
    }
  for (guint i = 0; i < n_clients; i++)
    {
      g_autoptr(BcastClientMirror) client = g_list_model_get_item (clients, i);
      gboolean is_meant = chosen == NULL
                          || g_str_equal (chosen, bcast_client_mirror_get_name (client));

      if (is_meant && !bcast_workspace_subscribe (self->workspace, client, channel, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * bcast_subscribe_bar_subscribe:
 * @self: a subscribe bar
 *
 * Subscribes to what was typed. A name that cannot be is explained in place, and kept.
 */
void
bcast_subscribe_bar_subscribe (BcastSubscribeBar *self)
{
  g_return_if_fail (BCAST_IS_SUBSCRIBE_BAR (self));

  g_autoptr(GError) error = NULL;
  g_autofree char *channel = bcast_channel_input_dup_name (self->input);

  if (self->workspace == NULL)
    show_problem (self, _("No profile is open. Choose one at the top left of the window."));
  else if (!bcast_channel_input_check (self->input, &error)
           || !subscribe_clients (self, channel, &error))
    show_problem (self, error->message);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

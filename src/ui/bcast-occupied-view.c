/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-occupied-view-private.h"

#include <glib/gi18n.h>

#include "bcast-error.h"
#include "bcast-occupied-row.h"
#include "bcast-workspace-sandbox.h"

#define REFRESH_S     5
#define LIVE_DELAY_MS 200 /* reports of one moment make one request */

G_DEFINE_FINAL_TYPE (BcastOccupiedView, bcast_occupied_view, GTK_TYPE_BOX)

static void
show_empty (BcastOccupiedView *self)
{
  const GError *error = bcast_channel_directory_get_error (self->directory);
  const char *prefix = bcast_channel_directory_get_prefix (self->directory);
  g_autofree char *text = NULL;

  if (self->workspace == NULL)
    bcast_placeholder_show (self->empty, "view-list-symbolic", _("No Profile Is Open"),
                            _("Choose a profile at the top left of the window."), _("Choose a _Profile"),
                            "win.profiles");
  else if (g_error_matches (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED))
    bcast_placeholder_show (self->empty, "dialog-password-symbolic", _("The Server Cannot Be Asked"), error->message,
                            _("_Edit Profile"), "win.edit-profile::");
  else if (error != NULL)
    bcast_placeholder_show (self->empty, "network-error-symbolic", _("No Answer to Show"), error->message,
                            _("_Try Again"), "channels.refresh-list");
  else if (!bcast_channel_directory_has_answer (self->directory))
    bcast_placeholder_show (self->empty, "view-refresh-symbolic", _("Asking the Server…"),
                            _("The channels that have subscribers will stand here."), NULL, NULL);
  else if (prefix != NULL)
    {
      text = g_strdup_printf (_("No channel that has subscribers begins with “%s”."), prefix);
      bcast_placeholder_show (self->empty, "edit-find-symbolic", _("No Such Channel"), text, _("Show _All"),
                              "channels.clear-prefix");
    }
  else
    bcast_placeholder_show (self->empty, "broadcast-channel-public-symbolic", _("Nothing Is Occupied"),
                            _("No channel of this app has a subscriber. Subscribe a client, and its channel stands "
                              "here."), _("_Subscribe to a Channel"), "win.go::clients");
}

static void
directory_changed_cb (BcastOccupiedView *self)
{
  gboolean loading = bcast_channel_directory_is_loading (self->directory);
  gboolean has_rows = g_list_model_get_n_items (G_LIST_MODEL (self->directory)) > 0;

  gtk_stack_set_visible_child_name (self->refresh_signs, loading ? "spinner" : "icon");
  gtk_spinner_set_spinning (self->spinner, loading);
  gtk_stack_set_visible_child_name (self->stack, has_rows ? "list" : "empty");
  gtk_widget_set_visible (GTK_WIDGET (self->panel), has_rows);
  if (!has_rows)
    show_empty (self);
}

static void
schedule (BcastOccupiedView *self,
          guint              delay_ms);

static gboolean
timer_cb (gpointer user_data)
{
  BcastOccupiedView *self = user_data;

  self->timer_id = 0;
  bcast_channel_directory_refresh (self->directory);
  schedule (self, REFRESH_S * 1000);
  return G_SOURCE_REMOVE;
}

/* The sandbox says when something is another way; others must be asked again. */
static gboolean
is_live (BcastOccupiedView *self)
{
  return self->workspace != NULL && bcast_workspace_get_sandbox_log (self->workspace) != NULL;
}

static void
schedule (BcastOccupiedView *self,
          guint              delay_ms)
{
  gboolean wanted = is_live (self) ? delay_ms == LIVE_DELAY_MS : gtk_toggle_button_get_active (self->automatic);

  if (!is_live (self))
    g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->timer_id == 0 && wanted && self->workspace != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->timer_id = g_timeout_add (delay_ms, timer_cb, self);
}

static void
automatic_toggled_cb (BcastOccupiedView *self)
{
  schedule (self, REFRESH_S * 1000);
}

static void
reported_cb (BcastOccupiedView *self,
             guint              kinds)
{
  const guint telling = 1u << BCAST_REPORT_SUBSCRIBED | 1u << BCAST_REPORT_UNSUBSCRIBED
                        | 1u << BCAST_REPORT_OCCUPIED | 1u << BCAST_REPORT_VACATED;

  if ((kinds & telling) != 0)
    schedule (self, LIVE_DELAY_MS);
}

static void
selected_cb (BcastOccupiedView *self)
{
  BcastOccupiedChannel *channel = gtk_single_selection_get_selected_item (self->selection);

  bcast_channel_panel_set_channel (self->panel, channel);
  bcast_channel_directory_set_chosen (self->directory,
                                      channel != NULL ? bcast_occupied_channel_get_name (channel) : NULL);
}

static void
activate_cb (BcastOccupiedView *self,
             guint              position)
{
  g_autoptr(BcastOccupiedChannel) channel = g_list_model_get_item (G_LIST_MODEL (self->directory), position);

  if (channel != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "channels.open", "s", bcast_occupied_channel_get_name (channel));
}

static void
prefix_changed_cb (BcastOccupiedView *self)
{
  bcast_channel_directory_set_prefix (self->directory, gtk_editable_get_text (GTK_EDITABLE (self->prefix)));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_child (item, bcast_occupied_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  bcast_occupied_row_set_channel (BCAST_OCCUPIED_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  bcast_occupied_row_set_channel (BCAST_OCCUPIED_ROW (gtk_list_item_get_child (item)), NULL);
}

/* What is out of view is not asked for. */
static void
bcast_occupied_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bcast_occupied_view_parent_class)->map (widget);
  bcast_occupied_view_refresh (BCAST_OCCUPIED_VIEW (widget));
}

static void
bcast_occupied_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&BCAST_OCCUPIED_VIEW (widget)->timer_id, g_source_remove);
  GTK_WIDGET_CLASS (bcast_occupied_view_parent_class)->unmap (widget);
}

static void
bcast_occupied_view_dispose (GObject *object)
{
  BcastOccupiedView *self = BCAST_OCCUPIED_VIEW (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->directory != NULL)
    g_signal_handlers_disconnect_by_data (self->directory, self);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  self->list = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->directory);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->to_terminate, g_free);

  G_OBJECT_CLASS (bcast_occupied_view_parent_class)->dispose (object);
}

static void
bcast_occupied_view_class_init (BcastOccupiedViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_occupied_view_dispose;
  widget_class->map = bcast_occupied_view_map;
  widget_class->unmap = bcast_occupied_view_unmap;

  g_type_ensure (BCAST_TYPE_CHANNEL_PANEL);
  g_type_ensure (BCAST_TYPE_PLACEHOLDER);
  g_type_ensure (BCAST_TYPE_PROBLEM_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-occupied-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastOccupiedView, prefix);
  gtk_widget_class_bind_template_child (widget_class, BcastOccupiedView, live);
  gtk_widget_class_bind_template_child (widget_class, BcastOccupiedView, automatic);
  gtk_widget_class_bind_template_child (widget_class, BcastOccupiedView, refresh_signs);
  gtk_widget_class_bind_template_child (widget_class, BcastOccupiedView, spinner);
  gtk_widget_class_bind_template_child (widget_class, BcastOccupiedView, problem);
  gtk_widget_class_bind_template_child (widget_class, BcastOccupiedView, paned);
  gtk_widget_class_bind_template_child (widget_class, BcastOccupiedView, stack);
  gtk_widget_class_bind_template_child (widget_class, BcastOccupiedView, list);
  gtk_widget_class_bind_template_child (widget_class, BcastOccupiedView, empty);
  gtk_widget_class_bind_template_child (widget_class, BcastOccupiedView, panel);
  gtk_widget_class_bind_template_callback (widget_class, prefix_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, automatic_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, bcast_occupied_view_refresh);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  bcast_occupied_view_install_actions (widget_class);
}

static void
bcast_occupied_view_init (BcastOccupiedView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->directory = bcast_channel_directory_new ();
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->directory)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  bcast_channel_panel_set_directory (self->panel, self->directory);
  g_signal_connect_swapped (self->directory, "changed", G_CALLBACK (directory_changed_cb), self);
  directory_changed_cb (self);
}

/**
 * bcast_occupied_view_set_workspace:
 * @self: a view
 * @workspace: (nullable): whose server to ask
 */
void
bcast_occupied_view_set_workspace (BcastOccupiedView *self,
                                   BcastWorkspace    *workspace)
{
  g_return_if_fail (BCAST_IS_OCCUPIED_VIEW (self));

  BcastSandboxLog *log = workspace != NULL ? bcast_workspace_get_sandbox_log (workspace) : NULL;

  if (self->workspace != NULL && bcast_workspace_get_sandbox_log (self->workspace) != NULL)
    g_signal_handlers_disconnect_by_func (bcast_workspace_get_sandbox_log (self->workspace), reported_cb, self);
  g_set_object (&self->workspace, workspace);
  if (log != NULL)
    g_signal_connect_object (log, "reported", G_CALLBACK (reported_cb), self, G_CONNECT_SWAPPED);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->live), log != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->automatic), log == NULL);
  bcast_problem_line_hide (self->problem);
  bcast_channel_directory_set_workspace (self->directory, workspace);
  bcast_channel_panel_set_workspace (self->panel, workspace);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    bcast_occupied_view_refresh (self);
}

/**
 * bcast_occupied_view_set_narrow:
 * @self: a view
 * @narrow: whether the chosen channel stands under the list, not beside it
 */
void
bcast_occupied_view_set_narrow (BcastOccupiedView *self,
                                gboolean           narrow)
{
  g_return_if_fail (BCAST_IS_OCCUPIED_VIEW (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_size_request (GTK_WIDGET (self->panel), narrow ? -1 : 340, narrow ? 200 : -1);
}

/**
 * bcast_occupied_view_refresh:
 * @self: a view
 *
 * Asks the server again.
 */
void
bcast_occupied_view_refresh (BcastOccupiedView *self)
{
  g_return_if_fail (BCAST_IS_OCCUPIED_VIEW (self));

  bcast_channel_directory_refresh (self->directory);
  schedule (self, REFRESH_S * 1000);
}

/**
 * bcast_occupied_view_focus_filter:
 * @self: a view
 */
void
bcast_occupied_view_focus_filter (BcastOccupiedView *self)
{
  g_return_if_fail (BCAST_IS_OCCUPIED_VIEW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->prefix));
}

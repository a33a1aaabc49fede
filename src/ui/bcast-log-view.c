/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-log-view.h"

#include <glib/gi18n.h>

#include "bcast-list-follower.h"
#include "bcast-log-details.h"
#include "bcast-log-kinds.h"
#include "bcast-log-row.h"
#include "bcast-placeholder.h"
#include "bcast-settings.h"
#include "bcast-workspace-sandbox.h"

/**
 * BcastLogView:
 *
 * What the sandbox reports, the newest at the end, which is followed until the user scrolls up.
 */
struct _BcastLogView
{
  GtkBox              parent_instance;

  GtkWidget          *bar;
  GtkSearchEntry     *filter;
  GtkMenuButton      *kinds_button;
  BcastLogKinds      *kinds;
  GtkToggleButton    *pause_button;
  GtkLabel           *count;
  GtkPaned           *paned;
  GtkStack           *stack;
  GtkScrolledWindow  *scroller;
  GtkListView        *list;
  GtkRevealer        *new_revealer;
  GtkButton          *new_button;
  BcastPlaceholder   *empty;
  BcastLogDetails    *details;

  GSettings          *settings;
  BcastWorkspace     *workspace;
  BcastSandboxLog    *log;
  BcastListFollower  *follower;
  GtkSingleSelection *selection;
};

G_DEFINE_FINAL_TYPE (BcastLogView, bcast_log_view, GTK_TYPE_BOX)

static const BcastShortcut shortcuts[] = {
  { N_("Log of the sandbox"), N_("Hold the log, or let it go on"), "<Control><Shift>h", "log.pause" },
  { NULL, N_("Empty the log"), "<Control><Shift>Delete", "log.clear" },
  { NULL, N_("Copy the selected row as JSON"), "<Control><Shift>c", "log.copy" },
  { NULL, N_("Go to the newest row"), "<Alt>End", "log.newest" },
};

static void
show_empty (BcastLogView *self)
{
  if (self->log == NULL)
    bcast_placeholder_show_only_sandbox (self->empty, self->workspace != NULL,
                                         _("Other servers keep their log to themselves. Pusher shows its own in the "
                                           "Debug Console of its dashboard."));
  else if (bcast_sandbox_log_get_n_kept (self->log) > 0)
    bcast_placeholder_show (self->empty, "edit-find-symbolic", _("No Row Matches"),
                            _("There are rows, but none of these kinds with this text."), _("Show _All"),
                            "log.show-all");
  else
    bcast_placeholder_show (self->empty, "view-list-symbolic", _("Nothing Happened Yet"),
                            _("Connections, subscriptions, events and errors will stand here as the sandbox meets "
                              "them."), NULL, NULL);
}

static void
show_count (BcastLogView *self)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->log));
  guint n_kept = bcast_sandbox_log_get_n_kept (self->log);
  guint n_waiting = bcast_sandbox_log_get_n_waiting (self->log);
  g_autofree char *count = NULL;

  if (bcast_sandbox_log_get_paused (self->log))
    count = g_strdup_printf (ngettext ("held, %u new", "held, %u new", n_waiting), n_waiting);
  else if (n_shown < n_kept)
    count = g_strdup_printf (_("%u of %u"), n_shown, n_kept);
  else
    count = g_strdup_printf (ngettext ("%u row", "%u rows", n_kept), n_kept);
  gtk_label_set_text (self->count, count);
}

static void
log_changed_cb (BcastLogView *self)
{
  gboolean has_rows = self->log != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->log)) > 0;

  gtk_widget_set_visible (self->bar, self->log != NULL);
  gtk_stack_set_visible_child_name (self->stack, has_rows ? "list" : "empty");
  if (!has_rows)
    show_empty (self);
  if (self->log != NULL)
    show_count (self);
}

static void
new_changed_cb (BcastLogView *self)
{
  guint n_new = bcast_list_follower_get_n_new (self->follower);
  gboolean shown = n_new > 0 && !bcast_list_follower_is_following (self->follower);

  if (shown)
    {
      g_autofree char *label = g_strdup_printf (ngettext ("↓ %u new", "↓ %u new", n_new), n_new);

      gtk_button_set_label (self->new_button, label);
    }
  gtk_revealer_set_reveal_child (self->new_revealer, shown);
}

static void
selected_cb (BcastLogView *self)
{
  BcastLogEntry *entry = gtk_single_selection_get_selected_item (self->selection);

  if (entry != NULL)
    bcast_log_details_show (self->details, entry);
  gtk_widget_set_visible (GTK_WIDGET (self->details), entry != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.copy", entry != NULL);
}

static void
unselect_cb (BcastLogView *self)
{
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
filter_changed_cb (BcastLogView *self)
{
  if (self->log != NULL)
    bcast_sandbox_log_set_filter (self->log, gtk_editable_get_text (GTK_EDITABLE (self->filter)));
}

/* Kept by name, so that a kind that is added one day is not hidden. */
static void
remember_kinds (BcastLogView *self,
                guint         kinds)
{
  g_autoptr(GStrvBuilder) hidden = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;

  for (guint i = 0; i < BCAST_N_REPORT_KINDS; i++)
    if ((kinds & 1u << i) == 0)
      g_strv_builder_add (hidden, bcast_report_kind_to_string ((BcastReportKind) i));
  names = g_strv_builder_end (hidden);
  g_settings_set_strv (self->settings, BCAST_SETTING_LOG_HIDDEN, (const char * const *) names);
}

static void
restore_kinds (BcastLogView *self)
{
  g_auto(GStrv) names = g_settings_get_strv (self->settings, BCAST_SETTING_LOG_HIDDEN);
  guint kinds = BCAST_REPORT_ALL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      BcastReportKind kind;

      if (bcast_report_kind_parse (names[i], &kind))
        kinds &= ~(1u << kind);
    }
  bcast_log_kinds_set (self->kinds, kinds);
}

static void
kinds_changed_cb (BcastLogView *self)
{
  guint kinds = bcast_log_kinds_get (self->kinds);

  if (self->log != NULL)
    bcast_sandbox_log_set_kinds (self->log, kinds);
  if (self->settings != NULL)
    remember_kinds (self, kinds);
  if (kinds == BCAST_REPORT_ALL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->kinds_button), "accent");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->kinds_button), "accent");
}

static void
pause_toggled_cb (BcastLogView *self)
{
  gboolean paused = gtk_toggle_button_get_active (self->pause_button);
  const char *label = paused ? _("Let the log go on") : _("Hold the log");
  g_autofree char *tooltip = g_strdup_printf (_("%s (Ctrl+Shift+H)"), label);

  gtk_button_set_icon_name (GTK_BUTTON (self->pause_button),
                            paused ? "media-playback-start-symbolic" : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pause_button), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pause_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (self->log != NULL)
    bcast_sandbox_log_set_paused (self->log, paused);
}

static void
clear_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  BcastLogView *self = BCAST_LOG_VIEW (widget);

  if (self->log != NULL)
    bcast_sandbox_log_clear (self->log);
}

static void
clear_cb (BcastLogView *self)
{
  clear_action (GTK_WIDGET (self), NULL, NULL);
}

static void
pause_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  GtkToggleButton *button = BCAST_LOG_VIEW (widget)->pause_button;

  gtk_toggle_button_set_active (button, !gtk_toggle_button_get_active (button));
}

static void
newest_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  bcast_list_follower_follow (BCAST_LOG_VIEW (widget)->follower);
}

static void
newest_cb (BcastLogView *self)
{
  newest_action (GTK_WIDGET (self), NULL, NULL);
}

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BcastLogEntry *entry = gtk_single_selection_get_selected_item (BCAST_LOG_VIEW (widget)->selection);
  g_autofree char *json = NULL;

  if (entry == NULL)
    return;
  json = bcast_log_entry_dup_json (entry);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), json);
  gtk_widget_activate_action (widget, "win.toast", "s", _("Copied the row"));
}

static void
show_all_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  BcastLogView *self = BCAST_LOG_VIEW (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->filter), "");
  bcast_log_kinds_set (self->kinds, BCAST_REPORT_ALL);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_child (item, bcast_log_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  bcast_log_row_show (BCAST_LOG_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
bcast_log_view_dispose (GObject *object)
{
  BcastLogView *self = BCAST_LOG_VIEW (object);

  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  self->list = NULL;
  g_clear_object (&self->follower);
  g_clear_object (&self->selection);
  g_clear_object (&self->log);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (bcast_log_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-log-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastLogView, bar);
  gtk_widget_class_bind_template_child (widget_class, BcastLogView, filter);
  gtk_widget_class_bind_template_child (widget_class, BcastLogView, kinds_button);
  gtk_widget_class_bind_template_child (widget_class, BcastLogView, kinds);
  gtk_widget_class_bind_template_child (widget_class, BcastLogView, pause_button);
  gtk_widget_class_bind_template_child (widget_class, BcastLogView, count);
  gtk_widget_class_bind_template_child (widget_class, BcastLogView, paned);
  gtk_widget_class_bind_template_child (widget_class, BcastLogView, stack);
  gtk_widget_class_bind_template_child (widget_class, BcastLogView, scroller);
  gtk_widget_class_bind_template_child (widget_class, BcastLogView, list);
  gtk_widget_class_bind_template_child (widget_class, BcastLogView, new_revealer);
  gtk_widget_class_bind_template_child (widget_class, BcastLogView, new_button);
  gtk_widget_class_bind_template_child (widget_class, BcastLogView, empty);
  gtk_widget_class_bind_template_child (widget_class, BcastLogView, details);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kinds_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, pause_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, newest_cb);
  gtk_widget_class_bind_template_callback (widget_class, unselect_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
}

static void
bcast_log_view_class_init (BcastLogViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_log_view_dispose;

  g_type_ensure (BCAST_TYPE_LOG_DETAILS);
  g_type_ensure (BCAST_TYPE_LOG_KINDS);
  g_type_ensure (BCAST_TYPE_PLACEHOLDER);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "log.pause", NULL, pause_action);
  gtk_widget_class_install_action (widget_class, "log.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "log.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "log.newest", NULL, newest_action);
  gtk_widget_class_install_action (widget_class, "log.show-all", NULL, show_all_action);
}

static void
bcast_log_view_init (BcastLogView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bcast_shortcuts_install (GTK_WIDGET (self), shortcuts, G_N_ELEMENTS (shortcuts));

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  self->follower = bcast_list_follower_new (self->list, self->scroller);
  g_signal_connect_object (self->follower, "changed", G_CALLBACK (new_changed_cb), self, G_CONNECT_SWAPPED);
  pause_toggled_cb (self);
  selected_cb (self);
  log_changed_cb (self);
}

/**
 * bcast_log_view_set_settings:
 * @self: a view
 * @settings: the settings of the program, where the kinds that are switched off are remembered
 */
void
bcast_log_view_set_settings (BcastLogView *self,
                             GSettings    *settings)
{
  g_return_if_fail (BCAST_IS_LOG_VIEW (self));

  g_set_object (&self->settings, settings);
  restore_kinds (self);
}

/**
 * bcast_log_view_set_workspace:
 * @self: a view
 * @workspace: (nullable): whose sandbox to tell of
 */
void
bcast_log_view_set_workspace (BcastLogView   *self,
                              BcastWorkspace *workspace)
{
  g_return_if_fail (BCAST_IS_LOG_VIEW (self));

  BcastSandboxLog *log = workspace != NULL ? bcast_workspace_get_sandbox_log (workspace) : NULL;

  g_set_object (&self->workspace, workspace);
  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_set_object (&self->log, log);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (log));
  if (log != NULL)
    {
      g_signal_connect_swapped (log, "changed", G_CALLBACK (log_changed_cb), self);
      bcast_sandbox_log_set_kinds (log, bcast_log_kinds_get (self->kinds));
      bcast_sandbox_log_set_filter (log, gtk_editable_get_text (GTK_EDITABLE (self->filter)));
      bcast_sandbox_log_set_paused (log, gtk_toggle_button_get_active (self->pause_button));
      bcast_list_follower_follow (self->follower);
    }
  log_changed_cb (self);
}

/**
 * bcast_log_view_set_narrow:
 * @self: a view
 * @narrow: whether the details stand under the list, not beside it
 */
void
bcast_log_view_set_narrow (BcastLogView *self,
                           gboolean      narrow)
{
  g_return_if_fail (BCAST_IS_LOG_VIEW (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_visible (GTK_WIDGET (self->count), !narrow);
  if (narrow)
    gtk_widget_remove_css_class (GTK_WIDGET (self->list), "wide");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->list), "wide");
  gtk_widget_set_size_request (GTK_WIDGET (self->details), narrow ? -1 : 340, narrow ? 220 : -1);
}

/**
 * bcast_log_view_focus_filter:
 * @self: a view
 */
void
bcast_log_view_focus_filter (BcastLogView *self)
{
  g_return_if_fail (BCAST_IS_LOG_VIEW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->filter));
}

/**
 * bcast_log_view_get_shortcuts:
 * @n_shortcuts: (out): how many there are
 *
 * Returns: (array length=n_shortcuts): the shortcuts of the log
 */
const BcastShortcut *
bcast_log_view_get_shortcuts (guint *n_shortcuts)
{
  g_return_val_if_fail (n_shortcuts != NULL, NULL);

  *n_shortcuts = G_N_ELEMENTS (shortcuts);
  return shortcuts;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-live-page-private.h"

#include <glib/gi18n.h>

#include "bcast-live-shortcuts.h"

/* Widths of the center below which its parts stack. */
#define STACKED_WIDTH 620
#define MEDIUM_WIDTH  780
#define NARROW_WIDTH  520

/**
 * BcastLivePage:
 *
 * Clients, timeline, composer and inspector of one workspace. What the user can do here are actions of the
 * group “live”, see bcast-live-actions.c.
 */
G_DEFINE_FINAL_TYPE (BcastLivePage, bcast_live_page, ADW_TYPE_BIN)

static void
selected_cb (BcastLivePage *self)
{
  g_set_object (&self->selected, bcast_timeline_get_selected (self->timeline));
  bcast_inspector_set_event (self->inspector, self->selected);
  bcast_live_page_update_actions (self);
}

/* The answer of the server may come before the journal has told of the event. */
static void
select_sent (BcastLivePage *self)
{
  if (self->sent_id < 0)
    return;
  bcast_timeline_select (self->timeline, self->sent_id);

  BcastEvent *selected = bcast_timeline_get_selected (self->timeline);

  if (selected != NULL && bcast_event_get_record (selected)->id == self->sent_id)
    self->sent_id = -1;
}

static void
sent_cb (BcastLivePage *self,
         gint64         event_id)
{
  self->sent_id = event_id;
  select_sent (self);
}

static void
refresh (BcastLivePage *self)
{
  self->stale = FALSE;
  if (self->workspace == NULL)
    return;
  bcast_workspace_refresh (self->workspace);
  select_sent (self);
}

static gboolean
refresh_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  BcastLivePage *self = BCAST_LIVE_PAGE (widget);

  self->tick_id = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* However often the journal commits, the list hears of it once a frame. */
static void
committed_cb (BcastLivePage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->stale = TRUE;
  else if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), refresh_cb, NULL, NULL);
}

static void
replaced_cb (BcastLivePage *self)
{
  AdwToast *toast = adw_toast_new (_("What you had written was replaced"));

  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_action_name (toast, "live.undo-replace");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
shown_changed_cb (BcastLivePage *self)
{
  if (self->timeline == NULL)
    return;
  bcast_timeline_set_buttons (self->timeline,
                              bcast_live_panes_is_sheet (self->panes, BCAST_LIVE_CLIENTS)
                              || !bcast_live_panes_is_shown (self->panes, BCAST_LIVE_CLIENTS),
                              bcast_live_panes_is_sheet (self->panes, BCAST_LIVE_INSPECTOR)
                              || !bcast_live_panes_is_shown (self->panes, BCAST_LIVE_INSPECTOR));
}

static void
center_resized_cb (BcastLivePage *self)
{
  int width = bcast_live_panes_get_center_width (self->panes);

  if (width == 0)
    return;
  bcast_timeline_set_stacked (self->timeline, width < STACKED_WIDTH);
  bcast_composer_set_width (self->composer,
                            width < NARROW_WIDTH ? BCAST_COMPOSER_NARROW
                            : width < MEDIUM_WIDTH ? BCAST_COMPOSER_MEDIUM
                                                   : BCAST_COMPOSER_WIDE);
  bcast_live_page_set_narrow (self, width < NARROW_WIDTH);
}

static void
bcast_live_page_map (GtkWidget *widget)
{
  BcastLivePage *self = BCAST_LIVE_PAGE (widget);

  GTK_WIDGET_CLASS (bcast_live_page_parent_class)->map (widget);
  if (self->stale)
    refresh (self);
}

static void
bcast_live_page_dispose (GObject *object)
{
  BcastLivePage *self = BCAST_LIVE_PAGE (object);

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_clear_object (&self->workspace);
  g_clear_object (&self->selected);

  G_OBJECT_CLASS (bcast_live_page_parent_class)->dispose (object);
}

static void
bcast_live_page_class_init (BcastLivePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_live_page_dispose;
  widget_class->map = bcast_live_page_map;

  g_type_ensure (BCAST_TYPE_CLIENT_TREE);
  g_type_ensure (BCAST_TYPE_COMPOSER);
  g_type_ensure (BCAST_TYPE_INSPECTOR);
  g_type_ensure (BCAST_TYPE_LIVE_PANES);
  g_type_ensure (BCAST_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-live-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastLivePage, panes);
  gtk_widget_class_bind_template_child (widget_class, BcastLivePage, tree);
  gtk_widget_class_bind_template_child (widget_class, BcastLivePage, toasts);
  gtk_widget_class_bind_template_child (widget_class, BcastLivePage, center);
  gtk_widget_class_bind_template_child (widget_class, BcastLivePage, timeline);
  gtk_widget_class_bind_template_child (widget_class, BcastLivePage, composer);
  gtk_widget_class_bind_template_child (widget_class, BcastLivePage, inspector);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, sent_cb);
  gtk_widget_class_bind_template_callback (widget_class, replaced_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, center_resized_cb);
  gtk_widget_class_bind_template_callback (widget_class, bcast_live_page_composer_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, bcast_live_page_place_composer);
  bcast_live_page_install_actions (widget_class);
}

static void
bcast_live_page_init (BcastLivePage *self)
{
  guint n_shortcuts;
  const BcastShortcut *shortcuts = bcast_live_shortcuts_get (&n_shortcuts);

  gtk_widget_init_template (GTK_WIDGET (self));
  bcast_shortcuts_install (GTK_WIDGET (self), shortcuts, n_shortcuts);
  self->sent_id = -1;
  bcast_live_page_update_actions (self);
}

/**
 * bcast_live_page_new:
 *
 * Returns: (transfer full): the page, without a workspace
 */
GtkWidget *
bcast_live_page_new (void)
{
  return g_object_new (BCAST_TYPE_LIVE_PAGE, NULL);
}

/**
 * bcast_live_page_set_workspace:
 * @self: the page
 * @workspace: (nullable): what to show, %NULL while no profile is open
 *
 * Shows another workspace. What is written in the composer stays.
 */
void
bcast_live_page_set_workspace (BcastLivePage  *self,
                               BcastWorkspace *workspace)
{
  g_return_if_fail (BCAST_IS_LIVE_PAGE (self));
  g_return_if_fail (workspace == NULL || BCAST_IS_WORKSPACE (workspace));

  if (self->workspace == workspace)
    return;
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_set_object (&self->workspace, workspace);
  if (workspace != NULL)
    g_signal_connect_swapped (workspace, "committed", G_CALLBACK (committed_cb), self);

  self->sent_id = -1;
  bcast_client_tree_set_workspace (self->tree, workspace);
  bcast_timeline_set_workspace (self->timeline, workspace);
  bcast_composer_set_workspace (self->composer, workspace);
  bcast_inspector_set_workspace (self->inspector, workspace);
  bcast_live_page_update_actions (self);
}

/**
 * bcast_live_page_set_width:
 * @self: the page
 * @width: the width of the page in pixels
 *
 * Lays the page out for a width; to be called whenever the window has another one.
 */
void
bcast_live_page_set_width (BcastLivePage *self,
                           int            width)
{
  g_return_if_fail (BCAST_IS_LIVE_PAGE (self));

  bcast_live_panes_set_width (self->panes, width);
}

/**
 * bcast_live_page_set_confirm_send:
 * @self: the page
 * @confirm: whether to ask before anything is sent
 *
 * Asks before each event, as for a profile in production.
 */
void
bcast_live_page_set_confirm_send (BcastLivePage *self,
                                  gboolean       confirm)
{
  g_return_if_fail (BCAST_IS_LIVE_PAGE (self));

  bcast_composer_set_confirms (self->composer, confirm);
}

/**
 * bcast_live_page_dup_state:
 * @self: the page
 *
 * Returns: (transfer full): panes and draft, as `a{sv}`
 */
GVariant *
bcast_live_page_dup_state (BcastLivePage *self)
{
  g_return_val_if_fail (BCAST_IS_LIVE_PAGE (self), NULL);

  g_autoptr(GVariant) draft = bcast_composer_dup_state (self->composer);
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&dict, "clients-width", "i",
                         bcast_live_panes_get_side_width (self->panes, BCAST_LIVE_CLIENTS));
  g_variant_dict_insert (&dict, "inspector-width", "i",
                         bcast_live_panes_get_side_width (self->panes, BCAST_LIVE_INSPECTOR));
  g_variant_dict_insert (&dict, "clients-shown", "b",
                         bcast_live_panes_get_wanted (self->panes, BCAST_LIVE_CLIENTS));
  g_variant_dict_insert (&dict, "inspector-shown", "b",
                         bcast_live_panes_get_wanted (self->panes, BCAST_LIVE_INSPECTOR));
  g_variant_dict_insert (&dict, "composer-height", "i", self->composer_height);
  g_variant_dict_insert_value (&dict, "draft", draft);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static void
restore_side (BcastLivePage *self,
              BcastLiveSide  side,
              GVariant      *state,
              const char    *width_key,
              const char    *shown_key)
{
  int width;
  gboolean shown;

  if (g_variant_lookup (state, width_key, "i", &width))
    bcast_live_panes_set_side_width (self->panes, side, width);
  if (g_variant_lookup (state, shown_key, "b", &shown))
    bcast_live_panes_set_wanted (self->panes, side, shown);
}

/**
 * bcast_live_page_restore_state:
 * @self: the page
 * @state: (nullable): what bcast_live_page_dup_state() gave, at any earlier time
 *
 * Brings panes and draft back. What is missing or of another kind stays as it is.
 */
void
bcast_live_page_restore_state (BcastLivePage *self,
                               GVariant      *state)
{
  g_return_if_fail (BCAST_IS_LIVE_PAGE (self));

  g_autoptr(GVariant) draft = NULL;
  int height;

  if (state == NULL || !g_variant_is_of_type (state, G_VARIANT_TYPE_VARDICT))
    return;
  restore_side (self, BCAST_LIVE_CLIENTS, state, "clients-width", "clients-shown");
  restore_side (self, BCAST_LIVE_INSPECTOR, state, "inspector-width", "inspector-shown");
  if (g_variant_lookup (state, "composer-height", "i", &height) && height > 0)
    bcast_live_page_set_composer_height (self, height);
  draft = g_variant_lookup_value (state, "draft", G_VARIANT_TYPE_VARDICT);
  if (draft != NULL)
    bcast_composer_restore_state (self->composer, draft);
}

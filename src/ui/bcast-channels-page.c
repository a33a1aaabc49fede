/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-channels-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "bcast-faults-view.h"
#include "bcast-log-view.h"
#include "bcast-occupied-view.h"
#include "bcast-peers-view.h"
#include "bcast-settings.h"

/* Below these widths what is chosen stands under its list, and the switcher's words stand under its icons. */
#define BESIDE_WIDTH 760
#define WIDE_WIDTH   680

/**
 * BcastChannelsPage:
 *
 * What the server says there is, and what the sandbox tells beyond that, a section each.
 */
struct _BcastChannelsPage
{
  GtkWidget          parent_instance;

  AdwViewSwitcher   *switcher;
  AdwViewStack      *stack;
  BcastOccupiedView *occupied;
  BcastPeersView    *peers;
  BcastLogView      *log;
  BcastFaultsView   *faults;
  AdwViewStackPage  *faults_page;

  GSettings         *settings;
};

G_DEFINE_FINAL_TYPE (BcastChannelsPage, bcast_channels_page, GTK_TYPE_WIDGET)

enum
{
  FAULTS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const BcastShortcut shortcuts[] = {
  { N_("Channels"), N_("Ask the server again"), "F5 <Control>r", "channels.refresh" },
  { NULL, N_("Filter what is listed"), "<Control>f", "channels.focus-filter" },
  { NULL, N_("Occupied channels"), "<Control>1", "channels.section::occupied" },
  { NULL, N_("Connections to the sandbox"), "<Control>2", "channels.section::connections" },
  { NULL, N_("Log of the sandbox"), "<Control>3", "channels.section::log" },
  { NULL, N_("Faults of the sandbox"), "<Control>4", "channels.section::faults" },
};

static const char *
get_section (BcastChannelsPage *self)
{
  const char *section = adw_view_stack_get_visible_child_name (self->stack);

  return section != NULL ? section : "";
}

static void
section_changed_cb (BcastChannelsPage *self)
{
  if (self->settings != NULL)
    g_settings_set_string (self->settings, BCAST_SETTING_CHANNELS_SECTION, get_section (self));
}

static void
faults_changed_cb (BcastChannelsPage *self)
{
  guint n_faults = bcast_faults_view_get_n_faults (self->faults);

  adw_view_stack_page_set_needs_attention (self->faults_page, n_faults > 0);
  g_signal_emit (self, signals[FAULTS_CHANGED], 0, n_faults);
}

static void
refresh_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BcastChannelsPage *self = BCAST_CHANNELS_PAGE (widget);

  if (g_str_equal (get_section (self), "occupied"))
    bcast_occupied_view_refresh (self->occupied);
  else if (g_str_equal (get_section (self), "connections"))
    bcast_peers_view_refresh (self->peers);
}

static void
focus_filter_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BcastChannelsPage *self = BCAST_CHANNELS_PAGE (widget);

  if (g_str_equal (get_section (self), "log"))
    bcast_log_view_focus_filter (self->log);
  else if (g_str_equal (get_section (self), "occupied"))
    bcast_occupied_view_focus_filter (self->occupied);
}

static void
show_section (BcastChannelsPage *self,
              const char        *section)
{
  if (adw_view_stack_get_child_by_name (self->stack, section) != NULL)
    adw_view_stack_set_visible_child_name (self->stack, section);
}

static void
section_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  show_section (BCAST_CHANNELS_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
bcast_channels_page_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_object (&BCAST_CHANNELS_PAGE (object)->settings);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bcast_channels_page_parent_class)->dispose (object);
}

static void
bcast_channels_page_class_init (BcastChannelsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_channels_page_dispose;

  signals[FAULTS_CHANGED] = g_signal_new ("faults-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (BCAST_TYPE_FAULTS_VIEW);
  g_type_ensure (BCAST_TYPE_LOG_VIEW);
  g_type_ensure (BCAST_TYPE_OCCUPIED_VIEW);
  g_type_ensure (BCAST_TYPE_PEERS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-channels-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastChannelsPage, switcher);
  gtk_widget_class_bind_template_child (widget_class, BcastChannelsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BcastChannelsPage, occupied);
  gtk_widget_class_bind_template_child (widget_class, BcastChannelsPage, peers);
  gtk_widget_class_bind_template_child (widget_class, BcastChannelsPage, log);
  gtk_widget_class_bind_template_child (widget_class, BcastChannelsPage, faults);
  gtk_widget_class_bind_template_child (widget_class, BcastChannelsPage, faults_page);
  gtk_widget_class_bind_template_callback (widget_class, faults_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, section_changed_cb);
  gtk_widget_class_install_action (widget_class, "channels.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "channels.focus-filter", NULL, focus_filter_action);
  gtk_widget_class_install_action (widget_class, "channels.section", "s", section_action);
}

static void
bcast_channels_page_init (BcastChannelsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bcast_shortcuts_install (GTK_WIDGET (self), shortcuts, G_N_ELEMENTS (shortcuts));
}

/**
 * bcast_channels_page_new:
 *
 * Returns: (transfer none): a new page
 */
GtkWidget *
bcast_channels_page_new (void)
{
  return g_object_new (BCAST_TYPE_CHANNELS_PAGE, NULL);
}

/**
 * bcast_channels_page_set_settings:
 * @self: a page
 * @settings: the settings of the program
 *
 * Brings back what was shown last.
 */
void
bcast_channels_page_set_settings (BcastChannelsPage *self,
                                  GSettings         *settings)
{
  g_return_if_fail (BCAST_IS_CHANNELS_PAGE (self));

  g_autofree char *section = g_settings_get_string (settings, BCAST_SETTING_CHANNELS_SECTION);

  show_section (self, section);
  g_set_object (&self->settings, settings);
  bcast_log_view_set_settings (self->log, settings);
}

/**
 * bcast_channels_page_set_workspace:
 * @self: a page
 * @workspace: (nullable): the open profile
 */
void
bcast_channels_page_set_workspace (BcastChannelsPage *self,
                                   BcastWorkspace    *workspace)
{
  g_return_if_fail (BCAST_IS_CHANNELS_PAGE (self));
  g_return_if_fail (workspace == NULL || BCAST_IS_WORKSPACE (workspace));

  bcast_occupied_view_set_workspace (self->occupied, workspace);
  bcast_peers_view_set_workspace (self->peers, workspace);
  bcast_log_view_set_workspace (self->log, workspace);
  bcast_faults_view_set_workspace (self->faults, workspace);
}

/**
 * bcast_channels_page_set_width:
 * @self: a page
 * @width: what the window has, in pixels
 *
 * Lays the page out for @width.
 */
void
bcast_channels_page_set_width (BcastChannelsPage *self,
                               int                width)
{
  g_return_if_fail (BCAST_IS_CHANNELS_PAGE (self));

  adw_view_switcher_set_policy (self->switcher, width >= WIDE_WIDTH ? ADW_VIEW_SWITCHER_POLICY_WIDE
                                                                    : ADW_VIEW_SWITCHER_POLICY_NARROW);
  gtk_widget_set_halign (GTK_WIDGET (self->switcher), width >= WIDE_WIDTH ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  bcast_occupied_view_set_narrow (self->occupied, width < BESIDE_WIDTH);
  bcast_log_view_set_narrow (self->log, width < BESIDE_WIDTH);
}

/**
 * bcast_channels_page_end_faults:
 * @self: a page
 *
 * Ends all faults of the sandbox.
 */
void
bcast_channels_page_end_faults (BcastChannelsPage *self)
{
  g_return_if_fail (BCAST_IS_CHANNELS_PAGE (self));

  bcast_faults_view_end_all (self->faults);
}

/**
 * bcast_channels_page_get_shortcuts:
 * @n_shortcuts: (out): how many there are
 *
 * Returns: (array length=n_shortcuts): the shortcuts of the page
 */
const BcastShortcut *
bcast_channels_page_get_shortcuts (guint *n_shortcuts)
{
  g_return_val_if_fail (n_shortcuts != NULL, NULL);

  *n_shortcuts = G_N_ELEMENTS (shortcuts);
  return shortcuts;
}

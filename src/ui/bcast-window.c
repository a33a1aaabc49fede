/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-window.h"

#include "bcast-adaptive-bin.h"
#include "bcast-banner-box.h"
#include "bcast-banner-scroller.h"
#include "bcast-channels-page.h"
#include "bcast-connection-state.h"
#include "bcast-live-page.h"
#include "bcast-profile-switcher.h"
#include "bcast-session-notices.h"
#include "bcast-settings.h"
#include "bcast-shortcuts.h"
#include "bcast-signatures-page.h"
#include "bcast-status-bar.h"
#include "bcast-window-actions.h"

#include <glib/gi18n.h>

#define PAGE_LIVE       "live"
#define PAGE_CHANNELS   "channels"
#define PAGE_SIGNATURES "signatures"

/* Below these widths the address goes, then the page switcher moves to the bottom and buttons become
 * icons. */
#define ADDRESS_WIDTH 900
#define HEADER_WIDTH  720

/**
 * BcastWindow:
 *
 * The main window: header, banners, pages, status bar. It shows what its session works on and
 * remembers how it was left.
 */
struct _BcastWindow
{
  AdwApplicationWindow  parent_instance;

  BcastAdaptiveBin     *bin;
  AdwToastOverlay      *toasts;
  AdwHeaderBar         *header;
  GtkWidget            *switcher;
  BcastProfileSwitcher *profile_switcher;
  GtkButton            *connect_button;
  GtkLabel             *production;
  BcastBannerBox       *banners;
  AdwViewStack         *stack;
  BcastStatusBar       *status_bar;
  AdwViewSwitcherBar   *switcher_bar;
  BcastLivePage        *live_page;
  AdwBin               *channels_bin;
  BcastChannelsPage    *channels_page; /* NULL until it is looked at */
  BcastSignaturesPage  *signatures_page;

  GSettings            *settings;
  BcastSession         *session;
  gboolean              narrow;
};

G_DEFINE_FINAL_TYPE (BcastWindow, bcast_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_connect_button (BcastWindow *self)
{
  BcastWorkspace *workspace = bcast_session_get_workspace (self->session);
  gboolean wanted = workspace != NULL && bcast_connection_state_is_wanted (bcast_workspace_get_state (workspace));
  gboolean has_none = workspace != NULL && g_list_model_get_n_items (bcast_workspace_get_clients (workspace)) == 0;
  const char *label = wanted ? _("Disconnect") : _("Connect");
  const char *tooltip = has_none ? _("There is no client to connect. Add one on the Live page.")
                        : wanted ? _("Disconnect all clients (Ctrl+Shift+D)")
                                 : _("Connect all clients (Ctrl+Shift+D)");

  if (self->narrow)
    gtk_button_set_icon_name (self->connect_button,
                              wanted ? "media-playback-stop-symbolic" : "media-playback-start-symbolic");
  else
    gtk_button_set_label (self->connect_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->connect_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->connect_button), tooltip);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.toggle-connection",
                                 !bcast_session_get_opening (self->session) && !has_none);
}

/* A narrow header keeps its close button, on the side where the desktop has it, and nothing else. */
static void
show_window_buttons (BcastWindow *self)
{
  g_autofree char *layout = NULL;
  const char *close = NULL;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-decoration-layout", &layout, NULL);
  if (layout != NULL)
    close = strstr (layout, "close");
  if (!self->narrow || close == NULL)
    adw_header_bar_set_decoration_layout (self->header, NULL);
  else
    adw_header_bar_set_decoration_layout (self->header, strchr (close, ':') != NULL ? "close:" : ":close");
}

static void
width_changed_cb (BcastWindow *self)
{
  int width = bcast_adaptive_bin_get_width (self->bin);

  self->narrow = width < HEADER_WIDTH;
  gtk_widget_set_visible (self->switcher, !self->narrow);
  adw_view_switcher_bar_set_reveal (self->switcher_bar, self->narrow);
  bcast_profile_switcher_set_room (self->profile_switcher, width >= ADDRESS_WIDTH, self->narrow);
  gtk_label_set_text (self->production, self->narrow ? C_("short", "PROD") : _("Production"));
  bcast_banner_box_set_width (self->banners, width, self->narrow);
  show_connect_button (self);
  show_window_buttons (self);
  bcast_status_bar_set_width (self->status_bar, width);
  bcast_live_page_set_width (self->live_page, width);
  if (self->channels_page != NULL)
    bcast_channels_page_set_width (self->channels_page, width);
  bcast_signatures_page_set_width (self->signatures_page, width);
}

static void
faults_changed_cb (BcastWindow *self,
                   guint        n_faults)
{
  bcast_session_notices_tell_faults (bcast_session_get_notices (self->session), n_faults);
}

/* Most starts never look at it, and it has more widgets than all else. */
static void
ensure_channels_page (BcastWindow *self)
{
  if (self->channels_page != NULL)
    return;

  self->channels_page = BCAST_CHANNELS_PAGE (bcast_channels_page_new ());
  bcast_channels_page_set_settings (self->channels_page, self->settings);
  bcast_channels_page_set_width (self->channels_page, bcast_adaptive_bin_get_width (self->bin));
  bcast_channels_page_set_workspace (self->channels_page, bcast_session_get_workspace (self->session));
  g_signal_connect_object (self->channels_page, "faults-changed", G_CALLBACK (faults_changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->channels_bin, GTK_WIDGET (self->channels_page));
}

static void
page_changed_cb (BcastWindow *self)
{
  const char *page = adw_view_stack_get_visible_child_name (self->stack);

  if (page == NULL || self->settings == NULL)
    return;

  if (g_str_equal (page, PAGE_CHANNELS))
    ensure_channels_page (self);
  g_settings_set_string (self->settings, BCAST_SETTING_PAGE, page);
}

static void
workspace_changed_cb (BcastWindow *self)
{
  BcastWorkspace *workspace = bcast_session_get_workspace (self->session);

  if (workspace != NULL)
    {
      g_signal_connect_object (workspace, "notify::state", G_CALLBACK (show_connect_button), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (bcast_workspace_get_clients (workspace), "items-changed",
                               G_CALLBACK (show_connect_button), self, G_CONNECT_SWAPPED);
    }
  bcast_live_page_set_workspace (self->live_page, workspace);
  if (self->channels_page != NULL)
    bcast_channels_page_set_workspace (self->channels_page, workspace);
  bcast_signatures_page_set_workspace (self->signatures_page, workspace);
  show_connect_button (self);
}

static void
show_profile (BcastWindow *self)
{
  BcastProfile *profile = bcast_session_get_profile (self->session);
  gboolean production = profile != NULL && bcast_profile_get_production (profile);
  g_autofree char *title = profile != NULL ? g_strdup_printf (_("%s – Broadcast"), bcast_profile_get_name (profile))
                                           : g_strdup (_("Broadcast"));

  gtk_window_set_title (GTK_WINDOW (self), title);
  bcast_live_page_set_confirm_send (self->live_page, production);
  gtk_widget_set_visible (GTK_WIDGET (self->production), production);
  if (production)
    gtk_widget_add_css_class (GTK_WIDGET (self), "production");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "production");
}

static void
profile_changed_cb (BcastWindow *self)
{
  BcastProfile *profile = bcast_session_get_profile (self->session);

  /* Kept connected for profiles that are not open any more: showing the open one twice does no harm. */
  if (profile != NULL && g_signal_handler_find (profile, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, show_profile, NULL) == 0)
    g_signal_connect_object (profile, "notify", G_CALLBACK (show_profile), self, G_CONNECT_SWAPPED);
  show_profile (self);
}

static void
add_pages (BcastWindow *self)
{
  AdwViewStackPage *page;

  self->live_page = BCAST_LIVE_PAGE (bcast_live_page_new ());
  page = adw_view_stack_add_titled (self->stack, GTK_WIDGET (self->live_page), PAGE_LIVE, _("Live"));
  adw_view_stack_page_set_icon_name (page, "broadcast-live-symbolic");
  self->channels_bin = ADW_BIN (adw_bin_new ());
  page = adw_view_stack_add_titled (self->stack, GTK_WIDGET (self->channels_bin), PAGE_CHANNELS, _("Channels"));
  adw_view_stack_page_set_icon_name (page, "view-list-symbolic");
  self->signatures_page = BCAST_SIGNATURES_PAGE (bcast_signatures_page_new ());
  page = adw_view_stack_add_titled (self->stack, GTK_WIDGET (self->signatures_page), PAGE_SIGNATURES,
                                    _("Signatures"));
  adw_view_stack_page_set_icon_name (page, "broadcast-signature-symbolic");
}

static void
restore (BcastWindow *self)
{
  g_autofree char *page = g_settings_get_string (self->settings, BCAST_SETTING_PAGE);

  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, BCAST_SETTING_WINDOW_WIDTH),
                               g_settings_get_int (self->settings, BCAST_SETTING_WINDOW_HEIGHT));
  if (g_settings_get_boolean (self->settings, BCAST_SETTING_WINDOW_MAXIMIZED))
    gtk_window_maximize (GTK_WINDOW (self));
  g_autoptr(GVariant) state = g_settings_get_value (self->settings, BCAST_SETTING_LIVE_STATE);

  bcast_live_page_restore_state (self->live_page, state);
  bcast_window_show_page (self, page);
}

static void
remember (BcastWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, BCAST_SETTING_WINDOW_WIDTH, width);
  g_settings_set_int (self->settings, BCAST_SETTING_WINDOW_HEIGHT, height);
  g_settings_set_boolean (self->settings, BCAST_SETTING_WINDOW_MAXIMIZED, gtk_window_is_maximized (GTK_WINDOW (self)));
  g_autoptr(GVariant) state = bcast_live_page_dup_state (self->live_page);

  g_settings_set_value (self->settings, BCAST_SETTING_LIVE_STATE, state);
}

static gboolean
bcast_window_close_request (GtkWindow *window)
{
  BcastWindow *self = BCAST_WINDOW (window);

  remember (self);
  bcast_session_close (self->session);
  return GTK_WINDOW_CLASS (bcast_window_parent_class)->close_request (window);
}

static void
bcast_window_dispose (GObject *object)
{
  BcastWindow *self = BCAST_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (bcast_window_parent_class)->dispose (object);
}

static void
bcast_window_class_init (BcastWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = bcast_window_close_request;

  g_type_ensure (BCAST_TYPE_ADAPTIVE_BIN);
  g_type_ensure (BCAST_TYPE_BANNER_BOX);
  g_type_ensure (BCAST_TYPE_BANNER_SCROLLER);
  g_type_ensure (BCAST_TYPE_PROFILE_SWITCHER);
  g_type_ensure (BCAST_TYPE_STATUS_BAR);
  bcast_window_actions_install (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastWindow, bin);
  gtk_widget_class_bind_template_child (widget_class, BcastWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BcastWindow, header);
  gtk_widget_class_bind_template_child (widget_class, BcastWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, BcastWindow, profile_switcher);
  gtk_widget_class_bind_template_child (widget_class, BcastWindow, connect_button);
  gtk_widget_class_bind_template_child (widget_class, BcastWindow, production);
  gtk_widget_class_bind_template_child (widget_class, BcastWindow, banners);
  gtk_widget_class_bind_template_child (widget_class, BcastWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BcastWindow, status_bar);
  gtk_widget_class_bind_template_child (widget_class, BcastWindow, switcher_bar);
  gtk_widget_class_bind_template_callback (widget_class, width_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
}

static void
bcast_window_init (BcastWindow *self)
{
  const BcastShortcut *shortcuts;
  guint n_shortcuts;

  gtk_widget_init_template (GTK_WIDGET (self));
  add_pages (self);
  shortcuts = bcast_shortcuts_get_window (&n_shortcuts);
  bcast_shortcuts_install (GTK_WIDGET (self), shortcuts, n_shortcuts);
}

/**
 * bcast_window_new:
 * @application: the program
 * @settings: its settings
 * @session: what the window works on
 *
 * Returns: (transfer none): a new window as it was left, owned by GTK
 */
GtkWidget *
bcast_window_new (GtkApplication *application,
                  GSettings      *settings,
                  BcastSession   *session)
{
  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (BCAST_IS_SESSION (session), NULL);

  BcastWindow *self = g_object_new (BCAST_TYPE_WINDOW, "application", application, NULL);

  self->session = g_object_ref (session);
  bcast_banner_box_set_notices (self->banners, bcast_session_get_notices (session));
  bcast_profile_switcher_set_session (self->profile_switcher, session);
  bcast_status_bar_set_session (self->status_bar, session);
  g_signal_connect_object (session, "notify::workspace", G_CALLBACK (workspace_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::opening", G_CALLBACK (show_connect_button), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::profile", G_CALLBACK (profile_changed_cb), self, G_CONNECT_SWAPPED);

  self->settings = g_object_ref (settings);
  restore (self);
  profile_changed_cb (self);
  workspace_changed_cb (self);
  return GTK_WIDGET (self);
}

/**
 * bcast_window_get_session:
 * @self: a window
 *
 * Returns: (transfer none): what it works on
 */
BcastSession *
bcast_window_get_session (BcastWindow *self)
{
  g_return_val_if_fail (BCAST_IS_WINDOW (self), NULL);

  return self->session;
}

/**
 * bcast_window_get_settings:
 * @self: a window
 *
 * Returns: (transfer none): the settings of the program
 */
GSettings *
bcast_window_get_settings (BcastWindow *self)
{
  g_return_val_if_fail (BCAST_IS_WINDOW (self), NULL);

  return self->settings;
}

/**
 * bcast_window_show_page:
 * @self: a window
 * @page: `live`, `channels` or `signatures`; any other name changes nothing
 */
void
bcast_window_show_page (BcastWindow *self,
                        const char  *page)
{
  g_return_if_fail (BCAST_IS_WINDOW (self));

  if (adw_view_stack_get_child_by_name (self->stack, page) != NULL)
    adw_view_stack_set_visible_child_name (self->stack, page);
}

/**
 * bcast_window_activate_live:
 * @self: a window
 * @action: an action of the Live page without a parameter, such as `live.newest`
 *
 * Shows the Live page and activates @action there.
 */
void
bcast_window_activate_live (BcastWindow *self,
                            const char  *action)
{
  g_return_if_fail (BCAST_IS_WINDOW (self));

  bcast_window_show_page (self, PAGE_LIVE);
  gtk_widget_activate_action (GTK_WIDGET (self->live_page), action, NULL);
}

/**
 * bcast_window_compose_for:
 * @self: a window
 * @channel: a full channel name
 *
 * Shows the Live page with @channel in the composer.
 */
void
bcast_window_compose_for (BcastWindow *self,
                          const char  *channel)
{
  g_return_if_fail (BCAST_IS_WINDOW (self));

  bcast_window_show_page (self, PAGE_LIVE);
  gtk_widget_activate_action (GTK_WIDGET (self->live_page), "live.compose-for", "s", channel);
}

/**
 * bcast_window_end_faults:
 * @self: a window
 *
 * Ends all faults of the sandbox.
 */
void
bcast_window_end_faults (BcastWindow *self)
{
  g_return_if_fail (BCAST_IS_WINDOW (self));

  if (self->channels_page != NULL)
    bcast_channels_page_end_faults (self->channels_page);
}

/**
 * bcast_window_show_profiles:
 * @self: a window
 *
 * Shows the list of profiles.
 */
void
bcast_window_show_profiles (BcastWindow *self)
{
  g_return_if_fail (BCAST_IS_WINDOW (self));

  bcast_profile_switcher_popup (self->profile_switcher);
}

/**
 * bcast_window_add_toast:
 * @self: a window
 * @toast: (transfer full): what to tell for a moment
 */
void
bcast_window_add_toast (BcastWindow *self,
                        AdwToast    *toast)
{
  g_return_if_fail (BCAST_IS_WINDOW (self));

  adw_toast_overlay_add_toast (self->toasts, toast);
}

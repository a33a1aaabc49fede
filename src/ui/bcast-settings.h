/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BCAST_SETTING_WINDOW_WIDTH     "window-width"
#define BCAST_SETTING_WINDOW_HEIGHT    "window-height"
#define BCAST_SETTING_WINDOW_MAXIMIZED "window-maximized"
#define BCAST_SETTING_PAGE             "page"
#define BCAST_SETTING_PROFILE          "profile"
#define BCAST_SETTING_LIVE_STATE       "live-state"
#define BCAST_SETTING_CHANNELS_SECTION "channels-section"
#define BCAST_SETTING_LOG_HIDDEN       "log-hidden"
#define BCAST_SETTING_COLOR_SCHEME     "color-scheme"
#define BCAST_SETTING_SECRET_PLACE     "secret-place"

GSettings *bcast_settings_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BCAST_TYPE_SHORTCUTS_WINDOW (bcast_shortcuts_window_get_type ())

G_DECLARE_FINAL_TYPE (BcastShortcutsWindow, bcast_shortcuts_window, BCAST, SHORTCUTS_WINDOW, AdwWindow)

GtkWidget *bcast_shortcuts_window_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

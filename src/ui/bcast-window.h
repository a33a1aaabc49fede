/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-session.h"

G_BEGIN_DECLS

#define BCAST_TYPE_WINDOW (bcast_window_get_type ())

G_DECLARE_FINAL_TYPE (BcastWindow, bcast_window, BCAST, WINDOW, AdwApplicationWindow)

GtkWidget    *bcast_window_new           (GtkApplication *application,
                                          GSettings      *settings,
                                          BcastSession   *session) G_GNUC_WARN_UNUSED_RESULT;
BcastSession *bcast_window_get_session   (BcastWindow    *self);
GSettings    *bcast_window_get_settings  (BcastWindow    *self);
void          bcast_window_show_page     (BcastWindow    *self,
                                          const char     *page);
void          bcast_window_activate_live (BcastWindow    *self,
                                          const char     *action);
void          bcast_window_compose_for   (BcastWindow    *self,
                                          const char     *channel);
void          bcast_window_end_faults    (BcastWindow    *self);
void          bcast_window_show_profiles (BcastWindow    *self);
void          bcast_window_add_toast     (BcastWindow    *self,
                                          AdwToast       *toast);

G_END_DECLS

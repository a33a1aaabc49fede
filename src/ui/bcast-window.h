/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BCAST_TYPE_WINDOW (bcast_window_get_type ())

G_DECLARE_FINAL_TYPE (BcastWindow, bcast_window, BCAST, WINDOW, AdwApplicationWindow)

GtkWidget *bcast_window_new (GtkApplication *application) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

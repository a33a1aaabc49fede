/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-client-mirror.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CONNECTION_WINDOW (bcast_connection_window_get_type ())

G_DECLARE_FINAL_TYPE (BcastConnectionWindow, bcast_connection_window, BCAST, CONNECTION_WINDOW, AdwWindow)

GtkWidget *bcast_connection_window_new (BcastClientMirror *client) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

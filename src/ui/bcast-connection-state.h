/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-client.h"

G_BEGIN_DECLS

const char *bcast_connection_state_get_label     (BcastClientState  state);
gboolean    bcast_connection_state_is_wanted     (BcastClientState  state);
void        bcast_connection_state_show          (BcastClientState  state,
                                                  GtkImage         *dot);

G_END_DECLS

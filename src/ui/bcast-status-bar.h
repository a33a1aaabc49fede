/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-session.h"

G_BEGIN_DECLS

#define BCAST_TYPE_STATUS_BAR (bcast_status_bar_get_type ())

G_DECLARE_FINAL_TYPE (BcastStatusBar, bcast_status_bar, BCAST, STATUS_BAR, GtkWidget)

void bcast_status_bar_set_session (BcastStatusBar *self,
                                   BcastSession   *session);
void bcast_status_bar_set_width   (BcastStatusBar *self,
                                   int             width);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-window.h"

G_BEGIN_DECLS

void bcast_window_actions_install (GtkWidgetClass *widget_class);

G_END_DECLS

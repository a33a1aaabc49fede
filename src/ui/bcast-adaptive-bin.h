/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BCAST_TYPE_ADAPTIVE_BIN (bcast_adaptive_bin_get_type ())

G_DECLARE_FINAL_TYPE (BcastAdaptiveBin, bcast_adaptive_bin, BCAST, ADAPTIVE_BIN, GtkWidget)

int bcast_adaptive_bin_get_width (BcastAdaptiveBin *self);

G_END_DECLS

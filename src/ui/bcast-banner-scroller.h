/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BCAST_TYPE_BANNER_SCROLLER (bcast_banner_scroller_get_type ())

G_DECLARE_FINAL_TYPE (BcastBannerScroller, bcast_banner_scroller, BCAST, BANNER_SCROLLER, GtkWidget)

G_END_DECLS

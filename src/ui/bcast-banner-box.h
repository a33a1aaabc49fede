/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BCAST_TYPE_BANNER_BOX (bcast_banner_box_get_type ())

G_DECLARE_FINAL_TYPE (BcastBannerBox, bcast_banner_box, BCAST, BANNER_BOX, GtkBox)

void bcast_banner_box_set_notices (BcastBannerBox *self,
                                   GListStore     *notices);
void bcast_banner_box_set_width   (BcastBannerBox *self,
                                   int             width,
                                   gboolean        narrow);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-notice.h"

G_BEGIN_DECLS

#define BCAST_TYPE_BANNER (bcast_banner_get_type ())

/* Signal "dismissed": the person closed it.
 * Signal "gone": it was hidden wholly after bcast_banner_hide(). */
G_DECLARE_FINAL_TYPE (BcastBanner, bcast_banner, BCAST, BANNER, GtkWidget)

GtkWidget   *bcast_banner_new        (BcastNotice *notice) G_GNUC_WARN_UNUSED_RESULT;
BcastNotice *bcast_banner_get_notice (BcastBanner *self);
void         bcast_banner_show       (BcastBanner *self);
void         bcast_banner_hide       (BcastBanner *self);
void         bcast_banner_set_width  (BcastBanner *self,
                                      int          width,
                                      gboolean     narrow);

G_END_DECLS

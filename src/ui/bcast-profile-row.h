/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-profile.h"

G_BEGIN_DECLS

#define BCAST_TYPE_PROFILE_ROW (bcast_profile_row_get_type ())

G_DECLARE_FINAL_TYPE (BcastProfileRow, bcast_profile_row, BCAST, PROFILE_ROW, GtkListBoxRow)

GtkWidget    *bcast_profile_row_new           (BcastProfile    *profile) G_GNUC_WARN_UNUSED_RESULT;
BcastProfile *bcast_profile_row_get_profile   (BcastProfileRow *self);
void          bcast_profile_row_set_open      (BcastProfileRow *self,
                                               gboolean         open);
void          bcast_profile_row_set_deletable (BcastProfileRow *self,
                                               gboolean         deletable);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_LIVE_PAGE (bcast_live_page_get_type ())

G_DECLARE_FINAL_TYPE (BcastLivePage, bcast_live_page, BCAST, LIVE_PAGE, AdwBin)

GtkWidget *bcast_live_page_new              (void) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_live_page_set_workspace    (BcastLivePage  *self,
                                             BcastWorkspace *workspace);
void       bcast_live_page_set_width        (BcastLivePage  *self,
                                             int             width);
void       bcast_live_page_set_confirm_send (BcastLivePage  *self,
                                             gboolean        confirm);
GVariant  *bcast_live_page_dup_state        (BcastLivePage  *self) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_live_page_restore_state    (BcastLivePage  *self,
                                             GVariant       *state);

G_END_DECLS

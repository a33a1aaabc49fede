/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-shortcuts.h"
#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CHANNELS_PAGE (bcast_channels_page_get_type ())

/* Signal "faults-changed" (guint n_faults): so many faults are on in the sandbox. */
G_DECLARE_FINAL_TYPE (BcastChannelsPage, bcast_channels_page, BCAST, CHANNELS_PAGE, GtkWidget)

GtkWidget           *bcast_channels_page_new           (void) G_GNUC_WARN_UNUSED_RESULT;
void                 bcast_channels_page_set_settings  (BcastChannelsPage *self,
                                                        GSettings         *settings);
void                 bcast_channels_page_set_workspace (BcastChannelsPage *self,
                                                        BcastWorkspace    *workspace);
void                 bcast_channels_page_set_width     (BcastChannelsPage *self,
                                                        int                width);
void                 bcast_channels_page_end_faults    (BcastChannelsPage *self);
const BcastShortcut *bcast_channels_page_get_shortcuts (guint             *n_shortcuts);

G_END_DECLS

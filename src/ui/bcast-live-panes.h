/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BcastLiveSide:
 * @BCAST_LIVE_CLIENTS: the pane at the start
 * @BCAST_LIVE_INSPECTOR: the pane at the end
 *
 * The side panes of the Live page.
 */
typedef enum
{
  BCAST_LIVE_CLIENTS,
  BCAST_LIVE_INSPECTOR,
  BCAST_LIVE_N_SIDES
} BcastLiveSide;

#define BCAST_TYPE_LIVE_PANES (bcast_live_panes_get_type ())

/* Properties: "clients", "center", "inspector" (widgets, construct only).
 * Signals:
 *   "shown-changed": a side pane came into view or went out of it
 *   "center-resized": see bcast_live_panes_get_center_width() */
G_DECLARE_FINAL_TYPE (BcastLivePanes, bcast_live_panes, BCAST, LIVE_PANES, GtkWidget)

void     bcast_live_panes_set_width        (BcastLivePanes *self,
                                            int             width);
gboolean bcast_live_panes_is_sheet         (BcastLivePanes *self,
                                            BcastLiveSide   side);
gboolean bcast_live_panes_is_shown         (BcastLivePanes *self,
                                            BcastLiveSide   side);
void     bcast_live_panes_set_shown        (BcastLivePanes *self,
                                            BcastLiveSide   side,
                                            gboolean        shown);
gboolean bcast_live_panes_get_wanted       (BcastLivePanes *self,
                                            BcastLiveSide   side);
void     bcast_live_panes_set_wanted       (BcastLivePanes *self,
                                            BcastLiveSide   side,
                                            gboolean        wanted);
int      bcast_live_panes_get_side_width   (BcastLivePanes *self,
                                            BcastLiveSide   side);
void     bcast_live_panes_set_side_width   (BcastLivePanes *self,
                                            BcastLiveSide   side,
                                            int             width);
int      bcast_live_panes_get_center_width (BcastLivePanes *self);

G_END_DECLS

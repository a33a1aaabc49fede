/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-live-panes.h"

G_BEGIN_DECLS

typedef struct
{
  GtkWidget   *content;
  GtkRevealer *sheet;
  gboolean     is_sheet;
  gboolean     wanted; /* in view while there is a place for it */
  gboolean     open;   /* in view as a sheet */
  int          width;  /* as a pane, as the user last left it */
} BcastLivePanesSide;

struct _BcastLivePanes
{
  GtkWidget            parent_instance;

  GtkWidget           *overlay;
  GtkPaned            *outer;
  GtkPaned            *inner;
  GtkRevealer         *scrim;
  GtkWidget           *scrim_box;
  GtkRevealer         *clients_sheet;
  GtkRevealer         *inspector_sheet;

  BcastLivePanesSide   sides[BCAST_LIVE_N_SIDES];
  GtkWidget           *center;
  int                  width;
  guint                place_id;
};

void bcast_live_panes_set_pane        (BcastLivePanes *self,
                                       BcastLiveSide   side,
                                       GtkWidget      *content);
void bcast_live_panes_close_sheets    (BcastLivePanes *self);
void bcast_live_panes_revealed_cb     (GtkRevealer    *revealer);

void bcast_live_panes_restore_handles (BcastLivePanes *self);
void bcast_live_panes_handle_moved_cb (BcastLivePanes *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the handles between the panes stand, as the user left them. */

#include "bcast-live-panes-private.h"

/* A place is known by its distance from the start of its own paned. */
static void
place_handles (BcastLivePanes *self)
{
  BcastLivePanesSide *clients = &self->sides[BCAST_LIVE_CLIENTS];
  BcastLivePanesSide *inspector = &self->sides[BCAST_LIVE_INSPECTOR];
  gboolean has_clients = !clients->is_sheet && clients->wanted;
  int inner_width = self->width - (has_clients ? clients->width + 1 : 0);

  gtk_paned_set_position (self->outer, clients->width);
  gtk_paned_set_position (self->inner, MAX (inner_width - inspector->width - 1, 0));
}

static gboolean
place_handles_cb (GtkWidget     *widget,
                  GdkFrameClock *clock,
                  gpointer       user_data)
{
  BcastLivePanes *self = BCAST_LIVE_PANES (widget);

  place_handles (self);
  self->place_id = 0;
  return G_SOURCE_REMOVE;
}

/* A paned that gets another width moves its handle by the difference, also where that was set for the
 * new width already: so once now, and once after the layout. */
void
bcast_live_panes_restore_handles (BcastLivePanes *self)
{
  if (self->place_id == 0)
    self->place_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), place_handles_cb, NULL, NULL);
  place_handles (self);
}

/* Only what the user does counts. A window that became narrow has squeezed the panes by the time this
 * hears of its width. */
void
bcast_live_panes_handle_moved_cb (BcastLivePanes *self)
{
  BcastLivePanesSide *clients = &self->sides[BCAST_LIVE_CLIENTS];
  BcastLivePanesSide *inspector = &self->sides[BCAST_LIVE_INSPECTOR];

  if (self->place_id != 0 || gtk_widget_get_width (GTK_WIDGET (self->outer)) != self->width)
    return;
  if (!clients->is_sheet && clients->wanted)
    clients->width = gtk_paned_get_position (self->outer);
  if (!inspector->is_sheet && inspector->wanted)
    inspector->width = gtk_widget_get_width (GTK_WIDGET (self->inner)) - gtk_paned_get_position (self->inner) - 1;
}

/**
 * bcast_live_panes_get_side_width:
 * @self: the panes
 * @side: one side
 *
 * Returns: the width of the side as a pane, in pixels
 */
int
bcast_live_panes_get_side_width (BcastLivePanes *self,
                                 BcastLiveSide   side)
{
  g_return_val_if_fail (BCAST_IS_LIVE_PANES (self), 0);

  return self->sides[side].width;
}

/**
 * bcast_live_panes_set_side_width:
 * @self: the panes
 * @side: one side
 * @width: its width as a pane, in pixels
 *
 * Restores what bcast_live_panes_get_side_width() gave.
 */
void
bcast_live_panes_set_side_width (BcastLivePanes *self,
                                 BcastLiveSide   side,
                                 int             width)
{
  g_return_if_fail (BCAST_IS_LIVE_PANES (self));

  self->sides[side].width = CLAMP (width, 100, 2000);
  bcast_live_panes_restore_handles (self);
}

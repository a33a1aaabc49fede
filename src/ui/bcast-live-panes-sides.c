/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which sides are in view, as panes or as sheets over the center. */

#include "bcast-live-panes-private.h"

/* Below these widths of the page a side has no place of its own and becomes a sheet over the center. */
static const int sheet_widths[BCAST_LIVE_N_SIDES] = { 720, 1000 };

#define SHEET_MARGIN 44 /* what stays free beside a sheet, to click it away */
#define SHEET_WIDTH  380

/* A hidden revealer would still take the clicks meant for what is under it. */
void
bcast_live_panes_revealed_cb (GtkRevealer *revealer)
{
  if (!gtk_revealer_get_child_revealed (revealer) && !gtk_revealer_get_reveal_child (revealer))
    gtk_widget_set_visible (GTK_WIDGET (revealer), FALSE);
}

static void
reveal (GtkRevealer *revealer,
        gboolean     shown)
{
  if (shown)
    gtk_widget_set_visible (GTK_WIDGET (revealer), TRUE);
  gtk_revealer_set_reveal_child (revealer, shown);
  bcast_live_panes_revealed_cb (revealer);
}

void
bcast_live_panes_set_pane (BcastLivePanes *self,
                           BcastLiveSide   side,
                           GtkWidget      *content)
{
  if (side == BCAST_LIVE_CLIENTS)
    gtk_paned_set_start_child (self->outer, content);
  else
    gtk_paned_set_end_child (self->inner, content);
}

static void
move (BcastLivePanes *self,
      BcastLiveSide   side,
      gboolean        is_sheet)
{
  BcastLivePanesSide *moved = &self->sides[side];
  g_autoptr(GtkWidget) content = g_object_ref (moved->content);

  moved->is_sheet = is_sheet;
  moved->open = FALSE;
  if (is_sheet)
    {
      bcast_live_panes_set_pane (self, side, NULL);
      gtk_revealer_set_child (moved->sheet, content);
      gtk_widget_add_css_class (content, "sheet");
    }
  else
    {
      gtk_revealer_set_child (moved->sheet, NULL);
      bcast_live_panes_set_pane (self, side, content);
      gtk_widget_remove_css_class (content, "sheet");
      gtk_widget_set_size_request (content, -1, -1);
    }
}

static void
apply (BcastLivePanes *self)
{
  gboolean any_sheet = FALSE;

  for (guint i = 0; i < BCAST_LIVE_N_SIDES; i++)
    {
      BcastLivePanesSide *side = &self->sides[i];

      gtk_widget_set_visible (side->content, side->is_sheet || side->wanted);
      reveal (side->sheet, side->is_sheet && side->open);
      any_sheet = any_sheet || (side->is_sheet && side->open);
    }
  reveal (self->scrim, any_sheet);
  g_signal_emit_by_name (self, "shown-changed");
}

void
bcast_live_panes_close_sheets (BcastLivePanes *self)
{
  for (guint i = 0; i < BCAST_LIVE_N_SIDES; i++)
    self->sides[i].open = FALSE;
  apply (self);
}

/**
 * bcast_live_panes_set_width:
 * @self: the panes
 * @width: the width of the page in pixels
 *
 * Gives each side a place of its own, or makes it a sheet where there is none.
 */
void
bcast_live_panes_set_width (BcastLivePanes *self,
                            int             width)
{
  g_return_if_fail (BCAST_IS_LIVE_PANES (self));

  gboolean moved = self->width == 0;

  self->width = width;
  for (guint i = 0; i < BCAST_LIVE_N_SIDES; i++)
    {
      BcastLivePanesSide *side = &self->sides[i];
      gboolean is_sheet = width < sheet_widths[i];

      if (side->is_sheet != is_sheet)
        {
          move (self, i, is_sheet);
          moved = TRUE;
        }
      if (is_sheet)
        gtk_widget_set_size_request (side->content, MIN (SHEET_WIDTH, width - SHEET_MARGIN), -1);
    }
  if (!moved)
    return;
  apply (self);
  bcast_live_panes_restore_handles (self);
}

/**
 * bcast_live_panes_is_sheet:
 * @self: the panes
 * @side: one side
 *
 * Returns: whether the side covers the center when it is in view
 */
gboolean
bcast_live_panes_is_sheet (BcastLivePanes *self,
                           BcastLiveSide   side)
{
  g_return_val_if_fail (BCAST_IS_LIVE_PANES (self), FALSE);

  return self->sides[side].is_sheet;
}

/**
 * bcast_live_panes_is_shown:
 * @self: the panes
 * @side: one side
 *
 * Returns: whether the side is in view
 */
gboolean
bcast_live_panes_is_shown (BcastLivePanes *self,
                           BcastLiveSide   side)
{
  g_return_val_if_fail (BCAST_IS_LIVE_PANES (self), FALSE);

  return self->sides[side].is_sheet ? self->sides[side].open : self->sides[side].wanted;
}

/**
 * bcast_live_panes_set_shown:
 * @self: the panes
 * @side: one side
 * @shown: whether it is to be in view
 *
 * Shows or hides a side. Only one sheet is in view at a time; the focus goes into it.
 */
void
bcast_live_panes_set_shown (BcastLivePanes *self,
                            BcastLiveSide   side,
                            gboolean        shown)
{
  g_return_if_fail (BCAST_IS_LIVE_PANES (self));

  BcastLivePanesSide *changed = &self->sides[side];

  if (bcast_live_panes_is_shown (self, side) == shown)
    return;
  if (!changed->is_sheet)
    {
      changed->wanted = shown;
      apply (self);
      return;
    }
  for (guint i = 0; i < BCAST_LIVE_N_SIDES; i++)
    self->sides[i].open = FALSE;
  changed->open = shown;
  apply (self);
  gtk_widget_child_focus (shown ? changed->content : self->center, GTK_DIR_TAB_FORWARD);
}

/**
 * bcast_live_panes_get_wanted:
 * @self: the panes
 * @side: one side
 *
 * Returns: whether the user wants the side in view where there is a place for it
 */
gboolean
bcast_live_panes_get_wanted (BcastLivePanes *self,
                             BcastLiveSide   side)
{
  g_return_val_if_fail (BCAST_IS_LIVE_PANES (self), TRUE);

  return self->sides[side].wanted;
}

/**
 * bcast_live_panes_set_wanted:
 * @self: the panes
 * @side: one side
 * @wanted: whether the user wants it in view
 *
 * Restores what bcast_live_panes_get_wanted() gave.
 */
void
bcast_live_panes_set_wanted (BcastLivePanes *self,
                             BcastLiveSide   side,
                             gboolean        wanted)
{
  g_return_if_fail (BCAST_IS_LIVE_PANES (self));

  self->sides[side].wanted = wanted;
  apply (self);
}

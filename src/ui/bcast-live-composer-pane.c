/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps the height that the user gave the composer, whatever a small window makes of it meanwhile. */

#include "bcast-live-page-private.h"

static int
measure (BcastLivePage *self)
{
  GtkWidget *composer = GTK_WIDGET (self->composer);
  int minimum;

  gtk_widget_measure (composer, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (composer), &minimum, NULL, NULL, NULL);
  return minimum;
}

static gboolean
place_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  BcastLivePage *self = BCAST_LIVE_PAGE (widget);
  int height = gtk_widget_get_height (GTK_WIDGET (self->center));
  int composer_height;

  if (height == 0)
    return G_SOURCE_CONTINUE;
  composer_height = MAX (measure (self), self->narrow ? 0 : self->composer_height);
  gtk_paned_set_position (self->center, MAX (height - composer_height - 1, 0));
  self->place_id = 0;
  return G_SOURCE_REMOVE;
}

/* Gives the composer its height with the next frame: a layout must not change while it is being made. */
void
bcast_live_page_place_composer (BcastLivePage *self)
{
  if (self->place_id == 0)
    self->place_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), place_cb, NULL, NULL);
}

/* To be called when the composer has another form. What a narrow one needs is not what the user wants of a
 * wide one. */
void
bcast_live_page_set_narrow (BcastLivePage *self,
                            gboolean       narrow)
{
  self->narrow = narrow;
  if (!narrow)
    bcast_live_page_place_composer (self);
}

void
bcast_live_page_set_composer_height (BcastLivePage *self,
                                     int            height)
{
  self->composer_height = height;
  bcast_live_page_place_composer (self);
}

/* Only a handle that moves while the height stays was moved by the user, and not by a composer that has
 * more to say. */
void
bcast_live_page_composer_moved_cb (BcastLivePage *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self->center));
  int composer_height = height - gtk_paned_get_position (self->center) - 1;

  if (height != self->center_height)
    {
      self->center_height = height;
      if (!self->narrow)
        bcast_live_page_place_composer (self);
    }
  else if (!self->narrow && self->place_id == 0)
    self->composer_height = composer_height > measure (self) ? composer_height : 0;
}

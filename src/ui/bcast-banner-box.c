/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-banner-box.h"

#include "bcast-banner.h"

/**
 * BcastBannerBox:
 *
 * Shows a list of notices, one banner each; invisible without any.
 */
struct _BcastBannerBox
{
  GtkBox      parent_instance;

  GListStore *notices;
  int         width;
  gboolean    narrow;
};

G_DEFINE_FINAL_TYPE (BcastBannerBox, bcast_banner_box, GTK_TYPE_BOX)

static gboolean
is_wanted (BcastBannerBox *self,
           BcastBanner    *banner)
{
  return g_list_store_find (self->notices, bcast_banner_get_notice (banner), NULL);
}

static BcastBanner *
find_banner (BcastBannerBox *self,
             BcastNotice    *notice)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (bcast_banner_get_notice (BCAST_BANNER (child)) == notice)
      return BCAST_BANNER (child);
  return NULL;
}

static void
dismissed_cb (BcastBannerBox *self,
              BcastBanner    *banner)
{
  bcast_notices_withdraw (self->notices, bcast_notice_get_id (bcast_banner_get_notice (banner)));
}

static void
gone_cb (BcastBannerBox *self,
         BcastBanner    *banner)
{
  if (!is_wanted (self, banner))
    gtk_box_remove (GTK_BOX (self), GTK_WIDGET (banner));
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL);
}

static void
add_banner (BcastBannerBox *self,
            BcastNotice    *notice)
{
  GtkWidget *banner = bcast_banner_new (notice);

  g_signal_connect_object (banner, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (banner, "gone", G_CALLBACK (gone_cb), self, G_CONNECT_SWAPPED);
  /* What does not work comes before what only should be known. */
  if (bcast_notice_get_level (notice) == BCAST_NOTICE_ERROR)
    gtk_box_prepend (GTK_BOX (self), banner);
  else
    gtk_box_append (GTK_BOX (self), banner);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  bcast_banner_set_width (BCAST_BANNER (banner), self->width, self->narrow);
  bcast_banner_show (BCAST_BANNER (banner));
}

static void
notices_changed_cb (BcastBannerBox *self)
{
  GtkWidget *next;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (!is_wanted (self, BCAST_BANNER (child)))
        bcast_banner_hide (BCAST_BANNER (child));
    }

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->notices)); i++)
    {
      g_autoptr(BcastNotice) notice = g_list_model_get_item (G_LIST_MODEL (self->notices), i);

      if (find_banner (self, notice) == NULL)
        add_banner (self, notice);
    }
}

static void
bcast_banner_box_dispose (GObject *object)
{
  BcastBannerBox *self = BCAST_BANNER_BOX (object);

  if (self->notices != NULL)
    g_signal_handlers_disconnect_by_func (self->notices, notices_changed_cb, self);
  g_clear_object (&self->notices);

  G_OBJECT_CLASS (bcast_banner_box_parent_class)->dispose (object);
}

static void
bcast_banner_box_class_init (BcastBannerBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bcast_banner_box_dispose;
}

static void
bcast_banner_box_init (BcastBannerBox *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * bcast_banner_box_set_notices:
 * @self: a box
 * @notices: (element-type BcastNotice): what to show; dismissed ones are removed from it
 *
 * Shows @notices, and follows them. To be called once.
 */
void
bcast_banner_box_set_notices (BcastBannerBox *self,
                              GListStore     *notices)
{
  g_return_if_fail (BCAST_IS_BANNER_BOX (self));
  g_return_if_fail (G_IS_LIST_STORE (notices));
  g_return_if_fail (self->notices == NULL);

  self->notices = g_object_ref (notices);
  g_signal_connect_object (notices, "items-changed", G_CALLBACK (notices_changed_cb), self, G_CONNECT_SWAPPED);
  notices_changed_cb (self);
}

/**
 * bcast_banner_box_set_width:
 * @self: a box
 * @width: the width of the window in pixels
 * @narrow: whether buttons go below the sentences instead of beside them
 */
void
bcast_banner_box_set_width (BcastBannerBox *self,
                            int             width,
                            gboolean        narrow)
{
  g_return_if_fail (BCAST_IS_BANNER_BOX (self));

  self->width = width;
  self->narrow = narrow;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    bcast_banner_set_width (BCAST_BANNER (child), width, narrow);
}

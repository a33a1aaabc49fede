/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BCAST_TYPE_LIST_FOLLOWER (bcast_list_follower_get_type ())

/* Signal "changed": following began or ended, or the number of new rows is another one. */
G_DECLARE_FINAL_TYPE (BcastListFollower, bcast_list_follower, BCAST, LIST_FOLLOWER, GObject)

BcastListFollower *bcast_list_follower_new          (GtkListView       *list,
                                                     GtkScrolledWindow *scroller) G_GNUC_WARN_UNUSED_RESULT;
gboolean           bcast_list_follower_is_following (BcastListFollower *self);
guint              bcast_list_follower_get_n_new    (BcastListFollower *self);
void               bcast_list_follower_follow       (BcastListFollower *self);
void               bcast_list_follower_reveal       (BcastListFollower *self,
                                                     guint              position);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BCAST_TYPE_CLIENT_TREE_ROW (bcast_client_tree_row_get_type ())

G_DECLARE_FINAL_TYPE (BcastClientTreeRow, bcast_client_tree_row, BCAST, CLIENT_TREE_ROW, GtkWidget)

GtkWidget  *bcast_client_tree_row_new      (void) G_GNUC_WARN_UNUSED_RESULT;
void        bcast_client_tree_row_set_item (BcastClientTreeRow *self,
                                            gpointer            item);
GMenuModel *bcast_client_tree_row_dup_menu (BcastClientTreeRow *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

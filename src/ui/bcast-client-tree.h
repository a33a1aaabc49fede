/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CLIENT_TREE (bcast_client_tree_get_type ())

G_DECLARE_FINAL_TYPE (BcastClientTree, bcast_client_tree, BCAST, CLIENT_TREE, GtkBox)

GtkWidget *bcast_client_tree_new             (void) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_client_tree_set_workspace   (BcastClientTree *self,
                                              BcastWorkspace  *workspace);
void       bcast_client_tree_focus_subscribe (BcastClientTree *self);
void       bcast_client_tree_subscribe       (BcastClientTree *self);
void       bcast_client_tree_add_client      (BcastClientTree *self);

G_END_DECLS

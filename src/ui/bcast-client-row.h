/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-client-mirror.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CLIENT_ROW (bcast_client_row_get_type ())

G_DECLARE_FINAL_TYPE (BcastClientRow, bcast_client_row, BCAST, CLIENT_ROW, GtkBox)

GtkWidget  *bcast_client_row_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void        bcast_client_row_set_client (BcastClientRow    *self,
                                         BcastClientMirror *client);
GMenuModel *bcast_client_row_dup_menu   (BcastClientRow    *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-client-mirror.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CLIENT_LIST (bcast_client_list_get_type ())

/* Signal "selected": another row is selected, or none. */
G_DECLARE_FINAL_TYPE (BcastClientList, bcast_client_list, BCAST, CLIENT_LIST, GtkWidget)

void     bcast_client_list_set_clients  (BcastClientList *self,
                                         GListModel      *clients);
GObject *bcast_client_list_dup_selected (BcastClientList *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

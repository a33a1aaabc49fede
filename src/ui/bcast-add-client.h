/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_ADD_CLIENT (bcast_add_client_get_type ())

G_DECLARE_FINAL_TYPE (BcastAddClient, bcast_add_client, BCAST, ADD_CLIENT, GtkPopover)

void bcast_add_client_set_workspace (BcastAddClient *self,
                                     BcastWorkspace *workspace);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CLIENT_DIALOG (bcast_client_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BcastClientDialog, bcast_client_dialog, BCAST, CLIENT_DIALOG, AdwWindow)

GtkWidget *bcast_client_dialog_new_add  (BcastWorkspace    *workspace,
                                         BcastClientMirror *model) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *bcast_client_dialog_new_edit (BcastWorkspace    *workspace,
                                         BcastClientMirror *client) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

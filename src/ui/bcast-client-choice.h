/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CLIENT_CHOICE (bcast_client_choice_get_type ())

/* Signal "changed": another client is chosen. */
G_DECLARE_FINAL_TYPE (BcastClientChoice, bcast_client_choice, BCAST, CLIENT_CHOICE, GObject)

BcastClientChoice *bcast_client_choice_new           (GtkDropDown       *drop_down,
                                                      const char        *nobody) G_GNUC_WARN_UNUSED_RESULT;
void               bcast_client_choice_set_workspace (BcastClientChoice *self,
                                                      BcastWorkspace    *workspace);
char              *bcast_client_choice_dup_name      (BcastClientChoice *self) G_GNUC_WARN_UNUSED_RESULT;
void               bcast_client_choice_set_name      (BcastClientChoice *self,
                                                      const char        *name);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CLIENT_FORM (bcast_client_form_get_type ())

/* Signal "changed": something was entered; bcast_client_form_is_good() may be another now. */
G_DECLARE_FINAL_TYPE (BcastClientForm, bcast_client_form, BCAST, CLIENT_FORM, GtkBox)

void                bcast_client_form_show        (BcastClientForm          *self,
                                                   BcastWorkspace           *workspace,
                                                   const BcastClientOptions *options,
                                                   gboolean                  is_new);
BcastClientOptions *bcast_client_form_dup_options (BcastClientForm          *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean            bcast_client_form_is_good     (BcastClientForm          *self);
void                bcast_client_form_focus       (BcastClientForm          *self);

G_END_DECLS

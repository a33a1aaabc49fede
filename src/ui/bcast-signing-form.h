/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-signing-input.h"
#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_SIGNING_FORM (bcast_signing_form_get_type ())

/* Signal "changed": something else is to be signed. */
G_DECLARE_FINAL_TYPE (BcastSigningForm, bcast_signing_form, BCAST, SIGNING_FORM, GtkBox)

void          bcast_signing_form_set_kind      (BcastSigningForm  *self,
                                                BcastSigningKind   kind);
void          bcast_signing_form_set_workspace (BcastSigningForm  *self,
                                                BcastWorkspace    *workspace);
BcastSigning *bcast_signing_form_sign          (BcastSigningForm  *self,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

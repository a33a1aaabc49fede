/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BCAST_TYPE_SIGNING_STEP (bcast_signing_step_get_type ())

/* Properties: "title", "explanation", "copy-purpose" (tooltip of the copy button) */
G_DECLARE_FINAL_TYPE (BcastSigningStep, bcast_signing_step, BCAST, SIGNING_STEP, GtkBox)

void bcast_signing_step_set_number (BcastSigningStep *self,
                                    guint             number);
void bcast_signing_step_set_value  (BcastSigningStep *self,
                                    const char       *value,
                                    PangoAttrList    *attributes);
void bcast_signing_step_set_extra  (BcastSigningStep *self,
                                    GtkWidget        *extra);

G_END_DECLS

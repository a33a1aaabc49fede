/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-signing.h"

G_BEGIN_DECLS

#define BCAST_TYPE_SIGNING_STEPS (bcast_signing_steps_get_type ())

G_DECLARE_FINAL_TYPE (BcastSigningSteps, bcast_signing_steps, BCAST, SIGNING_STEPS, GtkBox)

void bcast_signing_steps_take_signing (BcastSigningSteps *self,
                                       BcastSigning      *signing);
void bcast_signing_steps_set_problem  (BcastSigningSteps *self,
                                       const char        *problem);

G_END_DECLS

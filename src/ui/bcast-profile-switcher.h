/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "bcast-session.h"

G_BEGIN_DECLS

#define BCAST_TYPE_PROFILE_SWITCHER (bcast_profile_switcher_get_type ())

G_DECLARE_FINAL_TYPE (BcastProfileSwitcher, bcast_profile_switcher, BCAST, PROFILE_SWITCHER, GtkWidget)

void bcast_profile_switcher_set_session (BcastProfileSwitcher *self,
                                         BcastSession         *session);
void bcast_profile_switcher_set_room    (BcastProfileSwitcher *self,
                                         gboolean              has_address,
                                         gboolean              narrow);
void bcast_profile_switcher_popup       (BcastProfileSwitcher *self);

G_END_DECLS

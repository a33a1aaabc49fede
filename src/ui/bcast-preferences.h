/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-session.h"

G_BEGIN_DECLS

#define BCAST_TYPE_PREFERENCES (bcast_preferences_get_type ())

G_DECLARE_FINAL_TYPE (BcastPreferences, bcast_preferences, BCAST, PREFERENCES, AdwWindow)

GtkWidget *bcast_preferences_new (GSettings    *settings,
                                  BcastSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

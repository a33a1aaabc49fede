/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-session.h"

G_BEGIN_DECLS

#define BCAST_TYPE_PROFILE_EDITOR (bcast_profile_editor_get_type ())

G_DECLARE_FINAL_TYPE (BcastProfileEditor, bcast_profile_editor, BCAST, PROFILE_EDITOR, AdwWindow)

GtkWidget *bcast_profile_editor_new (BcastSession *session,
                                     BcastProfile *profile) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

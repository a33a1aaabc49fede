/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BCAST_TYPE_APPLICATION (bcast_application_get_type ())

G_DECLARE_FINAL_TYPE (BcastApplication, bcast_application, BCAST, APPLICATION, AdwApplication)

BcastApplication *bcast_application_new (GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

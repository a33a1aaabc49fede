/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-event.h"

G_BEGIN_DECLS

#define BCAST_TYPE_INSPECTOR_DETAILS (bcast_inspector_details_get_type ())

G_DECLARE_FINAL_TYPE (BcastInspectorDetails, bcast_inspector_details, BCAST, INSPECTOR_DETAILS, AdwBin)

void bcast_inspector_details_set_event  (BcastInspectorDetails *self,
                                         BcastEvent            *event);
void bcast_inspector_details_set_reason (BcastInspectorDetails *self,
                                         const char            *reason);

G_END_DECLS

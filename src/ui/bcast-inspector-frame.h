/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-event.h"

G_BEGIN_DECLS

#define BCAST_TYPE_INSPECTOR_FRAME (bcast_inspector_frame_get_type ())

G_DECLARE_FINAL_TYPE (BcastInspectorFrame, bcast_inspector_frame, BCAST, INSPECTOR_FRAME, AdwBin)

void  bcast_inspector_frame_set_event (BcastInspectorFrame *self,
                                       BcastEvent          *event);
char *bcast_inspector_frame_dup_text  (BcastEvent          *event) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

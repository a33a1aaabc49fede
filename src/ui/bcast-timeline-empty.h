/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-workspace.h"

G_BEGIN_DECLS

#define BCAST_TYPE_TIMELINE_EMPTY (bcast_timeline_empty_get_type ())

G_DECLARE_FINAL_TYPE (BcastTimelineEmpty, bcast_timeline_empty, BCAST, TIMELINE_EMPTY, AdwBin)

void bcast_timeline_empty_set_workspace (BcastTimelineEmpty *self,
                                         BcastWorkspace     *workspace);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-event.h"

G_BEGIN_DECLS

#define BCAST_TYPE_INSPECTOR_LISTEN (bcast_inspector_listen_get_type ())

G_DECLARE_FINAL_TYPE (BcastInspectorListen, bcast_inspector_listen, BCAST, INSPECTOR_LISTEN, AdwBin)

void bcast_inspector_listen_set_event    (BcastInspectorListen *self,
                                          BcastEvent           *event);
void bcast_inspector_listen_set_warnings (BcastInspectorListen *self,
                                          GPtrArray            *misses);

G_END_DECLS

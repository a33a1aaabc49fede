/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-workspace.h"

G_BEGIN_DECLS

gint64 bcast_retry_find_next (BcastWorkspace *workspace);
void   bcast_retry_now       (BcastWorkspace *workspace);

G_END_DECLS

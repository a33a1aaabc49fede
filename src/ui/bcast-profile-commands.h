/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-window.h"

G_BEGIN_DECLS

void bcast_profile_commands_duplicate (BcastWindow  *window,
                                       BcastProfile *profile);
void bcast_profile_commands_delete    (BcastWindow  *window,
                                       BcastProfile *profile);

G_END_DECLS

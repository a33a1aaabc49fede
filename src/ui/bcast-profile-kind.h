/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-profile.h"

G_BEGIN_DECLS

const char *bcast_profile_kind_get_label (BcastProfileKind kind);
const char *bcast_profile_kind_get_hint  (BcastProfileKind kind);

G_END_DECLS

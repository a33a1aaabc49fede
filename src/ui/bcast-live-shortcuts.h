/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-shortcuts.h"

G_BEGIN_DECLS

const BcastShortcut *bcast_live_shortcuts_get (guint *n_shortcuts);

G_END_DECLS

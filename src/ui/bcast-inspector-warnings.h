/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-near-miss.h"
#include "bcast-workspace.h"

G_BEGIN_DECLS

GPtrArray *bcast_inspector_warnings_find (BcastWorkspace *workspace,
                                          BcastEvent     *event) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

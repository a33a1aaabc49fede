/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-info-answer.h"
#include "bcast-json.h"

G_BEGIN_DECLS

gboolean bcast_info_counts_read (const BcastJsonSpan *span,
                                 BcastInfoCounts     *counts);

G_END_DECLS

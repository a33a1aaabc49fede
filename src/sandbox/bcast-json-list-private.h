/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-json.h"

G_BEGIN_DECLS

gboolean bcast_json_list_next (const BcastJsonSpan *list,
                               const char         **at,
                               BcastJsonSpan       *element);

G_END_DECLS

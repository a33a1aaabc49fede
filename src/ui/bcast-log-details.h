/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-log-entry.h"

G_BEGIN_DECLS

#define BCAST_TYPE_LOG_DETAILS (bcast_log_details_get_type ())

/* Signal "closed": the person does not want to see it any more. */
G_DECLARE_FINAL_TYPE (BcastLogDetails, bcast_log_details, BCAST, LOG_DETAILS, AdwBin)

void bcast_log_details_show (BcastLogDetails *self,
                             BcastLogEntry   *entry);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-hosted-apps-private.h"

G_BEGIN_DECLS

#define BCAST_METRICS_PATH "/metrics"

char *bcast_metrics_format (BcastHostedApps   *apps) G_GNUC_WARN_UNUSED_RESULT;
void  bcast_metrics_handle (BcastHostedApps   *apps,
                            SoupServerMessage *message);

G_END_DECLS

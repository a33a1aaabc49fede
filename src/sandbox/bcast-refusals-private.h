/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-hosted-apps-private.h"

G_BEGIN_DECLS

void bcast_refusals_report (BcastHostedApps   *apps,
                            SoupServerMessage *message);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-hosted-apps-private.h"

G_BEGIN_DECLS

#define BCAST_SANDBOX_API_PATH "/apps"

void bcast_sandbox_api_handle (BcastHostedApps   *apps,
                               SoupServerMessage *message,
                               gint64             now_s);

G_END_DECLS

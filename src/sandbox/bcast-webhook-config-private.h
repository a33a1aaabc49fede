/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-config-reader-private.h"
#include "bcast-webhook.h"

G_BEGIN_DECLS

gboolean bcast_webhook_config_read (const BcastConfigReader  *app,
                                    GPtrArray                *webhooks,
                                    GError                  **error);

G_END_DECLS

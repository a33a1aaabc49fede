/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-config-reader-private.h"
#include "bcast-sandbox-routes.h"

G_BEGIN_DECLS

gboolean bcast_routes_config_read (const BcastConfigReader  *app,
                                   BcastSandboxRoutes       *routes,
                                   GError                  **error);

G_END_DECLS

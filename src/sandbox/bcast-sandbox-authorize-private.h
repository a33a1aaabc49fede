/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-hub-private.h"
#include "bcast-sandbox-routes.h"

G_BEGIN_DECLS

/**
 * BcastSandboxUser:
 * @user_id: whom the authorize routes sign for when a request does not say
 * @user_info: (nullable): what is known of that user, as JSON
 */
typedef struct
{
  char *user_id;
  char *user_info;
} BcastSandboxUser;

BcastHub         *bcast_sandbox_authorize_find_hub (GPtrArray                *hubs,
                                                    SoupServerMessage        *message);
void              bcast_sandbox_authorize_handle   (BcastHub                 *hub,
                                                    const BcastSandboxUser   *user,
                                                    const BcastSandboxRoutes *routes,
                                                    SoupServerMessage        *message);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-sandbox-routes.h"

G_BEGIN_DECLS

#define BCAST_AUTHORIZE_LOGIN_PATH "/login" /* where Laravel and Masonite have it */

gboolean bcast_authorize_refusal_answer (const BcastSandboxRoutes *routes,
                                         SoupServerMessage        *message);

G_END_DECLS

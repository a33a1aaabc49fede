/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-app.h"
#include "bcast-authorizer.h"

G_BEGIN_DECLS

#define BCAST_TYPE_LOCAL_AUTHORIZER (bcast_local_authorizer_get_type ())

G_DECLARE_FINAL_TYPE (BcastLocalAuthorizer, bcast_local_authorizer, BCAST, LOCAL_AUTHORIZER, GObject)

BcastAuthorizer *bcast_local_authorizer_new (BcastApp *app) G_GNUC_WARN_UNUSED_RESULT;

void             bcast_local_authorizer_set_watchlist (BcastLocalAuthorizer *self,
                                                      const char * const   *user_ids);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-api.h"

G_BEGIN_DECLS

BcastApiReply *bcast_api_reply_new   (const char           *method,
                                      const char           *target,
                                      const char           *request_body) G_GNUC_WARN_UNUSED_RESULT;
gboolean       bcast_api_reply_check (const BcastApiReply  *self,
                                      GError              **error);

G_END_DECLS

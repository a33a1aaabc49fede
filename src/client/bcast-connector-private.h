/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-target-private.h"

G_BEGIN_DECLS

void       bcast_connector_connect_async  (BcastTarget          *target,
                                           GProxyResolver       *proxies,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GIOStream *bcast_connector_connect_finish (GAsyncResult         *result,
                                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

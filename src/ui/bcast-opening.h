/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-client-keeper.h"
#include "bcast-profile.h"
#include "bcast-secret-store.h"
#include "bcast-workspace.h"

G_BEGIN_DECLS

void            bcast_opening_async  (BcastProfile         *profile,
                                      BcastSecretStore     *secrets,
                                      GListStore           *notices,
                                      BcastClientKeeper    *keeper,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
BcastWorkspace *bcast_opening_finish (BcastProfile         *profile,
                                      GAsyncResult         *result,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

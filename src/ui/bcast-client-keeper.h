/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-client-watch.h"
#include "bcast-secret-store.h"

G_BEGIN_DECLS

#define BCAST_TYPE_CLIENT_KEEPER (bcast_client_keeper_get_type ())

G_DECLARE_FINAL_TYPE (BcastClientKeeper, bcast_client_keeper, BCAST, CLIENT_KEEPER, GObject)

BcastClientKeeper *bcast_client_keeper_new            (BcastProfile         *profile,
                                                       BcastSecretStore     *store,
                                                       GListStore           *notices) G_GNUC_WARN_UNUSED_RESULT;

void               bcast_client_keeper_restore_async  (BcastClientKeeper    *self,
                                                       const char           *secrets,
                                                       gboolean              is_sure,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
gboolean           bcast_client_keeper_restore_finish (BcastClientKeeper    *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
void               bcast_client_keeper_attach         (BcastClientKeeper    *self,
                                                       BcastWorkspace       *workspace,
                                                       BcastClientWatch     *watch);
void               bcast_client_keeper_close_async    (BcastClientKeeper    *self,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
void               bcast_client_keeper_close_finish   (BcastClientKeeper    *self,
                                                       GAsyncResult         *result);

G_END_DECLS

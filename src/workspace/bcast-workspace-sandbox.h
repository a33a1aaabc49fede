/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-fault.h"
#include "bcast-peer-info.h"
#include "bcast-sandbox-log.h"
#include "bcast-workspace.h"

G_BEGIN_DECLS

/* What a workspace can do with the sandbox, which it has for a profile of that kind alone. */

BcastSandboxLog *bcast_workspace_get_sandbox_log   (BcastWorkspace       *self);

void             bcast_workspace_list_peers_async  (BcastWorkspace       *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
/* GPtrArray of BcastPeerInfo */
GPtrArray       *bcast_workspace_list_peers_finish (BcastWorkspace       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/* GPtrArray of BcastFault; all that go wrong from now on */
void             bcast_workspace_set_faults        (BcastWorkspace       *self,
                                                    GPtrArray            *faults);

G_END_DECLS

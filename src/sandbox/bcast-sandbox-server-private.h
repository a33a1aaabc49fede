/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-app.h"
#include "bcast-sandbox-authorize-private.h"

G_BEGIN_DECLS

typedef struct _BcastSandboxServer BcastSandboxServer;

BcastSandboxServer *bcast_sandbox_server_new      (BcastApp                *app,
                                                   const BcastHubOptions   *options,
                                                   const BcastSandboxUser  *user,
                                                   GPtrArray               *sockets,
                                                   GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
void                bcast_sandbox_server_free     (BcastSandboxServer      *self);
void                bcast_sandbox_server_set_user (BcastSandboxServer      *self,
                                                   const BcastSandboxUser  *user);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastSandboxServer, bcast_sandbox_server_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-hosted-apps-private.h"
#include "bcast-report-queue-private.h"
#include "bcast-sandbox-tls-private.h"

G_BEGIN_DECLS

/* Ours: what one process can serve on a common machine. */
#define BCAST_SANDBOX_MAX_SOCKETS 20000

/**
 * BcastSandboxServerOptions:
 * @max_sockets: how many sockets may be connected at a time, to all apps together
 * @has_metrics: whether `/metrics` is there
 *
 * What can be set about the server as a whole.
 */
typedef struct
{
  guint    max_sockets;
  gboolean has_metrics;
} BcastSandboxServerOptions;

typedef struct _BcastSandboxServer BcastSandboxServer;

BcastSandboxServer *bcast_sandbox_server_new      (GPtrArray                        *apps,
                                                   const BcastSandboxServerOptions  *options,
                                                   BcastReportQueue                 *reports,
                                                   BcastSandboxTls                  *tls,
                                                   GPtrArray                        *sockets,
                                                   GError                          **error) G_GNUC_WARN_UNUSED_RESULT;
void                bcast_sandbox_server_stop     (BcastSandboxServer               *self);
void                bcast_sandbox_server_free     (BcastSandboxServer               *self);

void                bcast_sandbox_server_set_apps (BcastSandboxServer               *self,
                                                   GPtrArray                        *apps);
void                bcast_sandbox_server_set_faults (BcastSandboxServer             *self,
                                                   GPtrArray                        *faults,
                                                   gint64                            since_us);
BcastHostedApps    *bcast_sandbox_server_get_apps (BcastSandboxServer               *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastSandboxServer, bcast_sandbox_server_free)

G_END_DECLS

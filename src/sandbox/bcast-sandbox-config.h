/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-fault.h"
#include "bcast-sandbox-app.h"

G_BEGIN_DECLS

/**
 * BcastSandboxConfig:
 * @host: (nullable): the address to listen at
 * @port: the port; -1 when the file does not say
 * @max_sockets: how many sockets may be connected at a time; 0 when the file does not say
 * @has_metrics: whether counters can be read at `/metrics`
 * @faults: (element-type BcastFault): what is to go wrong on purpose
 * @apps: (element-type BcastSandboxApp): the apps to serve
 *
 * What a config file says.
 */
typedef struct
{
  char      *host;
  int        port;
  guint      max_sockets;
  gboolean   has_metrics;
  GPtrArray *faults;
  GPtrArray *apps;
} BcastSandboxConfig;

/* Gives the secret that is in a file; the caller overwrites it before it is freed. */
typedef char *(*BcastSandboxConfigLoad) (const char  *file,
                                         gpointer     user_data,
                                         GError     **error);

BcastSandboxConfig *bcast_sandbox_config_parse (const char              *text,
                                                BcastSandboxConfigLoad   load,
                                                gpointer                 user_data,
                                                GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
void                bcast_sandbox_config_free  (BcastSandboxConfig      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastSandboxConfig, bcast_sandbox_config_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FanoutServer:
 * @process: the server, a process of its own
 * @pid: its id
 * @port: where it listens
 *
 * One of the servers that are compared.
 */
typedef struct
{
  GSubprocess *process;
  int          pid;
  guint16      port;
} FanoutServer;

FanoutServer *fanout_server_start           (const char * const  *argv,
                                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void          fanout_server_stop            (FanoutServer        *self);
double        fanout_server_get_cpu_s       (FanoutServer        *self);
double        fanout_server_get_resident_mb (FanoutServer        *self);

GSubprocess  *fanout_start_client           (GDataInputStream   **output,
                                             GError             **error,
                                             const char          *program,
                                             ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
gboolean      fanout_await_line             (GDataInputStream    *output,
                                             const char          *expected,
                                             GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FanoutServer, fanout_server_stop)

G_END_DECLS

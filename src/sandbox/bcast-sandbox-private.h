/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-sandbox-server-private.h"
#include "bcast-sandbox.h"

G_BEGIN_DECLS

struct _BcastSandbox
{
  GObject                    parent_instance;

  GPtrArray                 *apps; /* BcastSandboxApp; never empty */
  char                      *host;
  BcastSandboxServerOptions  options;
  BcastReportQueue          *reports;
  GPtrArray                 *faults;          /* BcastFault */
  gint64                     faults_since_us; /* since when their time runs; 0 before the first start */
  GTlsCertificate           *certificate; /* NULL for one made here */
  gboolean                   is_tls_demanded;
  BcastSandboxTls           *tls;         /* NULL until it is needed; see bcast_sandbox_ensure_tls() */

  /* While it runs. */
  GThread                   *thread;
  GMainContext              *context;
  GMainLoop                 *loop;
  BcastSandboxServer        *server; /* used in its thread alone once that runs */
  guint16                    port;
};

void bcast_sandbox_push_apps (BcastSandbox *self);
void bcast_sandbox_invoke (BcastSandbox   *self,
                           GSourceFunc     func,
                           gpointer        user_data,
                           GDestroyNotify  destroy);

/* In bcast-sandbox-faults.c */
void bcast_sandbox_start_faults (BcastSandbox *self);
BcastSandboxTls *bcast_sandbox_ensure_tls (BcastSandbox *self);

G_END_DECLS

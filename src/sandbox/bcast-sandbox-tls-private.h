/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-connections-private.h"

G_BEGIN_DECLS

typedef struct _BcastSandboxTls BcastSandboxTls;

BcastSandboxTls *bcast_sandbox_tls_new             (GTlsCertificate  *certificate,
                                                    const char       *host,
                                                    gboolean          is_demanded) G_GNUC_WARN_UNUSED_RESULT;
BcastSandboxTls *bcast_sandbox_tls_ref             (BcastSandboxTls  *self);
void             bcast_sandbox_tls_unref           (BcastSandboxTls  *self);
gboolean         bcast_sandbox_tls_is_missing      (BcastSandboxTls  *self,
                                                    BcastConnections *connections,
                                                    SoupServerMessage *message);
GTlsCertificate *bcast_sandbox_tls_dup_certificate (BcastSandboxTls  *self,
                                                    GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastSandboxTls, bcast_sandbox_tls_unref)

G_END_DECLS

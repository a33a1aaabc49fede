/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-connections-private.h"
#include "bcast-sandbox-tls-private.h"

G_BEGIN_DECLS

typedef struct _BcastArrivals BcastArrivals;

BcastArrivals *bcast_arrivals_new  (SoupServer        *server,
                                    BcastConnections  *connections,
                                    BcastSandboxTls   *tls) G_GNUC_WARN_UNUSED_RESULT;
void           bcast_arrivals_free (BcastArrivals     *self);
void           bcast_arrivals_add  (BcastArrivals     *self,
                                    GSocketConnection *connection,
                                    GSocketAddress    *local,
                                    GSocketAddress    *remote);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastArrivals, bcast_arrivals_free)

G_END_DECLS

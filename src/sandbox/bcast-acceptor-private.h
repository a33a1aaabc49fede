/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-connections-private.h"
#include "bcast-sandbox-tls-private.h"

G_BEGIN_DECLS

typedef struct _BcastAcceptor BcastAcceptor;

BcastAcceptor *bcast_acceptor_new  (SoupServer        *server,
                                    BcastConnections  *connections,
                                    BcastSandboxTls   *tls,
                                    GPtrArray         *sockets,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void           bcast_acceptor_free (BcastAcceptor     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastAcceptor, bcast_acceptor_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-connections-private.h"
#include "bcast-flusher-private.h"
#include "bcast-hosted-apps-private.h"
#include "bcast-sandbox-tls-private.h"

G_BEGIN_DECLS

#define BCAST_HANDSHAKES_PATH "/app"

typedef struct _BcastHandshakes BcastHandshakes;

BcastHandshakes *bcast_handshakes_new             (BcastHostedApps   *apps,
                                                   BcastConnections  *connections,
                                                   BcastFlusher      *flusher,
                                                   BcastSandboxTls   *tls,
                                                   guint              max_sockets) G_GNUC_WARN_UNUSED_RESULT;
void             bcast_handshakes_free            (BcastHandshakes   *self);

void             bcast_handshakes_handle          (BcastHandshakes   *self,
                                                   SoupServerMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastHandshakes, bcast_handshakes_free)

G_END_DECLS

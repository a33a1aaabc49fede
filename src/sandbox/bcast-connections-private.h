/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-http-connection-private.h"

G_BEGIN_DECLS

#define BCAST_CONNECTIONS_REQUEST_TIMEOUT_S 20
#define BCAST_CONNECTIONS_IDLE_TIMEOUT_S    60

typedef struct _BcastConnections BcastConnections;

BcastConnections *bcast_connections_new     (SoupServer          *server,
                                             guint                max_connections) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_connections_free    (BcastConnections    *self);

void              bcast_connections_add     (BcastConnections    *self,
                                             BcastHttpConnection *connection,
                                             GSocketAddress      *remote);
void              bcast_connections_set_stream (BcastConnections *self,
                                             GSocketAddress      *remote,
                                             GIOStream           *stream);
gboolean          bcast_connections_is_tls  (BcastConnections    *self,
                                             SoupServerMessage   *message);
void              bcast_connections_forget  (BcastConnections    *self,
                                             SoupServerMessage   *message);
void              bcast_connections_refuse  (BcastConnections    *self,
                                             SoupServerMessage   *message,
                                             const char          *answer);
guint             bcast_connections_count   (BcastConnections    *self);
gboolean          bcast_connections_is_full (BcastConnections    *self);
void              bcast_connections_check   (BcastConnections    *self,
                                             gint64               now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastConnections, bcast_connections_free)

G_END_DECLS

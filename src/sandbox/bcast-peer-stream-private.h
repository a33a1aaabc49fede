/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-poller-private.h"

G_BEGIN_DECLS

#define BCAST_PEER_STREAM_MAX_VECTORS 64

typedef struct _BcastPeerStream BcastPeerStream;

BcastPeerStream *bcast_peer_stream_new           (GIOStream           *stream,
                                                  BcastPoller         *poller,
                                                  BcastPollerFunc      func,
                                                  gpointer             object) G_GNUC_WARN_UNUSED_RESULT;
void             bcast_peer_stream_free          (BcastPeerStream     *self);
gssize           bcast_peer_stream_read          (BcastPeerStream     *self,
                                                  gpointer             bytes,
                                                  gsize                size);
gssize           bcast_peer_stream_write         (BcastPeerStream     *self,
                                                  const GOutputVector *vectors,
                                                  guint                n_vectors);
void             bcast_peer_stream_watch_writing (BcastPeerStream     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastPeerStream, bcast_peer_stream_free)

G_END_DECLS

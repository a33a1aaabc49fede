/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-frame.h"
#include "bcast-json-fields-private.h"
#include "bcast-peer-private.h"

G_BEGIN_DECLS

gboolean bcast_peer_read_data           (BcastFrame            *frame,
                                         const BcastJsonField  *fields,
                                         gsize                  n_fields,
                                         GError               **error);
char    *bcast_peer_dup_beginning       (const char            *text) G_GNUC_WARN_UNUSED_RESULT;

/* One for each thing that a client can say; @now_us is the monotonic clock. */
void     bcast_peer_handle_subscribe    (BcastPeer             *self,
                                         BcastFrame            *frame,
                                         gint64                 now_us);
void     bcast_peer_handle_unsubscribe  (BcastPeer             *self,
                                         BcastFrame            *frame,
                                         gint64                 now_us);
void     bcast_peer_handle_sign_in      (BcastPeer             *self,
                                         BcastFrame            *frame,
                                         gint64                 now_us);
void     bcast_peer_handle_client_event (BcastPeer             *self,
                                         BcastFrame            *frame,
                                         gint64                 now_us);

G_END_DECLS

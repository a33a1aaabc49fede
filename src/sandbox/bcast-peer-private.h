/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-flusher-private.h"
#include "bcast-limits.h"

G_BEGIN_DECLS

/* Ours: the protocol has no such limit, but one socket must not fill the hub. */
#define BCAST_PEER_MAX_CHANNELS 1000

typedef struct _BcastHub BcastHub;

/**
 * BcastPeerOrigin:
 * @address: (nullable): the IP address it connected from
 * @library: (nullable): what it says it is, such as `js 8.6.0`
 * @since_us: when it connected, on the monotonic clock
 */
typedef struct
{
  char   *address;
  char   *library;
  gint64  since_us;
} BcastPeerOrigin;

#define BCAST_TYPE_PEER (bcast_peer_get_type ())

G_DECLARE_FINAL_TYPE (BcastPeer, bcast_peer, BCAST, PEER, GObject)

BcastPeer  *bcast_peer_new                   (BcastHub     *hub,
                                              GIOStream    *stream,
                                              BcastFlusher *flusher) G_GNUC_WARN_UNUSED_RESULT;

const char *bcast_peer_get_socket_id         (BcastPeer    *self);
BcastHub   *bcast_peer_get_hub               (BcastPeer    *self);
BcastPeerOrigin *bcast_peer_get_origin       (BcastPeer    *self);
const char *bcast_peer_get_user_id           (BcastPeer    *self);
const char *bcast_peer_get_user_info         (BcastPeer    *self);
void        bcast_peer_set_user              (BcastPeer    *self,
                                              const char   *user_id,
                                              const char   *user_info);
GHashTable *bcast_peer_get_subscriptions     (BcastPeer    *self);
gboolean    bcast_peer_take_client_event     (BcastPeer    *self,
                                              gint64        now_us);

void        bcast_peer_send_frame            (BcastPeer    *self,
                                              GBytes       *frame);
gsize       bcast_peer_get_room              (BcastPeer    *self);
void        bcast_peer_send_text             (BcastPeer    *self,
                                              const char   *text);
void        bcast_peer_send_error            (BcastPeer    *self,
                                              const char   *channel,
                                              int           code,
                                              const char   *message);
void        bcast_peer_close                 (BcastPeer    *self,
                                              guint         code,
                                              const char   *reason);
void        bcast_peer_drop                  (BcastPeer    *self);
guint       bcast_peer_get_close_code        (BcastPeer    *self);
const char *bcast_peer_get_close_reason      (BcastPeer    *self);
void        bcast_peer_check_liveness        (BcastPeer    *self,
                                              gint64        now_us,
                                              gint64        timeout_us);

/* In bcast-peer-reports.c */
void        bcast_peer_introduce             (BcastPeer    *self,
                                              const char   *address,
                                              const char   *library);
void        bcast_peer_report_end            (BcastPeer    *self);

/* In bcast-peer-messages.c */
void        bcast_peer_handle_message        (BcastPeer    *self,
                                              const char   *text,
                                              gsize         length,
                                              gint64        now_us);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "await.h"
#include "bcast-app.h"

G_BEGIN_DECLS

#define PEER_KEY    "278d425bdf160c739803"
#define PEER_SECRET "7ad3773142a6692b25b8"
/* Of the published vector for `private-encrypted-channel`. */
#define PEER_MASTER_KEY "OHRXNUZRTG5pUTFzQlFGd3J3N3Q2VFZFc0paZDEweVk="
#define PEER_HELLO  "{\"event\":\"pusher:connection_established\"," \
                    "\"data\":\"{\\\"socket_id\\\":\\\"1234.1234\\\",\\\"activity_timeout\\\":120}\"}"

/**
 * Peer:
 * @greetings: what each connection is greeted with, in order; the last one counts for all further
 * @n_connections: WebSockets so far
 * @websocket: the latest one
 * @received: what the latest one sent, as text
 * @close_code: with what the latest one was closed by the client, 0 before
 * @answer_pings: whether a pusher:ping gets its pong
 * @confirm: whether subscriptions are confirmed at once
 * @close_at_once: a code with which connections are closed after their greeting, 0 for none
 * @status: of the HTTP API
 * @body: of the HTTP API's answers
 * @stall: whether the HTTP API never answers
 *
 * The other end of a client under test, which does what its fields say. It lives in the main
 * context of the test and is bound to a free port.
 */
typedef struct
{
  SoupServer              *server;
  GSocketService          *raw;
  char                    *raw_bytes;
  gboolean                 raw_hangs_up;
  GPtrArray               *raw_connections;
  guint16                  port;
  gboolean                 tls;

  const char              *greetings[8];
  guint                    n_connections;
  SoupWebsocketConnection *websocket;
  GPtrArray               *received;
  guint                    close_code;
  gboolean                 answer_pings;
  gboolean                 confirm;
  guint                    close_at_once;
  gint64                   connected_us;

  guint                    status;
  const char              *body;
  const char              *location;
  gboolean                 stall;
  guint                    n_requests;
  char                    *method;
  char                    *target;
  char                    *request_body;
  char                    *content_type;
  char                    *cookie;
} Peer;

Peer        *peer_new             (void);
Peer        *peer_new_tls         (void);
Peer        *peer_new_raw         (const char    *bytes,
                                   gboolean       hangs_up);
void         peer_close_port      (Peer          *self);
void         peer_free            (Peer          *self);
BcastApp    *peer_dup_app         (Peer          *self);
BcastApp    *peer_dup_app_with    (Peer          *self,
                                   const char    *host,
                                   const char    *path,
                                   const char    *secret,
                                   gboolean       tls,
                                   gboolean       accept_any);
void         peer_send            (Peer          *self,
                                   const char    *text);
void         peer_succeed         (Peer          *self,
                                   const char    *channel,
                                   const char    *data);
void         peer_drop            (Peer          *self);
const char  *peer_find_received   (Peer          *self,
                                   const char    *part);
guint        peer_count_received  (Peer          *self,
                                   const char    *part);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-client.h"
#include "bcast-error.h"

G_BEGIN_DECLS

#define PEER_KEY    "278d425bdf160c739803"
#define PEER_SECRET "7ad3773142a6692b25b8"
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
BcastClient *peer_new_client      (Peer          *self);
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

/* The outcome of an asynchronous call. */
typedef struct
{
  GObject      *source;
  GAsyncResult *result;
} Outcome;

void         outcome_cb           (GObject       *object,
                                   GAsyncResult  *result,
                                   gpointer       user_data);
void         outcome_clear        (Outcome       *self);

void         connect_client       (BcastClient   *client);
void         expect_connect_error (BcastClient   *client,
                                   BcastError     code,
                                   const char    *part);
void         subscribe_client     (BcastClient   *client,
                                   const char    *channel);
void         end_client           (BcastClient   *client);

void         log_states           (BcastClient   *client,
                                   GString       *log);

gboolean     wait_step            (gint64         deadline_us);
void         wait_for_gone        (gpointer       object);

/* Runs the main context until @condition, and fails the test when that takes too long. */
#define WAIT_FOR(condition)                                                   \
  G_STMT_START                                                                \
    {                                                                         \
      gint64 wait_until_us = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;   \
      while (!(condition) && wait_step (wait_until_us))                       \
        continue;                                                             \
      g_assert_true (condition);                                              \
    }                                                                         \
  G_STMT_END

G_END_DECLS

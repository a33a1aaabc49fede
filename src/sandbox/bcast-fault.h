/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BCAST_FAULT_MAX_DURATION_MS (24 * 60 * 60 * 1000)

/**
 * BcastFaultKind:
 * @BCAST_FAULT_CLOSE: sockets are closed with the code: those that are connected at once, new ones right
 *   behind the greeting
 * @BCAST_FAULT_REJECT: new sockets get an error with the code in place of the greeting, and are closed
 * @BCAST_FAULT_REFUSE_HANDSHAKE: WebSocket handshakes are answered with the HTTP status
 * @BCAST_FAULT_NO_PONG: neither `pusher:ping` nor a ping of WebSocket is answered
 * @BCAST_FAULT_DELAY: channel events come so many milliseconds late
 * @BCAST_FAULT_DUPLICATE: every n-th channel event comes twice
 * @BCAST_FAULT_REORDER: n channel events in a row come in reverse
 * @BCAST_FAULT_DROP: every n-th channel event is lost
 * @BCAST_FAULT_API: the HTTP API answers with the status
 * @BCAST_FAULT_AUTHORIZE_DELAY: the authorize routes answer so many milliseconds late
 * @BCAST_FAULT_AUTHORIZE_REFUSE: the authorize routes answer with the status
 * @BCAST_FAULT_ERROR: each socket gets a `pusher:error` with the code, once
 * @BCAST_FAULT_CLOCK: the clock by which the age of API requests is judged, and which webhooks tell, is so many
 *   seconds ahead
 *
 * What can go wrong in the sandbox on purpose. Channel events are those that an app or a client
 * triggers: what the server itself tells, such as who joined, is never touched.
 */
typedef enum
{
  BCAST_FAULT_CLOSE,
  BCAST_FAULT_REJECT,
  BCAST_FAULT_REFUSE_HANDSHAKE,
  BCAST_FAULT_NO_PONG,
  BCAST_FAULT_DELAY,
  BCAST_FAULT_DUPLICATE,
  BCAST_FAULT_REORDER,
  BCAST_FAULT_DROP,
  BCAST_FAULT_API,
  BCAST_FAULT_AUTHORIZE_DELAY,
  BCAST_FAULT_AUTHORIZE_REFUSE,
  BCAST_FAULT_ERROR,
  BCAST_FAULT_CLOCK,
  BCAST_N_FAULT_KINDS,
} BcastFaultKind;

/**
 * BcastFault:
 * @kind: what goes wrong
 * @value: the code, status, number or time of @kind; 0 where it has none
 * @jitter_ms: by how much a delay is longer or shorter at random, at most
 * @duration_ms: after how many milliseconds all is well again; 0 for a fault without an end
 * @app_id: (nullable): the one app that has it
 * @client: (nullable): whose sockets alone have it: a socket id, the id of a signed-in user, or the user
 *   id of a member of a presence channel
 *
 * One fault, as it is asked for.
 */
typedef struct
{
  BcastFaultKind  kind;
  int             value;
  guint           jitter_ms;
  guint           duration_ms;
  char           *app_id;
  char           *client;
} BcastFault;

BcastFault *bcast_fault_new   (BcastFaultKind     kind,
                               int                value) G_GNUC_WARN_UNUSED_RESULT;
BcastFault *bcast_fault_copy  (const BcastFault  *self) G_GNUC_WARN_UNUSED_RESULT;
void        bcast_fault_free  (BcastFault        *self);
GPtrArray  *bcast_fault_array_new (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean    bcast_fault_equal (const BcastFault  *a,
                               const BcastFault  *b);
gboolean    bcast_fault_check (const BcastFault  *self,
                               GError           **error);

/* In bcast-fault-text.c */
BcastFault *bcast_fault_parse  (const char        *text,
                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
char       *bcast_fault_format (const BcastFault  *self) G_GNUC_WARN_UNUSED_RESULT;

const char *bcast_fault_kind_to_string (BcastFaultKind kind);
const char *bcast_fault_kind_get_title (BcastFaultKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastFault, bcast_fault_free)

G_END_DECLS

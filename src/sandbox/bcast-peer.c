/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-peer-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-close-code.h"
#include "bcast-frame.h"
#include "bcast-hub-private.h"
#include "bcast-json.h"
#include "bcast-peer-socket-private.h"
#include "bcast-websocket.h"

/**
 * BcastPeer:
 *
 * One WebSocket as the app knows it: its id, what it is subscribed to, who it is signed in as,
 * and whether it is alive. The hub holds it for as long as it is connected.
 */
struct _BcastPeer
{
  GObject          parent_instance;

  BcastHub        *hub;           /* not owned: it outlives its peers */
  BcastPeerSocket *socket;
  char            *socket_id;
  GHashTable      *subscriptions; /* channel name → BcastHubChannel; the channel owns the name */

  BcastPeerOrigin  origin;
  char            *user_id;       /* NULL until signed in */
  char            *user_info;

  gint64           pinged_us;     /* when a ping went out that was not answered yet; else 0 */
  gint64           client_events_us[BCAST_LIMIT_CLIENT_EVENTS_PER_S]; /* a ring of the last ones */
  guint            oldest_client_event;
};

G_DEFINE_FINAL_TYPE (BcastPeer, bcast_peer, G_TYPE_OBJECT)

static void
bcast_peer_dispose (GObject *object)
{
  BcastPeer *self = BCAST_PEER (object);

  g_clear_object (&self->socket);

  G_OBJECT_CLASS (bcast_peer_parent_class)->dispose (object);
}

static void
bcast_peer_finalize (GObject *object)
{
  BcastPeer *self = BCAST_PEER (object);

  g_hash_table_unref (self->subscriptions);
  g_free (self->socket_id);
  g_free (self->origin.address);
  g_free (self->origin.library);
  g_free (self->user_id);
  g_free (self->user_info);

  G_OBJECT_CLASS (bcast_peer_parent_class)->finalize (object);
}

static void
bcast_peer_class_init (BcastPeerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bcast_peer_dispose;
  object_class->finalize = bcast_peer_finalize;
}

static void
bcast_peer_init (BcastPeer *self)
{
  self->subscriptions = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < BCAST_LIMIT_CLIENT_EVENTS_PER_S; i++)
    self->client_events_us[i] = G_MININT64;
}

static void
message_cb (BcastPeerSocket       *socket,
            BcastWebsocketMessage *message,
            BcastPeer             *self)
{
  if (message->opcode == BCAST_WEBSOCKET_TEXT)
    bcast_peer_handle_message (self, message->data, message->length, g_get_monotonic_time ());
  else
    bcast_peer_send_error (self, NULL, 0, _("The protocol has no binary messages. Send JSON as text."));
}

/* Returns whether the ping has its answer; one that a fault keeps back never comes. */
static gboolean
ping_cb (BcastPeerSocket *socket,
         BcastPeer       *self)
{
  return bcast_hub_find_fault (self->hub, BCAST_FAULT_NO_PONG, self) != NULL;
}

static void
closed_cb (BcastPeerSocket *socket,
           BcastPeer       *self)
{
  bcast_hub_remove_peer (self->hub, self);
}

static void
send_established (BcastPeer *self)
{
  g_autofree char *data = g_strdup_printf ("{\"socket_id\":\"%s\",\"activity_timeout\":%u}",
                                           self->socket_id,
                                           bcast_hub_get_options (self->hub)->activity_timeout_s);
  g_autofree char *text = bcast_frame_format ("pusher:connection_established", NULL, data,
                                              BCAST_FRAME_DATA_STRING, NULL);

  bcast_peer_send_text (self, text);
}

/**
 * bcast_peer_new:
 * @hub: the app; must outlive the peer
 * @stream: a connection behind its WebSocket handshake
 * @flusher: writes what is queued; must outlive the peer
 *
 * Adds a socket to the hub and greets it.
 *
 * Returns: (transfer full): the new peer
 */
BcastPeer *
bcast_peer_new (BcastHub     *hub,
                GIOStream    *stream,
                BcastFlusher *flusher)
{
  g_return_val_if_fail (BCAST_IS_HUB (hub) && G_IS_IO_STREAM (stream), NULL);

  BcastPeer *self = g_object_new (BCAST_TYPE_PEER, NULL);

  self->hub = hub;
  self->origin.since_us = g_get_monotonic_time ();
  self->socket_id = bcast_hub_make_socket_id (hub);
  self->socket = bcast_peer_socket_new (stream, flusher);
  g_signal_connect_object (self->socket, "message", G_CALLBACK (message_cb), self, 0);
  g_signal_connect_object (self->socket, "ping", G_CALLBACK (ping_cb), self, 0);
  g_signal_connect_object (self->socket, "closed", G_CALLBACK (closed_cb), self, 0);

  bcast_hub_add_peer (hub, self);
  send_established (self);
  bcast_hub_meet_faults (hub, self);
  return self;
}

/**
 * bcast_peer_get_socket_id:
 * @self: a peer
 *
 * Returns: its id: digits, a dot, digits
 */
const char *
bcast_peer_get_socket_id (BcastPeer *self)
{
  g_return_val_if_fail (BCAST_IS_PEER (self), NULL);

  return self->socket_id;
}

/**
 * bcast_peer_get_hub:
 * @self: a peer
 *
 * Returns: (transfer none): the app it is connected to
 */
BcastHub *
bcast_peer_get_hub (BcastPeer *self)
{
  g_return_val_if_fail (BCAST_IS_PEER (self), NULL);

  return self->hub;
}

/**
 * bcast_peer_get_origin:
 * @self: a peer
 *
 * Returns: (transfer none): where it comes from, and since when
 */
BcastPeerOrigin *
bcast_peer_get_origin (BcastPeer *self)
{
  g_return_val_if_fail (BCAST_IS_PEER (self), NULL);

  return &self->origin;
}

/**
 * bcast_peer_get_user_id:
 * @self: a peer
 *
 * Returns: (nullable): whom it is signed in as
 */
const char *
bcast_peer_get_user_id (BcastPeer *self)
{
  g_return_val_if_fail (BCAST_IS_PEER (self), NULL);

  return self->user_id;
}

/**
 * bcast_peer_get_user_info:
 * @self: a peer
 *
 * Returns: (nullable): what is known of that user, as JSON
 */
const char *
bcast_peer_get_user_info (BcastPeer *self)
{
  g_return_val_if_fail (BCAST_IS_PEER (self), NULL);

  return self->user_info;
}

/**
 * bcast_peer_set_user:
 * @self: a peer
 * @user_id: whom it is signed in as now
 * @user_info: (nullable): what is known of that user, as JSON
 */
void
bcast_peer_set_user (BcastPeer  *self,
                     const char *user_id,
                     const char *user_info)
{
  g_return_if_fail (BCAST_IS_PEER (self) && user_id != NULL);

  g_autofree char *old_user_id = g_steal_pointer (&self->user_id);
  g_autofree char *old_user_info = g_steal_pointer (&self->user_info);

  self->user_id = g_strdup (user_id);
  self->user_info = g_strdup (user_info);
}

/**
 * bcast_peer_get_subscriptions:
 * @self: a peer
 *
 * Returns: (element-type utf8 BcastHubChannel) (transfer none): its channels by name, which the
 *   hub alone changes
 */
GHashTable *
bcast_peer_get_subscriptions (BcastPeer *self)
{
  g_return_val_if_fail (BCAST_IS_PEER (self), NULL);

  return self->subscriptions;
}

/**
 * bcast_peer_take_client_event:
 * @self: a peer
 * @now_us: the monotonic clock
 *
 * Counts a client event against the limit of ten in any second.
 * Source: Channels documentation, “Events”, section “Rate limit your events”.
 *
 * Returns: whether the event is within the limit
 */
gboolean
bcast_peer_take_client_event (BcastPeer *self,
                              gint64     now_us)
{
  g_return_val_if_fail (BCAST_IS_PEER (self), FALSE);

  gint64 *oldest = &self->client_events_us[self->oldest_client_event];

  if (*oldest > now_us - G_USEC_PER_SEC)
    return FALSE;

  *oldest = now_us;
  self->oldest_client_event = (self->oldest_client_event + 1) % BCAST_LIMIT_CLIENT_EVENTS_PER_S;
  return TRUE;
}

/**
 * bcast_peer_send_frame:
 * @self: a peer
 * @frame: a whole WebSocket frame, only referenced
 */
void
bcast_peer_send_frame (BcastPeer *self,
                       GBytes    *frame)
{
  bcast_peer_socket_send (self->socket, frame);
}

/**
 * bcast_peer_get_room:
 * @self: a peer
 *
 * Returns: how many bytes can still be queued for it
 */
gsize
bcast_peer_get_room (BcastPeer *self)
{
  g_return_val_if_fail (BCAST_IS_PEER (self), 0);

  return bcast_peer_socket_get_room (self->socket);
}

/**
 * bcast_peer_send_text:
 * @self: a peer
 * @text: a message of the protocol
 */
void
bcast_peer_send_text (BcastPeer  *self,
                      const char *text)
{
  g_return_if_fail (BCAST_IS_PEER (self) && text != NULL);

  g_autoptr(GBytes) frame = bcast_websocket_frame_new (BCAST_WEBSOCKET_TEXT, text, strlen (text));

  bcast_peer_socket_send (self->socket, frame);
}

/**
 * bcast_peer_send_error:
 * @self: a peer
 * @channel: (nullable): the channel it is about, so that a client need not guess
 * @code: a code of the protocol, or 0 when it has none for this
 * @message: what is wrong, as a sentence
 *
 * The connection stays. A code of the 42xx would be wrong where the protocol has none: naive
 * clients reconnect on it, for ever. Whoever observes the hub is told as well.
 */
void
bcast_peer_send_error (BcastPeer  *self,
                       const char *channel,
                       int         code,
                       const char *message)
{
  g_return_if_fail (BCAST_IS_PEER (self) && message != NULL);

  g_autofree char *quoted = bcast_json_quote (message);
  g_autofree char *number = code != 0 ? g_strdup_printf ("%d", code) : g_strdup ("null");
  g_autofree char *data = g_strdup_printf ("{\"code\":%s,\"message\":%s}", number, quoted);
  g_autofree char *text = bcast_frame_format ("pusher:error", channel, data,
                                              BCAST_FRAME_DATA_JSON, NULL);

  bcast_peer_send_text (self, text);
  bcast_hub_report (self->hub, &(BcastReport) {
    .kind = BCAST_REPORT_CLIENT_ERROR,
    .socket_id = self->socket_id,
    .channel = (char *) channel,
    .user_id = self->user_id,
    .text = (char *) message,
    .code = code,
  });
}

/**
 * bcast_peer_close:
 * @self: a peer
 * @code: a close code
 * @reason: why
 *
 * Closes behind what is queued; nothing more is sent to it.
 */
void
bcast_peer_close (BcastPeer  *self,
                  guint       code,
                  const char *reason)
{
  g_return_if_fail (BCAST_IS_PEER (self));

  bcast_peer_socket_close (self->socket, code, reason);
}

/**
 * bcast_peer_drop:
 * @self: a peer, possibly freed by this
 *
 * Writes what the connection takes at once, and ends it.
 */
void
bcast_peer_drop (BcastPeer *self)
{
  g_return_if_fail (BCAST_IS_PEER (self));

  g_autoptr(BcastPeerSocket) socket = g_object_ref (self->socket);

  bcast_peer_socket_flush (socket);
  bcast_peer_socket_abort (socket);
}

/**
 * bcast_peer_get_close_code:
 * @self: a peer
 *
 * Returns: the code with which its connection closes or was closed; 1006 as long as nobody said one
 */
guint
bcast_peer_get_close_code (BcastPeer *self)
{
  g_return_val_if_fail (BCAST_IS_PEER (self), 0);

  return bcast_peer_socket_get_close_code (self->socket);
}

/**
 * bcast_peer_get_close_reason:
 * @self: a peer
 *
 * Returns: (nullable): why this side closed it
 */
const char *
bcast_peer_get_close_reason (BcastPeer *self)
{
  g_return_val_if_fail (BCAST_IS_PEER (self), NULL);

  return bcast_peer_socket_get_close_reason (self->socket);
}

/**
 * bcast_peer_check_liveness:
 * @self: a peer
 * @now_us: the monotonic clock
 * @timeout_us: how long it may be silent
 *
 * Pings with a control frame, which any WebSocket client answers, even one whose program hangs in
 * a debugger; that no answer came in half a minute is therefore the connection's fault.
 * Source: Channels documentation, “Pusher Channels Protocol”, section “Ping and pong messages”.
 */
void
bcast_peer_check_liveness (BcastPeer *self,
                           gint64     now_us,
                           gint64     timeout_us)
{
  g_return_if_fail (BCAST_IS_PEER (self));

  gint64 heard_us = bcast_peer_socket_get_heard_us (self->socket);
  gint64 pong_timeout_us = MIN (timeout_us, BCAST_PONG_TIMEOUT_S * G_USEC_PER_SEC);

  if (heard_us >= self->pinged_us)
    self->pinged_us = 0;

  if (self->pinged_us != 0 && now_us - self->pinged_us >= pong_timeout_us)
    bcast_peer_close (self, BCAST_CLOSE_PONG_MISSING, _("Pong reply not received in time"));
  else if (self->pinged_us == 0 && now_us - heard_us >= timeout_us)
    {
      g_autoptr(GBytes) ping = bcast_websocket_frame_new (BCAST_WEBSOCKET_PING, NULL, 0);

      self->pinged_us = now_us;
      bcast_peer_socket_send (self->socket, ping);
    }
}

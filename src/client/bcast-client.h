/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-app.h"
#include "bcast-authorizer.h"
#include "bcast-frame.h"
#include "bcast-server-kind.h"
#include "bcast-subscription.h"

G_BEGIN_DECLS

/**
 * BcastClientState:
 *
 * The connection states under the names that pusher-js gives them.
 * Source: Channels documentation, “Connection”.
 */
typedef enum
{
  BCAST_CLIENT_INITIALIZED,
  BCAST_CLIENT_CONNECTING,
  BCAST_CLIENT_CONNECTED,
  BCAST_CLIENT_UNAVAILABLE,
  BCAST_CLIENT_FAILED,
  BCAST_CLIENT_DISCONNECTED,
} BcastClientState;

/**
 * BcastSignInState:
 * @BCAST_SIGN_IN_OFF: nobody wants the client signed in
 * @BCAST_SIGN_IN_WAITING: wanted; goes out once the client is connected
 * @BCAST_SIGN_IN_PENDING: being authorized, or the server has not answered yet
 * @BCAST_SIGN_IN_DONE: the server knows who this connection is
 * @BCAST_SIGN_IN_REFUSED: the authorizer or the server said no
 *
 * How far the sign-in of a client's user is.
 */
typedef enum
{
  BCAST_SIGN_IN_OFF,
  BCAST_SIGN_IN_WAITING,
  BCAST_SIGN_IN_PENDING,
  BCAST_SIGN_IN_DONE,
  BCAST_SIGN_IN_REFUSED,
} BcastSignInState;

#define BCAST_TYPE_CLIENT (bcast_client_get_type ())

/* Properties: "state" (int, BcastClientState), "socket-id" (string).
 * Signals, all emitted in the context the client was made in:
 *   "state-changed" (BcastClientState old, BcastClientState new, const GError *reason or NULL)
 *   "event" (BcastFrame *frame, gint64 received_us): every frame that an API user may see: events
 *       on a held channel, pusher:member_added, pusher:member_removed,
 *       pusher:subscription_succeeded (pusher_internal: translated to pusher:)
 *   "frame" (BcastFrame *frame, gint64 received_us): every frame, before "event"
 *   "subscription-changed" (BcastSubscription *): state, error or members changed
 *   "sign-in-changed": state, error or user of the sign-in changed, or who of the watchlist is online
 *   "error" (const GError *): a pusher:error frame, or a frame that could not be parsed; neither
 *       ends the connection
 *   "retry-scheduled" (guint delay_ms): the connection or an attempt ended, and the next attempt
 *       begins so much later; bcast_client_get_error() tells why. In state "unavailable" attempts
 *       go on without a change of state
 */
G_DECLARE_FINAL_TYPE (BcastClient, bcast_client, BCAST, CLIENT, GObject)

BcastClient       *bcast_client_new                (BcastApp             *app,
                                                    BcastAuthorizer      *authorizer) G_GNUC_WARN_UNUSED_RESULT;

void               bcast_client_set_user           (BcastClient          *self,
                                                    const char           *user_id,
                                                    const char           *user_info);
const char        *bcast_client_get_user_id        (BcastClient          *self);
void               bcast_client_set_authorizer     (BcastClient          *self,
                                                    BcastAuthorizer      *authorizer);
void               bcast_client_set_timeouts       (BcastClient          *self,
                                                    guint                 activity_ms,
                                                    guint                 pong_ms,
                                                    guint                 unavailable_ms);

BcastClientState   bcast_client_get_state          (BcastClient          *self);
const char        *bcast_client_get_socket_id      (BcastClient          *self);
gint64             bcast_client_get_connect_time_us (BcastClient         *self);
const GError      *bcast_client_get_error          (BcastClient          *self);
const BcastServerClues *bcast_client_get_server_clues (BcastClient       *self);
GListModel        *bcast_client_get_subscriptions  (BcastClient          *self);
BcastSubscription *bcast_client_find_subscription  (BcastClient          *self,
                                                    const char           *channel);

void               bcast_client_connect_async      (BcastClient          *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean           bcast_client_connect_finish     (BcastClient          *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
void               bcast_client_disconnect_async   (BcastClient          *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean           bcast_client_disconnect_finish  (BcastClient          *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);

void               bcast_client_subscribe_async    (BcastClient          *self,
                                                    const char           *channel,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean           bcast_client_subscribe_finish   (BcastClient          *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
void               bcast_client_unsubscribe        (BcastClient          *self,
                                                    const char           *channel);

gboolean           bcast_client_trigger            (BcastClient          *self,
                                                    const char           *channel,
                                                    const char           *event,
                                                    const char           *data,
                                                    GError              **error);

void               bcast_client_network_changed    (BcastClient          *self,
                                                    gboolean              is_available);

void               bcast_client_set_signs_in       (BcastClient          *self,
                                                    gboolean              signs_in);
BcastSignInState   bcast_client_get_sign_in_state  (BcastClient          *self);
const GError      *bcast_client_get_sign_in_error  (BcastClient          *self);
const char        *bcast_client_get_signed_in_id   (BcastClient          *self);
char             **bcast_client_dup_online         (BcastClient          *self) G_GNUC_WARN_UNUSED_RESULT;

const char        *bcast_client_state_to_nick      (BcastClientState      state);
const char        *bcast_sign_in_state_to_nick     (BcastSignInState      state);

G_END_DECLS

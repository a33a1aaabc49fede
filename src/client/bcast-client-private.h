/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-backoff-private.h"
#include "bcast-client.h"
#include "bcast-channel-name.h"
#include "bcast-limits.h"
#include "bcast-reports-private.h"
#include "bcast-socket-private.h"
#include "bcast-transport-error-private.h"
#include "bcast-waiters-private.h"

G_BEGIN_DECLS

/* The client is one object in several files, by purpose:
 *   bcast-client.c             the public object and its signals
 *   bcast-client-state.c       the states and the moves between them
 *   bcast-client-connect.c     connecting and disconnecting, for callers
 *   bcast-client-connection.c  attempts, and what follows when a connection ends
 *   bcast-client-handshake.c   what comes from the socket, and the greeting
 *   bcast-client-liveness.c    ping and pong
 *   bcast-client-subscribe.c   subscribing and unsubscribing, for callers
 *   bcast-client-channels.c    what is wanted and how a subscription comes about
 *   bcast-client-dispatch.c    what a frame of the server does
 *   bcast-client-report.c      telling of the server's mistakes
 *   bcast-client-refusal.c     which subscription an error of the server is about
 *   bcast-client-sign-in.c     the user of the connection
 *   bcast-client-watchlist.c   who of the user's watchlist is online
 *   bcast-client-encrypted.c   what comes on encrypted channels
 *   bcast-client-trigger.c     client events
 *
 * Any signal may call back into the client. So state is changed first and announced last, and who
 * goes on after an announcement compares the epoch. */
struct _BcastClient
{
  GObject           parent_instance;

  BcastApp         *app;
  BcastApp         *tls_app;        /* the same with TLS, once the server demanded it */
  BcastAuthorizer  *authorizer;
  GMainContext     *context;
  char             *user_id;
  char             *user_info;

  guint             activity_ms;
  guint             pong_ms;
  guint             unavailable_ms;

  BcastClientState  state;
  guint             epoch;          /* grows whenever a connection begins, is established or ends */
  GError           *error;
  BcastBackoff      backoff;
  BcastWaiters     *connect_waiters;
  BcastSocket      *socket;         /* set while connected, and during an attempt */
  char             *socket_id;      /* set while connected */
  gint64            attempt_us;
  gint64            established_us; /* 0 unless connected */
  gint64            connect_time_us;
  GSource          *retry_timer;    /* runs between two attempts */
  GSource          *deadline_timer; /* runs during an attempt */
  GSource          *unavailable_timer;

  guint             idle_ms;        /* the activity timeout in force */
  gint64            active_us;      /* when something came last */
  GSource          *activity_timer;
  GSource          *pong_timer;     /* runs while a pong is due */
  guint             pong_due_ms;    /* how long it was given */

  GListStore       *subscriptions;  /* BcastSubscription, in the order of subscribing */
  GHashTable       *holds;          /* channel, lent by the hold ─▶ BcastHold */
  BcastServerClues  clues;          /* what the server gave away of itself */
  BcastReports     *reports;        /* what was said of its mistakes on this connection */
  GPtrArray        *refusals;       /* BcastFrame: errors that name no channel and wait for theirs */

  gboolean          signs_in;
  BcastSignInState  sign_in_state;
  GError           *sign_in_error;  /* only while refused */
  GCancellable     *signing;        /* set while the authorizer works on a sign-in */
  GSource          *sign_in_timer;  /* runs from the request to the server's answer */
  char             *signed_in_id;   /* only while signed in */
  GHashTable       *online;         /* a set: who of the watchlist is online */

  gint64            triggered_us[BCAST_LIMIT_CLIENT_EVENTS_PER_S]; /* the last client events, a ring */
  guint64           n_triggered;
};

/**
 * BcastHold:
 * @client: whose it is
 * @channel: the channel's name
 * @type: its type
 * @subscription: (nullable): what the user sees of it; %NULL while leaving: the user does not want
 *   the channel any more, but the server has yet to answer the request to subscribe
 * @waiters: who waits for the answer
 * @authorizing: (nullable): set while the authorizer works
 * @requested: whether the server was asked on this connection
 * @lasting: whether the subscription outlives the cancellation of those who wait
 * @parked: (nullable): an authorization that does not say who joins, which the sign-in will tell
 * @key: (nullable): what opens the events of an encrypted channel
 * @sealed: (nullable): frames that the key did not open, while another one is asked for
 * @sealed_bytes: how much these are
 * @rekeyed_us: when another key was asked for last, 0 before
 * @sealed_told: whether it was said that the events cannot be opened
 *
 * The client's side of one subscription.
 */
typedef struct
{
  BcastClient       *client;
  char              *channel;
  BcastChannelType   type;
  BcastSubscription *subscription;
  BcastWaiters      *waiters;
  GCancellable      *authorizing;
  gboolean           requested;
  gboolean           lasting;
  BcastAuthorization *parked;
  GBytes            *key;
  GQueue            *sealed;
  gsize              sealed_bytes;
  gint64             rekeyed_us;
  gboolean           sealed_told;
} BcastHold;

gboolean   bcast_client_state_can_follow     (BcastClientState  before,
                                              BcastClientState  after);
void       bcast_client_set_state            (BcastClient      *self,
                                              BcastClientState  state,
                                              const GError     *reason);
void       bcast_client_set_error            (BcastClient      *self,
                                              const GError     *error);
void       bcast_client_emit_frame           (BcastClient      *self,
                                              BcastFrame       *frame,
                                              gint64            received_us);
void       bcast_client_emit_event           (BcastClient      *self,
                                              BcastFrame       *frame,
                                              gint64            received_us);
void       bcast_client_emit_subscription_changed (BcastClient *self,
                                              BcastSubscription *subscription);
void       bcast_client_emit_error           (BcastClient      *self,
                                              const GError     *error);
void       bcast_client_report               (BcastClient      *self,
                                              const GError     *error);
void       bcast_client_emit_retry_scheduled (BcastClient      *self,
                                              guint             delay_ms);

GTask     *bcast_client_make_task            (BcastClient      *self,
                                              GCancellable     *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer          user_data);
void       bcast_client_start                (BcastClient      *self);
void       bcast_client_settle               (BcastClient      *self,
                                              const GError     *reason,
                                              BcastSocketGoneFunc gone,
                                              gpointer          user_data);
void       bcast_client_lose                 (BcastClient      *self,
                                              BcastReaction     reaction,
                                              gboolean          opened,
                                              const GError     *reason);
BcastWaiters *bcast_client_make_connect_waiters (BcastClient   *self) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_client_release              (BcastClient      *self);
BcastPlace bcast_client_get_place            (BcastClient      *self);
gboolean   bcast_client_is_usable            (BcastClient      *self);
void       bcast_client_hurry                (BcastClient      *self);

extern const BcastSocketHandler bcast_client_socket_handler;

void       bcast_client_liveness_start       (BcastClient      *self,
                                              guint             server_timeout_s);
void       bcast_client_liveness_touch       (BcastClient      *self,
                                              gint64            now_us);
void       bcast_client_liveness_check       (BcastClient      *self,
                                              guint             pong_ms);
void       bcast_client_liveness_stop        (BcastClient      *self);

void       bcast_client_channels_init        (BcastClient      *self);
void       bcast_client_channels_clear       (BcastClient      *self);
void       bcast_client_channels_request     (BcastClient      *self);
GPtrArray *bcast_client_channels_reset       (BcastClient      *self) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_client_channels_fail        (BcastClient      *self,
                                              const GError     *error);
BcastHold *bcast_client_find_hold            (BcastClient      *self,
                                              const char       *channel);
BcastHold *bcast_client_want                 (BcastClient      *self,
                                              const char       *channel);
gboolean   bcast_hold_is_pending             (BcastHold        *hold);
void       bcast_hold_request                (BcastHold        *hold);
void       bcast_hold_leave                  (BcastHold        *hold);
void       bcast_hold_end                    (BcastHold        *hold);
void       bcast_hold_confirm                (BcastHold        *hold);
void       bcast_hold_refuse                 (BcastHold        *hold,
                                              const GError     *error);

gboolean   bcast_hold_take_key               (BcastHold        *hold,
                                              const char       *shared_secret,
                                              GError          **error);
void       bcast_hold_forget_key             (BcastHold        *hold);
void       bcast_hold_open                   (BcastHold        *hold,
                                              BcastFrame       *frame,
                                              gint64            received_us);

void       bcast_client_sign_in_start        (BcastClient      *self);
gboolean   bcast_client_sign_in_reset        (BcastClient      *self);
gboolean   bcast_client_sign_in_is_pending   (BcastClient      *self);
gboolean   bcast_client_sign_in_is_asked     (BcastClient      *self);
void       bcast_client_leave_own_channel    (BcastClient      *self);
void       bcast_client_sign_in_succeed      (BcastClient      *self,
                                              BcastFrame       *frame);
void       bcast_client_sign_in_refuse       (BcastClient      *self,
                                              const GError     *error);
void       bcast_client_take_watchlist       (BcastClient      *self,
                                              BcastFrame       *frame);
void       bcast_client_emit_sign_in_changed (BcastClient      *self);
void       bcast_client_channels_unpark      (BcastClient      *self);

void       bcast_client_dispatch             (BcastClient      *self,
                                              BcastFrame       *frame,
                                              gint64            received_us);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-private.h"

#include "bcast-limits.h"

#define UNAVAILABLE_MS 10000 /* pusher-js' default unavailableTimeout */

/**
 * BcastClient:
 *
 * One WebSocket connection acting as one user. It connects, stays connected until it is told not to,
 * and holds its subscriptions over any number of connections.
 *
 * A client is used in the thread-default main context in which it was made; all its signals and
 * callbacks come there.
 */
G_DEFINE_FINAL_TYPE (BcastClient, bcast_client, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_SOCKET_ID,
  N_PROPS
};

enum
{
  STATE_CHANGED,
  EVENT,
  FRAME,
  SUBSCRIPTION_CHANGED,
  SIGN_IN_CHANGED,
  ERROR,
  RETRY_SCHEDULED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
bcast_client_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  BcastClient *self = BCAST_CLIENT (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_SOCKET_ID:
      g_value_set_string (value, self->socket_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bcast_client_dispose (GObject *object)
{
  BcastClient *self = BCAST_CLIENT (object);

  bcast_client_release (self);
  bcast_client_sign_in_reset (self);
  bcast_client_channels_clear (self);

  G_OBJECT_CLASS (bcast_client_parent_class)->dispose (object);
}

static void
bcast_client_finalize (GObject *object)
{
  BcastClient *self = BCAST_CLIENT (object);

  bcast_waiters_free (self->connect_waiters);
  bcast_reports_free (self->reports);
  g_ptr_array_unref (self->refusals);
  g_clear_error (&self->sign_in_error);
  g_free (self->signed_in_id);
  g_hash_table_unref (self->online);
  g_hash_table_unref (self->holds);
  g_object_unref (self->subscriptions);
  g_clear_error (&self->error);
  g_free (self->socket_id);
  g_free (self->user_id);
  g_free (self->user_info);
  g_clear_object (&self->authorizer);
  g_clear_pointer (&self->tls_app, bcast_app_unref);
  bcast_app_unref (self->app);
  g_main_context_unref (self->context);

  G_OBJECT_CLASS (bcast_client_parent_class)->finalize (object);
}

/* For "event" and "frame", which come with every message: the generic marshaller, which works with
 * any types, costs more than parsing a small frame. */
static void
marshal_frame (GClosure *closure,
               GValue   *return_value,
               gpointer  instance,
               va_list   args,
               gpointer  marshal_data,
               int       n_params,
               GType    *param_types)
{
  typedef void (*FrameFunc) (gpointer first, BcastFrame *frame, gint64 received_us, gpointer last);

  FrameFunc func = (FrameFunc) (marshal_data != NULL ? marshal_data : ((GCClosure *) closure)->callback);
  gboolean is_swapped = G_CCLOSURE_SWAP_DATA (closure);
  va_list copy;

  va_copy (copy, args);

  BcastFrame *frame = va_arg (copy, gpointer);
  gint64 received_us = va_arg (copy, gint64);

  va_end (copy);
  func (is_swapped ? closure->data : instance, frame, received_us, is_swapped ? instance : closure->data);
}

static guint
add_signal (const char *name,
            guint       n_params,
            ...)
{
  va_list types;
  guint id;

  va_start (types, n_params);
  id = g_signal_new_valist (name, BCAST_TYPE_CLIENT, G_SIGNAL_RUN_LAST, NULL, NULL, NULL, NULL,
                            G_TYPE_NONE, n_params, types);
  va_end (types);
  return id;
}

static void
bcast_client_class_init (BcastClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GType error_type = G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE;

  object_class->get_property = bcast_client_get_property;
  object_class->dispose = bcast_client_dispose;
  object_class->finalize = bcast_client_finalize;

  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, BCAST_CLIENT_INITIALIZED,
                                        BCAST_CLIENT_DISCONNECTED, BCAST_CLIENT_INITIALIZED, flags);
  props[PROP_SOCKET_ID] = g_param_spec_string ("socket-id", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[STATE_CHANGED] = add_signal ("state-changed", 3, G_TYPE_INT, G_TYPE_INT, error_type);
  signals[EVENT] = add_signal ("event", 2, G_TYPE_POINTER, G_TYPE_INT64);
  signals[FRAME] = add_signal ("frame", 2, G_TYPE_POINTER, G_TYPE_INT64);
  g_signal_set_va_marshaller (signals[EVENT], BCAST_TYPE_CLIENT, marshal_frame);
  g_signal_set_va_marshaller (signals[FRAME], BCAST_TYPE_CLIENT, marshal_frame);
  signals[SUBSCRIPTION_CHANGED] = add_signal ("subscription-changed", 1, BCAST_TYPE_SUBSCRIPTION);
  signals[SIGN_IN_CHANGED] = add_signal ("sign-in-changed", 0);
  signals[ERROR] = add_signal ("error", 1, error_type);
  signals[RETRY_SCHEDULED] = add_signal ("retry-scheduled", 1, G_TYPE_UINT);
}

static void
bcast_client_init (BcastClient *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->connect_waiters = bcast_client_make_connect_waiters (self);
  self->connect_time_us = -1;
  self->reports = bcast_reports_new ();
  self->activity_ms = BCAST_ACTIVITY_TIMEOUT_S * 1000;
  self->pong_ms = BCAST_PONG_TIMEOUT_S * 1000;
  self->unavailable_ms = UNAVAILABLE_MS;
  self->online = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  bcast_client_channels_init (self);
}

/* For the other files of the client. */

void
bcast_client_set_error (BcastClient  *self,
                        const GError *error)
{
  g_autoptr(GError) old = g_steal_pointer (&self->error);

  self->error = error != NULL ? g_error_copy (error) : NULL;
}

void
bcast_client_set_state (BcastClient      *self,
                        BcastClientState  state,
                        const GError     *reason)
{
  BcastClientState before = self->state;
  g_autoptr(GError) why = reason != NULL ? g_error_copy (reason) : NULL;

  g_return_if_fail (bcast_client_state_can_follow (before, state));

  bcast_client_set_error (self, why);
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  if (before == BCAST_CLIENT_CONNECTED || state == BCAST_CLIENT_CONNECTED)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SOCKET_ID]);
  g_signal_emit (self, signals[STATE_CHANGED], 0, (int) before, (int) state, why);
}

void
bcast_client_emit_frame (BcastClient *self,
                         BcastFrame  *frame,
                         gint64       received_us)
{
  g_signal_emit (self, signals[FRAME], 0, frame, received_us);
}

void
bcast_client_emit_event (BcastClient *self,
                         BcastFrame  *frame,
                         gint64       received_us)
{
  g_signal_emit (self, signals[EVENT], 0, frame, received_us);
}

void
bcast_client_emit_subscription_changed (BcastClient       *self,
                                        BcastSubscription *subscription)
{
  g_signal_emit (self, signals[SUBSCRIPTION_CHANGED], 0, subscription);
}

void
bcast_client_emit_sign_in_changed (BcastClient *self)
{
  g_signal_emit (self, signals[SIGN_IN_CHANGED], 0);
}

void
bcast_client_emit_error (BcastClient  *self,
                         const GError *error)
{
  g_signal_emit (self, signals[ERROR], 0, error);
}

void
bcast_client_emit_retry_scheduled (BcastClient *self,
                                   guint        delay_ms)
{
  g_signal_emit (self, signals[RETRY_SCHEDULED], 0, delay_ms);
}

/**
 * bcast_client_new:
 * @app: the app to connect to
 * @authorizer: (nullable): who signs subscriptions; without one only public channels can be had
 *
 * Returns: (transfer full): a client that is not connected
 */
BcastClient *
bcast_client_new (BcastApp        *app,
                  BcastAuthorizer *authorizer)
{
  g_return_val_if_fail (app != NULL, NULL);
  g_return_val_if_fail (authorizer == NULL || BCAST_IS_AUTHORIZER (authorizer), NULL);

  BcastClient *self = g_object_new (BCAST_TYPE_CLIENT, NULL);

  self->app = bcast_app_ref (app);
  bcast_server_clues_init (&self->clues, bcast_app_get_ws_host (app));
  g_set_object (&self->authorizer, authorizer);
  return self;
}

/**
 * bcast_client_set_user:
 * @self: a client
 * @user_id: (nullable): as whom presence channels are joined
 * @user_info: (nullable): what others may know about that user, as JSON
 *
 * Counts for subscriptions and sign-ins that are made from now on.
 */
void
bcast_client_set_user (BcastClient *self,
                       const char  *user_id,
                       const char  *user_info)
{
  g_return_if_fail (BCAST_IS_CLIENT (self));

  char *id = g_strdup (user_id);
  char *info = g_strdup (user_info);

  g_free (self->user_id);
  g_free (self->user_info);
  self->user_id = id;
  self->user_info = info;
}

/**
 * bcast_client_get_user_id:
 * @self: a client
 *
 * Returns: (nullable): as whom presence channels are joined
 */
const char *
bcast_client_get_user_id (BcastClient *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT (self), NULL);

  return self->user_id;
}

/**
 * bcast_client_set_authorizer:
 * @self: a client
 * @authorizer: (nullable): who signs from now on
 *
 * What is being signed by the one before goes on.
 */
void
bcast_client_set_authorizer (BcastClient     *self,
                             BcastAuthorizer *authorizer)
{
  g_return_if_fail (BCAST_IS_CLIENT (self));
  g_return_if_fail (authorizer == NULL || BCAST_IS_AUTHORIZER (authorizer));

  g_set_object (&self->authorizer, authorizer);
}

/**
 * bcast_client_get_server_clues:
 * @self: a client
 *
 * Returns: (transfer none): what the server has given away of what it is
 */
const BcastServerClues *
bcast_client_get_server_clues (BcastClient *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT (self), NULL);

  return &self->clues;
}

/**
 * bcast_client_set_timeouts:
 * @self: a client
 * @activity_ms: silence after which the server is pinged; the server may ask for less
 * @pong_ms: how long to wait for its pong before the connection counts as dead
 * @unavailable_ms: how long to try before the state says so; a single attempt may take half as long again
 *
 * For each, 0 stands for what pusher-js does: 120 s, 30 s and 10 s (and 15 s for an attempt).
 * Counts for connections that are made from now on.
 */
void
bcast_client_set_timeouts (BcastClient *self,
                           guint        activity_ms,
                           guint        pong_ms,
                           guint        unavailable_ms)
{
  g_return_if_fail (BCAST_IS_CLIENT (self));

  self->activity_ms = activity_ms != 0 ? activity_ms : BCAST_ACTIVITY_TIMEOUT_S * 1000;
  self->pong_ms = pong_ms != 0 ? pong_ms : BCAST_PONG_TIMEOUT_S * 1000;
  self->unavailable_ms = unavailable_ms != 0 ? unavailable_ms : UNAVAILABLE_MS;
}

/**
 * bcast_client_get_state:
 * @self: a client
 *
 * Returns: the state of the connection
 */
BcastClientState
bcast_client_get_state (BcastClient *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT (self), BCAST_CLIENT_INITIALIZED);

  return self->state;
}

/**
 * bcast_client_get_socket_id:
 * @self: a client
 *
 * Returns: (nullable): the id that the server gave this connection; %NULL unless connected
 */
const char *
bcast_client_get_socket_id (BcastClient *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT (self), NULL);

  return self->socket_id;
}

/**
 * bcast_client_get_connect_time_us:
 * @self: a client
 *
 * Returns: microseconds from the start of the last attempt that succeeded to the server's greeting,
 *   -1 before the first
 */
gint64
bcast_client_get_connect_time_us (BcastClient *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT (self), -1);

  return self->connect_time_us;
}

/**
 * bcast_client_get_error:
 * @self: a client
 *
 * Returns: (transfer none) (nullable): why the client is not connected, as far as something went
 *   wrong: why the connection ended or the last attempt failed
 */
const GError *
bcast_client_get_error (BcastClient *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT (self), NULL);

  return self->error;
}

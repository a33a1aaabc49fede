/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-client-refusal-private.h"
#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-timer-private.h"

#define ANSWER_MS 10000 /* some servers ignore what they do not know; ours to choose */

static const char * const nicks[] = {
  [BCAST_SIGN_IN_OFF] = "off",
  [BCAST_SIGN_IN_WAITING] = "waiting",
  [BCAST_SIGN_IN_PENDING] = "pending",
  [BCAST_SIGN_IN_DONE] = "signed-in",
  [BCAST_SIGN_IN_REFUSED] = "refused",
};

static void
set_state (BcastClient      *self,
           BcastSignInState  state,
           const GError     *error)
{
  g_autoptr(GError) old = g_steal_pointer (&self->sign_in_error);

  self->sign_in_error = error != NULL ? g_error_copy (error) : NULL;
  self->sign_in_state = state;
  if (state != BCAST_SIGN_IN_DONE)
    {
      g_clear_pointer (&self->signed_in_id, g_free);
      g_hash_table_remove_all (self->online);
    }
}

static void
stop_work (BcastClient *self)
{
  g_cancellable_cancel (self->signing);
  g_clear_object (&self->signing);
  bcast_timer_stop (&self->sign_in_timer);
}

/* The connection is gone, and with it all that the server knew. Returns whether anything changed. */
gboolean
bcast_client_sign_in_reset (BcastClient *self)
{
  BcastSignInState before = self->sign_in_state;

  stop_work (self);
  set_state (self, self->signs_in ? BCAST_SIGN_IN_WAITING : BCAST_SIGN_IN_OFF, NULL);
  return before != self->sign_in_state;
}

/* Whether the authorizer or the server is being asked. */
gboolean
bcast_client_sign_in_is_pending (BcastClient *self)
{
  return self->sign_in_state == BCAST_SIGN_IN_PENDING;
}

/* Whether the server was asked and has not answered: only then an error of it can be about the sign-in. */
gboolean
bcast_client_sign_in_is_asked (BcastClient *self)
{
  return self->sign_in_timer != NULL;
}

/* The authorizer or the server said no. */
void
bcast_client_sign_in_refuse (BcastClient  *self,
                             const GError *error)
{
  guint epoch = self->epoch;

  stop_work (self);
  set_state (self, BCAST_SIGN_IN_REFUSED, error);
  bcast_client_emit_sign_in_changed (self);
  if (epoch == self->epoch)
    bcast_client_channels_unpark (self);
}

static gboolean
no_answer_cb (gpointer user_data)
{
  g_autoptr(BcastClient) self = g_object_ref (user_data);
  g_autoptr(GError) error = NULL;

  error = g_error_new (BCAST_ERROR, BCAST_ERROR_TIMED_OUT,
                       _("The server did not answer the sign-in within %d seconds. Servers that know no users, "
                         "and soketi unless user authentication is on for the app, pass over it."),
                       ANSWER_MS / 1000);
  bcast_client_sign_in_refuse (self, error);
  return G_SOURCE_REMOVE;
}

typedef struct
{
  BcastClient  *client; /* gone once @cancellable is cancelled */
  GCancellable *cancellable;
} Signing;

static void
signed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Signing *signing = user_data;
  g_autoptr(GCancellable) cancellable = signing->cancellable;
  BcastClient *self = signing->client;
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastAuthorization) authorization = NULL;

  authorization = bcast_authorizer_authorize_finish (BCAST_AUTHORIZER (object), result, &error);
  if (g_cancellable_is_cancelled (cancellable))
    return;

  g_clear_object (&self->signing);
  if (authorization != NULL && authorization->user_data == NULL)
    error = g_error_new_literal (BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                                 _("The sign-in was signed without user_data, which tells the server who "
                                   "signs in. Have the authorizer add it."));

  if (error != NULL)
    {
      bcast_client_sign_in_refuse (self, error);
      return;
    }

  g_autofree char *text = bcast_frame_format_signin (authorization->auth, authorization->user_data);

  bcast_timer_start (&self->sign_in_timer, self->context, ANSWER_MS, no_answer_cb, self);
  bcast_socket_send (self->socket, text);
}

/* A new connection is there, or the user wants to be known on the one that is. Source: Channels
 * documentation, “Pusher Channels Protocol”, section “pusher:signin”. */
void
bcast_client_sign_in_start (BcastClient *self)
{
  g_autoptr(GError) error = NULL;

  /* Whoever heard of the connection first may have asked for it already. */
  if (!self->signs_in || self->sign_in_state == BCAST_SIGN_IN_PENDING)
    return;

  if (self->authorizer == NULL)
    {
      error = g_error_new_literal (BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                                   _("A sign-in needs a signature, and there is nobody to sign. Enter the "
                                     "app's secret in the profile."));
      bcast_client_sign_in_refuse (self, error);
      return;
    }

  Signing *signing = g_new0 (Signing, 1);

  stop_work (self);
  set_state (self, BCAST_SIGN_IN_PENDING, NULL);
  self->signing = g_cancellable_new ();
  signing->client = self;
  signing->cancellable = g_object_ref (self->signing);
  bcast_authorizer_authorize_async (self->authorizer, self->socket_id, NULL, self->user_id, self->user_info,
                                    self->signing, signed_cb, signing);
  bcast_client_emit_sign_in_changed (self);
}

static gboolean
take_id (const BcastJsonSpan *key,
         const BcastJsonSpan *value,
         gpointer             user_data)
{
  char **id = user_data;

  if (value->type == BCAST_JSON_STRING && bcast_json_span_equals (key, "id") && bcast_json_span_is_text (value))
    {
      g_free (*id);
      *id = bcast_json_span_dup_string (value, NULL);
    }
  return TRUE;
}

/* user_data is a string with JSON in it; an object does no harm. */
static gboolean
take_user_data (const BcastJsonSpan *key,
                const BcastJsonSpan *value,
                gpointer             user_data)
{
  char **text = user_data;

  if (!bcast_json_span_equals (key, "user_data"))
    return TRUE;

  g_free (*text);
  *text = value->type == BCAST_JSON_STRING ? bcast_json_span_dup_string (value, NULL)
                                           : g_strndup (value->start, value->length);
  return TRUE;
}

static char *
parse_success (BcastFrame *frame)
{
  const char *data = bcast_frame_get_data (frame);
  g_autofree char *user_data = NULL;
  g_autofree char *id = NULL;

  if (data == NULL
      || !bcast_json_scan_object (data, strlen (data), take_user_data, &user_data, NULL, NULL)
      || user_data == NULL
      || !bcast_json_scan_object (user_data, strlen (user_data), take_id, &id, NULL, NULL)
      || id == NULL || !bcast_user_id_check (id, NULL))
    return NULL;
  return g_steal_pointer (&id);
}

/* A user who signed in hears what is sent to that user. Source: pusher-js, UserFacade. */
static void
join_own_channel (BcastClient *self)
{
  g_autofree char *channel = g_strconcat (bcast_channel_type_get_prefix (BCAST_CHANNEL_SERVER_TO_USER),
                                          self->signed_in_id, NULL);
  BcastHold *hold = bcast_client_want (self, channel);

  if (hold == NULL)
    return;
  hold->lasting = TRUE;
  if (bcast_client_is_usable (self) && !hold->requested)
    bcast_hold_request (hold);
}

/* The user's own channel is there as long as the sign-in is. */
void
bcast_client_leave_own_channel (BcastClient *self)
{
  g_autofree char *channel = NULL;
  GHashTableIter iter;
  gpointer value;

  if (self->sign_in_state == BCAST_SIGN_IN_DONE)
    return;

  g_hash_table_iter_init (&iter, self->holds);
  while (channel == NULL && g_hash_table_iter_next (&iter, NULL, &value))
    if (((BcastHold *) value)->type == BCAST_CHANNEL_SERVER_TO_USER)
      channel = g_strdup (((BcastHold *) value)->channel);
  if (channel != NULL)
    bcast_client_unsubscribe (self, channel);
}

/* The server took the sign-in. */
void
bcast_client_sign_in_succeed (BcastClient *self,
                              BcastFrame  *frame)
{
  g_autoptr(GError) error = NULL;

  /* A success that nobody asked for makes nobody a user. */
  if (!bcast_client_sign_in_is_asked (self))
    return;

  g_autofree char *id = parse_success (frame);
  guint epoch = self->epoch;

  if (id == NULL)
    {
      error = g_error_new_literal (BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                                   _("The server took the sign-in but does not say as whom: its user_data has "
                                     "no id that a user can have."));
      bcast_client_sign_in_refuse (self, error);
      return;
    }

  stop_work (self);
  set_state (self, BCAST_SIGN_IN_DONE, NULL);
  self->signed_in_id = g_steal_pointer (&id);
  bcast_client_emit_sign_in_changed (self);
  if (epoch == self->epoch && self->sign_in_state == BCAST_SIGN_IN_DONE)
    join_own_channel (self);
  if (epoch == self->epoch)
    bcast_client_channels_unpark (self);
  if (epoch == self->epoch)
    bcast_client_settle_refusals (self);
}

/**
 * bcast_client_set_signs_in:
 * @self: a client
 * @signs_in: whether its user is to be signed in
 *
 * Signs the user in now, or as soon as the client is connected, and again on each later connection. One
 * that was refused is tried again. The protocol has no way to sign out: with %FALSE a user who is
 * signed in stays so until the connection ends.
 * Source: Channels documentation, “Authenticating users”.
 */
void
bcast_client_set_signs_in (BcastClient *self,
                           gboolean     signs_in)
{
  g_return_if_fail (BCAST_IS_CLIENT (self));

  g_autoptr(BcastClient) keep = g_object_ref (self);
  gboolean is_busy = self->sign_in_state == BCAST_SIGN_IN_PENDING || self->sign_in_state == BCAST_SIGN_IN_DONE;

  self->signs_in = signs_in;
  if (is_busy)
    return;
  if (signs_in && bcast_client_is_usable (self))
    bcast_client_sign_in_start (self);
  else if (bcast_client_sign_in_reset (self))
    bcast_client_emit_sign_in_changed (self);
}

/**
 * bcast_client_get_sign_in_state:
 * @self: a client
 *
 * Returns: how far the sign-in is
 */
BcastSignInState
bcast_client_get_sign_in_state (BcastClient *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT (self), BCAST_SIGN_IN_OFF);

  return self->sign_in_state;
}

/**
 * bcast_client_get_sign_in_error:
 * @self: a client
 *
 * Returns: (transfer none) (nullable): why the sign-in was refused; %NULL in any other state
 */
const GError *
bcast_client_get_sign_in_error (BcastClient *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT (self), NULL);

  return self->sign_in_error;
}

/**
 * bcast_client_get_signed_in_id:
 * @self: a client
 *
 * Returns: (nullable): as whom the server knows this connection; %NULL unless signed in
 */
const char *
bcast_client_get_signed_in_id (BcastClient *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT (self), NULL);

  return self->signed_in_id;
}

/**
 * bcast_sign_in_state_to_nick:
 * @state: a state
 *
 * Returns: a stable word for @state, for JSON output and style classes
 */
const char *
bcast_sign_in_state_to_nick (BcastSignInState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (nicks), "unknown");

  return nicks[state];
}

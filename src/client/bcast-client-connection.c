/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-timer-private.h"

static BcastApp *
get_app (BcastClient *self)
{
  return self->tls_app != NULL ? self->tls_app : self->app;
}

/* Where the client connects to, for sentences. */
BcastPlace
bcast_client_get_place (BcastClient *self)
{
  BcastApp *app = get_app (self);

  return (BcastPlace) { bcast_app_get_ws_host (app), bcast_app_get_ws_port (app) };
}

/* Whether something can be sent. The state says so a moment longer: while subscriptions hear that their
 * connection is gone the state was not announced yet. */
gboolean
bcast_client_is_usable (BcastClient *self)
{
  return self->state == BCAST_CLIENT_CONNECTED && self->socket != NULL;
}

static gboolean
switch_to_tls (BcastClient *self)
{
  if (bcast_app_get_tls (get_app (self)) || !g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    return FALSE;

  self->tls_app = bcast_app_new_with_tls (self->app);
  return self->tls_app != NULL;
}

/* Forgets the connection or attempt without telling anybody yet. */
static void
clear_connection (BcastClient         *self,
                  BcastSocketGoneFunc  gone,
                  gpointer             user_data)
{
  BcastSocket *socket = g_steal_pointer (&self->socket);

  self->epoch++;
  self->established_us = 0;
  bcast_timer_stop (&self->retry_timer);
  bcast_timer_stop (&self->deadline_timer);
  bcast_client_liveness_stop (self);
  g_ptr_array_set_size (self->refusals, 0);
  bcast_reports_reset (self->reports);
  g_clear_pointer (&self->socket_id, g_free);

  if (socket != NULL)
    bcast_socket_retire (socket, gone, user_data);
  else if (gone != NULL)
    gone (user_data);
}

static void
announce_subscriptions (BcastClient *self,
                        GPtrArray   *subscriptions)
{
  for (guint i = 0; i < subscriptions->len; i++)
    bcast_client_emit_subscription_changed (self, g_ptr_array_index (subscriptions, i));
}

/* Ends all wish to be connected; @reason is %NULL when that is what the user wants. */
void
bcast_client_settle (BcastClient         *self,
                     const GError        *reason,
                     BcastSocketGoneFunc  gone,
                     gpointer             user_data)
{
  g_autoptr(BcastClient) keep = g_object_ref (self);
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GError) why = NULL;
  BcastWaiters *waiters = g_steal_pointer (&self->connect_waiters);

  /* A handler may connect anew and wait for that. */
  self->connect_waiters = bcast_client_make_connect_waiters (self);

  why = reason != NULL ? g_error_copy (reason)
                       : g_error_new_literal (BCAST_ERROR, BCAST_ERROR_NOT_CONNECTED,
                                              _("The connection was closed before this was done."));
  bcast_timer_stop (&self->unavailable_timer);
  clear_connection (self, gone, user_data);

  guint epoch = self->epoch;
  gboolean was_user = bcast_client_sign_in_reset (self);

  changed = bcast_client_channels_reset (self);
  if (epoch == self->epoch)
    bcast_client_set_state (self, BCAST_CLIENT_DISCONNECTED, reason);
  if (was_user)
    bcast_client_emit_sign_in_changed (self);
  bcast_client_leave_own_channel (self);
  announce_subscriptions (self, changed);
  if (epoch == self->epoch)
    bcast_client_channels_fail (self, why);
  bcast_waiters_finish (waiters, why);
  bcast_waiters_free (waiters);
}

static gboolean
unavailable_cb (gpointer user_data)
{
  g_autoptr(BcastClient) self = g_object_ref (user_data);
  BcastPlace place = bcast_client_get_place (self);
  g_autoptr(GError) error = NULL;

  bcast_timer_stop (&self->unavailable_timer);
  error = self->error != NULL ? g_error_copy (self->error)
                              : bcast_transport_error_new_timeout (&place, self->unavailable_ms);
  bcast_client_set_state (self, BCAST_CLIENT_UNAVAILABLE, error);
  if (self->state == BCAST_CLIENT_UNAVAILABLE)
    bcast_waiters_finish (self->connect_waiters, error);
  return G_SOURCE_REMOVE;
}

static void
enter_connecting (BcastClient  *self,
                  const GError *reason)
{
  bcast_timer_start (&self->unavailable_timer, self->context, self->unavailable_ms, unavailable_cb, self);
  bcast_client_set_state (self, BCAST_CLIENT_CONNECTING, reason);
}

/* A single attempt may take 15 s where the state says "unavailable" after 10 s.
 * Source: pusher-js, default strategy and unavailableTimeout. */
static guint
get_deadline_ms (BcastClient *self)
{
  return self->unavailable_ms + self->unavailable_ms / 2;
}

static gboolean
deadline_cb (gpointer user_data)
{
  BcastClient *self = user_data;
  BcastPlace place = bcast_client_get_place (self);
  g_autoptr(GError) error = bcast_transport_error_new_timeout (&place, get_deadline_ms (self));

  bcast_client_lose (self, BCAST_REACTION_BACK_OFF, FALSE, error);
  return G_SOURCE_REMOVE;
}

static void
start_attempt (BcastClient *self)
{
  g_autoptr(GError) error = NULL;

  self->epoch++;
  bcast_timer_stop (&self->retry_timer);
  bcast_timer_start (&self->deadline_timer, self->context, get_deadline_ms (self), deadline_cb, self);
  self->attempt_us = g_get_monotonic_time ();
  self->socket = bcast_socket_new (get_app (self), &bcast_client_socket_handler, self);
  if (!bcast_socket_open (self->socket, &error))
    bcast_client_lose (self, BCAST_REACTION_STOP, FALSE, error);
}

static gboolean
retry_cb (gpointer user_data)
{
  start_attempt (user_data);
  return G_SOURCE_REMOVE;
}

/* The connection or attempt ended, and not because the user wanted it to. */
void
bcast_client_lose (BcastClient   *self,
                   BcastReaction  reaction,
                   gboolean       opened,
                   const GError  *reason)
{
  g_autoptr(BcastClient) keep = g_object_ref (self);
  g_autoptr(GPtrArray) changed = NULL;
  gboolean was_connected = self->state == BCAST_CLIENT_CONNECTED;
  gint64 lived_ms = was_connected ? (g_get_monotonic_time () - self->established_us) / 1000 : 0;

  if (reaction == BCAST_REACTION_USE_TLS && !switch_to_tls (self))
    reaction = BCAST_REACTION_STOP;
  if (reaction == BCAST_REACTION_STOP)
    {
      bcast_client_settle (self, reason, NULL, NULL);
      return;
    }

  guint delay_ms = bcast_backoff_next_ms (&self->backoff, reaction, opened, lived_ms, g_random_double ());

  clear_connection (self, NULL, NULL);
  bcast_timer_start (&self->retry_timer, self->context, delay_ms, retry_cb, self);
  bcast_client_set_error (self, reason);

  guint epoch = self->epoch;
  gboolean was_user = bcast_client_sign_in_reset (self);

  changed = bcast_client_channels_reset (self);
  if (epoch == self->epoch && was_connected)
    enter_connecting (self, reason);
  if (was_user)
    bcast_client_emit_sign_in_changed (self);
  bcast_client_leave_own_channel (self);
  announce_subscriptions (self, changed);
  if (epoch == self->epoch)
    bcast_client_emit_retry_scheduled (self, delay_ms);
  if (epoch == self->epoch && delay_ms > 0)
    bcast_waiters_finish (self->connect_waiters, reason);
}

/* Everybody who waited for the connection has lost interest. */
static void
abandon_cb (gpointer user_data)
{
  BcastClient *self = user_data;

  if (self->state == BCAST_CLIENT_CONNECTING || self->state == BCAST_CLIENT_UNAVAILABLE)
    bcast_client_settle (self, NULL, NULL, NULL);
}

BcastWaiters *
bcast_client_make_connect_waiters (BcastClient *self)
{
  return bcast_waiters_new (self->context, abandon_cb, self);
}

/* Lets go of everything without a word, because the object dies. */
void
bcast_client_release (BcastClient *self)
{
  self->epoch++;
  bcast_timer_stop (&self->retry_timer);
  bcast_timer_stop (&self->deadline_timer);
  bcast_timer_stop (&self->unavailable_timer);
  bcast_client_liveness_stop (self);
  if (self->socket != NULL)
    bcast_socket_drop (self->socket);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->connect_waiters, bcast_waiters_free);
  self->connect_waiters = bcast_client_make_connect_waiters (self);
}

/* Gives up what is under way and tries anew, as there is a new reason to hope. */
void
bcast_client_hurry (BcastClient *self)
{
  if (self->state != BCAST_CLIENT_CONNECTING && self->state != BCAST_CLIENT_UNAVAILABLE)
    return;

  clear_connection (self, NULL, NULL);
  start_attempt (self);
}

/* Takes part in an attempt under way, and cuts a delay short. */
void
bcast_client_start (BcastClient *self)
{
  if (self->state == BCAST_CLIENT_INITIALIZED || self->state == BCAST_CLIENT_DISCONNECTED)
    {
      bcast_backoff_reset (&self->backoff);
      g_clear_pointer (&self->tls_app, bcast_app_unref);
    }

  /* Who asks while an attempt hangs wants another one, as after a change of the network. */
  if (self->state == BCAST_CLIENT_UNAVAILABLE)
    clear_connection (self, NULL, NULL);

  guint epoch = self->epoch;

  if (self->state != BCAST_CLIENT_CONNECTING)
    enter_connecting (self, NULL);
  if (epoch == self->epoch && self->socket == NULL)
    start_attempt (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-timer-private.h"

/* Source: Channels documentation, “Pusher Channels Protocol”, section “Ping and pong messages”. */

#define CHECK_MS 5000 /* for a pong when there is reason to doubt the connection; ours to choose */

/* What has come but was not read yet shows that the connection lives. So the timers come after the
 * socket when both are due, as when this context was held up for long. */
static void
start_timer (BcastClient  *self,
             GSource     **timer,
             guint         delay_ms,
             GSourceFunc   func)
{
  bcast_timer_start (timer, self->context, delay_ms, func, self);
  g_source_set_priority (*timer, G_PRIORITY_LOW);
}

static gboolean
pong_missing_cb (gpointer user_data)
{
  BcastClient *self = user_data;
  g_autoptr(GError) error = NULL;

  error = g_error_new (BCAST_ERROR, BCAST_ERROR_TIMED_OUT,
                       _("The server did not answer a ping within %.3g seconds, so the connection counts "
                         "as dead and is made anew."),
                       self->pong_due_ms / 1000.0);
  bcast_timer_stop (&self->pong_timer);
  bcast_socket_drop (self->socket);
  bcast_client_lose (self, BCAST_REACTION_RETRY_NOW, TRUE, error);
  return G_SOURCE_REMOVE;
}

/* Runs once in an activity timeout and looks back, so that a message costs no new timer. */
static gboolean
look_for_activity_cb (gpointer user_data)
{
  BcastClient *self = user_data;
  gint64 silent_ms = (g_get_monotonic_time () - self->active_us) / 1000;

  if (silent_ms < self->idle_ms)
    {
      start_timer (self, &self->activity_timer, (guint) (self->idle_ms - silent_ms), look_for_activity_cb);
      return G_SOURCE_REMOVE;
    }

  bcast_client_liveness_check (self, self->pong_ms);
  return G_SOURCE_REMOVE;
}

/* Asks for a sign of life, which has to come within @pong_ms. */
void
bcast_client_liveness_check (BcastClient *self,
                             guint        pong_ms)
{
  g_autofree char *ping = bcast_frame_format ("pusher:ping", NULL, "{}", BCAST_FRAME_DATA_JSON, NULL);

  bcast_timer_stop (&self->activity_timer);
  self->pong_due_ms = pong_ms;
  start_timer (self, &self->pong_timer, pong_ms, pong_missing_cb);
  bcast_socket_send (self->socket, ping);
}

/**
 * bcast_client_network_changed:
 * @self: a client
 * @is_available: whether there is a network now
 *
 * To be called when the computer's network changes, and when the computer was asleep: timers stood still
 * meanwhile, and servers hang up on who is silent. A connection is asked for a sign of life, because it
 * may be dead without knowing; one that is being made is tried again at once when there is a network.
 * Source: pusher-js, ConnectionManager, the handling of "online" and "offline".
 */
void
bcast_client_network_changed (BcastClient *self,
                              gboolean     is_available)
{
  g_return_if_fail (BCAST_IS_CLIENT (self));

  guint pong_ms = MIN (self->pong_ms, CHECK_MS);
  gboolean is_checked = self->pong_timer != NULL && self->pong_due_ms <= pong_ms;

  /* A network that changes all the time must not put the end of a dead connection off. */
  if (bcast_client_is_usable (self) && !is_checked)
    bcast_client_liveness_check (self, pong_ms);
  else if (is_available)
    bcast_client_hurry (self);
}

/* Begins to watch a new connection. The shorter one of our own and the server's timeout counts. */
void
bcast_client_liveness_start (BcastClient *self,
                             guint        server_timeout_s)
{
  self->idle_ms = (guint) MIN ((guint64) self->activity_ms, (guint64) server_timeout_s * 1000);
  self->active_us = g_get_monotonic_time ();
  start_timer (self, &self->activity_timer, self->idle_ms, look_for_activity_cb);
}

/* Something came: the connection lives. */
void
bcast_client_liveness_touch (BcastClient *self,
                             gint64       now_us)
{
  self->active_us = now_us;
  if (self->pong_timer == NULL)
    return;

  bcast_timer_stop (&self->pong_timer);
  start_timer (self, &self->activity_timer, self->idle_ms, look_for_activity_cb);
}

void
bcast_client_liveness_stop (BcastClient *self)
{
  bcast_timer_stop (&self->activity_timer);
  bcast_timer_stop (&self->pong_timer);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-timer-private.h"

/* Source: Channels documentation, “Pusher Channels Protocol”, section “Ping and pong messages”. */

#define CHECK_MS 5000 /* for a pong when there is reason to doubt the connection; ours to choose */


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

/* What has come but was not read yet shows that the connection lives. So what is due waits for one more
 * turn of the context, in which the socket is read, as when this context was held up for long. A low
 * priority would not do: while another connection is flooded its turn never comes. */
static gboolean
pong_due_cb (gpointer user_data)
{
  BcastClient *self = user_data;

  bcast_timer_start (&self->pong_timer, self->context, 0, pong_missing_cb, self);
  return G_SOURCE_REMOVE;
}

static gboolean activity_due_cb (gpointer user_data);

/* Runs once in an activity timeout and looks back, so that a message costs no new timer. */
static gboolean
look_for_activity_cb (gpointer user_data)
{
  BcastClient *self = user_data;
  gint64 silent_ms = (g_get_monotonic_time () - self->active_us) / 1000;

  if (silent_ms < self->idle_ms)
    {
      bcast_timer_start (&self->activity_timer, self->context, (guint) (self->idle_ms - silent_ms), activity_due_cb,
                         self);
      return G_SOURCE_REMOVE;
    }

  bcast_client_liveness_check (self, self->pong_ms);
  return G_SOURCE_REMOVE;
}

static gboolean
activity_due_cb (gpointer user_data)
{
  BcastClient *self = user_data;

  bcast_timer_start (&self->activity_timer, self->context, 0, look_for_activity_cb, self);
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
  bcast_timer_start (&self->pong_timer, self->context, pong_ms, pong_due_cb, self);
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
  bcast_timer_start (&self->activity_timer, self->context, self->idle_ms, activity_due_cb, self);
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
  bcast_timer_start (&self->activity_timer, self->context, self->idle_ms, activity_due_cb, self);
}

void
bcast_client_liveness_stop (BcastClient *self)
{
  bcast_timer_stop (&self->activity_timer);
  bcast_timer_stop (&self->pong_timer);
}

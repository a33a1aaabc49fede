/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-connection-step.h"

/**
 * BcastConnectionStep:
 *
 * A client went from one state to another, or scheduled its next attempt. What came of a connection can
 * be read from a list of them.
 */
struct _BcastConnectionStep
{
  GObject           parent_instance;

  gint64            time_us;
  gboolean          is_retry;
  BcastClientState  before;
  BcastClientState  state;
  guint             delay_ms;
  char             *socket_id;
  char             *reason;
};

G_DEFINE_FINAL_TYPE (BcastConnectionStep, bcast_connection_step, G_TYPE_OBJECT)

static void
bcast_connection_step_finalize (GObject *object)
{
  BcastConnectionStep *self = BCAST_CONNECTION_STEP (object);

  g_free (self->socket_id);
  g_free (self->reason);

  G_OBJECT_CLASS (bcast_connection_step_parent_class)->finalize (object);
}

static void
bcast_connection_step_class_init (BcastConnectionStepClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_connection_step_finalize;
}

static void
bcast_connection_step_init (BcastConnectionStep *self)
{
}

/**
 * bcast_connection_step_new_state:
 * @time_us: when, in microseconds since 1970
 * @before: the state that was left
 * @state: the state that was entered
 * @socket_id: (nullable): the socket id, when connected
 * @reason: (nullable): why, a sentence; %NULL when the user wanted it or all is well
 *
 * Returns: (transfer full): a change of state
 */
BcastConnectionStep *
bcast_connection_step_new_state (gint64            time_us,
                                 BcastClientState  before,
                                 BcastClientState  state,
                                 const char       *socket_id,
                                 const char       *reason)
{
  BcastConnectionStep *self = g_object_new (BCAST_TYPE_CONNECTION_STEP, NULL);

  self->time_us = time_us;
  self->before = before;
  self->state = state;
  self->socket_id = g_strdup (socket_id);
  self->reason = g_strdup (reason);
  return self;
}

/**
 * bcast_connection_step_new_retry:
 * @time_us: when it was decided, in microseconds since 1970
 * @state: the state, which does not change by it
 * @delay_ms: how much later the next attempt begins
 * @reason: (nullable): why the connection or the last attempt ended
 *
 * Returns: (transfer full): a decision to try again
 */
BcastConnectionStep *
bcast_connection_step_new_retry (gint64            time_us,
                                 BcastClientState  state,
                                 guint             delay_ms,
                                 const char       *reason)
{
  BcastConnectionStep *self = bcast_connection_step_new_state (time_us, state, state, NULL, reason);

  self->is_retry = TRUE;
  self->delay_ms = delay_ms;
  return self;
}

/**
 * bcast_connection_step_get_time_us:
 * @self: a step
 *
 * Returns: when it was, in microseconds since 1970
 */
gint64
bcast_connection_step_get_time_us (BcastConnectionStep *self)
{
  g_return_val_if_fail (BCAST_IS_CONNECTION_STEP (self), 0);

  return self->time_us;
}

/**
 * bcast_connection_step_get_before:
 * @self: a step
 *
 * Returns: the state before
 */
BcastClientState
bcast_connection_step_get_before (BcastConnectionStep *self)
{
  g_return_val_if_fail (BCAST_IS_CONNECTION_STEP (self), BCAST_CLIENT_INITIALIZED);

  return self->before;
}

/**
 * bcast_connection_step_get_state:
 * @self: a step
 *
 * Returns: the state after
 */
BcastClientState
bcast_connection_step_get_state (BcastConnectionStep *self)
{
  g_return_val_if_fail (BCAST_IS_CONNECTION_STEP (self), BCAST_CLIENT_INITIALIZED);

  return self->state;
}

/**
 * bcast_connection_step_get_delay_ms:
 * @self: a step
 *
 * Returns: milliseconds to the next attempt
 */
guint
bcast_connection_step_get_delay_ms (BcastConnectionStep *self)
{
  g_return_val_if_fail (BCAST_IS_CONNECTION_STEP (self), 0);

  return self->delay_ms;
}

/**
 * bcast_connection_step_get_socket_id:
 * @self: a step
 *
 * Returns: (nullable): the socket id of a connection that was established
 */
const char *
bcast_connection_step_get_socket_id (BcastConnectionStep *self)
{
  g_return_val_if_fail (BCAST_IS_CONNECTION_STEP (self), NULL);

  return self->socket_id;
}

/**
 * bcast_connection_step_get_reason:
 * @self: a step
 *
 * Returns: (nullable): why, a sentence
 */
const char *
bcast_connection_step_get_reason (BcastConnectionStep *self)
{
  g_return_val_if_fail (BCAST_IS_CONNECTION_STEP (self), NULL);

  return self->reason;
}

/**
 * bcast_connection_step_is_retry:
 * @self: a step
 *
 * Returns: whether it schedules an attempt; otherwise the state changed
 */
gboolean
bcast_connection_step_is_retry (BcastConnectionStep *self)
{
  g_return_val_if_fail (BCAST_IS_CONNECTION_STEP (self), FALSE);

  return self->is_retry;
}

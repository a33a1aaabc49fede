/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-backoff-private.h"

#define STEADY_MS    30000 /* a connection that lived as long ends a row of failures */
#define FREE_RETRIES 3     /* failures that the protocol's own delays are good enough for */
#define FIRST_MS     1000  /* the protocol's least delay for 4100-4199 */
#define LONGEST_MS   30000
#define JITTER       0.2

/**
 * bcast_backoff_reset:
 * @self: a back-off
 *
 * Forgets all failures, as when the user asks to connect.
 */
void
bcast_backoff_reset (BcastBackoff *self)
{
  self->n_failures = 0;
}

/**
 * bcast_backoff_next_ms:
 * @self: a back-off
 * @reaction: what the close code asks for; one that reconnects
 * @opened: whether a WebSocket was open and its close code is to be followed; %FALSE when it never
 *   opened or what answered is no server of the protocol
 * @lived_ms: how long the connection was established, 0 if it never was
 * @luck: a random number from 0 up to, but not including, 1
 *
 * Counts one more failure and tells how long to wait before the next attempt.
 *
 * A connection that was open follows the protocol's table (at once, or after a second). From the
 * fourth failure in a row without a steady connection, and whenever the server could not be reached
 * at all, the delay grows from 1 s to 30 s, doubled each time and varied by up to a fifth, so that
 * many clients do not come back at the same moment. It is never shorter than the second that the
 * protocol demands.
 * Source: Channels documentation, “Pusher Channels Protocol”, section “Error codes”; growth as in
 * pusher-websocket-java.
 *
 * Returns: milliseconds to wait
 */
guint
bcast_backoff_next_ms (BcastBackoff  *self,
                       BcastReaction  reaction,
                       gboolean       opened,
                       gint64         lived_ms,
                       double         luck)
{
  if (lived_ms >= STEADY_MS)
    self->n_failures = 0;

  guint n_before = self->n_failures;

  if (self->n_failures < G_MAXUINT)
    self->n_failures++;

  if (opened && n_before < FREE_RETRIES)
    return reaction == BCAST_REACTION_BACK_OFF ? FIRST_MS : 0;

  guint n_doublings = opened ? n_before - FREE_RETRIES : n_before;
  guint delay_ms = MIN (FIRST_MS << MIN (n_doublings, 5), LONGEST_MS);

  return (guint) MAX (FIRST_MS, delay_ms * (1 - JITTER + 2 * JITTER * luck));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-timer-private.h"

/**
 * bcast_timer_start:
 * @timer: where the timer is kept; one that runs there is stopped
 * @context: where @func runs
 * @delay_ms: milliseconds from now
 * @func: called once; it must stop or start the timer again, which forgets the spent one
 * @user_data: for @func; must live as long as the timer runs
 */
void
bcast_timer_start (GSource      **timer,
                   GMainContext  *context,
                   guint          delay_ms,
                   GSourceFunc    func,
                   gpointer       user_data)
{
  bcast_timer_stop (timer);
  *timer = g_timeout_source_new (delay_ms);
  g_source_set_callback (*timer, func, user_data, NULL);
  g_source_attach (*timer, context);
}

/**
 * bcast_timer_stop:
 * @timer: where the timer is kept; %NULL there is fine
 */
void
bcast_timer_stop (GSource **timer)
{
  if (*timer == NULL)
    return;

  g_source_destroy (*timer);
  g_clear_pointer (timer, g_source_unref);
}

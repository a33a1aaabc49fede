/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-timer-private.h"

/**
 * bcast_webhook_timer_start:
 * @timer: where the timer is kept; one that runs there is stopped
 * @delay_ms: milliseconds from now
 * @func: called once in the context of the sockets; it must stop or start the timer again, which forgets
 *   the spent one
 * @user_data: for @func; must live as long as the timer runs
 */
void
bcast_webhook_timer_start (GSource     **timer,
                           guint         delay_ms,
                           GSourceFunc   func,
                           gpointer      user_data)
{
  g_return_if_fail (timer != NULL && func != NULL);

  bcast_webhook_timer_stop (timer);
  *timer = g_timeout_source_new (delay_ms);
  g_source_set_callback (*timer, func, user_data, NULL);
  g_source_attach (*timer, g_main_context_get_thread_default ());
}

/**
 * bcast_webhook_timer_stop:
 * @timer: where the timer is kept; %NULL there is fine
 */
void
bcast_webhook_timer_stop (GSource **timer)
{
  g_return_if_fail (timer != NULL);

  if (*timer == NULL)
    return;

  g_source_destroy (*timer);
  g_clear_pointer (timer, g_source_unref);
}

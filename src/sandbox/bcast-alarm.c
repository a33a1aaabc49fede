/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-alarm-private.h"

static gboolean
dispatch (GSource     *source,
          GSourceFunc  callback,
          gpointer     user_data)
{
  return callback (user_data);
}

static GSourceFuncs source_funcs = { .dispatch = dispatch };

/**
 * bcast_alarm_new:
 * @context: (nullable): where @func runs
 * @priority: the priority of the source
 * @func: called whenever the time of g_source_set_ready_time() has come; has to set another, or -1, and to
 *   return %G_SOURCE_CONTINUE
 * @user_data: for @func; must live as long as the alarm
 *
 * A source that can be set again and again, because making one for each time costs more than most of what
 * is done then.
 *
 * Returns: (transfer full): an alarm that is not set
 */
GSource *
bcast_alarm_new (GMainContext *context,
                 int           priority,
                 GSourceFunc   func,
                 gpointer      user_data)
{
  g_return_val_if_fail (func != NULL, NULL);

  GSource *alarm = g_source_new (&source_funcs, sizeof (GSource));

  g_source_set_static_name (alarm, "[broadcast] sandbox alarm");
  g_source_set_priority (alarm, priority);
  g_source_set_callback (alarm, func, user_data, NULL);
  g_source_attach (alarm, context);
  return alarm;
}

/**
 * bcast_alarm_free:
 * @alarm: (transfer full): an alarm, set or not
 */
void
bcast_alarm_free (GSource *alarm)
{
  g_return_if_fail (alarm != NULL);

  g_source_destroy (alarm);
  g_source_unref (alarm);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sleep-watch.h"

#include <time.h>

#define EVERY_MS  2000              /* soon enough after waking up, and rare enough for a laptop */
#define LEAST_US  (G_USEC_PER_SEC)  /* less is the difference of two clocks that are not read at once */

/**
 * BcastSleepWatch:
 *
 * Tells when the computer was asleep. It needs nobody's permission and no bus: one clock of the kernel
 * goes on while it sleeps and another one does not, and how far they are apart is looked at now and then.
 */
struct _BcastSleepWatch
{
  GSource        *source;
  BcastSleptFunc  slept_func;
  gint64          slept_us;
  BcastSleepFunc  func;
  gpointer        user_data;
};

static gint64
read_clock (clockid_t clock)
{
  struct timespec time = { 0, 0 };

  clock_gettime (clock, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gint64
get_slept_us (void)
{
#ifdef CLOCK_BOOTTIME
  return read_clock (CLOCK_BOOTTIME) - read_clock (CLOCK_MONOTONIC);
#else
  return 0;
#endif
}

static gboolean
look_cb (gpointer data)
{
  BcastSleepWatch *self = data;
  gint64 slept_us = self->slept_func ();
  gboolean was_asleep = slept_us - self->slept_us >= LEAST_US;

  self->slept_us = slept_us;
  if (was_asleep)
    self->func (self->user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * bcast_sleep_watch_new:
 * @context: where to look and to call @func
 * @every_ms: how often to look, 0 for what is good for everybody
 * @slept_func: (nullable): how long the computer was asleep so far; %NULL to ask the kernel
 * @func: called each time that the computer was asleep for a second or more
 * @user_data: for @func
 *
 * Returns: (transfer full): a watch that is on
 */
BcastSleepWatch *
bcast_sleep_watch_new (GMainContext   *context,
                       guint           every_ms,
                       BcastSleptFunc  slept_func,
                       BcastSleepFunc  func,
                       gpointer        user_data)
{
  g_return_val_if_fail (func != NULL, NULL);

  BcastSleepWatch *self = g_new0 (BcastSleepWatch, 1);

  self->slept_func = slept_func != NULL ? slept_func : get_slept_us;
  self->slept_us = self->slept_func ();
  self->func = func;
  self->user_data = user_data;
  self->source = g_timeout_source_new (every_ms != 0 ? every_ms : EVERY_MS);
  g_source_set_callback (self->source, look_cb, self, NULL);
  g_source_attach (self->source, context);
  return self;
}

/**
 * bcast_sleep_watch_free:
 * @self: (transfer full): a watch; not from inside its function
 */
void
bcast_sleep_watch_free (BcastSleepWatch *self)
{
  g_return_if_fail (self != NULL);

  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_free (self);
}

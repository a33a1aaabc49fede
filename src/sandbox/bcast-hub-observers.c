/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-hub-observers-private.h"

#include "bcast-hub-private.h"

/**
 * BcastHubObservers:
 *
 * Who wants to know what happens in an app: the log, the counters, the webhooks.
 */
struct _BcastHubObservers
{
  GArray *observers; /* Observer, in the order in which they are told */
};

typedef struct
{
  BcastHubObserver  observer;
  gpointer          user_data;
} Observer;

/**
 * bcast_hub_observers_new:
 *
 * Returns: (transfer full): nobody
 */
BcastHubObservers *
bcast_hub_observers_new (void)
{
  BcastHubObservers *self = g_new0 (BcastHubObservers, 1);

  self->observers = g_array_new (FALSE, FALSE, sizeof (Observer));
  return self;
}

/**
 * bcast_hub_observers_free:
 * @self: (transfer full): observers
 */
void
bcast_hub_observers_free (BcastHubObservers *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->observers);
  g_free (self);
}

/**
 * bcast_hub_add_observer:
 * @hub: an app
 * @observer: is told what happens
 * @user_data: for @observer; must live until it is removed or the app is gone
 */
void
bcast_hub_add_observer (BcastHub         *hub,
                        BcastHubObserver  observer,
                        gpointer          user_data)
{
  g_return_if_fail (BCAST_IS_HUB (hub) && observer != NULL);

  const Observer added = { observer, user_data };

  g_array_append_val (bcast_hub_get_observers (hub)->observers, added);
}

/**
 * bcast_hub_remove_observer:
 * @hub: an app
 * @observer: as it was added
 * @user_data: as it was added
 */
void
bcast_hub_remove_observer (BcastHub         *hub,
                           BcastHubObserver  observer,
                           gpointer          user_data)
{
  g_return_if_fail (BCAST_IS_HUB (hub));

  GArray *observers = bcast_hub_get_observers (hub)->observers;

  for (guint i = 0; i < observers->len; i++)
    {
      const Observer *other = &g_array_index (observers, Observer, i);

      if (other->observer == observer && other->user_data == user_data)
        {
          g_array_remove_index (observers, i);
          return;
        }
    }
}

/**
 * bcast_hub_report:
 * @hub: an app
 * @report: what happens in it; the time and the app's id are filled in
 *
 * Tells the observers. Costs nothing to speak of when there are none.
 */
void
bcast_hub_report (BcastHub          *hub,
                  const BcastReport *report)
{
  g_return_if_fail (BCAST_IS_HUB (hub) && report != NULL);

  GArray *observers = bcast_hub_get_observers (hub)->observers;

  if (observers->len == 0)
    return;

  BcastReport full = *report;

  full.time_us = g_get_real_time ();
  full.app_id = (char *) bcast_app_get_app_id (bcast_hub_get_app (hub));
  for (guint i = 0; i < observers->len; i++)
    {
      const Observer *observer = &g_array_index (observers, Observer, i);

      observer->observer (hub, &full, observer->user_data);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-fault-lab-private.h"

#include <glib/gi18n-lib.h>

/**
 * BcastFaultLab:
 *
 * Brings the faults to the apps of the sandbox, and reports which are on.
 */
struct _BcastFaultLab
{
  BcastHostedApps *apps; /* not owned */
  BcastFaults     *faults;
};

static void
report (BcastFaultLab    *self,
        const BcastFault *fault,
        gboolean          is_on)
{
  g_autofree char *name = bcast_fault_format (fault);
  g_autofree char *text = is_on ? g_strdup_printf (_("The fault “%s” is on."), name)
                                : g_strdup_printf (_("The fault “%s” is over."), name);
  const BcastReport news = { .kind = BCAST_REPORT_ERROR, .text = text };
  BcastHostedApp *app = fault->app_id != NULL ? bcast_hosted_apps_find_by_id (self->apps, fault->app_id)
                                              : NULL;

  if (app != NULL)
    bcast_hub_report (app->hub, &news);
  else
    bcast_hosted_apps_report (self->apps, &news);
}

static void
changed_cb (BcastFaults *faults,
            GPtrArray   *started,
            GPtrArray   *ended,
            gpointer     user_data)
{
  BcastFaultLab *self = user_data;

  for (guint i = 0; i < ended->len; i++)
    report (self, ended->pdata[i], FALSE);
  for (guint i = 0; i < started->len; i++)
    report (self, started->pdata[i], TRUE);
  bcast_fault_lab_apply (self);
}

/**
 * bcast_fault_lab_new:
 * @apps: the apps; must outlive the lab
 *
 * Returns: (transfer full): no faults; those that will be on end in the thread-default context
 */
BcastFaultLab *
bcast_fault_lab_new (BcastHostedApps *apps)
{
  g_return_val_if_fail (apps != NULL, NULL);

  BcastFaultLab *self = g_new0 (BcastFaultLab, 1);

  self->apps = apps;
  self->faults = bcast_faults_new (changed_cb, self);
  return self;
}

/**
 * bcast_fault_lab_free:
 * @self: (transfer full): a lab, when the sockets of its apps are gone
 */
void
bcast_fault_lab_free (BcastFaultLab *self)
{
  g_return_if_fail (self != NULL);

  bcast_faults_free (self->faults);
  g_free (self);
}

/**
 * bcast_fault_lab_set:
 * @self: a lab
 * @faults: (element-type BcastFault): the faults that are on from now on, in place of those that were
 * @since_us: since when their time runs, on the monotonic clock
 */
void
bcast_fault_lab_set (BcastFaultLab *self,
                     GPtrArray     *faults,
                     gint64         since_us)
{
  g_return_if_fail (self != NULL && faults != NULL);

  bcast_faults_set (self->faults, faults, since_us, g_get_monotonic_time ());
}

/* Receivers look at the age of webhooks, as the server does with requests. */
static void
set_webhook_clock (BcastHostedApp *app)
{
  const BcastActiveFault *active = bcast_hub_find_fault (app->hub, BCAST_FAULT_CLOCK, NULL);

  bcast_webhooks_set_clock_offset (app->webhooks, active != NULL ? active->fault->value : 0);
}

/**
 * bcast_fault_lab_apply:
 * @self: a lab
 *
 * Brings the faults to apps that came meanwhile.
 */
void
bcast_fault_lab_apply (BcastFaultLab *self)
{
  g_return_if_fail (self != NULL);

  GPtrArray *apps = bcast_hosted_apps_get (self->apps);
  BcastFaults *faults = bcast_faults_is_empty (self->faults) ? NULL : self->faults;

  for (guint i = 0; i < apps->len; i++)
    {
      BcastHostedApp *app = apps->pdata[i];

      bcast_hub_set_faults (app->hub, faults);
      set_webhook_clock (app);
    }
}

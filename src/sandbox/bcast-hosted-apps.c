/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-hosted-apps-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-close-code.h"
#include "bcast-sandbox-listen-private.h"

/**
 * BcastHostedApps:
 *
 * The apps that the sandbox serves. They can be exchanged while it runs: the sockets of an app that
 * stays stay.
 */
struct _BcastHostedApps
{
  GPtrArray        *apps; /* BcastHostedApp */
  BcastHubObserver  observer;
  gpointer          user_data;
};

static void
free_app (gpointer data)
{
  BcastHostedApp *app = data;

  bcast_webhooks_free (app->webhooks);
  bcast_sandbox_app_free (app->settings);
  g_object_unref (app->hub);
  g_free (app);
}

/**
 * bcast_hosted_apps_new:
 * @observer: is told what happens in each of them
 * @user_data: for @observer
 *
 * Returns: (transfer full): no app yet
 */
BcastHostedApps *
bcast_hosted_apps_new (BcastHubObserver observer,
                       gpointer         user_data)
{
  g_return_val_if_fail (observer != NULL, NULL);

  BcastHostedApps *self = g_new0 (BcastHostedApps, 1);

  self->apps = g_ptr_array_new_with_free_func (free_app);
  self->observer = observer;
  self->user_data = user_data;
  return self;
}

/**
 * bcast_hosted_apps_free:
 * @self: (transfer full): apps whose sockets are gone
 */
void
bcast_hosted_apps_free (BcastHostedApps *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->apps);
  g_free (self);
}

/* The app may have other credentials and settings now. What it cannot serve any more is closed. */
static void
change_app (BcastHostedApp        *app,
            const BcastSandboxApp *settings,
            BcastApp              *credentials)
{
  BcastSandboxApp *old = app->settings;

  app->settings = bcast_sandbox_app_copy (settings);
  bcast_sandbox_app_free (old);
  bcast_hub_set_app (app->hub, credentials, &settings->options);
  bcast_webhooks_set (app->webhooks, app->settings->webhooks);

  if (!settings->is_enabled)
    bcast_hub_close (app->hub, BCAST_CLOSE_APP_DISABLED, _("This app is switched off."));
}

static void
count_cb (BcastHub          *hub,
          const BcastReport *report,
          gpointer           user_data)
{
  BcastHostedApp *app = user_data;

  app->counts[report->kind]++;
}

static BcastHostedApp *
add_app (BcastHostedApps       *self,
         const BcastSandboxApp *settings,
         BcastApp              *credentials)
{
  BcastHostedApp *app = g_new0 (BcastHostedApp, 1);

  app->settings = bcast_sandbox_app_copy (settings);
  app->hub = bcast_hub_new (credentials, &settings->options);
  app->webhooks = bcast_webhooks_new (app->hub);
  bcast_webhooks_set (app->webhooks, settings->webhooks);
  bcast_hub_add_observer (app->hub, count_cb, app);
  bcast_hub_add_observer (app->hub, self->observer, self->user_data);
  return app;
}

/* Takes the app out of @self, if it is there. */
static BcastHostedApp *
steal_app (BcastHostedApps *self,
           const char      *app_id)
{
  for (guint i = 0; i < self->apps->len; i++)
    {
      BcastHostedApp *app = self->apps->pdata[i];

      if (strcmp (app->settings->app_id, app_id) == 0)
        return g_ptr_array_steal_index (self->apps, i);
    }
  return NULL;
}

/* Those whose peers go away by and by: a hub lives as long as they do. */
static void
close_app (gpointer data,
           gpointer user_data)
{
  BcastHostedApp *app = data;

  bcast_hub_stop (app->hub, BCAST_CLOSE_APP_UNKNOWN, _("This app is no longer served here."));
}

/**
 * bcast_hosted_apps_set:
 * @self: apps
 * @apps: (element-type BcastSandboxApp): which apps are served from now on, in this order
 * @error: %BCAST_ERROR_INVALID for one that cannot be served; then nothing changes
 *
 * An app with an id that was there keeps its sockets, whatever else is different about it. The sockets
 * of one that is no longer there are closed with 4001.
 *
 * Returns: whether the apps are served
 */
gboolean
bcast_hosted_apps_set (BcastHostedApps  *self,
                       GPtrArray        *apps,
                       GError          **error)
{
  g_return_val_if_fail (self != NULL && apps != NULL, FALSE);

  g_autoptr(GPtrArray) next = g_ptr_array_new_with_free_func (free_app);

  if (!bcast_sandbox_apps_check (apps, error))
    return FALSE;

  for (guint i = 0; i < apps->len; i++)
    {
      const BcastSandboxApp *settings = apps->pdata[i];
      g_autoptr(BcastApp) credentials = bcast_sandbox_app_make_app (settings, BCAST_SANDBOX_LOOPBACK, 1, NULL);
      BcastHostedApp *app = steal_app (self, settings->app_id);

      if (app != NULL)
        change_app (app, settings, credentials);
      else
        app = add_app (self, settings, credentials);
      g_ptr_array_add (next, app);
    }

  g_ptr_array_foreach (self->apps, close_app, NULL);
  g_ptr_array_unref (self->apps);
  self->apps = g_steal_pointer (&next);
  return TRUE;
}

/**
 * bcast_hosted_apps_get:
 * @self: apps
 *
 * Returns: (transfer none) (element-type BcastHostedApp): them all
 */
GPtrArray *
bcast_hosted_apps_get (BcastHostedApps *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->apps;
}

/**
 * bcast_hosted_apps_find_by_id:
 * @self: apps
 * @app_id: an id
 *
 * Returns: (nullable) (transfer none): the app
 */
BcastHostedApp *
bcast_hosted_apps_find_by_id (BcastHostedApps *self,
                              const char      *app_id)
{
  g_return_val_if_fail (self != NULL && app_id != NULL, NULL);

  for (guint i = 0; i < self->apps->len; i++)
    {
      BcastHostedApp *app = self->apps->pdata[i];

      if (strcmp (app->settings->app_id, app_id) == 0)
        return app;
    }
  return NULL;
}

/**
 * bcast_hosted_apps_find_by_key:
 * @self: apps
 * @key: a key
 *
 * Returns: (nullable) (transfer none): the app
 */
BcastHostedApp *
bcast_hosted_apps_find_by_key (BcastHostedApps *self,
                               const char      *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  for (guint i = 0; i < self->apps->len; i++)
    {
      BcastHostedApp *app = self->apps->pdata[i];

      if (strcmp (app->settings->key, key) == 0)
        return app;
    }
  return NULL;
}

/**
 * bcast_hosted_apps_find_hub:
 * @self: apps
 * @hub: the hub of one of them
 *
 * Returns: (nullable) (transfer none): the app
 */
BcastHostedApp *
bcast_hosted_apps_find_hub (BcastHostedApps *self,
                            BcastHub        *hub)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->apps->len; i++)
    {
      BcastHostedApp *app = self->apps->pdata[i];

      if (app->hub == hub)
        return app;
    }
  return NULL;
}

/**
 * bcast_hosted_apps_count_peers:
 * @self: apps
 *
 * Returns: how many sockets are connected to all of them
 */
guint
bcast_hosted_apps_count_peers (BcastHostedApps *self)
{
  g_return_val_if_fail (self != NULL, 0);

  guint n_peers = 0;

  for (guint i = 0; i < self->apps->len; i++)
    {
      BcastHostedApp *app = self->apps->pdata[i];

      n_peers += bcast_hub_count_peers (app->hub);
    }
  return n_peers;
}

/**
 * bcast_hosted_apps_report:
 * @self: apps
 * @report: what happens and belongs to none of them; the time is filled in
 *
 * Tells the observer, without a hub.
 */
void
bcast_hosted_apps_report (BcastHostedApps   *self,
                          const BcastReport *report)
{
  g_return_if_fail (self != NULL && report != NULL);

  BcastReport full = *report;

  full.time_us = g_get_real_time ();
  self->observer (NULL, &full, self->user_data);
}

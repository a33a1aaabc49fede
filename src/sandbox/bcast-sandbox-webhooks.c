/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-private.h"

/**
 * bcast_sandbox_set_webhooks:
 * @self: a sandbox
 * @webhooks: (element-type BcastWebhook): who is told of what happens on the channels of the first app; each
 *   was checked; copied
 */
void
bcast_sandbox_set_webhooks (BcastSandbox *self,
                            GPtrArray    *webhooks)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self) && webhooks != NULL);

  bcast_sandbox_app_set_webhooks (self->apps->pdata[0], webhooks);
  bcast_sandbox_push_apps (self);
}

typedef struct
{
  BcastSandbox *sandbox;
  guint64       serial;
  char         *url;
} Replay;

/* A delivery that is no longer there, or an address that is none, is an error of the server like others. */
static gboolean
replay_cb (gpointer user_data)
{
  Replay *replay = user_data;
  g_autoptr(GError) error = NULL;

  if (replay->sandbox->server == NULL)
    return G_SOURCE_REMOVE;

  BcastHostedApps *apps = bcast_sandbox_server_get_apps (replay->sandbox->server);
  BcastHostedApp *first = bcast_hosted_apps_get (apps)->pdata[0];

  if (bcast_webhooks_replay (first->webhooks, replay->serial, replay->url, &error) == 0)
    bcast_hub_report (first->hub, &(BcastReport) { .kind = BCAST_REPORT_ERROR, .text = error->message });
  return G_SOURCE_REMOVE;
}

static void
free_replay (gpointer user_data)
{
  Replay *replay = user_data;

  g_free (replay->url);
  g_free (replay);
}

/**
 * bcast_sandbox_replay_webhook:
 * @self: a sandbox
 * @serial: one of the last deliveries of the first app
 * @url: (nullable): where it goes this time; %NULL for where it went
 *
 * Delivers the same events again, once. Why that cannot be is reported. Does nothing when the sandbox does not
 * run.
 */
void
bcast_sandbox_replay_webhook (BcastSandbox *self,
                              guint64       serial,
                              const char   *url)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self));

  if (!bcast_sandbox_is_running (self))
    return;

  Replay *replay = g_new0 (Replay, 1);

  replay->sandbox = self;
  replay->serial = serial;
  replay->url = g_strdup (url);
  bcast_sandbox_invoke (self, replay_cb, replay, free_replay);
}

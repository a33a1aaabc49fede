/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-peer-info-private.h"

/**
 * bcast_sandbox_watch_reports:
 * @self: a sandbox
 * @kinds: bits of #BcastReportKind: what is wanted from now on; 0 for nothing more
 * @func: (nullable): gets the reports in the thread-default context of the caller
 * @user_data: for @func; must live until nothing more is wanted
 *
 * There is one who is told. The sandbox never waits for it.
 */
void
bcast_sandbox_watch_reports (BcastSandbox            *self,
                             guint                    kinds,
                             BcastSandboxReportsFunc  func,
                             gpointer                 user_data)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self) && (kinds == 0 || func != NULL));

  bcast_report_queue_watch (self->reports, kinds, func, user_data);
}

/* Gives what is asked for, in the sandbox's thread. */
typedef GPtrArray *(*ListFunc) (BcastHostedApps *apps);

typedef struct
{
  BcastSandbox *sandbox; /* not owned: it does not go while its thread runs */
  ListFunc      list;
  GTask        *task;
  gboolean      is_answered;
} Listing;

static void
free_array (gpointer array)
{
  g_ptr_array_unref (array);
}

static gboolean
list_cb (gpointer user_data)
{
  Listing *listing = user_data;
  BcastSandboxServer *server = listing->sandbox->server;

  if (server != NULL)
    {
      g_task_return_pointer (listing->task, listing->list (bcast_sandbox_server_get_apps (server)), free_array);
      listing->is_answered = TRUE;
    }
  return G_SOURCE_REMOVE;
}

/* The sandbox may have stopped before it was asked. */
static void
free_listing (gpointer user_data)
{
  Listing *listing = user_data;

  if (!listing->is_answered)
    g_task_return_new_error (listing->task, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE, "%s",
                             _("The sandbox does not run."));
  g_object_unref (listing->task);
  g_free (listing);
}

static void
list_async (BcastSandbox        *self,
            ListFunc             list,
            gpointer             source_tag,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  Listing *listing;
  /* Without @self: the last reference must not go in the sandbox's own thread, which is waited for then. */
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  if (!bcast_sandbox_is_running (self))
    {
      g_task_return_new_error (task, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE, "%s",
                               _("The sandbox does not run."));
      return;
    }

  listing = g_new0 (Listing, 1);
  listing->sandbox = self;
  listing->list = list;
  listing->task = g_steal_pointer (&task);
  bcast_sandbox_invoke (self, list_cb, listing, free_listing);
}

/**
 * bcast_sandbox_list_peers_async:
 * @self: a sandbox
 * @cancellable: (nullable): gives the waiting up
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks who is connected.
 */
void
bcast_sandbox_list_peers_async (BcastSandbox        *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self));

  list_async (self, bcast_peer_info_list, bcast_sandbox_list_peers_async, cancellable, callback, user_data);
}

/**
 * bcast_sandbox_list_peers_finish:
 * @self: a sandbox
 * @result: what the callback was given
 * @error: %BCAST_ERROR_UNAVAILABLE when the sandbox does not run
 *
 * Returns: (transfer full) (element-type BcastPeerInfo) (nullable): who was connected, the oldest first
 */
GPtrArray *
bcast_sandbox_list_peers_finish (BcastSandbox  *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The webhooks of the first app, which is that of the profile. */
static GPtrArray *
list_webhooks (BcastHostedApps *apps)
{
  BcastHostedApp *first = bcast_hosted_apps_get (apps)->pdata[0];

  return bcast_webhooks_list (first->webhooks);
}

/**
 * bcast_sandbox_list_webhooks_async:
 * @self: a sandbox
 * @cancellable: (nullable): gives the waiting up
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks for the last deliveries of webhooks of the first app.
 */
void
bcast_sandbox_list_webhooks_async (BcastSandbox        *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self));

  list_async (self, list_webhooks, bcast_sandbox_list_webhooks_async, cancellable, callback, user_data);
}

/**
 * bcast_sandbox_list_webhooks_finish:
 * @self: a sandbox
 * @result: what the callback was given
 * @error: %BCAST_ERROR_UNAVAILABLE when the sandbox does not run
 *
 * Returns: (transfer full) (element-type BcastWebhookDelivery) (nullable): the deliveries, the oldest first
 */
GPtrArray *
bcast_sandbox_list_webhooks_finish (BcastSandbox  *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

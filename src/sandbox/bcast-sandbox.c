/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-sandbox-listen-private.h"

/**
 * BcastSandbox:
 *
 * The embedded server: speaks the Pusher Channels protocol well enough that the official libraries
 * work against it with only host and port set. It runs in a thread and context of its own from
 * start to stop, and everybody reaches it over sockets, like any other server. The functions here
 * may be called from the context it was made in.
 */
G_DEFINE_FINAL_TYPE (BcastSandbox, bcast_sandbox, G_TYPE_OBJECT)

static void
bcast_sandbox_dispose (GObject *object)
{
  bcast_sandbox_stop (BCAST_SANDBOX (object));

  G_OBJECT_CLASS (bcast_sandbox_parent_class)->dispose (object);
}

static void
bcast_sandbox_finalize (GObject *object)
{
  BcastSandbox *self = BCAST_SANDBOX (object);

  /* What still waits has nobody to go to. */
  bcast_report_queue_watch (self->reports, 0, NULL, NULL);
  bcast_report_queue_unref (self->reports);
  g_ptr_array_unref (self->apps);
  g_ptr_array_unref (self->faults);
  bcast_sandbox_set_tls_certificate (self, NULL);
  g_free (self->host);

  G_OBJECT_CLASS (bcast_sandbox_parent_class)->finalize (object);
}

static void
bcast_sandbox_class_init (BcastSandboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bcast_sandbox_dispose;
  object_class->finalize = bcast_sandbox_finalize;
}

static void
bcast_sandbox_init (BcastSandbox *self)
{
  self->host = g_strdup (BCAST_SANDBOX_LOOPBACK);
  self->options.max_sockets = BCAST_SANDBOX_MAX_SOCKETS;
  self->reports = bcast_report_queue_new ();
  self->faults = g_ptr_array_new ();
}

static gpointer
run_thread (gpointer user_data)
{
  BcastSandbox *self = user_data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);

  bcast_sandbox_server_stop (self->server);
  bcast_sandbox_server_free (g_steal_pointer (&self->server));
  /* What was closed just now finishes in the context. */
  while (g_main_context_iteration (self->context, FALSE))
    continue;

  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
quit_cb (gpointer user_data)
{
  BcastSandbox *self = user_data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

/**
 * bcast_sandbox_invoke:
 * @self: a sandbox that runs
 * @func: what is to be done
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data, called in every case
 *
 * Runs @func in the server's thread, with priority over what the sockets bring.
 */
void
bcast_sandbox_invoke (BcastSandbox   *self,
                      GSourceFunc     func,
                      gpointer        user_data,
                      GDestroyNotify  destroy)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, func, user_data, destroy);
  g_source_attach (source, self->context);
}

/**
 * bcast_sandbox_new:
 * @app_id: the app's id
 * @key: its key
 * @secret: its secret
 *
 * Returns: (transfer full): a sandbox that does not run yet
 */
BcastSandbox *
bcast_sandbox_new (const char *app_id,
                   const char *key,
                   const char *secret)
{
  g_return_val_if_fail (app_id != NULL && key != NULL && secret != NULL, NULL);

  BcastSandbox *self = g_object_new (BCAST_TYPE_SANDBOX, NULL);

  self->apps = bcast_sandbox_apps_new ();
  g_ptr_array_add (self->apps, bcast_sandbox_app_new (app_id, key, secret));
  return self;
}

/* Makes the server in the context in which its thread will run it. */
static gboolean
make_server (BcastSandbox  *self,
             GPtrArray     *sockets,
             GError       **error)
{
  g_autoptr(GError) problem = NULL;

  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->server = bcast_sandbox_server_new (self->apps, &self->options, self->reports,
                                           bcast_sandbox_ensure_tls (self), sockets, &problem);
  if (self->server != NULL)
    bcast_sandbox_start_faults (self);
  g_main_context_pop_thread_default (self->context);

  if (self->server != NULL)
    return TRUE;

  g_clear_pointer (&self->context, g_main_context_unref);
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
               _("The sandbox cannot start: %s"), problem->message);
  return FALSE;
}

/**
 * bcast_sandbox_start:
 * @self: a sandbox that does not run
 * @preferred_port: the port to listen at; 0 for any, %BCAST_SANDBOX_PREFERRED_PORT by custom
 * @any_port: whether another port will do when that one is taken
 * @error: %BCAST_ERROR_UNAVAILABLE naming the port, or %BCAST_ERROR_INVALID for a host, credentials or
 *   a master key that cannot be used
 *
 * Listens when it returns; does not wait for anything.
 *
 * Returns: whether the sandbox runs
 */
gboolean
bcast_sandbox_start (BcastSandbox  *self,
                     guint16        preferred_port,
                     gboolean       any_port,
                     GError       **error)
{
  g_return_val_if_fail (BCAST_IS_SANDBOX (self) && !bcast_sandbox_is_running (self), FALSE);

  guint16 port = 0;
  g_autoptr(GPtrArray) sockets = bcast_sandbox_listen (self->host, preferred_port, any_port, &port,
                                                       error);

  if (sockets == NULL || !bcast_sandbox_apps_check (self->apps, error)
      || !make_server (self, sockets, error))
    return FALSE;

  self->port = port;
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("sandbox", run_thread, self);
  return TRUE;
}

/**
 * bcast_sandbox_stop:
 * @self: a sandbox
 *
 * Closes every socket with 4200, so that clients come back when it does, and ends the thread. Does
 * nothing when it does not run.
 */
void
bcast_sandbox_stop (BcastSandbox *self)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self));

  if (!bcast_sandbox_is_running (self))
    return;

  bcast_sandbox_invoke (self, quit_cb, self, NULL);
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  self->port = 0;
}

/**
 * bcast_sandbox_is_running:
 * @self: a sandbox
 *
 * Returns: whether it was started and not stopped
 */
gboolean
bcast_sandbox_is_running (BcastSandbox *self)
{
  g_return_val_if_fail (BCAST_IS_SANDBOX (self), FALSE);

  return self->thread != NULL;
}

/**
 * bcast_sandbox_get_port:
 * @self: a sandbox
 *
 * Returns: the port it listens at, or 0 while it does not run
 */
guint16
bcast_sandbox_get_port (BcastSandbox *self)
{
  g_return_val_if_fail (BCAST_IS_SANDBOX (self), 0);

  return self->port;
}

/**
 * bcast_sandbox_dup_app:
 * @self: a sandbox that runs
 *
 * Returns: (transfer full): how to reach its first app from this machine
 */
BcastApp *
bcast_sandbox_dup_app (BcastSandbox *self)
{
  g_return_val_if_fail (BCAST_IS_SANDBOX (self) && bcast_sandbox_is_running (self), NULL);

  /* What it was started with made an app once already. */
  g_autoptr(BcastApp) app = bcast_sandbox_app_make_app (self->apps->pdata[0], self->host, self->port, NULL);

  return self->is_tls_demanded ? bcast_app_new_with_tls (app) : g_steal_pointer (&app);
}

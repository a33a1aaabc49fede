/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-sandbox-listen-private.h"

#define DEFAULT_USER_ID   "1"
#define DEFAULT_USER_INFO "{\"name\":\"Sandbox user\"}"

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

  explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  bcast_sandbox_set_master_key (self, NULL);
  g_free (self->app_id);
  g_free (self->key);
  g_free (self->host);
  bcast_sandbox_user_free (self->user);

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
  self->user = bcast_sandbox_user_new (DEFAULT_USER_ID, DEFAULT_USER_INFO);
  self->options = (BcastHubOptions) BCAST_HUB_OPTIONS_DEFAULT;
}

static gpointer
run_thread (gpointer user_data)
{
  BcastSandbox *self = user_data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);

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

typedef struct
{
  BcastSandbox     *sandbox;
  BcastSandboxUser *user;
} UserChange;

static gboolean
change_user_cb (gpointer user_data)
{
  UserChange *change = user_data;

  if (change->sandbox->server != NULL)
    bcast_sandbox_server_set_user (change->sandbox->server, change->user);
  return G_SOURCE_REMOVE;
}

static void
free_user_change (gpointer user_data)
{
  UserChange *change = user_data;

  bcast_sandbox_user_free (change->user);
  g_free (change);
}

/* Runs @func in the server's thread, with priority over what the sockets bring. */
static void
invoke (BcastSandbox   *self,
        GSourceFunc     func,
        gpointer        user_data,
        GDestroyNotify  destroy)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, func, user_data, destroy);
  g_source_attach (source, self->context);
}

static BcastApp *
make_app (BcastSandbox  *self,
          guint16        port,
          GError       **error)
{
  gboolean is_any = strcmp (self->host, "0.0.0.0") == 0 || strcmp (self->host, "::") == 0;
  const BcastAppOptions options = {
    .app_id = self->app_id,
    .key = self->key,
    .secret = self->secret,
    .ws_host = is_any ? BCAST_SANDBOX_LOOPBACK : self->host,
    .ws_port = port,
    .http_port = port,
    .master_key = self->master_key,
  };

  return bcast_app_new (&options, error);
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

  self->app_id = g_strdup (app_id);
  self->key = g_strdup (key);
  self->secret = g_strdup (secret);
  return self;
}

/**
 * bcast_sandbox_set_user:
 * @self: a sandbox
 * @user_id: whom the authorize routes sign for
 * @user_info: (nullable): what is known of that user, as JSON; anything else is left out
 *
 * Counts at once, also while the sandbox runs.
 */
void
bcast_sandbox_set_user (BcastSandbox *self,
                        const char   *user_id,
                        const char   *user_info)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self) && user_id != NULL);

  if (user_info != NULL && !bcast_json_scan (user_info, strlen (user_info), NULL, NULL, NULL))
    user_info = NULL;

  bcast_sandbox_user_free (self->user);
  self->user = bcast_sandbox_user_new (user_id, user_info);

  if (!bcast_sandbox_is_running (self))
    return;

  UserChange *change = g_new0 (UserChange, 1);

  change->sandbox = self;
  change->user = bcast_sandbox_user_copy (self->user);
  invoke (self, change_user_cb, change, free_user_change);
}

/* Makes the server in the context in which its thread will run it. */
static gboolean
make_server (BcastSandbox  *self,
             BcastApp      *app,
             GPtrArray     *sockets,
             GError       **error)
{
  g_autoptr(GError) problem = NULL;

  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->server = bcast_sandbox_server_new (app, &self->options, self->user, sockets, &problem);
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
  g_autoptr(BcastApp) app = sockets != NULL ? make_app (self, port, error) : NULL;

  if (app == NULL || !make_server (self, app, sockets, error))
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

  invoke (self, quit_cb, self, NULL);
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
 * Returns: (transfer full): how to reach it from this machine
 */
BcastApp *
bcast_sandbox_dup_app (BcastSandbox *self)
{
  g_return_val_if_fail (BCAST_IS_SANDBOX (self) && bcast_sandbox_is_running (self), NULL);

  /* What it was started with made an app once already. */
  return make_app (self, self->port, NULL);
}

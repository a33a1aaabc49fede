/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-app.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-sandbox-listen-private.h"

static void
free_secret (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * bcast_sandbox_app_new:
 * @app_id: the app's id
 * @key: its key
 * @secret: its secret
 *
 * Returns: (transfer full): an app that is like any other
 */
BcastSandboxApp *
bcast_sandbox_app_new (const char *app_id,
                       const char *key,
                       const char *secret)
{
  g_return_val_if_fail (app_id != NULL && key != NULL && secret != NULL, NULL);

  BcastSandboxApp *self = g_new0 (BcastSandboxApp, 1);

  self->app_id = g_strdup (app_id);
  self->key = g_strdup (key);
  self->secret = g_strdup (secret);
  self->is_enabled = TRUE;
  self->user_id = g_strdup (BCAST_SANDBOX_USER_ID);
  self->user_info = g_strdup (BCAST_SANDBOX_USER_INFO);
  self->options = (BcastHubOptions) BCAST_HUB_OPTIONS_DEFAULT;
  self->routes = bcast_sandbox_routes_new ();
  self->webhooks = bcast_webhook_array_new ();
  return self;
}

/**
 * bcast_sandbox_app_copy:
 * @self: an app
 *
 * Returns: (transfer full): the same again
 */
BcastSandboxApp *
bcast_sandbox_app_copy (const BcastSandboxApp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  BcastSandboxApp *copy = g_new (BcastSandboxApp, 1);

  *copy = *self;
  copy->app_id = g_strdup (self->app_id);
  copy->key = g_strdup (self->key);
  copy->secret = g_strdup (self->secret);
  copy->master_key = g_strdup (self->master_key);
  copy->user_id = g_strdup (self->user_id);
  copy->user_info = g_strdup (self->user_info);
  copy->allowed_origins = g_strdupv (self->allowed_origins);
  copy->routes = bcast_sandbox_routes_copy (self->routes);
  copy->webhooks = bcast_webhook_array_copy (self->webhooks);
  return copy;
}

/**
 * bcast_sandbox_app_free:
 * @self: (transfer full): an app
 */
void
bcast_sandbox_app_free (BcastSandboxApp *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->app_id);
  g_free (self->key);
  free_secret (self->secret);
  free_secret (self->master_key);
  g_free (self->user_id);
  g_free (self->user_info);
  g_strfreev (self->allowed_origins);
  bcast_sandbox_routes_free (self->routes);
  g_ptr_array_unref (self->webhooks);
  g_free (self);
}

/**
 * bcast_sandbox_app_set_master_key:
 * @self: an app
 * @master_key: (nullable): an encryption master key, 32 bytes in base64
 */
void
bcast_sandbox_app_set_master_key (BcastSandboxApp *self,
                                  const char      *master_key)
{
  g_return_if_fail (self != NULL);

  char *old = self->master_key;

  self->master_key = g_strdup (master_key);
  free_secret (old);
}

/**
 * bcast_sandbox_app_set_user:
 * @self: an app
 * @user_id: whom the authorize routes sign for when a request does not say
 * @user_info: (nullable): what is known of that user, as JSON; anything else is left out
 */
void
bcast_sandbox_app_set_user (BcastSandboxApp *self,
                            const char      *user_id,
                            const char      *user_info)
{
  g_return_if_fail (self != NULL && user_id != NULL);

  if (user_info != NULL && !bcast_json_scan (user_info, strlen (user_info), NULL, NULL, NULL))
    user_info = NULL;

  g_autofree char *old_user_id = g_steal_pointer (&self->user_id);
  g_autofree char *old_user_info = g_steal_pointer (&self->user_info);

  self->user_id = g_strdup (user_id);
  self->user_info = g_strdup (user_info);
}

/**
 * bcast_sandbox_app_set_webhooks:
 * @self: an app
 * @webhooks: (element-type BcastWebhook): who is told of what happens on its channels; copied
 */
void
bcast_sandbox_app_set_webhooks (BcastSandboxApp *self,
                                GPtrArray       *webhooks)
{
  g_return_if_fail (self != NULL && webhooks != NULL);

  GPtrArray *old = self->webhooks;

  self->webhooks = bcast_webhook_array_copy (webhooks);
  g_ptr_array_unref (old);
}

/**
 * bcast_sandbox_app_make_app:
 * @self: an app
 * @host: the address the sandbox listens at
 * @port: and the port
 * @error: %BCAST_ERROR_INVALID for what cannot be used, such as a master key that is none
 *
 * Returns: (transfer full) (nullable): how to reach the app from this machine
 */
BcastApp *
bcast_sandbox_app_make_app (const BcastSandboxApp  *self,
                            const char             *host,
                            guint16                 port,
                            GError                **error)
{
  g_return_val_if_fail (self != NULL && host != NULL, NULL);

  gboolean is_any = strcmp (host, "0.0.0.0") == 0 || strcmp (host, "::") == 0;
  const BcastAppOptions options = {
    .app_id = self->app_id,
    .key = self->key,
    .secret = self->secret,
    .ws_host = is_any ? BCAST_SANDBOX_LOOPBACK : host,
    .ws_port = port,
    .http_port = port,
    .master_key = self->master_key,
  };

  return bcast_app_new (&options, error);
}

static void
free_app (gpointer app)
{
  bcast_sandbox_app_free (app);
}

/**
 * bcast_sandbox_apps_new:
 *
 * Returns: (transfer full) (element-type BcastSandboxApp): room for apps, which it will own
 */
GPtrArray *
bcast_sandbox_apps_new (void)
{
  return g_ptr_array_new_with_free_func (free_app);
}

/**
 * bcast_sandbox_apps_copy:
 * @apps: (element-type BcastSandboxApp): apps
 *
 * Returns: (transfer full) (element-type BcastSandboxApp): a copy of each
 */
GPtrArray *
bcast_sandbox_apps_copy (GPtrArray *apps)
{
  g_return_val_if_fail (apps != NULL, NULL);

  GPtrArray *copies = bcast_sandbox_apps_new ();

  for (guint i = 0; i < apps->len; i++)
    g_ptr_array_add (copies, bcast_sandbox_app_copy (apps->pdata[i]));
  return copies;
}

static gboolean
check_unique (GPtrArray  *apps,
              guint       index,
              GError    **error)
{
  const BcastSandboxApp *app = apps->pdata[index];

  for (guint i = 0; i < index; i++)
    {
      const BcastSandboxApp *other = apps->pdata[i];

      if (strcmp (app->app_id, other->app_id) == 0)
        g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                     _("Two apps have the id “%s”. Give each an id of its own."), app->app_id);
      else if (strcmp (app->key, other->key) == 0)
        g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                     _("The apps “%s” and “%s” have the same key. Give each a key of its own."),
                     other->app_id, app->app_id);
      else
        continue;
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_webhooks (const BcastSandboxApp  *app,
                GError                **error)
{
  for (guint i = 0; i < app->webhooks->len; i++)
    if (!bcast_webhook_check (app->webhooks->pdata[i], error))
      return FALSE;
  return TRUE;
}

/**
 * bcast_sandbox_apps_check:
 * @apps: (element-type BcastSandboxApp): apps for one sandbox
 * @error: %BCAST_ERROR_INVALID, naming what keeps them from being served together
 *
 * Returns: whether there is one at least, each can be used, and they can be told apart
 */
gboolean
bcast_sandbox_apps_check (GPtrArray  *apps,
                          GError    **error)
{
  g_return_val_if_fail (apps != NULL, FALSE);

  if (apps->len == 0)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("There is no app to serve. Add one with an id, a key and a secret."));
      return FALSE;
    }

  for (guint i = 0; i < apps->len; i++)
    {
      g_autoptr(BcastApp) app = bcast_sandbox_app_make_app (apps->pdata[i], BCAST_SANDBOX_LOOPBACK, 1, error);

      if (app == NULL || !check_unique (apps, i, error) || !check_webhooks (apps->pdata[i], error)
          || !bcast_sandbox_routes_check (((BcastSandboxApp *) apps->pdata[i])->routes, error))
        return FALSE;
    }
  return TRUE;
}

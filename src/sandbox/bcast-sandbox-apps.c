/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-private.h"

/* The settings of the app that the sandbox was made for count at once, as do all others. */

typedef struct
{
  BcastSandbox *sandbox;
  GPtrArray    *apps;
} AppsChange;

static gboolean
change_cb (gpointer user_data)
{
  AppsChange *change = user_data;

  if (change->sandbox->server != NULL)
    bcast_sandbox_server_set_apps (change->sandbox->server, change->apps);
  return G_SOURCE_REMOVE;
}

static void
free_change (gpointer user_data)
{
  AppsChange *change = user_data;

  g_ptr_array_unref (change->apps);
  g_free (change);
}

/**
 * bcast_sandbox_push_apps:
 * @self: a sandbox, one of whose apps was changed
 *
 * Lets the change count at once.
 */
void
bcast_sandbox_push_apps (BcastSandbox *self)
{
  if (!bcast_sandbox_is_running (self))
    return;

  AppsChange *change = g_new0 (AppsChange, 1);

  change->sandbox = self;
  change->apps = bcast_sandbox_apps_copy (self->apps);
  bcast_sandbox_invoke (self, change_cb, change, free_change);
}

static BcastSandboxApp *
get_first (BcastSandbox *self)
{
  return self->apps->pdata[0];
}

/**
 * bcast_sandbox_set_apps:
 * @self: a sandbox
 * @apps: (element-type BcastSandboxApp): the apps it serves from now on; copied
 * @error: %BCAST_ERROR_INVALID, naming what keeps them from being served together
 *
 * Counts at once, also while the sandbox runs: who is connected to an app that is still among them stays
 * so, and the others are closed with 4001.
 *
 * Returns: whether the apps are served; if not, nothing changed
 */
gboolean
bcast_sandbox_set_apps (BcastSandbox  *self,
                        GPtrArray     *apps,
                        GError       **error)
{
  g_return_val_if_fail (BCAST_IS_SANDBOX (self) && apps != NULL, FALSE);

  if (!bcast_sandbox_apps_check (apps, error))
    return FALSE;

  g_ptr_array_unref (self->apps);
  self->apps = bcast_sandbox_apps_copy (apps);
  bcast_sandbox_push_apps (self);
  return TRUE;
}

/**
 * bcast_sandbox_get_apps:
 * @self: a sandbox
 *
 * Returns: (transfer none) (element-type BcastSandboxApp): the apps it serves
 */
GPtrArray *
bcast_sandbox_get_apps (BcastSandbox *self)
{
  g_return_val_if_fail (BCAST_IS_SANDBOX (self), NULL);

  return self->apps;
}

/**
 * bcast_sandbox_set_user:
 * @self: a sandbox
 * @user_id: whom the authorize routes sign for when a request does not say
 * @user_info: (nullable): what is known of that user, as JSON; anything else is left out
 */
void
bcast_sandbox_set_user (BcastSandbox *self,
                        const char   *user_id,
                        const char   *user_info)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self) && user_id != NULL);

  bcast_sandbox_app_set_user (get_first (self), user_id, user_info);
  bcast_sandbox_push_apps (self);
}

/**
 * bcast_sandbox_set_master_key:
 * @self: a sandbox
 * @master_key: (nullable): an encryption master key, 32 bytes in base64
 *
 * With a key the authorize routes give the shared secrets of encrypted channels; the server itself
 * never encrypts. A key that is none keeps the sandbox from starting.
 * Source: Channels documentation, “End-to-end encryption”.
 */
void
bcast_sandbox_set_master_key (BcastSandbox *self,
                              const char   *master_key)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self));

  bcast_sandbox_app_set_master_key (get_first (self), master_key);
  bcast_sandbox_push_apps (self);
}

/**
 * bcast_sandbox_set_activity_timeout:
 * @self: a sandbox
 * @timeout_s: seconds of silence after which a client pings, and is pinged; at least 1
 *
 * Clients learn it when they connect.
 */
void
bcast_sandbox_set_activity_timeout (BcastSandbox *self,
                                    guint         timeout_s)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self) && timeout_s > 0);

  get_first (self)->options.activity_timeout_s = timeout_s;
  bcast_sandbox_push_apps (self);
}

/**
 * bcast_sandbox_set_max_members:
 * @self: a sandbox
 * @max_members: how many members a presence channel may have; 100 unless told, as it is documented
 */
void
bcast_sandbox_set_max_members (BcastSandbox *self,
                               guint         max_members)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self));

  get_first (self)->options.max_members = max_members;
  bcast_sandbox_push_apps (self);
}

/**
 * bcast_sandbox_set_subscription_counts:
 * @self: a sandbox
 * @is_on: whether subscribers are told how many they are; %TRUE unless told, while hosted apps have to
 *   switch it on
 *
 * Source: Channels documentation, “Events”, section “Subscription count”.
 */
void
bcast_sandbox_set_subscription_counts (BcastSandbox *self,
                                       gboolean      is_on)
{
  g_return_if_fail (BCAST_IS_SANDBOX (self));

  get_first (self)->options.has_subscription_counts = is_on;
  bcast_sandbox_push_apps (self);
}

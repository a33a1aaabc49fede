/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-registry.h"

#include "bcast-cast-file.h"
#include "bcast-session-notices.h"
#include "bcast-settings.h"

/**
 * BcastRegistry:
 *
 * The profiles and where their secrets are kept. What goes wrong with either is told as a notice.
 */
struct _BcastRegistry
{
  GObject            parent_instance;

  GSettings         *settings;
  GListStore        *notices;
  BcastProfileStore *profiles;
  BcastSecretStore  *secrets;
  gboolean           has_keyring;
};

enum
{
  SECRET_PLACE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BcastRegistry, bcast_registry, G_TYPE_OBJECT)

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  BcastRegistry *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;

  self->has_keyring = bcast_secret_store_probe_finish (self->secrets, result, &error);
  if (!self->has_keyring && bcast_secret_store_get_place (self->secrets) == BCAST_SECRET_PLACE_KEYRING)
    {
      bcast_secret_store_set_place (self->secrets, BCAST_SECRET_PLACE_SESSION);
      bcast_session_notices_tell_no_keyring (self->notices);
    }
  g_task_return_boolean (task, TRUE);
}

static void
moved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(BcastRegistry) self = user_data;
  g_autoptr(GError) error = NULL;

  if (bcast_secret_store_move_finish (self->secrets, result, &error))
    bcast_session_notices_forget_keyring (self->notices);
  else
    bcast_session_notices_tell_secret_problem (self->notices, error);
  /* Also after an error the place may be the new one. */
  g_settings_set_enum (self->settings, BCAST_SETTING_SECRET_PLACE,
                       (int) bcast_secret_store_get_place (self->secrets));
  g_signal_emit (self, signals[SECRET_PLACE_CHANGED], 0);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(BcastRegistry) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!bcast_secret_bundle_store_finish (self->secrets, result, &error))
    bcast_session_notices_tell_secret_problem (self->notices, error);
}

static void
forgotten_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(BcastRegistry) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!bcast_secret_store_clear_finish (self->secrets, result, &error))
    bcast_session_notices_tell_secret_problem (self->notices, error);
}

static void
bcast_registry_dispose (GObject *object)
{
  BcastRegistry *self = BCAST_REGISTRY (object);

  g_clear_object (&self->secrets);
  g_clear_object (&self->profiles);
  g_clear_object (&self->notices);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (bcast_registry_parent_class)->dispose (object);
}

static void
bcast_registry_class_init (BcastRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bcast_registry_dispose;

  signals[SECRET_PLACE_CHANGED] = g_signal_new ("secret-place-changed", BCAST_TYPE_REGISTRY,
                                                G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bcast_registry_init (BcastRegistry *self)
{
}

/**
 * bcast_registry_new:
 * @settings: the settings of the program
 * @notices: where to tell what goes wrong
 *
 * Returns: (transfer full): a registry that has loaded nothing yet
 */
BcastRegistry *
bcast_registry_new (GSettings  *settings,
                    GListStore *notices)
{
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (G_IS_LIST_STORE (notices), NULL);

  BcastRegistry *self = g_object_new (BCAST_TYPE_REGISTRY, NULL);
  g_autofree char *profiles_path = bcast_profile_store_dup_default_path ();
  g_autofree char *secrets_path = bcast_secret_store_dup_default_file_path ();

  self->settings = g_object_ref (settings);
  self->notices = g_object_ref (notices);
  self->profiles = bcast_profile_store_new (profiles_path);
  self->secrets = bcast_secret_store_new (g_settings_get_enum (settings, BCAST_SETTING_SECRET_PLACE),
                                          secrets_path);
  return self;
}

/**
 * bcast_registry_load_async:
 * @self: a registry
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Reads the profiles, makes sure that there is a Sandbox, and looks whether the keyring answers.
 * Without a keyring secrets are kept for the session until the person chooses.
 */
void
bcast_registry_load_async (BcastRegistry       *self,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_REGISTRY (self));

  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr(GError) error = NULL;

  g_task_set_source_tag (task, bcast_registry_load_async);
  if (!bcast_profile_store_load (self->profiles, &error))
    bcast_session_notices_tell_damaged (self->notices, error);
  bcast_profile_store_ensure_sandbox (self->profiles);
  bcast_registry_save (self);
  bcast_secret_store_probe_async (self->secrets, NULL, probed_cb, task);
}

/**
 * bcast_registry_load_finish:
 * @self: a registry
 * @result: what the callback received
 */
void
bcast_registry_load_finish (BcastRegistry *self,
                            GAsyncResult  *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

/**
 * bcast_registry_save:
 * @self: a registry
 *
 * Writes the profiles to disk.
 */
void
bcast_registry_save (BcastRegistry *self)
{
  g_return_if_fail (BCAST_IS_REGISTRY (self));

  g_autoptr(GError) error = NULL;

  bcast_profile_store_save (self->profiles, &error);
  bcast_session_notices_tell_unsaved (self->notices, error);
}

/**
 * bcast_registry_set_secret_place:
 * @self: a registry
 * @place: where secrets are to be kept from now on
 *
 * Moves all secrets there and remembers the choice. When that fails everything stays as it was.
 */
void
bcast_registry_set_secret_place (BcastRegistry    *self,
                                 BcastSecretPlace  place)
{
  g_return_if_fail (BCAST_IS_REGISTRY (self));

  bcast_secret_store_move_async (self->secrets, place, G_LIST_MODEL (self->profiles), NULL,
                                 moved_cb, g_object_ref (self));
}

/**
 * bcast_registry_keep_secrets:
 * @self: a registry
 * @profile: whose secrets they are
 * @secrets: the secrets
 */
void
bcast_registry_keep_secrets (BcastRegistry           *self,
                             BcastProfile            *profile,
                             const BcastSecretBundle *secrets)
{
  g_return_if_fail (BCAST_IS_REGISTRY (self));
  g_return_if_fail (secrets != NULL);

  bcast_secret_bundle_store_async (self->secrets, profile, secrets, FALSE, NULL, kept_cb, g_object_ref (self));
}

/**
 * bcast_registry_forget_secrets:
 * @self: a registry
 * @profile: whose secrets are to be removed from where they are kept
 */
void
bcast_registry_forget_secrets (BcastRegistry *self,
                               BcastProfile  *profile)
{
  g_return_if_fail (BCAST_IS_REGISTRY (self));
  g_return_if_fail (BCAST_IS_PROFILE (profile));

  bcast_secret_store_clear_async (self->secrets, bcast_profile_get_id (profile), NULL, NULL,
                                  forgotten_cb, g_object_ref (self));
}

/**
 * bcast_registry_forget_clients:
 * @self: a registry
 * @profile: a profile that is deleted for good
 *
 * Removes what is remembered of its clients.
 */
void
bcast_registry_forget_clients (BcastRegistry *self,
                               BcastProfile  *profile)
{
  g_return_if_fail (BCAST_IS_REGISTRY (self));
  g_return_if_fail (BCAST_IS_PROFILE (profile));

  g_autofree char *path = bcast_cast_file_dup_default_path (bcast_profile_get_id (profile));
  g_autoptr(GError) error = NULL;

  if (!bcast_cast_file_remove (path, &error))
    bcast_session_notices_tell_clients (self->notices, error);
}

/**
 * bcast_registry_get_profiles:
 * @self: a registry
 *
 * Returns: (transfer none): all profiles
 */
BcastProfileStore *
bcast_registry_get_profiles (BcastRegistry *self)
{
  g_return_val_if_fail (BCAST_IS_REGISTRY (self), NULL);

  return self->profiles;
}

/**
 * bcast_registry_get_secrets:
 * @self: a registry
 *
 * Returns: (transfer none): where secrets are kept
 */
BcastSecretStore *
bcast_registry_get_secrets (BcastRegistry *self)
{
  g_return_val_if_fail (BCAST_IS_REGISTRY (self), NULL);

  return self->secrets;
}

/**
 * bcast_registry_has_keyring:
 * @self: a registry that was loaded
 *
 * Returns: whether the keyring answered at the start
 */
gboolean
bcast_registry_has_keyring (BcastRegistry *self)
{
  g_return_val_if_fail (BCAST_IS_REGISTRY (self), FALSE);

  return self->has_keyring;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-secret-private.h"

#include "bcast-profile-private.h"

#define FOLDER_NAME "broadcast"
#define FILE_NAME   "secrets.ini"

/**
 * BcastSecretStore:
 *
 * Keeps the secrets of profiles in the place that the user chose. All is asynchronous: a keyring
 * may ask the user for a password, and a file is read in a thread.
 */
struct _BcastSecretStore
{
  GObject           parent_instance;

  BcastSecretPlace  place;
  char             *file_path;
  GHashTable       *table;
};

G_DEFINE_FINAL_TYPE (BcastSecretStore, bcast_secret_store, G_TYPE_OBJECT)

static void (* const run_at[]) (GTask *task) = {
  [BCAST_SECRET_PLACE_KEYRING] = bcast_secret_keyring_run,
  [BCAST_SECRET_PLACE_SESSION] = bcast_secret_session_run,
  [BCAST_SECRET_PLACE_FILE] = bcast_secret_file_run,
};

static void
bcast_secret_store_finalize (GObject *object)
{
  BcastSecretStore *self = BCAST_SECRET_STORE (object);

  g_hash_table_unref (self->table);
  g_free (self->file_path);

  G_OBJECT_CLASS (bcast_secret_store_parent_class)->finalize (object);
}

static void
bcast_secret_store_class_init (BcastSecretStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_secret_store_finalize;
}

static void
bcast_secret_store_init (BcastSecretStore *self)
{
  self->table = bcast_secret_session_new_table ();
}

BcastSecretRequest *
bcast_secret_request_new (BcastSecretOp  op,
                          const char    *profile_id,
                          const char    *kind)
{
  BcastSecretRequest *self = g_new0 (BcastSecretRequest, 1);

  self->op = op;
  self->profile_id = g_strdup (profile_id);
  self->kind = g_strdup (kind);
  return self;
}

void
bcast_secret_request_free (BcastSecretRequest *self)
{
  g_free (self->profile_id);
  g_free (self->kind);
  g_free (self->label);
  bcast_secret_free (self->secret);
  g_clear_pointer (&self->table, g_hash_table_unref);
  g_free (self->path);
  g_free (self);
}

/* Carries out @request, which it takes, at @place. */
void
bcast_secret_store_run (BcastSecretStore    *self,
                        BcastSecretPlace     place,
                        BcastSecretRequest  *request,
                        GCancellable        *cancellable,
                        gpointer             source_tag,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  request->table = g_hash_table_ref (self->table);
  request->path = g_strdup (self->file_path);
  g_task_set_task_data (task, request, (GDestroyNotify) bcast_secret_request_free);
  run_at[place] (task);
}

/**
 * bcast_secret_store_new:
 * @place: where secrets are kept
 * @file_path: (nullable): the file of %BCAST_SECRET_PLACE_FILE; %NULL for the default one
 *
 * Returns: (transfer full): a new store
 */
BcastSecretStore *
bcast_secret_store_new (BcastSecretPlace  place,
                        const char       *file_path)
{
  BcastSecretStore *self = g_object_new (BCAST_TYPE_SECRET_STORE, NULL);

  self->place = place;
  self->file_path = file_path != NULL ? g_strdup (file_path)
                                      : bcast_secret_store_dup_default_file_path ();
  return self;
}

/**
 * bcast_secret_store_dup_default_file_path:
 *
 * Returns: (transfer full): `broadcast/secrets.ini` in the user's config folder
 */
char *
bcast_secret_store_dup_default_file_path (void)
{
  return g_build_filename (g_get_user_config_dir (), FOLDER_NAME, FILE_NAME, NULL);
}

/**
 * bcast_secret_store_get_place:
 * @self: a store
 *
 * Returns: where secrets are kept
 */
BcastSecretPlace
bcast_secret_store_get_place (BcastSecretStore *self)
{
  g_return_val_if_fail (BCAST_IS_SECRET_STORE (self), BCAST_SECRET_PLACE_SESSION);

  return self->place;
}

/**
 * bcast_secret_store_set_place:
 * @self: a store
 * @place: where to keep secrets from now on
 *
 * Moves nothing: see bcast_secret_store_move_async() for that.
 */
void
bcast_secret_store_set_place (BcastSecretStore *self,
                              BcastSecretPlace  place)
{
  g_return_if_fail (BCAST_IS_SECRET_STORE (self));

  self->place = place;
}

/**
 * bcast_secret_store_probe_async:
 * @self: a store
 * @cancellable: (nullable): stops the wait
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Looks whether the keyring answers, whatever place is in use. The user is asked nothing: a keyring
 * that is locked answers.
 */
void
bcast_secret_store_probe_async (BcastSecretStore    *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_SECRET_STORE (self));

  bcast_secret_store_run (self, BCAST_SECRET_PLACE_KEYRING,
                          bcast_secret_request_new (BCAST_SECRET_OP_PROBE, "probe", NULL),
                          cancellable, bcast_secret_store_probe_async, callback, user_data);
}

/**
 * bcast_secret_store_probe_finish:
 * @self: a store
 * @result: what the callback received
 * @error: %BCAST_ERROR_UNAVAILABLE with a sentence that names the other places
 *
 * Returns: whether the keyring answers
 */
gboolean
bcast_secret_store_probe_finish (BcastSecretStore  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * bcast_secret_store_lookup_async:
 * @self: a store
 * @profile_id: whose secret
 * @kind: %BCAST_SECRET_KIND_SECRET or another
 * @cancellable: (nullable): stops the wait
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Looks for a secret. A locked keyring asks the user to unlock it.
 */
void
bcast_secret_store_lookup_async (BcastSecretStore    *self,
                                 const char          *profile_id,
                                 const char          *kind,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_SECRET_STORE (self));
  g_return_if_fail (profile_id != NULL && bcast_profile_id_is_valid (profile_id));
  g_return_if_fail (kind != NULL && bcast_profile_id_is_valid (kind));

  bcast_secret_store_run (self, self->place,
                          bcast_secret_request_new (BCAST_SECRET_OP_LOOKUP, profile_id, kind),
                          cancellable, bcast_secret_store_lookup_async, callback, user_data);
}

/**
 * bcast_secret_store_lookup_finish:
 * @self: a store
 * @result: what the callback received
 * @error: %BCAST_ERROR_UNAVAILABLE when the place cannot be used, %BCAST_ERROR_DAMAGED when the file
 *   was kept aside; what was rescued of it is found by the next look-up
 *
 * Returns: (transfer full) (nullable): the secret, for bcast_secret_free(); %NULL without an error
 *   means that none is kept
 */
char *
bcast_secret_store_lookup_finish (BcastSecretStore  *self,
                                  GAsyncResult      *result,
                                  GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * bcast_secret_store_store_async:
 * @self: a store
 * @profile_id: whose secret
 * @kind: %BCAST_SECRET_KIND_SECRET or another
 * @label: (nullable): what the keyring's own program shows; must not hold the secret
 * @secret: one line of text without spaces around it
 * @cancellable: (nullable): stops the wait
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Keeps a secret, in place of the one that was kept before.
 */
void
bcast_secret_store_store_async (BcastSecretStore    *self,
                                const char          *profile_id,
                                const char          *kind,
                                const char          *label,
                                const char          *secret,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_SECRET_STORE (self));
  g_return_if_fail (profile_id != NULL && bcast_profile_id_is_valid (profile_id));
  g_return_if_fail (kind != NULL && bcast_profile_id_is_valid (kind));
  g_return_if_fail (secret != NULL);

  g_autoptr(GError) error = NULL;
  BcastSecretRequest *request;

  if (!bcast_secret_check (kind, secret, &error))
    {
      g_task_report_error (self, callback, user_data, bcast_secret_store_store_async,
                           g_steal_pointer (&error));
      return;
    }

  request = bcast_secret_request_new (BCAST_SECRET_OP_STORE, profile_id, kind);
  request->label = g_strdup (label != NULL ? label : "Broadcast");
  request->secret = g_strdup (secret);
  bcast_secret_store_run (self, self->place, request, cancellable, bcast_secret_store_store_async,
                          callback, user_data);
}

/**
 * bcast_secret_store_store_finish:
 * @self: a store
 * @result: what the callback received
 * @error: %BCAST_ERROR_UNAVAILABLE when the place cannot be used, %BCAST_ERROR_INVALID when the
 *   secret cannot be one
 *
 * Returns: whether the secret is kept
 */
gboolean
bcast_secret_store_store_finish (BcastSecretStore  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * bcast_secret_store_clear_async:
 * @self: a store
 * @profile_id: whose secrets
 * @kind: (nullable): which one; %NULL for all
 * @cancellable: (nullable): stops the wait
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Removes one secret of a profile, or every one.
 */
void
bcast_secret_store_clear_async (BcastSecretStore    *self,
                                const char          *profile_id,
                                const char          *kind,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_SECRET_STORE (self));
  g_return_if_fail (profile_id != NULL && bcast_profile_id_is_valid (profile_id));
  g_return_if_fail (kind == NULL || bcast_profile_id_is_valid (kind));

  bcast_secret_store_run (self, self->place,
                          bcast_secret_request_new (BCAST_SECRET_OP_CLEAR, profile_id, kind),
                          cancellable, bcast_secret_store_clear_async, callback, user_data);
}

/**
 * bcast_secret_store_clear_finish:
 * @self: a store
 * @result: what the callback received
 * @error: %BCAST_ERROR_UNAVAILABLE when the place cannot be used
 *
 * Returns: whether nothing is kept any more; also when nothing was
 */
gboolean
bcast_secret_store_clear_finish (BcastSecretStore  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

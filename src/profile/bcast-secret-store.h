/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BcastSecretPlace:
 * @BCAST_SECRET_PLACE_KEYRING: the desktop's keyring, through libsecret
 * @BCAST_SECRET_PLACE_SESSION: memory, gone when the program ends
 * @BCAST_SECRET_PLACE_FILE: a file of mode 0600 under the user's config folder
 *
 * Where secrets are kept.
 */
typedef enum
{
  BCAST_SECRET_PLACE_KEYRING,
  BCAST_SECRET_PLACE_SESSION,
  BCAST_SECRET_PLACE_FILE,
} BcastSecretPlace;

#define BCAST_SECRET_KIND_SECRET     "secret"
#define BCAST_SECRET_KIND_MASTER_KEY "master-key"
#define BCAST_SECRET_KIND_AUTHORIZER "authorizer" /* JSON, see BcastAuthorizerSecrets */
#define BCAST_SECRET_KIND_CLIENTS    "clients"    /* JSON: the same by the name of each client */

#define BCAST_TYPE_SECRET_STORE (bcast_secret_store_get_type ())

G_DECLARE_FINAL_TYPE (BcastSecretStore, bcast_secret_store, BCAST, SECRET_STORE, GObject)

BcastSecretStore *bcast_secret_store_new           (BcastSecretPlace      place,
                                                    const char           *file_path) G_GNUC_WARN_UNUSED_RESULT;
char             *bcast_secret_store_dup_default_file_path (void) G_GNUC_WARN_UNUSED_RESULT;
BcastSecretPlace  bcast_secret_store_get_place     (BcastSecretStore     *self);
void              bcast_secret_store_set_place     (BcastSecretStore     *self,
                                                    BcastSecretPlace      place);

void              bcast_secret_store_probe_async   (BcastSecretStore     *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean          bcast_secret_store_probe_finish  (BcastSecretStore     *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);

void              bcast_secret_store_lookup_async  (BcastSecretStore     *self,
                                                    const char           *profile_id,
                                                    const char           *kind,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
char             *bcast_secret_store_lookup_finish (BcastSecretStore     *self,
                                                    GAsyncResult         *result,
                                                    GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_secret_store_store_async   (BcastSecretStore     *self,
                                                    const char           *profile_id,
                                                    const char           *kind,
                                                    const char           *label,
                                                    const char           *secret,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean          bcast_secret_store_store_finish  (BcastSecretStore     *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
void              bcast_secret_store_clear_async   (BcastSecretStore     *self,
                                                    const char           *profile_id,
                                                    const char           *kind,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean          bcast_secret_store_clear_finish  (BcastSecretStore     *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);

void              bcast_secret_store_move_async    (BcastSecretStore     *self,
                                                    BcastSecretPlace      to,
                                                    GListModel           *profiles,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean          bcast_secret_store_move_finish   (BcastSecretStore     *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);

void              bcast_secret_free                (char                 *secret);
char             *bcast_secret_random_hex          (guint                 bytes) G_GNUC_WARN_UNUSED_RESULT;
char             *bcast_secret_random_base64       (guint                 bytes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

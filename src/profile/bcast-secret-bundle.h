/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-profile.h"
#include "bcast-secret-store.h"

G_BEGIN_DECLS

/**
 * BcastSecretBundle:
 * @secret: (nullable): the app's secret
 * @master_key: (nullable): its encryption master key, base64
 * @authorizer: (nullable): what the user's app is sent, see bcast_authorizer_secrets_parse()
 * @clients: (nullable): what single clients send it, see bcast_cast_format_secrets()
 *
 * All secrets of one profile.
 */
typedef struct
{
  char *secret;
  char *master_key;
  char *authorizer;
  char *clients;
} BcastSecretBundle;

BcastSecretBundle *bcast_secret_bundle_new           (const char               *secret,
                                                      const char               *master_key,
                                                      const char               *authorizer) G_GNUC_WARN_UNUSED_RESULT;
BcastSecretBundle *bcast_secret_bundle_copy          (const BcastSecretBundle  *self) G_GNUC_WARN_UNUSED_RESULT;
void               bcast_secret_bundle_free          (BcastSecretBundle        *self);
gboolean           bcast_secret_bundle_is_empty      (const BcastSecretBundle  *self);
gboolean           bcast_secret_bundle_equal         (const BcastSecretBundle  *self,
                                                      const BcastSecretBundle  *other);

void               bcast_secret_bundle_lookup_async  (BcastSecretStore         *store,
                                                      const char               *profile_id,
                                                      GCancellable             *cancellable,
                                                      GAsyncReadyCallback       callback,
                                                      gpointer                  user_data);
BcastSecretBundle *bcast_secret_bundle_lookup_finish (BcastSecretStore         *store,
                                                      GAsyncResult             *result,
                                                      GError                  **error) G_GNUC_WARN_UNUSED_RESULT;
void               bcast_secret_bundle_store_async   (BcastSecretStore         *store,
                                                      BcastProfile             *profile,
                                                      const BcastSecretBundle  *bundle,
                                                      gboolean                  replace,
                                                      GCancellable             *cancellable,
                                                      GAsyncReadyCallback       callback,
                                                      gpointer                  user_data);
gboolean           bcast_secret_bundle_store_finish  (BcastSecretStore         *store,
                                                      GAsyncResult             *result,
                                                      GError                  **error);

char              *bcast_secret_kind_dup_label       (const char               *kind,
                                                      const char               *profile_name) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastSecretBundle, bcast_secret_bundle_free)

G_END_DECLS

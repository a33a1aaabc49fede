/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-profile-store.h"
#include "bcast-secret-bundle.h"

G_BEGIN_DECLS

#define BCAST_TYPE_REGISTRY (bcast_registry_get_type ())

/* Signal "secret-place-changed": secrets are kept in another place now. */
G_DECLARE_FINAL_TYPE (BcastRegistry, bcast_registry, BCAST, REGISTRY, GObject)

BcastRegistry     *bcast_registry_new              (GSettings           *settings,
                                                    GListStore          *notices) G_GNUC_WARN_UNUSED_RESULT;

void               bcast_registry_load_async       (BcastRegistry       *self,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
void               bcast_registry_load_finish      (BcastRegistry       *self,
                                                    GAsyncResult        *result);
void               bcast_registry_save             (BcastRegistry       *self);
void               bcast_registry_set_secret_place (BcastRegistry       *self,
                                                    BcastSecretPlace     place);
void               bcast_registry_keep_secrets     (BcastRegistry           *self,
                                                    BcastProfile            *profile,
                                                    const BcastSecretBundle *secrets);
void               bcast_registry_forget_secrets   (BcastRegistry       *self,
                                                    BcastProfile        *profile);
void               bcast_registry_forget_clients   (BcastRegistry       *self,
                                                    BcastProfile        *profile);

BcastProfileStore *bcast_registry_get_profiles     (BcastRegistry       *self);
BcastSecretStore  *bcast_registry_get_secrets      (BcastRegistry       *self);
gboolean           bcast_registry_has_keyring      (BcastRegistry       *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "bcast-profile.h"

G_BEGIN_DECLS

#define BCAST_TYPE_PROFILE_STORE (bcast_profile_store_get_type ())

/* A GListModel of BcastProfile, kept in a key file. */
G_DECLARE_FINAL_TYPE (BcastProfileStore, bcast_profile_store, BCAST, PROFILE_STORE, GObject)

BcastProfileStore *bcast_profile_store_new       (const char         *path) G_GNUC_WARN_UNUSED_RESULT;
char              *bcast_profile_store_dup_default_path (void) G_GNUC_WARN_UNUSED_RESULT;

gboolean           bcast_profile_store_load      (BcastProfileStore  *self,
                                                  GError            **error);
gboolean           bcast_profile_store_save      (BcastProfileStore  *self,
                                                  GError            **error);
void               bcast_profile_store_add       (BcastProfileStore  *self,
                                                  BcastProfile       *profile);
void               bcast_profile_store_insert    (BcastProfileStore  *self,
                                                  guint               position,
                                                  BcastProfile       *profile);
gboolean           bcast_profile_store_remove    (BcastProfileStore  *self,
                                                  BcastProfile       *profile,
                                                  guint              *position);
BcastProfile      *bcast_profile_store_find      (BcastProfileStore  *self,
                                                  const char         *id_or_name);
BcastProfile      *bcast_profile_store_ensure_sandbox (BcastProfileStore *self);
const char        *bcast_profile_store_get_kept_aside (BcastProfileStore *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-profile.h"

G_BEGIN_DECLS

#define BCAST_SANDBOX_PROFILE_ID "sandbox"
#define BCAST_SANDBOX_HOST       "127.0.0.1"
#define BCAST_SANDBOX_PORT       6001 /* what soketi and laravel-websockets listen on */

gboolean    bcast_profile_id_is_valid     (const char        *id);
gboolean    bcast_profile_check_reach     (BcastProfile      *self,
                                           GError           **error);
const char *bcast_profile_kind_to_nick    (BcastProfileKind   kind);
gboolean    bcast_profile_kind_from_nick  (const char        *nick,
                                           BcastProfileKind  *kind);

G_END_DECLS

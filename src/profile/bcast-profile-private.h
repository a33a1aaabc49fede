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
gboolean    bcast_profile_check_ca_file   (BcastProfile      *self,
                                           GError           **error);
gboolean    bcast_profile_check_auth_endpoint      (BcastProfile  *self,
                                                    GError       **error);
gboolean    bcast_profile_check_user_auth_endpoint (BcastProfile  *self,
                                                    GError       **error);
gboolean    bcast_profile_check_csrf_cookie        (BcastProfile  *self,
                                                    GError       **error);
gboolean    bcast_profile_check_csrf_header        (BcastProfile  *self,
                                                    GError       **error);
const char *bcast_profile_kind_to_nick    (BcastProfileKind   kind);
gboolean    bcast_profile_kind_from_nick  (const char        *nick,
                                           BcastProfileKind  *kind);
const char *bcast_profile_authorizer_to_nick   (BcastProfileAuthorizer   authorizer);
gboolean    bcast_profile_authorizer_from_nick (const char              *nick,
                                                BcastProfileAuthorizer  *authorizer);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-authorizer-secrets.h"
#include "bcast-profile-form.h"

G_BEGIN_DECLS

#define BCAST_TYPE_PROFILE_AUTHORIZATION (bcast_profile_authorization_get_type ())

G_DECLARE_FINAL_TYPE (BcastProfileAuthorization, bcast_profile_authorization, BCAST, PROFILE_AUTHORIZATION, GtkBox)

void     bcast_profile_authorization_bind (BcastProfileAuthorization  *self,
                                           BcastProfileForm           *form,
                                           BcastProfile               *draft);
void     bcast_profile_authorization_show (BcastProfileAuthorization  *self,
                                           const char                 *json);
gboolean bcast_profile_authorization_read (BcastProfileAuthorization  *self,
                                           char                      **json);

G_END_DECLS

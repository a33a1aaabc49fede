/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-profile-form.h"
#include "bcast-registry.h"

G_BEGIN_DECLS

#define BCAST_TYPE_PROFILE_CREDENTIALS (bcast_profile_credentials_get_type ())

G_DECLARE_FINAL_TYPE (BcastProfileCredentials, bcast_profile_credentials, BCAST, PROFILE_CREDENTIALS, GtkBox)

void        bcast_profile_credentials_bind           (BcastProfileCredentials *self,
                                                      BcastRegistry           *registry,
                                                      BcastProfileForm        *form,
                                                      BcastProfile            *draft);
void        bcast_profile_credentials_make           (BcastProfileCredentials *self,
                                                      BcastProfile            *draft);
void        bcast_profile_credentials_show           (BcastProfileCredentials *self,
                                                      const char              *secret,
                                                      const char              *master_key);
void        bcast_profile_credentials_set_error      (BcastProfileCredentials *self,
                                                      const char              *error,
                                                      gboolean                 go_to);
gboolean    bcast_profile_credentials_check          (BcastProfileCredentials *self);
const char *bcast_profile_credentials_get_secret     (BcastProfileCredentials *self);
const char *bcast_profile_credentials_get_master_key (BcastProfileCredentials *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-authorizer.h"
#include "bcast-app.h"
#include "bcast-authorizer-secrets.h"
#include "bcast-client-options.h"
#include "bcast-profile.h"

G_BEGIN_DECLS

typedef struct _BcastSigners BcastSigners;

BcastSigners    *bcast_signers_new            (BcastApp                      *app,
                                               BcastProfile                  *profile,
                                               const BcastAuthorizerSecrets  *secrets) G_GNUC_WARN_UNUSED_RESULT;
void             bcast_signers_free           (BcastSigners                  *self);
BcastApp        *bcast_signers_get_app        (BcastSigners                  *self);
BcastAuthorizer *bcast_signers_new_authorizer (BcastSigners                  *self,
                                               const BcastClientOptions      *options) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

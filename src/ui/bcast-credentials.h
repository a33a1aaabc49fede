/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-profile.h"
#include "bcast-secret-store.h"

G_BEGIN_DECLS

char *bcast_credentials_make           (void) G_GNUC_WARN_UNUSED_RESULT;

char *bcast_credentials_describe_place (BcastSecretStore     *secrets) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-cast.h"

G_BEGIN_DECLS

/* What the text calls each of those who can sign, by #BcastClientSigner. */
#define BCAST_CAST_N_SIGNERS 3
extern const char * const bcast_cast_signers[BCAST_CAST_N_SIGNERS];

gboolean bcast_cast_member_has_secrets (const BcastCastMember *self);

G_END_DECLS

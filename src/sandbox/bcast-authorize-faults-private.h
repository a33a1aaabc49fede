/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-authorize-question-private.h"

G_BEGIN_DECLS

gboolean bcast_authorize_faults_refuse (BcastHub                     *hub,
                                        const BcastAuthorizeQuestion *question,
                                        SoupServerMessage            *message);
void     bcast_authorize_faults_delay  (BcastHub                     *hub,
                                        const BcastAuthorizeQuestion *question,
                                        SoupServerMessage            *message);

G_END_DECLS

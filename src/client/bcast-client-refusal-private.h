/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-client-private.h"

G_BEGIN_DECLS

GError *bcast_refusal_new            (const char  *channel,
                                      BcastFrame  *frame) G_GNUC_WARN_UNUSED_RESULT;
void    bcast_client_take_error      (BcastClient *self,
                                      BcastFrame  *frame);
void    bcast_client_settle_refusals (BcastClient *self);

G_END_DECLS

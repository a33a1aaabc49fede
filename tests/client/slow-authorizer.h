/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-authorizer.h"

G_BEGIN_DECLS

#define TYPE_SLOW_AUTHORIZER (slow_authorizer_get_type ())

/* An authorizer that answers when the test says so, as one that asks somebody else does. */
G_DECLARE_FINAL_TYPE (SlowAuthorizer, slow_authorizer, SLOW, AUTHORIZER, GObject)

SlowAuthorizer *slow_authorizer_new         (void);
guint           slow_authorizer_get_n_asked (SlowAuthorizer *self);
const char     *slow_authorizer_get_asked   (SlowAuthorizer *self);
void            slow_authorizer_sign        (SlowAuthorizer *self,
                                             const char     *channel_data);
void            slow_authorizer_answer      (SlowAuthorizer     *self,
                                             BcastAuthorization *authorization);
void            slow_authorizer_refuse      (SlowAuthorizer *self);

G_END_DECLS

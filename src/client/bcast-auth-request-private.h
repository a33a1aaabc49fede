/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-auth-quote-private.h"
#include "bcast-endpoint-authorizer.h"

G_BEGIN_DECLS

/**
 * BcastAuthRequest:
 * @headers: name and value by turns, all that are sent but the form's type
 * @params: name and value by turns
 * @secrets: what must not stand in a sentence
 * @missing_cookie: (nullable): the cookie with the CSRF token, when it is not among the cookies
 *
 * What every request to the user's app has in common.
 */
typedef struct
{
  GPtrArray        *headers;
  GPtrArray        *params;
  BcastAuthSecrets *secrets;
  char             *missing_cookie;
} BcastAuthRequest;

BcastAuthRequest *bcast_auth_request_new          (const BcastEndpointOptions  *options,
                                                   GError                     **error) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_auth_request_free         (BcastAuthRequest            *self);
SoupMessage      *bcast_auth_request_make_message (BcastAuthRequest            *self,
                                                   GUri                        *uri,
                                                   const char                  *socket_id,
                                                   const char                  *channel) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastAuthRequest, bcast_auth_request_free)

G_END_DECLS

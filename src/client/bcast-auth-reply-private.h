/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-app.h"
#include "bcast-auth-quote-private.h"
#include "bcast-authorizer.h"

G_BEGIN_DECLS

/**
 * BcastAuthReply:
 * @status: the answer's HTTP status
 * @location: (nullable): where a redirect leads to
 * @body: (nullable): the answer's body; %NULL when it is no UTF-8
 * @endpoint: what was asked, for people: without its query
 * @socket_id: what was asked for
 * @channel: (nullable): likewise; %NULL for a sign-in
 * @app: (nullable): whose signature is expected
 * @secrets: what must not stand in a sentence
 * @missing_cookie: (nullable): a cookie with a CSRF token that could not be sent
 *
 * What the user's app answered, and what it was asked.
 */
typedef struct
{
  guint                   status;
  const char             *location;
  const char             *body;
  const char             *endpoint;
  const char             *socket_id;
  const char             *channel;
  BcastApp               *app;
  const BcastAuthSecrets *secrets;
  const char             *missing_cookie;
} BcastAuthReply;

GError             *bcast_auth_refusal_new   (const BcastAuthReply  *reply) G_GNUC_WARN_UNUSED_RESULT;
BcastAuthorization *bcast_auth_answer_parse  (const BcastAuthReply  *reply,
                                              GError               **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean            bcast_auth_answer_verify (const BcastAuthReply      *reply,
                                              const BcastAuthorization  *answer,
                                              GError                   **error);

G_END_DECLS

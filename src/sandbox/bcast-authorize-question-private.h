/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-sandbox-authorize-private.h"
#include "bcast-sandbox-routes.h"

G_BEGIN_DECLS

/**
 * BcastAuthorizeQuestion:
 * @socket_id: (nullable): the socket that wants to subscribe or sign in
 * @channel: (nullable): to which channel; %NULL for a sign-in
 * @user_id: (nullable): as whom
 * @user_info: (nullable): what is known of that user, as JSON
 * @watchlist: (nullable): whom that user watches, as JSON
 * @callback: (nullable): the JavaScript function to call with the answer
 * @app_key: (nullable): for which app
 *
 * What somebody asks an authorize route.
 */
typedef struct
{
  char *socket_id;
  char *channel;
  char *user_id;
  char *user_info;
  char *watchlist;
  char *callback;
  char *app_key;
} BcastAuthorizeQuestion;

gboolean bcast_authorize_question_read     (BcastAuthorizeQuestion    *self,
                                            SoupServerMessage         *message,
                                            const BcastSandboxRoutes  *routes,
                                            GError                   **error);
gboolean bcast_authorize_question_complete (BcastAuthorizeQuestion    *self,
                                            const BcastSandboxUser    *user,
                                            GError                   **error);
void     bcast_authorize_question_clear    (BcastAuthorizeQuestion    *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BcastAuthorizeQuestion, bcast_authorize_question_clear)

G_END_DECLS

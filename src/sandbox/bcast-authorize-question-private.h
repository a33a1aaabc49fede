/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "bcast-sandbox-authorize-private.h"

G_BEGIN_DECLS

/**
 * BcastAuthorizeQuestion:
 * @socket_id: (nullable): the socket that wants to subscribe or sign in
 * @channel: (nullable): to which channel; %NULL for a sign-in
 * @user_id: as whom
 * @user_info: (nullable): what is known of that user, as JSON
 * @watchlist: (nullable): whom that user watches, as JSON
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
} BcastAuthorizeQuestion;

gboolean bcast_authorize_question_read  (BcastAuthorizeQuestion  *self,
                                         SoupServerMessage       *message,
                                         const BcastSandboxUser  *user,
                                         GError                 **error);
void     bcast_authorize_question_clear (BcastAuthorizeQuestion  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BcastAuthorizeQuestion, bcast_authorize_question_clear)

G_END_DECLS

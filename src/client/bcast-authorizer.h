/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BcastAuthorization:
 * @auth: `key:hex`, as it goes into the subscribe or sign-in frame
 * @channel_data: (nullable): presence channels: the exact bytes that were signed
 * @user_data: (nullable): sign-in: the exact bytes that were signed
 * @shared_secret: (nullable): encrypted channels: the channel's key, base64
 *
 * What an authorizer answers.
 */
typedef struct
{
  char *auth;
  char *channel_data;
  char *user_data;
  char *shared_secret;
} BcastAuthorization;

BcastAuthorization *bcast_authorization_new  (const char         *auth,
                                              const char         *channel_data,
                                              const char         *user_data,
                                              const char         *shared_secret) G_GNUC_WARN_UNUSED_RESULT;
void                bcast_authorization_free (BcastAuthorization *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastAuthorization, bcast_authorization_free)

#define BCAST_TYPE_AUTHORIZER (bcast_authorizer_get_type ())

G_DECLARE_INTERFACE (BcastAuthorizer, bcast_authorizer, BCAST, AUTHORIZER, GObject)

/**
 * BcastAuthorizerInterface:
 * @authorize_async: starts to authorize one subscription, or a sign-in when channel is %NULL;
 *   user_id and user_info (JSON) tell as whom, and may be %NULL
 * @authorize_finish: gives the answer
 */
struct _BcastAuthorizerInterface
{
  GTypeInterface parent_iface;

  void                 (*authorize_async)  (BcastAuthorizer      *self,
                                            const char           *socket_id,
                                            const char           *channel,
                                            const char           *user_id,
                                            const char           *user_info,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
  BcastAuthorization * (*authorize_finish) (BcastAuthorizer      *self,
                                            GAsyncResult         *result,
                                            GError              **error);
};

void                bcast_authorizer_authorize_async  (BcastAuthorizer      *self,
                                                       const char           *socket_id,
                                                       const char           *channel,
                                                       const char           *user_id,
                                                       const char           *user_info,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
BcastAuthorization *bcast_authorizer_authorize_finish (BcastAuthorizer      *self,
                                                       GAsyncResult         *result,
                                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

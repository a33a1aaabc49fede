/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-authorizer-private.h"
#include "bcast-authorizer.h"

#include <glib/gi18n-lib.h>

#include "bcast-channel-name.h"
#include "bcast-error.h"

/**
 * BcastAuthorizer:
 *
 * Who signs subscriptions and sign-ins: this program with the app's secret, or somebody else who
 * is asked. A client asks anew for each subscription on each connection, because a signature is
 * bound to the socket id it was made for.
 */
G_DEFINE_INTERFACE (BcastAuthorizer, bcast_authorizer, G_TYPE_OBJECT)

static void
bcast_authorizer_default_init (BcastAuthorizerInterface *iface)
{
}

/**
 * bcast_authorization_new:
 * @auth: the signature, `key:hex`
 * @channel_data: (nullable): presence channels: the exact text that was signed
 * @user_data: (nullable): sign-in: the exact text that was signed
 * @shared_secret: (nullable): encrypted channels: the channel's key, base64
 *
 * Returns: (transfer full): a new authorization
 */
BcastAuthorization *
bcast_authorization_new (const char *auth,
                         const char *channel_data,
                         const char *user_data,
                         const char *shared_secret)
{
  g_return_val_if_fail (auth != NULL, NULL);

  BcastAuthorization *self = g_new0 (BcastAuthorization, 1);

  self->auth = g_strdup (auth);
  self->channel_data = g_strdup (channel_data);
  self->user_data = g_strdup (user_data);
  self->shared_secret = g_strdup (shared_secret);
  return self;
}

/**
 * bcast_authorization_free:
 * @self: (transfer full) (nullable): an authorization
 */
void
bcast_authorization_free (BcastAuthorization *self)
{
  if (self == NULL)
    return;

  g_free (self->auth);
  g_free (self->channel_data);
  g_free (self->user_data);
  g_free (self->shared_secret);
  g_free (self);
}

/**
 * bcast_authorizer_authorize_async:
 * @self: an authorizer
 * @socket_id: the socket that subscribes or signs in
 * @channel: (nullable): the channel's full name, or %NULL for a sign-in
 * @user_id: (nullable): as whom; presence channels and sign-ins need one
 * @user_info: (nullable): what others may know about the user, as JSON
 * @cancellable: (nullable): stops the work
 * @callback: (scope async): called once, never before this function returned
 * @user_data: for @callback
 *
 * Asks for the signature of one subscription, or of a sign-in.
 */
void
bcast_authorizer_authorize_async (BcastAuthorizer     *self,
                                  const char          *socket_id,
                                  const char          *channel,
                                  const char          *user_id,
                                  const char          *user_info,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (BCAST_IS_AUTHORIZER (self));
  g_return_if_fail (socket_id != NULL);

  BCAST_AUTHORIZER_GET_IFACE (self)->authorize_async (self, socket_id, channel, user_id, user_info,
                                                      cancellable, callback, user_data);
}

/**
 * bcast_authorizer_authorize_finish:
 * @self: an authorizer
 * @result: what the callback received
 * @error: a %BCAST_ERROR that says why nothing was signed
 *
 * Returns: (transfer full) (nullable): the authorization, or %NULL with @error set
 */
BcastAuthorization *
bcast_authorizer_authorize_finish (BcastAuthorizer  *self,
                                   GAsyncResult     *result,
                                   GError          **error)
{
  g_return_val_if_fail (BCAST_IS_AUTHORIZER (self), NULL);

  return BCAST_AUTHORIZER_GET_IFACE (self)->authorize_finish (self, result, error);
}

/**
 * bcast_authorizer_check_socket_id:
 * @socket_id: what the server gave
 * @error: %BCAST_ERROR_PROTOCOL
 *
 * The socket id comes from the server. Any other text could make the string to sign that of something
 * else, such as an API request in the app's name.
 *
 * Returns: whether @socket_id may be signed for
 */
gboolean
bcast_authorizer_check_socket_id (const char  *socket_id,
                                  GError     **error)
{
  if (bcast_socket_id_is_valid (socket_id))
    return TRUE;

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                       _("The server gave a socket id that is not two numbers with a dot between. "
                         "Nothing is signed for it."));
  return FALSE;
}

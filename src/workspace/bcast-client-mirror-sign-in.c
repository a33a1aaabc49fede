/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-client-mirror-private.h"

#include <string.h>

#include "bcast-channel-name.h"

/* The client subscribes to its user's own channel by itself, for as long as the user is signed in. News of
 * that channel may come before those of the sign-in. */
static void
drop_other_users (BcastClientMirror *self)
{
  GListModel *list = G_LIST_MODEL (self->subscriptions);
  gsize prefix = strlen (bcast_channel_type_get_prefix (BCAST_CHANNEL_SERVER_TO_USER));

  for (guint i = g_list_model_get_n_items (list); i > 0; i--)
    {
      g_autoptr(BcastSubscriptionMirror) subscription = g_list_model_get_item (list, i - 1);
      const char *channel = bcast_subscription_mirror_get_channel (subscription);

      if (bcast_channel_name_find_type (channel) == BCAST_CHANNEL_SERVER_TO_USER
          && g_strcmp0 (channel + prefix, self->signed_in_id) != 0)
        bcast_client_mirror_remove_subscription (self, channel);
    }
}

void
bcast_client_mirror_set_sign_in (BcastClientMirror  *self,
                                 BcastSignInState    state,
                                 const char         *error,
                                 const char         *signed_in_id,
                                 const char * const *online)
{
  if (self->sign_in_state == state && g_strcmp0 (self->sign_in_error, error) == 0
      && g_strcmp0 (self->signed_in_id, signed_in_id) == 0
      && g_strv_equal ((const char * const *) self->online, online))
    return;

  gboolean is_other = g_strcmp0 (self->signed_in_id, signed_in_id) != 0;

  g_free (self->sign_in_error);
  g_free (self->signed_in_id);
  g_strfreev (self->online);
  self->sign_in_state = state;
  self->sign_in_error = g_strdup (error);
  self->signed_in_id = g_strdup (signed_in_id);
  self->online = g_strdupv ((char **) online);
  if (is_other)
    drop_other_users (self);
  bcast_client_mirror_emit_sign_in_changed (self);
}

/**
 * bcast_client_mirror_get_sign_in_state:
 * @self: a client
 *
 * Returns: how far the sign-in of its user is
 */
BcastSignInState
bcast_client_mirror_get_sign_in_state (BcastClientMirror *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), BCAST_SIGN_IN_OFF);

  return self->sign_in_state;
}

/**
 * bcast_client_mirror_get_sign_in_error:
 * @self: a client
 *
 * Returns: (nullable): why the sign-in was refused, a sentence
 */
const char *
bcast_client_mirror_get_sign_in_error (BcastClientMirror *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), NULL);

  return self->sign_in_error;
}

/**
 * bcast_client_mirror_get_signed_in_id:
 * @self: a client
 *
 * Returns: (nullable): as whom the server knows its connection
 */
const char *
bcast_client_mirror_get_signed_in_id (BcastClientMirror *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), NULL);

  return self->signed_in_id;
}

/**
 * bcast_client_mirror_get_online:
 * @self: a client
 *
 * Returns: (transfer none) (array zero-terminated=1): who of the user's watchlist is online
 */
const char * const *
bcast_client_mirror_get_online (BcastClientMirror *self)
{
  g_return_val_if_fail (BCAST_IS_CLIENT_MIRROR (self), NULL);

  return (const char * const *) self->online;
}

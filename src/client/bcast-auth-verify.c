/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-auth-reply-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-secret-box.h"
#include "bcast-signature.h"

static gboolean
verify_signature (const BcastAuthReply      *reply,
                  const BcastAuthorization  *answer,
                  GError                   **error)
{
  const char *secret = bcast_app_get_secret (reply->app);
  g_autofree char *string_to_sign = NULL;

  if (secret == NULL || *secret == '\0')
    return TRUE;

  if (reply->channel != NULL)
    string_to_sign = bcast_signature_channel_string (reply->socket_id, reply->channel, answer->channel_data);
  else
    string_to_sign = bcast_signature_user_string (reply->socket_id, answer->user_data);
  if (bcast_signature_check_auth (bcast_app_get_key (reply->app), secret, string_to_sign, answer->auth, NULL))
    return TRUE;

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                       _("Your app's signature is not the one that the profile's secret gives. Either one of the two "
                         "secrets is wrong, or your app signs something else: it must be the socket, the channel and "
                         "the exact text of channel_data or user_data that it answers with."));
  return FALSE;
}

static gboolean
verify_shared_secret (const BcastAuthReply      *reply,
                      const BcastAuthorization  *answer,
                      GError                   **error)
{
  const char *text = bcast_app_get_master_key (reply->app);
  g_autoptr(GBytes) master_key = text != NULL ? bcast_secret_box_parse_key (text, NULL) : NULL;

  if (master_key == NULL || reply->channel == NULL
      || !bcast_channel_type_is_encrypted (bcast_channel_name_find_type (reply->channel)))
    return TRUE;

  g_autoptr(GBytes) key = bcast_secret_box_derive_key (master_key, reply->channel);
  g_autofree char *expected = g_base64_encode (g_bytes_get_data (key, NULL), g_bytes_get_size (key));
  gboolean equal = bcast_signature_equal (expected, answer->shared_secret);

  if (!equal)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                         _("“shared_secret” in your app's answer is not the key that the profile's encryption master "
                           "key gives for this channel. The two master keys differ, and events of one side could "
                           "not be read on the other."));
  bcast_auth_wipe (g_steal_pointer (&expected));
  return equal;
}

/**
 * bcast_auth_answer_verify:
 * @reply: what was asked, and by whose credentials to check
 * @answer: what came
 * @error: %BCAST_ERROR_UNAUTHORIZED with what does not fit
 *
 * Checks the signature as the server will, when the app's secret is known, and the channel's key when
 * the master key is.
 * Source: Channels documentation, “Auth signatures” and “End-to-end encryption”.
 *
 * Returns: whether nothing that is known speaks against @answer
 */
gboolean
bcast_auth_answer_verify (const BcastAuthReply      *reply,
                          const BcastAuthorization  *answer,
                          GError                   **error)
{
  g_return_val_if_fail (reply != NULL && answer != NULL, FALSE);

  return reply->app == NULL
         || (verify_signature (reply, answer, error) && verify_shared_secret (reply, answer, error));
}

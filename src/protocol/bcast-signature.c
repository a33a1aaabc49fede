/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-signature.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "bcast-error.h"

static char *
to_hex (const guint8 *bytes,
        gsize         length)
{
  static const char digits[] = "0123456789abcdef";
  char *hex = g_malloc (length * 2 + 1);

  for (gsize i = 0; i < length; i++)
    {
      hex[i * 2] = digits[bytes[i] >> 4];
      hex[i * 2 + 1] = digits[bytes[i] & 15];
    }
  hex[length * 2] = '\0';
  return hex;
}

/**
 * bcast_signature_hmac:
 * @secret: the app's secret
 * @data: (array length=length): the bytes to sign
 * @length: how many
 *
 * HMAC-SHA256, the only signature of the protocol.
 * Source: Channels documentation, “Auth signatures”.
 *
 * Returns: (transfer full): 64 lower-case hex digits
 */
char *
bcast_signature_hmac (const char    *secret,
                      gconstpointer  data,
                      gsize          length)
{
  g_return_val_if_fail (secret != NULL, NULL);
  g_return_val_if_fail (data != NULL || length == 0, NULL);

  guint8 digest[EVP_MAX_MD_SIZE];
  unsigned int digest_length = 0;

  HMAC (EVP_sha256 (), secret, (int) strlen (secret), length > 0 ? data : (gconstpointer) "", length,
        digest, &digest_length);
  return to_hex (digest, digest_length);
}

/**
 * bcast_signature_md5:
 * @data: (array length=length): the bytes of a body
 * @length: how many
 *
 * Source: Channels documentation, “HTTP API”, section “Generating authentication signatures”.
 *
 * Returns: (transfer full): 32 lower-case hex digits
 */
char *
bcast_signature_md5 (gconstpointer data,
                     gsize         length)
{
  g_return_val_if_fail (data != NULL || length == 0, NULL);

  return g_compute_checksum_for_data (G_CHECKSUM_MD5, length > 0 ? data : (gconstpointer) "", length);
}

/**
 * bcast_signature_equal:
 * @a: (nullable): a signature
 * @b: (nullable): another
 *
 * Compares in a time that tells nothing about where the two differ.
 *
 * Returns: whether both are the same text
 */
gboolean
bcast_signature_equal (const char *a,
                       const char *b)
{
  if (a == NULL || b == NULL)
    return FALSE;

  gsize length = strlen (a);

  return length == strlen (b) && CRYPTO_memcmp (a, b, length) == 0;
}

/**
 * bcast_signature_channel_string:
 * @socket_id: the socket that subscribes
 * @channel: the channel's full name
 * @channel_data: (nullable): the exact JSON text that goes on the wire
 *
 * Source: Channels documentation, “Auth signatures”.
 *
 * Returns: (transfer full): what is signed to join a private or presence channel
 */
char *
bcast_signature_channel_string (const char *socket_id,
                                const char *channel,
                                const char *channel_data)
{
  g_return_val_if_fail (socket_id != NULL && channel != NULL, NULL);

  if (channel_data == NULL)
    return g_strconcat (socket_id, ":", channel, NULL);
  return g_strconcat (socket_id, ":", channel, ":", channel_data, NULL);
}

/**
 * bcast_signature_user_string:
 * @socket_id: the socket that signs in
 * @user_data: the exact JSON text that goes on the wire
 *
 * Source: Channels documentation, “Auth signatures”, section “User authentication”.
 *
 * Returns: (transfer full): what is signed to sign a user in
 */
char *
bcast_signature_user_string (const char *socket_id,
                             const char *user_data)
{
  g_return_val_if_fail (socket_id != NULL && user_data != NULL, NULL);

  return g_strconcat (socket_id, "::user::", user_data, NULL);
}

/**
 * bcast_signature_auth:
 * @key: the app's key
 * @secret: the app's secret
 * @string_to_sign: see bcast_signature_channel_string() and bcast_signature_user_string()
 *
 * Returns: (transfer full): `key:hex`, the `auth` of a subscription or sign-in
 */
char *
bcast_signature_auth (const char *key,
                      const char *secret,
                      const char *string_to_sign)
{
  g_return_val_if_fail (key != NULL && secret != NULL && string_to_sign != NULL, NULL);

  g_autofree char *digest = bcast_signature_hmac (secret, string_to_sign, strlen (string_to_sign));

  return g_strconcat (key, ":", digest, NULL);
}

/**
 * bcast_signature_check_auth:
 * @key: the app's key
 * @secret: the app's secret
 * @string_to_sign: what must have been signed
 * @auth: (nullable): what came
 * @error: %BCAST_ERROR_UNAUTHORIZED, with what is wrong but never the right signature
 *
 * Returns: whether @auth is the right one
 */
gboolean
bcast_signature_check_auth (const char  *key,
                            const char  *secret,
                            const char  *string_to_sign,
                            const char  *auth,
                            GError     **error)
{
  g_return_val_if_fail (key != NULL && secret != NULL && string_to_sign != NULL, FALSE);

  const char *colon = auth != NULL ? strchr (auth, ':') : NULL;

  if (auth == NULL || *auth == '\0')
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                         _("The subscription is not signed: “auth” is missing."));
  else if (colon == NULL)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                         _("The signature has no key: “auth” must be key:signature."));
  else if (strlen (key) != (gsize) (colon - auth) || strncmp (key, auth, strlen (key)) != 0)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                         _("The signature was made with the key of another app."));
  else
    {
      g_autofree char *expected = bcast_signature_hmac (secret, string_to_sign, strlen (string_to_sign));

      if (bcast_signature_equal (expected, colon + 1))
        return TRUE;
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                   _("Invalid signature: expected the HMAC SHA256 hex digest of %s, made with the "
                     "app's secret."), string_to_sign);
    }

  return FALSE;
}

/**
 * bcast_signature_webhook:
 * @secret: the app's secret
 * @body: (array length=length): the raw bytes of the webhook
 * @length: how many
 *
 * Source: Channels documentation, “Webhooks”, section “Security”.
 *
 * Returns: (transfer full): the value of `X-Pusher-Signature`
 */
char *
bcast_signature_webhook (const char    *secret,
                         gconstpointer  body,
                         gsize          length)
{
  return bcast_signature_hmac (secret, body, length);
}

/**
 * bcast_signature_check_webhook:
 * @secret: the app's secret
 * @body: (array length=length): the raw bytes of the webhook, before any parsing
 * @length: how many
 * @signature: (nullable): the value of `X-Pusher-Signature`
 *
 * Returns: whether @signature is right
 */
gboolean
bcast_signature_check_webhook (const char    *secret,
                               gconstpointer  body,
                               gsize          length,
                               const char    *signature)
{
  g_autofree char *expected = bcast_signature_webhook (secret, body, length);

  return bcast_signature_equal (expected, signature);
}

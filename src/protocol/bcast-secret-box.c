/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-secret-box.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <sodium.h>

#include "bcast-error.h"
#include "bcast-json.h"

G_STATIC_ASSERT (BCAST_SECRET_BOX_KEY_BYTES == crypto_secretbox_KEYBYTES);

/**
 * bcast_secret_box_parse_key:
 * @base64: a master key or shared secret in base64, 44 characters
 * @error: %BCAST_ERROR_INVALID when it is not 32 bytes
 *
 * Returns: (transfer full) (nullable): the 32 bytes
 */
GBytes *
bcast_secret_box_parse_key (const char  *base64,
                            GError     **error)
{
  g_return_val_if_fail (base64 != NULL, NULL);

  gsize length = 0;
  g_autofree guchar *key = g_base64_decode (base64, &length);

  if (strlen (base64) != 44 || length != BCAST_SECRET_BOX_KEY_BYTES)
    {
      sodium_memzero (key, length);
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("An encryption key must be 32 bytes in base64, which makes 44 characters. "
                             "“openssl rand -base64 32” makes one."));
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&key), length);
}

/**
 * bcast_secret_box_derive_key:
 * @master_key: the app's encryption master key, 32 bytes
 * @channel: the channel's full name
 *
 * SHA-256 over the name followed by the master key.
 * Source: Channels documentation, “End-to-end encryption”, and the official server libraries.
 *
 * Returns: (transfer full): the channel's shared secret, 32 bytes
 */
GBytes *
bcast_secret_box_derive_key (GBytes     *master_key,
                             const char *channel)
{
  g_return_val_if_fail (master_key != NULL && channel != NULL, NULL);
  g_return_val_if_fail (g_bytes_get_size (master_key) == BCAST_SECRET_BOX_KEY_BYTES, NULL);

  crypto_hash_sha256_state state;
  guint8 key[crypto_hash_sha256_BYTES];

  crypto_hash_sha256_init (&state);
  crypto_hash_sha256_update (&state, (const guint8 *) channel, strlen (channel));
  crypto_hash_sha256_update (&state, g_bytes_get_data (master_key, NULL), BCAST_SECRET_BOX_KEY_BYTES);
  crypto_hash_sha256_final (&state, key);

  GBytes *derived = g_bytes_new (key, sizeof key);

  sodium_memzero (key, sizeof key);
  return derived;
}

/**
 * bcast_secret_box_seal:
 * @key: the channel's shared secret, 32 bytes
 * @plain: the data as text
 * @nonce: (nullable): 24 bytes that were never used with @key; %NULL makes random ones
 * @error: %BCAST_ERROR_UNAVAILABLE when the machine gives no randomness
 *
 * XSalsa20-Poly1305 as NaCl's `secretbox`, tag first.
 * Source: Channels documentation, “End-to-end encryption”.
 *
 * Returns: (transfer full) (nullable): the JSON text that goes out as the event's data
 */
char *
bcast_secret_box_seal (GBytes      *key,
                       const char  *plain,
                       GBytes      *nonce,
                       GError     **error)
{
  g_return_val_if_fail (key != NULL && plain != NULL, NULL);
  g_return_val_if_fail (g_bytes_get_size (key) == BCAST_SECRET_BOX_KEY_BYTES, NULL);
  g_return_val_if_fail (nonce == NULL || g_bytes_get_size (nonce) == crypto_secretbox_NONCEBYTES, NULL);

  guint8 number[crypto_secretbox_NONCEBYTES];
  gsize length = strlen (plain);
  g_autofree guint8 *box = g_malloc (length + crypto_secretbox_MACBYTES);

  if (sodium_init () < 0)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                           _("Encryption could not start: this machine gives no random numbers."));
      return NULL;
    }

  if (nonce != NULL)
    memcpy (number, g_bytes_get_data (nonce, NULL), sizeof number);
  else
    randombytes_buf (number, sizeof number);
  crypto_secretbox_easy (box, (const guint8 *) plain, length, number, g_bytes_get_data (key, NULL));

  g_autofree char *nonce_text = g_base64_encode (number, sizeof number);
  g_autofree char *box_text = g_base64_encode (box, length + crypto_secretbox_MACBYTES);

  return g_strdup_printf ("{\"nonce\":\"%s\",\"ciphertext\":\"%s\"}", nonce_text, box_text);
}

typedef struct
{
  char *nonce;
  char *ciphertext;
} Sealed;

static gboolean
take_sealed (const BcastJsonSpan *key,
             const BcastJsonSpan *value,
             gpointer             user_data)
{
  Sealed *sealed = user_data;
  char **field = bcast_json_span_equals (key, "nonce") ? &sealed->nonce
                 : bcast_json_span_equals (key, "ciphertext") ? &sealed->ciphertext : NULL;

  if (field != NULL && value->type == BCAST_JSON_STRING)
    {
      g_free (*field);
      *field = bcast_json_span_dup_string (value, NULL);
    }
  return TRUE;
}

static void
sealed_clear (Sealed *self)
{
  g_free (self->nonce);
  g_free (self->ciphertext);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sealed, sealed_clear)

static gboolean
parse_sealed (const char *data,
              Sealed     *sealed)
{
  return bcast_json_scan_object (data, strlen (data), take_sealed, sealed, NULL, NULL)
         && sealed->nonce != NULL && sealed->ciphertext != NULL;
}

/**
 * bcast_secret_box_is_sealed:
 * @data: the data of an event
 *
 * Returns: whether @data has the form of encrypted data, whoever encrypted it
 */
gboolean
bcast_secret_box_is_sealed (const char *data)
{
  g_return_val_if_fail (data != NULL, FALSE);

  g_auto(Sealed) sealed = { NULL, NULL };

  return parse_sealed (data, &sealed);
}

static char *
open_box (GBytes       *key,
          const Sealed *sealed)
{
  gsize nonce_length = 0;
  gsize box_length = 0;
  g_autofree guchar *nonce = g_base64_decode (sealed->nonce, &nonce_length);
  g_autofree guchar *box = g_base64_decode (sealed->ciphertext, &box_length);

  if (nonce_length != crypto_secretbox_NONCEBYTES || box_length < crypto_secretbox_MACBYTES)
    return NULL;

  g_autofree char *plain = g_malloc0 (box_length - crypto_secretbox_MACBYTES + 1);

  if (crypto_secretbox_open_easy ((guint8 *) plain, box, box_length, nonce,
                                  g_bytes_get_data (key, NULL)) != 0)
    return NULL;
  if (!g_utf8_validate_len (plain, box_length - crypto_secretbox_MACBYTES, NULL))
    return NULL;
  return g_steal_pointer (&plain);
}

/**
 * bcast_secret_box_open:
 * @key: the channel's shared secret, 32 bytes
 * @data: the data of an event on an encrypted channel
 * @error: %BCAST_ERROR_PROTOCOL when it is not sealed at all, %BCAST_ERROR_UNAUTHORIZED when the
 *   key does not open it
 *
 * Returns: (transfer full) (nullable): the plain text
 */
char *
bcast_secret_box_open (GBytes      *key,
                       const char  *data,
                       GError     **error)
{
  g_return_val_if_fail (key != NULL && data != NULL, NULL);
  g_return_val_if_fail (g_bytes_get_size (key) == BCAST_SECRET_BOX_KEY_BYTES, NULL);

  g_auto(Sealed) sealed = { NULL, NULL };
  char *plain = NULL;

  if (!parse_sealed (data, &sealed))
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL,
                         _("The data is not encrypted: it has no nonce and ciphertext. The sender must "
                           "encrypt what goes to this channel."));
  else if ((plain = open_box (key, &sealed)) == NULL)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                         _("The data could not be decrypted. Sender and receiver use different "
                           "encryption master keys, or the data was changed."));
  return plain;
}

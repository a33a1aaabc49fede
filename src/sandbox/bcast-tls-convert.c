/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-tls-convert-private.h"

#include <openssl/err.h>
#include <openssl/pem.h>

static gboolean
write_pem (BIO             *pem,
           STACK_OF (X509) *chain,
           EVP_PKEY        *key)
{
  for (int i = 0; i < sk_X509_num (chain); i++)
    if (PEM_write_bio_X509 (pem, sk_X509_value (chain, i)) != 1)
      return FALSE;
  return PEM_write_bio_PrivateKey (pem, key, NULL, NULL, 0, NULL, NULL) == 1;
}

/**
 * bcast_tls_convert:
 * @chain: the certificate of @key, and behind it those of the authorities above it
 * @key: a private key
 * @error: why GIO does not take them
 *
 * From OpenSSL, which makes and reads certificates and tells what is wrong with them, to GIO, which speaks
 * TLS. The text between the two lies in memory that is wiped.
 *
 * Returns: (transfer full) (nullable): the certificate with its key and its chain
 */
GTlsCertificate *
bcast_tls_convert (STACK_OF (X509)  *chain,
                   EVP_PKEY         *key,
                   GError          **error)
{
  g_return_val_if_fail (chain != NULL && key != NULL, NULL);

  BIO *pem = BIO_new (BIO_s_secmem ());
  GTlsCertificate *result = NULL;
  char *text = NULL;

  if (pem != NULL && write_pem (pem, chain, key))
    {
      long length = BIO_get_mem_data (pem, &text);

      result = g_tls_certificate_new_from_pem (text, length, error);
    }
  else
    g_set_error_literal (error, G_TLS_ERROR, G_TLS_ERROR_MISC, ERR_reason_error_string (ERR_peek_last_error ()));

  BIO_free (pem);
  ERR_clear_error ();
  return result;
}

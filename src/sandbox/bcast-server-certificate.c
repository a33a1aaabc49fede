/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-server-certificate.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "bcast-error.h"
#include "bcast-tls-convert-private.h"

#define FILE_MODE 0644

/* A stack with nothing in it when there is none. */
static STACK_OF (X509) *
read_chain (const char *pem)
{
  STACK_OF (X509) *chain = sk_X509_new_null ();
  BIO *bio = BIO_new_mem_buf (pem, -1);
  X509 *certificate;

  while ((certificate = PEM_read_bio_X509 (bio, NULL, NULL, NULL)) != NULL)
    sk_X509_push (chain, certificate);

  BIO_free (bio);
  return chain;
}

static void
free_chain (STACK_OF (X509) *chain)
{
  sk_X509_pop_free (chain, X509_free);
}

static int
password_cb (char *buffer,
             int   size,
             int   is_writing,
             void *user_data)
{
  *(gboolean *) user_data = TRUE;
  return -1;
}

static EVP_PKEY *
read_key (const char  *pem,
          const char  *name,
          GError     **error)
{
  gboolean is_locked = FALSE;
  BIO *bio = BIO_new_mem_buf (pem, -1);
  EVP_PKEY *key = PEM_read_bio_PrivateKey (bio, NULL, password_cb, &is_locked);

  BIO_free (bio);
  if (key == NULL && is_locked)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("The private key in “%s” is locked with a password, and nobody is asked for it here. Unlock it "
                   "with “openssl pkey -in LOCKED -out UNLOCKED”."), name);
  else if (key == NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("“%s” has no private key in PEM form. Give the file that has the certificate's key."), name);
  return key;
}

static GTlsCertificate *
join (STACK_OF (X509)  *chain,
      EVP_PKEY         *key,
      const char       *certificates_name,
      const char       *key_name,
      GError          **error)
{
  g_autoptr(GError) problem = NULL;
  GTlsCertificate *result;

  if (X509_check_private_key (sk_X509_value (chain, 0), key) != 1)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("The private key in “%s” does not belong to the first certificate in “%s”. Give the key that "
                     "the certificate was made for, and the server's own certificate before the others."),
                   key_name, certificates_name);
      return NULL;
    }

  result = bcast_tls_convert (chain, key, &problem);
  if (result == NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("The certificate in “%s” cannot be used for TLS: %s."), certificates_name, problem->message);
  return result;
}

/**
 * bcast_server_certificate_parse:
 * @certificates: the server's certificate in PEM form, and behind it those of the authorities between it and
 *   one that clients know
 * @key: its private key in PEM form; may be the same text
 * @certificates_name: what @certificates was read from, for words about it
 * @key_name: what @key was read from
 * @error: %BCAST_ERROR_INVALID for something else, for a key that needs a password or belongs to another
 *   certificate, and for what GIO does not take
 *
 * Returns: (transfer full) (nullable): the certificate, with its key and its chain
 */
GTlsCertificate *
bcast_server_certificate_parse (const char  *certificates,
                                const char  *key,
                                const char  *certificates_name,
                                const char  *key_name,
                                GError     **error)
{
  g_return_val_if_fail (certificates != NULL && key != NULL, NULL);
  g_return_val_if_fail (certificates_name != NULL && key_name != NULL, NULL);

  STACK_OF (X509) *chain = read_chain (certificates);
  EVP_PKEY *private_key = NULL;
  GTlsCertificate *result = NULL;

  if (sk_X509_num (chain) < 1)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("“%s” has no certificate in PEM form, which begins with “-----BEGIN CERTIFICATE-----”. Give the "
                   "file that has the server's certificate."), certificates_name);
  else if ((private_key = read_key (key, key_name, error)) != NULL)
    result = join (chain, private_key, certificates_name, key_name, error);

  EVP_PKEY_free (private_key);
  free_chain (chain);
  ERR_clear_error ();
  return result;
}

/**
 * bcast_server_certificate_save:
 * @certificate: a certificate
 * @path: a file, which is replaced
 * @error: %BCAST_ERROR_UNAVAILABLE when it cannot be written
 *
 * Writes what clients can be told to trust, in PEM form, and never the private key.
 *
 * Returns: whether that was done
 */
gboolean
bcast_server_certificate_save (GTlsCertificate  *certificate,
                               const char       *path,
                               GError          **error)
{
  g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate) && path != NULL, FALSE);

  g_autofree char *pem = NULL;
  g_autoptr(GError) problem = NULL;

  g_object_get (certificate, "certificate-pem", &pem, NULL);
  if (g_file_set_contents_full (path, pem, -1, G_FILE_SET_CONTENTS_NONE, FILE_MODE, &problem))
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
               _("The certificate cannot be saved: %s. Choose another file."), problem->message);
  return FALSE;
}

/**
 * bcast_server_certificate_dup_warning:
 * @certificate: a certificate
 * @now_s: seconds since 1970
 *
 * Returns: (transfer full) (nullable): a sentence when clients will not accept @certificate because of its
 *   dates
 */
char *
bcast_server_certificate_dup_warning (GTlsCertificate *certificate,
                                      gint64           now_s)
{
  g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);

  g_autoptr(GDateTime) since = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr(GDateTime) until = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char *day = NULL;

  if (until != NULL && g_date_time_to_unix (until) < now_s)
    {
      day = g_date_time_format (until, "%F");
      return g_strdup_printf (_("The certificate expired on %s, so that clients will refuse it. Have it renewed."),
                              day);
    }
  if (since != NULL && g_date_time_to_unix (since) > now_s)
    {
      day = g_date_time_format (since, "%F");
      return g_strdup_printf (_("The certificate is valid from %s on, so that clients will refuse it until then. "
                                "Check this machine's clock."), day);
    }
  return NULL;
}

/**
 * bcast_server_certificate_format_fingerprint:
 * @certificate: a certificate
 *
 * Returns: (transfer full): its SHA-256 fingerprint as browsers and OpenSSL show it, such as `0F:A1:…`
 */
char *
bcast_server_certificate_format_fingerprint (GTlsCertificate *certificate)
{
  g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);

  g_autoptr(GByteArray) der = NULL;
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  GString *text = g_string_new (NULL);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_object_get (certificate, "certificate", &der, NULL);
  g_checksum_update (checksum, der->data, der->len);
  g_checksum_get_digest (checksum, digest, &length);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%s%02X", i > 0 ? ":" : "", digest[i]);
  return g_string_free (text, FALSE);
}

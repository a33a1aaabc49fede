/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "certificate.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

static char *
read_all (BIO *bio)
{
  char *text = NULL;
  long length = BIO_get_mem_data (bio, &text);

  return g_strndup (text, (gsize) length);
}

/* A self-signed certificate for localhost, made anew each time so that no key lies about. */
GTlsCertificate *
certificate_new (void)
{
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509 *x509 = X509_new ();
  BIO *bio = BIO_new (BIO_s_mem ());
  X509_EXTENSION *names = X509V3_EXT_conf_nid (NULL, NULL, NID_subject_alt_name, "DNS:localhost");
  g_autoptr(GError) error = NULL;

  X509_set_version (x509, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (x509), 1);
  X509_gmtime_adj (X509_getm_notBefore (x509), -3600);
  X509_gmtime_adj (X509_getm_notAfter (x509), 3600);
  X509_set_pubkey (x509, key);
  X509_NAME_add_entry_by_txt (X509_get_subject_name (x509), "CN", MBSTRING_ASC,
                              (const unsigned char *) "localhost", -1, -1, 0);
  X509_set_issuer_name (x509, X509_get_subject_name (x509));
  X509_add_ext (x509, names, -1);
  g_assert_cmpint (X509_sign (x509, key, EVP_sha256 ()), >, 0);
  PEM_write_bio_X509 (bio, x509);
  PEM_write_bio_PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL);

  g_autofree char *pem = read_all (bio);
  GTlsCertificate *certificate = g_tls_certificate_new_from_pem (pem, -1, &error);

  g_assert_no_error (error);
  X509_EXTENSION_free (names);
  BIO_free (bio);
  X509_free (x509);
  EVP_PKEY_free (key);
  return certificate;
}

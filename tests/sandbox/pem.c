/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pem.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

static char *
take_text (BIO *bio)
{
  char *bytes = NULL;
  long length = BIO_get_mem_data (bio, &bytes);
  char *text = g_strndup (bytes, (gsize) length);

  BIO_free (bio);
  return text;
}

static EVP_PKEY *
parse_key (const Pem *pem)
{
  BIO *bio = BIO_new_mem_buf (pem->key, -1);
  EVP_PKEY *key = PEM_read_bio_PrivateKey (bio, NULL, NULL, NULL);

  BIO_free (bio);
  return key;
}

static void
add_extension (X509       *certificate,
               int         nid,
               const char *value)
{
  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, NULL, nid, value);

  g_assert_cmpint (X509_add_ext (certificate, extension, -1), ==, 1);
  X509_EXTENSION_free (extension);
}

static X509_NAME *
new_name (const char *text)
{
  X509_NAME *name = X509_NAME_new ();

  X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_ASC, (const guint8 *) text, -1, -1, 0);
  return name;
}

/* @issuer: (nullable): who signs it; without one it is an authority itself
 * The times are seconds from now. */
Pem *
pem_new (int        from_s,
         int        until_s,
         const Pem *issuer)
{
  Pem *self = g_new0 (Pem, 1);
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  EVP_PKEY *issuer_key = issuer != NULL ? parse_key (issuer) : NULL;
  X509 *certificate = X509_new ();
  X509_NAME *subject = new_name (issuer != NULL ? "localhost" : "Test authority");
  X509_NAME *issuer_name = new_name ("Test authority");
  BIO *bio = BIO_new (BIO_s_mem ());

  X509_set_version (certificate, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (certificate), issuer != NULL ? 2 : 1);
  X509_gmtime_adj (X509_getm_notBefore (certificate), from_s);
  X509_gmtime_adj (X509_getm_notAfter (certificate), until_s);
  X509_set_pubkey (certificate, key);
  X509_set_subject_name (certificate, subject);
  X509_set_issuer_name (certificate, issuer_name);
  add_extension (certificate, NID_subject_alt_name, "DNS:localhost");
  add_extension (certificate, NID_basic_constraints, issuer != NULL ? "CA:FALSE" : "critical,CA:TRUE");
  g_assert_cmpint (X509_sign (certificate, issuer_key != NULL ? issuer_key : key, EVP_sha256 ()), >, 0);

  PEM_write_bio_X509 (bio, certificate);
  self->certificate = take_text (bio);
  bio = BIO_new (BIO_s_mem ());
  PEM_write_bio_PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL);
  self->key = take_text (bio);

  X509_NAME_free (subject);
  X509_NAME_free (issuer_name);
  X509_free (certificate);
  EVP_PKEY_free (issuer_key);
  EVP_PKEY_free (key);
  return self;
}

char *
pem_lock_key (const Pem  *self,
              const char *password)
{
  EVP_PKEY *key = parse_key (self);
  BIO *bio = BIO_new (BIO_s_mem ());

  PEM_write_bio_PrivateKey (bio, key, EVP_aes_128_cbc (), NULL, 0, NULL, (void *) password);
  EVP_PKEY_free (key);
  return take_text (bio);
}

void
pem_free (Pem *self)
{
  g_free (self->certificate);
  g_free (self->key);
  g_free (self);
}

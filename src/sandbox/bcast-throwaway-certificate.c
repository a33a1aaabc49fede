/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-throwaway-certificate-private.h"

#include <glib/gi18n-lib.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "bcast-error.h"
#include "bcast-tls-convert-private.h"

#define COMMON_NAME  "Broadcast sandbox"
#define DAY_S        (24 * 60 * 60)
#define BEFORE_S     (-1 * DAY_S) /* for machines whose clocks are not the same */
#define AFTER_S      (30 * DAY_S)
#define SERIAL_BITS  127          /* RFC 5280, 4.1.2.2: positive and at most 20 octets */

/* What makes a certificate one that clients take for an authority when told to trust it, and for the
 * server's own: Python wants the former to have a key identifier and to say what its key is for (RFC 5280,
 * 4.2.1). */
static const struct { int nid; const char *value; } extensions[] = {
  { NID_basic_constraints, "critical,CA:TRUE,pathlen:0" },
  { NID_key_usage, "critical,digitalSignature,keyCertSign" },
  { NID_ext_key_usage, "serverAuth" },
  { NID_subject_key_identifier, "hash" },
};

static gboolean
add_extension (X509       *certificate,
               int         nid,
               const char *value)
{
  X509V3_CTX context;

  X509V3_set_ctx_nodb (&context);
  X509V3_set_ctx (&context, certificate, certificate, NULL, NULL, 0);

  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  gboolean is_added = extension != NULL && X509_add_ext (certificate, extension, -1) == 1;

  X509_EXTENSION_free (extension);
  return is_added;
}

/* What is no address is “localhost”. */
static char *
format_names (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);
  g_autofree char *text = address != NULL ? g_inet_address_to_string (address) : NULL;
  gboolean is_named = text == NULL || g_inet_address_get_is_any (address)
                      || g_str_equal (text, "127.0.0.1") || g_str_equal (text, "::1");

  return g_strconcat ("DNS:localhost,IP:127.0.0.1,IP:::1", is_named ? NULL : ",IP:", text, NULL);
}

static gboolean
set_serial (X509 *certificate)
{
  BIGNUM *number = BN_new ();
  gboolean is_set = number != NULL
                    && BN_rand (number, SERIAL_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1
                    && BN_to_ASN1_INTEGER (number, X509_get_serialNumber (certificate)) != NULL;

  BN_free (number);
  return is_set;
}

static gboolean
fill (X509       *certificate,
      EVP_PKEY   *key,
      const char *host)
{
  g_autofree char *names = format_names (host);
  X509_NAME *subject = X509_get_subject_name (certificate);

  if (X509_set_version (certificate, X509_VERSION_3) != 1
      || !set_serial (certificate)
      || X509_gmtime_adj (X509_getm_notBefore (certificate), BEFORE_S) == NULL
      || X509_gmtime_adj (X509_getm_notAfter (certificate), AFTER_S) == NULL
      || X509_set_pubkey (certificate, key) != 1
      || X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_ASC, (const guint8 *) COMMON_NAME, -1, -1, 0) != 1
      || X509_set_issuer_name (certificate, subject) != 1)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (!add_extension (certificate, extensions[i].nid, extensions[i].value))
      return FALSE;

  return add_extension (certificate, NID_subject_alt_name, names)
         && X509_sign (certificate, key, EVP_sha256 ()) > 0;
}

/**
 * bcast_throwaway_certificate_new:
 * @host: where the server listens, an address or `localhost`
 * @error: %BCAST_ERROR_UNAVAILABLE when this machine cannot make one
 *
 * Makes a key and a certificate that it signs itself, valid from yesterday on for 30 days, for this
 * machine's loopback names and for @host. Neither is written to anywhere.
 *
 * Returns: (transfer full) (nullable): a certificate with its private key
 */
GTlsCertificate *
bcast_throwaway_certificate_new (const char  *host,
                                 GError     **error)
{
  g_return_val_if_fail (host != NULL, NULL);

  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509 *certificate = X509_new ();
  STACK_OF (X509) *chain = sk_X509_new_null ();
  GTlsCertificate *result = NULL;
  g_autoptr(GError) problem = NULL;

  if (key != NULL && certificate != NULL && fill (certificate, key, host)
      && sk_X509_push (chain, certificate) > 0)
    result = bcast_tls_convert (chain, key, &problem);
  if (result == NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE,
                 _("No certificate for TLS could be made: %s. Plain connections work nevertheless."),
                 problem != NULL ? problem->message : ERR_reason_error_string (ERR_peek_last_error ()));

  sk_X509_free (chain);
  X509_free (certificate);
  EVP_PKEY_free (key);
  ERR_clear_error ();
  return result;
}

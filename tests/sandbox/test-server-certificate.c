/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-server-certificate.h"
#include "bcast-throwaway-certificate-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "bcast-error.h"
#include "pem.h"

#define DAY_S 86400

static GTlsCertificateFlags
verify (GTlsCertificate *certificate,
        GTlsCertificate *authority,
        const char      *host)
{
  g_autoptr(GSocketConnectable) identity = g_network_address_new (host, 443);

  return g_tls_certificate_verify (certificate, identity, authority);
}

typedef struct { const char *host, *name; gboolean is_named; } Name;

static const Name names[] = {
  { "127.0.0.1", "localhost", TRUE },
  { "127.0.0.1", "127.0.0.1", TRUE },
  { "127.0.0.1", "::1", TRUE },
  { "127.0.0.1", "192.0.2.7", FALSE },
  { "127.0.0.1", "example.org", FALSE },
  { "192.0.2.7", "192.0.2.7", TRUE },
  { "192.0.2.7", "127.0.0.1", TRUE },
  { "2001:db8::7", "2001:db8::7", TRUE },
  { "0.0.0.0", "localhost", TRUE },
  { "::", "::1", TRUE },
  { "localhost", "localhost", TRUE },
};

static void
test_name (gconstpointer data)
{
  const Name *name = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GTlsCertificate) certificate = bcast_throwaway_certificate_new (name->host, &error);

  g_assert_no_error (error);
  g_assert_cmpint (verify (certificate, certificate, name->name), ==, name->is_named ? 0 : G_TLS_CERTIFICATE_BAD_IDENTITY);
}

static void
test_throwaway (void)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(GTlsCertificate) first = bcast_throwaway_certificate_new ("127.0.0.1", NULL);
  g_autoptr(GTlsCertificate) second = bcast_throwaway_certificate_new ("127.0.0.1", NULL);
  g_autoptr(GDateTime) since = g_tls_certificate_get_not_valid_before (first);
  g_autoptr(GDateTime) until = g_tls_certificate_get_not_valid_after (first);
  g_autofree char *warning = bcast_server_certificate_dup_warning (first, now_s);
  g_autofree char *key = NULL;

  g_assert_cmpint (ABS (now_s - DAY_S - g_date_time_to_unix (since)), <, 60);
  g_assert_cmpint (ABS (now_s + 30 * DAY_S - g_date_time_to_unix (until)), <, 60);
  g_assert_null (warning);
  g_object_get (first, "private-key-pem", &key, NULL);
  g_assert_nonnull (key);

  /* Another one is another authority. */
  g_assert_cmpint (verify (first, second, "localhost"), !=, 0);
}

static void
test_save (void)
{
  g_autoptr(GTlsCertificate) certificate = bcast_throwaway_certificate_new ("127.0.0.1", NULL);
  g_autofree char *folder = g_dir_make_tmp ("certificate-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "saved.pem", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "no", "saved.pem", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (bcast_server_certificate_save (certificate, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, "PRIVATE"));

  g_autoptr(GTlsCertificate) read = g_tls_certificate_new_from_file (path, &error);
  g_assert_no_error (error);
  g_assert_true (g_tls_certificate_is_same (read, certificate));

  g_assert_false (bcast_server_certificate_save (certificate, nowhere, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, nowhere));
  g_remove (path);
  g_rmdir (folder);
}

/* Source of the digest: `openssl x509 -noout -fingerprint -sha256`. */
static void
test_fingerprint (void)
{
  const char pem[] = "-----BEGIN CERTIFICATE-----\n"
                     "MIIBbjCCARWgAwIBAgIURFB6MOWeKAbBxsmG8+5J5PbQtMswCgYIKoZIzj0EAwIw\n"
                     "DDEKMAgGA1UEAwwBdDAgFw0yNjExMjQyMjM0MTBaGA8yMTI2MTAzMTIyMzQxMFow\n"
                     "DDEKMAgGA1UEAwwBdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJKPaUWKRric\n"
                     "7vX9IjtrZXdzOysp+BRFgpdM12sZSLVS6MtWy8EN240rUpeWi51jMcNXoy5ywNOQ\n"
                     "KALN68V85lWjUzBRMB0GA1UdDgQWBBS9wa4ZYEiQD/2cMotRu7h2J2wYOzAfBgNV\n"
                     "HSMEGDAWgBS9wa4ZYEiQD/2cMotRu7h2J2wYOzAPBgNVHRMBAf8EBTADAQH/MAoG\n"
                     "CCqGSM49BAMCA0cAMEQCIGF6b/8YND/uUAZqWE4MrW6lG/SX0pOYCcbCfikbuCY0\n"
                     "AiBRjeULmgXIZVlrg1UaQgvcqc+L0yN6mBwBe2/APY5wGQ==\n"
                     "-----END CERTIFICATE-----\n";
  g_autoptr(GError) error = NULL;
  g_autoptr(GTlsCertificate) certificate = g_tls_certificate_new_from_pem (pem, -1, &error);

  g_assert_no_error (error);
  g_autofree char *fingerprint = bcast_server_certificate_format_fingerprint (certificate);
  g_assert_cmpstr (fingerprint, ==,
                   "D1:E0:C5:74:F1:D2:4B:8C:D2:C0:76:49:CA:68:E3:38:5E:AB:79:17:60:80:5C:14:B6:C3:30:48:4E:CD:54:E0");
}

/* Authority, server's certificate, and keys; the tests choose what goes where. */
typedef struct
{
  Pem *authority;
  Pem *server;
} Chain;

static void
set_up (Chain         *chain,
        gconstpointer  data)
{
  chain->authority = pem_new (-60, DAY_S, NULL);
  chain->server = pem_new (-60, DAY_S, chain->authority);
}

static void
tear_down (Chain         *chain,
           gconstpointer  data)
{
  pem_free (chain->authority);
  pem_free (chain->server);
}

static void
expect_same (const char *certificates,
             const char *key,
             const char *pem)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GTlsCertificate) parsed = bcast_server_certificate_parse (certificates, key, "c", "k", &error);
  g_autoptr(GTlsCertificate) expected = g_tls_certificate_new_from_pem (pem, -1, NULL);
  g_autofree char *private_key = NULL;

  g_assert_no_error (error);
  g_assert_true (g_tls_certificate_is_same (parsed, expected));
  g_object_get (parsed, "private-key-pem", &private_key, NULL);
  g_assert_nonnull (private_key);
}

static void
test_parse (Chain         *chain,
            gconstpointer  data)
{
  g_autofree char *together = g_strconcat ("words before\n", chain->server->key, chain->server->certificate, NULL);
  g_autofree char *all = g_strconcat (chain->server->certificate, chain->authority->certificate, chain->server->key, NULL);

  expect_same (chain->server->certificate, chain->server->key, chain->server->certificate);
  expect_same (together, together, chain->server->certificate);
  expect_same (all, all, chain->server->certificate);
}

static void
test_chain (Chain         *chain,
            gconstpointer  data)
{
  g_autofree char *certificates = g_strconcat (chain->server->certificate, chain->authority->certificate, NULL);
  g_autoptr(GTlsCertificate) parsed = bcast_server_certificate_parse (certificates, chain->server->key, "c", "k", NULL);
  g_autoptr(GTlsCertificate) authority = g_tls_certificate_new_from_pem (chain->authority->certificate, -1, NULL);

  g_assert_true (g_tls_certificate_is_same (g_tls_certificate_get_issuer (parsed), authority));
  g_assert_cmpint (verify (parsed, authority, "localhost"), ==, 0);
}

static void
expect_refusal (const char *certificates,
                const char *key,
                const char *pattern)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (bcast_server_certificate_parse (certificates, key, "c.pem", "k.pem", &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  if (!g_pattern_match_simple (pattern, error->message))
    g_assert_cmpstr (error->message, ==, pattern);
}

static void
test_refusals (Chain         *chain,
               gconstpointer  data)
{
  g_autofree char *locked = pem_lock_key (chain->server, "abcd");
  g_autofree char *reversed = g_strconcat (chain->authority->certificate, chain->server->certificate, NULL);
  const char broken[] = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

  expect_refusal ("", chain->server->key, "*c.pem*no certificate in PEM form*");
  expect_refusal (chain->server->key, chain->server->key, "*c.pem*no certificate in PEM form*");
  expect_refusal (broken, chain->server->key, "*c.pem*no certificate in PEM form*");
  expect_refusal (chain->server->certificate, "", "*k.pem*no private key*");
  expect_refusal (chain->server->certificate, chain->server->certificate, "*k.pem*no private key*");
  expect_refusal (chain->server->certificate, locked, "*k.pem*password*openssl pkey*");
  expect_refusal (chain->server->certificate, chain->authority->key, "*k.pem*does not belong*c.pem*");
  expect_refusal (reversed, chain->server->key, "*k.pem*does not belong*c.pem*before the others*");
}

static void
test_dates (void)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(Pem) pem = pem_new (-10 * DAY_S, -DAY_S, NULL);
  g_autoptr(GTlsCertificate) certificate = bcast_server_certificate_parse (pem->certificate, pem->key, "c", "k", NULL);
  g_autofree char *expired = bcast_server_certificate_dup_warning (certificate, now_s);
  g_autofree char *good = bcast_server_certificate_dup_warning (certificate, now_s - 5 * DAY_S);
  g_autofree char *early = bcast_server_certificate_dup_warning (certificate, now_s - 20 * DAY_S);

  g_assert_nonnull (strstr (expired, "expired on"));
  g_assert_null (good);
  g_assert_nonnull (strstr (early, "valid from"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strdup_printf ("/server-certificate/name/%s/%s", names[i].host, names[i].name);
      g_test_add_data_func (path, &names[i], test_name);
    }
  g_test_add_func ("/server-certificate/throwaway", test_throwaway);
  g_test_add_func ("/server-certificate/save", test_save);
  g_test_add_func ("/server-certificate/fingerprint", test_fingerprint);
  g_test_add_func ("/server-certificate/dates", test_dates);
  g_test_add ("/server-certificate/parse", Chain, NULL, set_up, test_parse, tear_down);
  g_test_add ("/server-certificate/chain", Chain, NULL, set_up, test_chain, tear_down);
  g_test_add ("/server-certificate/refusals", Chain, NULL, set_up, test_refusals, tear_down);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-transport-error-private.h"

#include <string.h>

#include <libsoup/soup.h>

#include "bcast-error.h"

typedef struct
{
  const char           *what;
  GQuark              (*domain) (void);
  int                   code;
  GTlsCertificateFlags  problems;
  BcastError            expected;
  const char           *part;
} Row;

static const Row rows[] = {
  { "refused", g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, 0, BCAST_ERROR_UNREACHABLE,
    "Nothing listens" },
  { "timed-out", g_io_error_quark, G_IO_ERROR_TIMED_OUT, 0, BCAST_ERROR_TIMED_OUT, "did not answer" },
  { "no-route", g_io_error_quark, G_IO_ERROR_HOST_UNREACHABLE, 0, BCAST_ERROR_UNREACHABLE, "no way to" },
  { "no-network", g_io_error_quark, G_IO_ERROR_NETWORK_UNREACHABLE, 0, BCAST_ERROR_UNREACHABLE,
    "no way to" },
  { "no-host", g_resolver_error_quark, G_RESOLVER_ERROR_NOT_FOUND, 0, BCAST_ERROR_UNREACHABLE,
    "no host “h.test”" },
  { "no-host-now", g_resolver_error_quark, G_RESOLVER_ERROR_TEMPORARY_FAILURE, 0,
    BCAST_ERROR_UNREACHABLE, "no host" },
  { "hung-up", g_io_error_quark, G_IO_ERROR_PARTIAL_INPUT, 0, BCAST_ERROR_PROTOCOL, "hung up" },
  { "reset", g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, 0, BCAST_ERROR_PROTOCOL, "hung up" },
  { "no-http", soup_session_error_quark, SOUP_SESSION_ERROR_PARSING, 0, BCAST_ERROR_PROTOCOL,
    "does not speak HTTP" },
  { "no-tls", g_tls_error_quark, G_TLS_ERROR_NOT_TLS, 0, BCAST_ERROR_UNREACHABLE,
    "TLS could not be set up" },
  { "other", g_io_error_quark, G_IO_ERROR_FAILED, 0, BCAST_ERROR_UNREACHABLE, "failed: the cause." },
  { "unknown-ca", g_tls_error_quark, G_TLS_ERROR_BAD_CERTIFICATE, G_TLS_CERTIFICATE_UNKNOWN_CA,
    BCAST_ERROR_UNREACHABLE, "nobody this computer trusts" },
  { "wrong-host", g_tls_error_quark, G_TLS_ERROR_BAD_CERTIFICATE,
    G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_BAD_IDENTITY, BCAST_ERROR_UNREACHABLE, "another host" },
  { "expired", g_tls_error_quark, G_TLS_ERROR_BAD_CERTIFICATE, G_TLS_CERTIFICATE_EXPIRED,
    BCAST_ERROR_UNREACHABLE, "has expired" },
  { "bad-somehow", g_tls_error_quark, G_TLS_ERROR_BAD_CERTIFICATE, 0,
    BCAST_ERROR_UNREACHABLE, "could not be verified" },
};

static const BcastPlace place = { "h.test", 6001 };

static void
test_cause (gconstpointer data)
{
  const Row *row = data;
  g_autoptr(GError) cause = g_error_new_literal (row->domain (), row->code, "the cause..");
  g_autoptr(GError) error = bcast_transport_error_new (cause, &place, row->problems);

  g_assert_error (error, BCAST_ERROR, (int) row->expected);
  g_assert_nonnull (strstr (error->message, row->part));
  g_assert_nonnull (strstr (error->message, "h.test"));
  g_assert_null (strstr (error->message, ".."));
}

static void
test_timeout (void)
{
  g_autoptr(GError) error = bcast_transport_error_new_timeout (&place, 1500);

  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_TIMED_OUT);
  g_assert_nonnull (strstr (error->message, "h.test port 6001 did not answer within 1.5 seconds"));
}

/* A connection that was good until then is not told to be of the wrong kind. */
static void
test_lost (void)
{
  g_autoptr(GError) cause = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_MISC, "the cause.");
  g_autoptr(GError) error = bcast_transport_error_new_lost (cause, &place);

  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNREACHABLE);
  g_assert_cmpstr (error->message, ==, "The connection to h.test port 6001 broke: the cause.");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/transport-error/", rows[i].what, NULL);

      g_test_add_data_func (path, &rows[i], test_cause);
    }
  g_test_add_func ("/transport-error/timeout", test_timeout);
  g_test_add_func ("/transport-error/lost", test_lost);

  return g_test_run ();
}

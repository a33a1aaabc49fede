/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-ca-file-private.h"

#include <string.h>

#include <glib/gstdio.h>

#include "api-fixture.h"
#include "certificate.h"
#include "client-under-test.h"

static char *
write_file (const char *text)
{
  g_autoptr(GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("ca-XXXXXX.pem", &path, &error);

  g_assert_no_error (error);
  g_assert_true (g_close (fd, NULL));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static char *
write_certificate (GTlsCertificate *certificate)
{
  g_autofree char *pem = NULL;

  g_object_get (certificate, "certificate-pem", &pem, NULL);
  return write_file (pem);
}

static void
forget_file (char *path)
{
  g_unlink (path);
  g_free (path);
}

static void
expect_error (const char *path,
              BcastError  code,
              const char *part)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GTlsDatabase) database = bcast_ca_file_load (path, &error);

  g_assert_null (database);
  g_assert_error (error, BCAST_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, part));
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_bad_files (void)
{
  char *empty = write_file ("");
  char *words = write_file ("no certificate\n");
  char *cut = write_file ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");

  expect_error ("/nowhere/ca.pem", BCAST_ERROR_UNAVAILABLE, "cannot be read");
  expect_error ("/", BCAST_ERROR_INVALID, "no file of certificates");
  expect_error ("/dev/zero", BCAST_ERROR_INVALID, "no file of certificates");
  expect_error (empty, BCAST_ERROR_INVALID, "no certificate in PEM form");
  expect_error (words, BCAST_ERROR_INVALID, "no certificate in PEM form");
  expect_error (cut, BCAST_ERROR_INVALID, "no certificate in PEM form");
  forget_file (empty);
  forget_file (words);
  forget_file (cut);
}

static BcastApp *
make_app (Peer       *peer,
          const char *ca_file,
          gboolean    accept_any)
{
  g_autoptr(GError) error = NULL;
  BcastApp *app = bcast_app_new (&(BcastAppOptions) {
    .app_id = "3", .key = PEER_KEY, .secret = PEER_SECRET, .ws_host = "localhost", .ws_port = peer->port,
    .http_port = peer->port, .tls = TRUE, .accept_any_certificate = accept_any, .ca_file = ca_file }, &error);

  g_assert_no_error (error);
  return app;
}

static BcastClient *
make_client (Peer       *peer,
             const char *ca_file,
             gboolean    accept_any)
{
  g_autoptr(BcastApp) app = make_app (peer, ca_file, accept_any);

  return bcast_client_new (app, NULL);
}

static void
test_websocket (void)
{
  Peer *peer = peer_new_tls ();
  g_autoptr(GTlsCertificate) other = certificate_new ();
  char *good = write_certificate (soup_server_get_tls_certificate (peer->server));
  char *foreign = write_certificate (other);
  BcastClient *client = make_client (peer, good, FALSE);

  connect_client (client);
  end_client (client);

  client = make_client (peer, foreign, FALSE);
  expect_connect_error (client, BCAST_ERROR_UNREACHABLE, "certificate of localhost was not accepted");
  end_client (client);

  client = make_client (peer, "/nowhere/ca.pem", FALSE);
  expect_connect_error (client, BCAST_ERROR_UNAVAILABLE, "CA file “/nowhere/ca.pem” cannot be read");
  g_assert_cmpint (bcast_client_get_state (client), ==, BCAST_CLIENT_DISCONNECTED);
  end_client (client);

  /* Nobody is asked whom to trust. */
  client = make_client (peer, "/nowhere/ca.pem", TRUE);
  connect_client (client);
  end_client (client);
  peer_free (peer);
  forget_file (good);
  forget_file (foreign);
}

static void
test_api (void)
{
  Peer *peer = peer_new_tls ();
  char *good = write_certificate (soup_server_get_tls_certificate (peer->server));
  g_autoptr(BcastApp) app = make_app (peer, good, FALSE);
  g_autoptr(BcastApp) bad_app = make_app (peer, "/nowhere/ca.pem", FALSE);
  ApiFixture fixture = { .peer = peer, .api = bcast_api_new (app) };

  g_assert_true (api_fixture_trigger (&fixture));
  g_assert_true (api_fixture_trigger (&fixture));
  g_assert_finalize_object (fixture.api);

  fixture.api = bcast_api_new (bad_app);
  g_assert_false (api_fixture_trigger (&fixture));
  g_assert_error (fixture.error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (fixture.error->message, "CA file"));
  api_fixture_tear_down (&fixture);
  forget_file (good);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ca-file/bad-files", test_bad_files);
  g_test_add_func ("/ca-file/websocket", test_websocket);
  g_test_add_func ("/ca-file/api", test_api);

  return g_test_run ();
}

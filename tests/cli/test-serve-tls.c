/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-process.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "pem.h"

#define CREDENTIALS(home) "--port", "0", "--app-id", APP_ID, "--key", KEY, "--secret-file", (home)->secret_file

static gboolean
accept_cb (GTlsConnection       *connection,
           GTlsCertificate      *certificate,
           GTlsCertificateFlags  flaws,
           gpointer              user_data)
{
  return user_data == NULL;
}

/* The answer to a request for “/”; with a @database the certificate must be good for “localhost”. */
static char *
get_page (int            port,
          GTlsDatabase  *database,
          GError       **error)
{
  const char request[] = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnectable) identity = g_network_address_new ("localhost", port);
  g_autoptr(GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, error);
  g_autoptr(GString) text = g_string_new (NULL);
  char chunk[1024];
  gssize n;

  g_assert_nonnull (connection);
  g_autoptr(GIOStream) tls = g_tls_client_connection_new (G_IO_STREAM (connection), identity, error);
  g_assert_nonnull (tls);
  if (database != NULL)
    g_tls_connection_set_database (G_TLS_CONNECTION (tls), database);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_cb), database);
  if (!g_output_stream_write_all (g_io_stream_get_output_stream (tls), request, strlen (request), NULL, NULL, error))
    return NULL;
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (tls), chunk, sizeof chunk, NULL, NULL)) > 0)
    g_string_append_len (text, chunk, n);
  return g_strdup (text->str);
}

/* What was saved is all that a client has to trust. */
static void
test_save (void)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *path = g_build_filename (home->folder, "saved.pem", NULL);
  g_autoptr(Process) server = process_new (home, "serve", "--json", CREDENTIALS (home), "--save-certificate", path, NULL);
  g_autoptr(JsonObject) ready = process_read_json (server);
  int port = json_object_get_int_member (ready, "port");
  g_autofree char *saved = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (json_object_get_boolean_member (ready, "tls_only"));
  g_assert_cmpuint (strlen (json_object_get_string_member (ready, "certificate_sha256")), ==, 32 * 3 - 1);
  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));
  assert_lacks (saved, "PRIVATE");

  g_autoptr(GTlsDatabase) database = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  g_autofree char *page = get_page (port, database, &error);
  g_assert_no_error (error);
  assert_contains (page, "HTTP/1.1 200 ");
  g_assert_cmpint (process_stop (server, SIGTERM), ==, 0);
}

/* The next run is another authority. */
static void
test_stranger (void)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *path = g_build_filename (home->folder, "saved.pem", NULL);
  g_autoptr(Process) first = process_new (home, "serve", "--json", CREDENTIALS (home), "--save-certificate", path, NULL);
  g_autoptr(JsonObject) first_ready = process_read_json (first);
  g_autoptr(Process) second = process_new (home, "serve", "--json", CREDENTIALS (home), NULL);
  g_autoptr(JsonObject) ready = process_read_json (second);
  g_autoptr(GTlsDatabase) database = g_tls_file_database_new (path, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (json_object_get_string_member (first_ready, "certificate_sha256"), !=,
                   json_object_get_string_member (ready, "certificate_sha256"));
  g_assert_null (get_page (json_object_get_int_member (ready, "port"), database, &error));
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
}

static void
test_only (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Process) server = process_new (home, "serve", "--json", CREDENTIALS (home), "--tls-only", NULL);
  g_autoptr(JsonObject) ready = process_read_json (server);
  g_autofree char *port = g_strdup_printf ("%d", (int) json_object_get_int_member (ready, "port"));
  g_autofree char *page = get_page (atoi (port), NULL, NULL);
  g_autoptr(Run) plain = run_new (home, NULL, "channels", "--port", port, "--app-id", APP_ID, "--key", KEY,
                                  "--secret-file", home->secret_file, NULL);

  g_assert_true (json_object_get_boolean_member (ready, "tls_only"));
  assert_contains (page, "HTTP/1.1 200 ");
  g_assert_cmpint (plain->exit_code, !=, 0);
  assert_contains (plain->err, "TLS connections only");
}

static void
test_only_guide (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Process) server = process_new (home, "serve", CREDENTIALS (home), "--tls-only", NULL);
  g_autoptr(GString) text = g_string_new (NULL);
  char *line;

  while (strstr (text->str, "Ctrl+C") == NULL && (line = process_read_line (server)) != NULL)
    {
      g_string_append_printf (text, "%s\n", line);
      g_free (line);
    }
  assert_contains (text->str, "SHA-256");
  assert_contains (text->str, "forceTLS: true");
  assert_contains (text->str, "https://127.0.0.1");
  assert_contains (text->str, "PUSHER_SCHEME=https");
  g_assert_cmpint (process_stop (server, SIGTERM), ==, 0);
}

/* The user's own certificate and key, in one file and in two. */
static void
test_given (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Pem) pem = pem_new (-60, 3600, NULL);
  g_autofree char *text = g_strconcat (pem->certificate, pem->key, NULL);
  g_autofree char *both = home_write (home, "both.pem", text, 0600);
  g_autofree char *certificate = home_write (home, "certificate.pem", pem->certificate, 0644);
  g_autofree char *key = home_write (home, "key.pem", pem->key, 0600);
  g_autoptr(Process) one = process_new (home, "serve", "--json", CREDENTIALS (home), "--tls-cert", both, NULL);
  g_autoptr(Process) two = process_new (home, "serve", "--json", CREDENTIALS (home), "--tls-cert", certificate,
                                        "--tls-key", key, NULL);
  g_autoptr(JsonObject) one_ready = process_read_json (one);
  g_autoptr(JsonObject) two_ready = process_read_json (two);
  g_autoptr(GTlsDatabase) database = g_tls_file_database_new (certificate, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *page = get_page (json_object_get_int_member (two_ready, "port"), database, &error);

  g_assert_no_error (error);
  assert_contains (page, "HTTP/1.1 200 ");
  g_assert_cmpstr (json_object_get_string_member (one_ready, "certificate_sha256"), ==,
                   json_object_get_string_member (two_ready, "certificate_sha256"));
}

/* Clients will refuse it, but that is not for the server to do. */
static void
test_expired (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Pem) pem = pem_new (-7200, -3600, NULL);
  g_autofree char *text = g_strconcat (pem->certificate, pem->key, NULL);
  g_autofree char *path = home_write (home, "expired.pem", text, 0600);
  /* That is no address of this machine, so the run ends by itself. */
  g_autoptr(Run) run = run_new (home, NULL, "serve", CREDENTIALS (home), "--host", "192.0.2.1", "--tls-cert", path, NULL);

  assert_exit (run, 6);
  assert_contains (run->err, "The certificate expired on");
}

static void
test_refusals (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Pem) pem = pem_new (-60, 3600, NULL);
  g_autofree char *locked_text = pem_lock_key (pem, "abcd");
  g_autofree char *certificate = home_write (home, "certificate.pem", pem->certificate, 0600);
  g_autofree char *key = home_write (home, "key.pem", pem->key, 0600);
  g_autofree char *locked = home_write (home, "locked.pem", locked_text, 0600);
  g_autofree char *nowhere = g_build_filename (home->folder, "no", "file.pem", NULL);
  const struct { const char *first, *second, *third, *fourth; int exit_code; const char *words; } refusals[] = {
    { "--tls-key", key, NULL, NULL, 1, "Add --tls-cert" },
    { "--tls-cert", certificate, "--save-certificate", nowhere, 1, "Leave out one" },
    { "--tls-cert", certificate, NULL, NULL, 2, "no private key" },
    { "--tls-cert", certificate, "--tls-key", locked, 2, "locked with a password" },
    { "--tls-cert", key, "--tls-key", key, 2, "no certificate" },
    { "--tls-cert", nowhere, "--tls-key", key, 6, "cannot be opened" },
    { "--tls-cert", certificate, "--tls-key", nowhere, 6, "cannot be opened" },
    { "--save-certificate", nowhere, NULL, NULL, 6, "cannot be saved" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr(Run) run = run_new (home, NULL, "serve", CREDENTIALS (home), refusals[i].first, refusals[i].second,
                                    refusals[i].third, refusals[i].fourth, NULL);

      assert_exit (run, refusals[i].exit_code);
      assert_contains (run->err, refusals[i].words);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/serve-tls/save", test_save);
  g_test_add_func ("/cli/serve-tls/stranger", test_stranger);
  g_test_add_func ("/cli/serve-tls/only", test_only);
  g_test_add_func ("/cli/serve-tls/only-guide", test_only_guide);
  g_test_add_func ("/cli/serve-tls/given", test_given);
  g_test_add_func ("/cli/serve-tls/expired", test_expired);
  g_test_add_func ("/cli/serve-tls/refusals", test_refusals);
  return g_test_run ();
}

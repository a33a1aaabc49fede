/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE /* memmem */

#include "cli-process.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

static void
test_ready (gconstpointer data)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Process) server = process_new (home, "serve", "--json", "--port", "0", "--app-id", APP_ID, "--key",
                                           KEY, "--secret-file", home->secret_file, NULL);
  g_autoptr(JsonObject) ready = process_read_json (server);
  g_autofree char *config = g_build_filename (home->folder, "broadcast", NULL);
  g_autofree char *rest = NULL;

  g_assert_true (json_object_get_boolean_member (ready, "ready"));
  g_assert_cmpstr (json_object_get_string_member (ready, "host"), ==, "127.0.0.1");
  g_assert_cmpint (json_object_get_int_member (ready, "port"), >, 0);
  g_assert_cmpstr (json_object_get_string_member (ready, "app_id"), ==, APP_ID);
  g_assert_cmpstr (json_object_get_string_member (ready, "key"), ==, KEY);
  g_assert_false (json_object_has_member (ready, "secret"));

  g_assert_cmpint (process_stop (server, GPOINTER_TO_INT (data)), ==, 0);
  rest = process_read_line (server);
  g_assert_null (rest);
  /* Told everything, it leaves nothing behind. */
  g_assert_false (g_file_test (config, G_FILE_TEST_EXISTS));
}

static void
test_guide (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Process) server = process_new (home, "serve", "--port", "0", "--app-id", APP_ID, "--key", KEY,
                                           "--secret-file", home->secret_file, NULL);
  g_autoptr(GString) text = g_string_new (NULL);
  char *line;

  while (strstr (text->str, "Ctrl+C") == NULL && (line = process_read_line (server)) != NULL)
    {
      g_string_append_printf (text, "%s\n", line);
      g_free (line);
    }
  assert_contains (text->str, "new Pusher(\"" KEY "\"");
  assert_contains (text->str, "config/broadcast.py");
  assert_contains (text->str, "PUSHER_CLIENT=" KEY);
  assert_contains (text->str, "BROADCAST_CONNECTION=pusher");
  assert_contains (text->str, "PUSHER_APP_KEY=" KEY);
  assert_lacks (text->str, SECRET);
  g_assert_cmpint (process_stop (server, SIGTERM), ==, 0);
}

static void
test_secret_not_in_process_list (void)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *port = NULL;
  g_autoptr(Process) server = process_new_server (home, &port);
  g_autofree char *path = g_strdup_printf ("/proc/%s/cmdline", process_get_pid (server));
  g_autofree char *command_line = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &command_line, &length, NULL));
  g_assert_cmpuint (length, >, 0);
  g_assert_null (memmem (command_line, length, SECRET, strlen (SECRET)));
}

/* A server that may have few files open has no place for many clients. */
static void
test_open_files (void)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *port = NULL;
  struct rlimit limit;
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  const struct rlimit low = { limit.rlim_max / 2, limit.rlim_max };

  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &low), ==, 0);
  g_autoptr(Process) server = process_new_server (home, &port);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);

  g_autofree char *path = g_strdup_printf ("/proc/%s/limits", process_get_pid (server));
  g_autofree char *limits = NULL;
  guint64 soft = 0;
  g_assert_true (g_file_get_contents (path, &limits, NULL, NULL));
  const char *line = strstr (limits, "Max open files");
  g_assert_nonnull (line);
  g_assert_cmpint (sscanf (line, "Max open files %" G_GUINT64_FORMAT, &soft), ==, 1);
  g_assert_cmpuint (soft, ==, limit.rlim_max);
}

static void
test_port_taken (void)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *port = NULL;
  g_autoptr(Process) server = process_new_server (home, &port);
  g_autoptr(Run) refused = run_new (home, NULL, "serve", "--port", port, "--key", KEY, "--secret-file",
                                    home->secret_file, NULL);
  g_autoptr(Process) other = process_new (home, "serve", "--json", "--port", port, "--any-port", "--key", KEY,
                                          "--secret-file", home->secret_file, NULL);
  g_autoptr(JsonObject) ready = process_read_json (other);

  assert_exit (refused, 6);
  assert_contains (refused->err, port);
  g_assert_cmpint (json_object_get_int_member (ready, "port"), >, 0);
  g_assert_cmpint (json_object_get_int_member (ready, "port"), !=, g_ascii_strtoll (port, NULL, 10));
}

/* Nothing told: random credentials that the next start and the other commands find again. */
static void
test_own_credentials (void)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *key = NULL;
  g_autofree char *secret = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(Process) server = process_new (home, "serve", "--json", "--port", "0", "--secret-place", "file",
                                               "--show-secret", NULL);
      g_autoptr(JsonObject) ready = process_read_json (server);
      g_autoptr(Run) channels = run_new (home, NULL, "channels", NULL);

      assert_exit (channels, 0);
      if (i == 1)
        {
          g_assert_cmpstr (json_object_get_string_member (ready, "key"), ==, key);
          g_assert_cmpstr (json_object_get_string_member (ready, "secret"), ==, secret);
        }
      else
        {
          key = g_strdup (json_object_get_string_member (ready, "key"));
          secret = g_strdup (json_object_get_string_member (ready, "secret"));
        }
      g_assert_cmpuint (strlen (secret), >=, 20);
      g_assert_cmpint (process_stop (server, SIGINT), ==, 0);
    }
}

/* The file that holds the secret may be read by others: that is why it is not used. */
static void
test_exposed_secrets (void)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *path = g_build_filename (home->folder, "broadcast", "secrets.ini", NULL);
  g_autoptr(Run) run = NULL;

  {
    g_autoptr(Process) server = process_new (home, "serve", "--json", "--port", "0", "--secret-place", "file", NULL);
    g_autoptr(JsonObject) ready = process_read_json (server);

    g_assert_true (json_object_get_boolean_member (ready, "ready"));
    g_assert_cmpint (process_stop (server, SIGTERM), ==, 0);
  }
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  /* That is no address of this machine, so the run ends by itself. */
  run = run_new (home, NULL, "serve", "--port", "0", "--host", "192.0.2.1", NULL);
  assert_exit (run, 6);
  assert_contains (run->err, "chmod 600");
  assert_lacks (run->err, "keyring");
}

/* Without a keyring, and no word where else, the secret lives as long as the server. */
static void
test_no_keyring (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Process) server = process_new (home, "serve", "--json", "--port", "0", NULL);
  g_autoptr(JsonObject) ready = process_read_json (server);
  g_autoptr(Run) refused = run_new (home, NULL, "serve", "--port", "0", "--secret-place", "keyring", NULL);
  g_autoptr(Run) channels = run_new (home, NULL, "channels", NULL);

  g_assert_true (json_object_get_boolean_member (ready, "ready"));
  assert_exit (refused, 6);
  assert_exit (channels, 6);
  assert_contains (channels->err, "--secret-file");
  g_assert_cmpint (process_stop (server, SIGTERM), ==, 0);
}

static void
test_variables (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Process) server = NULL;
  g_autoptr(JsonObject) ready = NULL;

  g_subprocess_launcher_setenv (home->launcher, "BROADCAST_KEY", KEY, TRUE);
  g_subprocess_launcher_setenv (home->launcher, "BROADCAST_SECRET", SECRET, TRUE);
  g_subprocess_launcher_setenv (home->launcher, "BROADCAST_APP_ID", "77", TRUE);
  server = process_new (home, "serve", "--json", "--port", "0", NULL);
  ready = process_read_json (server);
  g_assert_cmpstr (json_object_get_string_member (ready, "key"), ==, KEY);
  g_assert_cmpstr (json_object_get_string_member (ready, "app_id"), ==, "77");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/cli/serve/sigterm", GINT_TO_POINTER (SIGTERM), test_ready);
  g_test_add_data_func ("/cli/serve/sigint", GINT_TO_POINTER (SIGINT), test_ready);
  g_test_add_func ("/cli/serve/guide", test_guide);
  g_test_add_func ("/cli/serve/process-list", test_secret_not_in_process_list);
  g_test_add_func ("/cli/serve/open-files", test_open_files);
  g_test_add_func ("/cli/serve/port-taken", test_port_taken);
  g_test_add_func ("/cli/serve/own-credentials", test_own_credentials);
  g_test_add_func ("/cli/serve/exposed-secrets", test_exposed_secrets);
  g_test_add_func ("/cli/serve/no-keyring", test_no_keyring);
  g_test_add_func ("/cli/serve/variables", test_variables);
  return g_test_run ();
}

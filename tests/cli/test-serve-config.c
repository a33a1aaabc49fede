/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-process.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define APPS(key, secret) \
  "{\"port\":0,\"apps\":[" \
  "{\"id\":\"1\",\"key\":\"" key "\",\"secret\":\"" secret "\"}," \
  "{\"id\":\"2\",\"key\":\"two\",\"secret_file\":\"two.secret\"}]}"

/* A user with a config file, and `serve` with it. */
typedef struct
{
  Home    *home;
  char    *file;
  char    *secret_file;
  Process *server;
  char    *port;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->home = home_new ();
  fixture->file = home_write (fixture->home, "apps.json", APPS (KEY, SECRET), 0600);
  fixture->secret_file = home_write (fixture->home, "two.secret", "second\n", 0600);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->server, process_free);
  g_free (fixture->port);
  g_free (fixture->file);
  g_free (fixture->secret_file);
  home_free (fixture->home);
}

/* With a log of the kinds @kinds. */
static void
start (Fixture    *fixture,
       const char *kinds)
{
  fixture->server = process_new (fixture->home, "serve", "--config", fixture->file, "--log", "json", "--log-kinds",
                                 kinds, NULL);

  g_autoptr(JsonObject) ready = process_read_json (fixture->server);
  JsonArray *apps = json_object_get_array_member (ready, "apps");

  g_assert_cmpuint (json_array_get_length (apps), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (apps, 1), "key"), ==, "two");
  fixture->port = g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (ready, "port"));
}

static Run *
list_channels (Fixture    *fixture,
               const char *app_id,
               const char *key,
               const char *secret_file)
{
  return run_new (fixture->home, NULL, "channels", "--host", "127.0.0.1", "--port", fixture->port, "--app-id", app_id,
                  "--key", key, "--secret-file", secret_file, NULL);
}

static void
test_apps (Fixture       *fixture,
           gconstpointer  data)
{
  start (fixture, "api-error");

  g_autoptr(Run) first = list_channels (fixture, "1", KEY, fixture->home->secret_file);
  assert_exit (first, 0);
  g_autoptr(Run) second = list_channels (fixture, "2", "two", fixture->secret_file);
  assert_exit (second, 0);
  g_autoptr(Run) mixed = list_channels (fixture, "2", "two", fixture->home->secret_file);
  g_assert_cmpint (mixed->exit_code, !=, 0);

  g_autoptr(JsonObject) line = process_read_json (fixture->server);
  g_assert_cmpstr (json_object_get_string_member (line, "kind"), ==, "api-error");
  g_assert_cmpstr (json_object_get_string_member (line, "app_id"), ==, "2");
  g_assert_cmpint (json_object_get_int_member (line, "code"), ==, 401);
  g_assert_cmpint (process_stop (fixture->server, SIGTERM), ==, 0);
}

/* Until the server has read its file again: it says so where nothing is read here, so it is asked. */
static void
wait_for_app (Fixture    *fixture,
              const char *key,
              int         exit_code)
{
  gint64 deadline_us = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  int last = -1;

  while (last != exit_code)
    {
      g_autoptr(Run) run = list_channels (fixture, "1", key, fixture->home->secret_file);

      last = run->exit_code;
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
    }
}

static void
replace (Fixture    *fixture,
         const char *text)
{
  g_autoptr(GError) error = NULL;

  g_file_set_contents (fixture->file, text, -1, &error);
  g_assert_no_error (error);
}

/* Who is connected stays so, under a key that is another one for those who come. */
static void
test_reload (Fixture       *fixture,
             gconstpointer  data)
{
  start (fixture, "subscribed,disconnection");

  g_autoptr(Process) listener = process_new (fixture->home, "subscribe", "news", "--host", "127.0.0.1", "--port",
                                             fixture->port, "--app-id", "1", "--key", KEY, "--secret-file",
                                             fixture->home->secret_file, "--json", "--count", "1", NULL);
  g_autoptr(JsonObject) subscribed = process_read_json (fixture->server);
  g_assert_cmpstr (json_object_get_string_member (subscribed, "kind"), ==, "subscribed");

  replace (fixture, APPS ("other", SECRET));
  wait_for_app (fixture, "other", 0);
  /* A file that cannot be used changes nothing. */
  replace (fixture, "{");
  kill ((pid_t) g_ascii_strtoll (process_get_pid (fixture->server), NULL, 10), SIGHUP);
  wait_for_app (fixture, "other", 0);

  g_autoptr(Run) sent = run_new (fixture->home, NULL, "trigger", "news", "-e", "greeting", "-d", "{}", "--host",
                                 "127.0.0.1", "--port", fixture->port, "--app-id", "1", "--key", "other",
                                 "--secret-file", fixture->home->secret_file, NULL);
  assert_exit (sent, 0);
  g_assert_cmpint (process_wait (listener), ==, 0);

  g_autoptr(JsonObject) gone = process_read_json (fixture->server);
  g_assert_cmpstr (json_object_get_string_member (gone, "kind"), ==, "disconnection");
  g_assert_true (json_object_has_member (gone, "duration_ms"));
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char *argument;
    const char *sentence;
  } cases[] = {
    { "--key=x", "--key cannot be used with --config" },
    { "--log=xml", "--log is “xml”. It must be text or json." },
    { "--log-kinds=connection,nonsense", "“nonsense”, which is no kind. There are: connection, disconnection," },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Run) run = run_new (fixture->home, NULL, "serve", "--config", fixture->file, cases[i].argument, NULL);

      assert_exit (run, 1);
      assert_contains (run->err, cases[i].sentence);
    }

  replace (fixture, "{\"apps\":[{\"id\":\"1\",\"kee\":\"k\"}]}");
  g_autoptr(Run) run = run_new (fixture->home, NULL, "serve", "--config", fixture->file, NULL);
  g_assert_cmpint (run->exit_code, !=, 0);
  assert_contains (run->err, "“apps[0].kee” in the config file is unknown.");
}

static void
test_exposed (Fixture       *fixture,
              gconstpointer  data)
{
  g_assert_cmpint (g_chmod (fixture->file, 0644), ==, 0);
  replace (fixture, "{\"apps\":[{\"id\":\"1\",\"key\":\"k\",\"secret\":\"" SECRET "\",\"x\":1}]}");
  g_assert_cmpint (g_chmod (fixture->file, 0644), ==, 0);

  g_autoptr(Run) run = run_new (fixture->home, NULL, "serve", "--config", fixture->file, NULL);
  assert_contains (run->err, "Warning: other users of this machine may read");
  assert_lacks (run->err, SECRET);
}

/* As systemd(1) starts it: told by a datagram when it is ready, and when it stops. */
static void
test_notify (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->home->folder, "notify", NULL);
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, 0, &error);
  char text[256] = "";

  g_assert_no_error (error);
  g_socket_bind (socket, address, FALSE, &error);
  g_assert_no_error (error);
  g_subprocess_launcher_setenv (fixture->home->launcher, "NOTIFY_SOCKET", path, TRUE);
  g_socket_set_timeout (socket, 20);
  start (fixture, "connection");

  g_assert_cmpint (g_socket_receive (socket, text, sizeof text - 1, NULL, &error), >, 0);
  g_assert_no_error (error);
  assert_contains (text, "READY=1\nSTATUS=Listening on 127.0.0.1, port ");
  assert_contains (text, fixture->port);

  g_assert_cmpint (process_stop (fixture->server, SIGTERM), ==, 0);
  memset (text, 0, sizeof text);
  g_assert_cmpint (g_socket_receive (socket, text, sizeof text - 1, NULL, &error), >, 0);
  g_assert_cmpstr (text, ==, "STOPPING=1");
}

#define ADD(name, func) g_test_add ("/serve-config/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("apps", test_apps);
  ADD ("reload", test_reload);
  ADD ("refused", test_refused);
  ADD ("exposed", test_exposed);
  ADD ("notify", test_notify);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-process.h"

#include <signal.h>

static void
assert_refused (const char *fault,
                const char *sentence)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Run) run = run_new (home, NULL, "serve", "--port", "0", "--key", KEY, "--secret-file",
                                home->secret_file, "--fault", "drop=2", "--fault", fault, NULL);

  assert_exit (run, 1);
  assert_contains (run->err, sentence);
}

static void
test_refused (void)
{
  assert_refused ("dorp=2", "--fault cannot be used: There is no fault “dorp”. The faults are: close, ");
  assert_refused ("delay=200ms", "delay has the value “200ms”. It must be a number from 1 to 60000.");
  assert_refused ("drop,for=2d", "“for” is “2d”. It must be a time such as 500ms, 30s or 5m");
}

static void
test_too_many (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(GPtrArray) arguments = g_ptr_array_new ();

  g_ptr_array_add (arguments, (char *) "serve");
  for (guint i = 0; i < 101; i++)
    g_ptr_array_add (arguments, (char *) "--fault=drop");
  g_ptr_array_add (arguments, NULL);

  g_autoptr(Run) run = run_newv (home, NULL, (const char * const *) arguments->pdata);

  assert_exit (run, 1);
  assert_contains (run->err, "--fault is given 101 times. There can be 100 faults at a time.");
}

/* Another server has the port, so that this one says what it would do and ends. */
static void
test_note (void)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *port = NULL;
  g_autoptr(Process) server = process_new_server (home, &port);
  g_autoptr(Run) run = run_new (home, NULL, "serve", "--port", port, "--key", KEY, "--secret-file",
                                home->secret_file, "--fault", "delay=200,for=30s", "--fault", "no-pong", NULL);

  assert_contains (run->err, "On purpose: Events come late (delay=200,for=30s).\n");
  assert_contains (run->err, "On purpose: Pings are not answered (no-pong).\n");
}

static void
test_on (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Process) server = process_new (home, "serve", "--json", "--port", "0", "--secret-place", "file",
                                           "--fault", "api=503", NULL);
  g_autoptr(JsonObject) ready = process_read_json (server);
  g_autoptr(Run) run = run_new (home, NULL, "channels", NULL);

  g_assert_true (json_object_get_boolean_member (ready, "ready"));
  g_assert_cmpint (run->exit_code, !=, 0);
  assert_contains (run->err, "The fault lab of the sandbox answers so on purpose.");
  g_assert_cmpint (process_stop (server, SIGTERM), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/serve-faults/refused", test_refused);
  g_test_add_func ("/cli/serve-faults/too-many", test_too_many);
  g_test_add_func ("/cli/serve-faults/note", test_note);
  g_test_add_func ("/cli/serve-faults/on", test_on);

  return g_test_run ();
}

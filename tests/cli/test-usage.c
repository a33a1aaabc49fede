/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-process.h"

#include <string.h>

static const char * const commands[] = {
  "serve", "trigger", "subscribe", "channels", "users", "sign", "history", "profiles", "demo",
};

static void
test_help (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Run) run = run_new (home, NULL, "--help", NULL);

  assert_exit (run, 0);
  g_assert_cmpstr (run->err, ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    assert_contains (run->out, commands[i]);
  assert_contains (run->out, "Exit codes:");
  assert_contains (run->out, "130");
}

static void
test_command_help (gconstpointer data)
{
  g_autoptr(Home) home = home_new ();
  g_autofree char *usage = g_strdup_printf ("broadcastctl %s", (const char *) data);
  g_autoptr(Run) run = run_new (home, NULL, data, "--help", NULL);
  g_autoptr(Run) other = run_new (home, NULL, "help", data, NULL);

  assert_exit (run, 0);
  g_assert_cmpstr (run->err, ==, "");
  assert_contains (run->out, usage);
  assert_contains (run->out, "Exit codes:");
  assert_lacks (run->out, "--secret ");
  assert_lacks (run->out, "--secret=");
  assert_exit (other, 0);
  g_assert_cmpstr (other->out, ==, run->out);
}

static void
test_version (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Run) run = run_new (home, NULL, "--version", NULL);

  assert_exit (run, 0);
  g_assert_true (g_str_has_prefix (run->out, "broadcastctl "));
}

#define TEN  "0123456789"
#define LONG TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN /* 130 */

typedef struct
{
  const char *what;
  const char *arguments[10];
  int         exit_code;
  const char *message;
} Refusal;

static const Refusal refusals[] = {
  { "no-command", { NULL }, 1, "Tell what to do" },
  { "unknown-command", { "frobnicate" }, 1, "no command “frobnicate”" },
  { "option-first", { "--json", "channels" }, 1, "comes first" },
  { "unknown-option", { "channels", "--frobnicate" }, 1, "--frobnicate" },
  { "too-many", { "users", "presence-a", "presence-b" }, 1, "presence-b" },
  { "users-none", { "users" }, 1, "missing" },
  { "subscribe-none", { "subscribe" }, 1, "--sign-in" },
  { "trigger-none", { "trigger", "--event", "e", "--data", "1" }, 1, "--to-user" },
  { "trigger-batch-and", { "trigger", "a", "--batch", "-" }, 1, "--batch" },
  { "watch", { "subscribe", "a", "--watch", "bob" }, 1, "--sign-in" },
  { "terminate-none", { "terminate" }, 1, "missing" },
  { "terminate-id", { "terminate", "a b" }, 2, "space" },
  { "to-user", { "trigger", "--to-user", "a b", "-e", "e", "-d", "1" }, 2, "space" },
  { "trigger-no-event", { "trigger", "a", "--data", "1" }, 1, "--event" },
  { "trigger-no-data", { "trigger", "a", "--event", "e" }, 1, "--data" },
  { "sign-none", { "sign" }, 1, "missing" },
  { "sign-kind", { "sign", "sideways", "1.2" }, 1, "sideways" },
  { "sign-few", { "sign", "private", "1.2" }, 1, "number of arguments" },
  { "sign-timestamp-0", { "sign", "request", "GET", "/apps/3/channels", "--timestamp", "0", "--key", KEY }, 1,
    "greater than 0" },
  { "sign-timestamp-negative", { "sign", "request", "GET", "/a", "--timestamp=-1", "--key", KEY }, 1,
    "greater than 0" },
  { "serve-argument", { "serve", "now" }, 1, "now" },
  { "serve-port", { "serve", "--port", "70000" }, 1, "70000" },
  { "serve-key-alone", { "serve", "--key", "k" }, 1, "--secret-file" },
  { "serve-place", { "serve", "--secret-place", "attic" }, 1, "attic" },
  { "serve-activity-0", { "serve", "--port", "0", "--activity-timeout", "0" }, 1, "--activity-timeout is 0" },
  { "serve-activity-negative", { "serve", "--port", "0", "--activity-timeout=-5" }, 1, "at least 1" },
  { "serve-user-info-alone", { "serve", "--port", "0", "--user-info", "{}" }, 1, "--user-id" },
  { "serve-user-id-long", { "serve", "--port", "0", "--user-id", LONG }, 2, "130 characters" },
  { "serve-user-id-empty", { "serve", "--port", "0", "--user-id", "" }, 2, "--user-id" },
  { "port-range", { "channels", "--port", "70000", "--key", KEY }, 1, "70000" },
  { "history-limit", { "history", "--limit", "-1" }, 1, "--limit" },
  { "count", { "subscribe", "a", "--count", "-1" }, 1, "--count" },
  { "profiles-verb", { "profiles", "polish" }, 1, "polish" },
  { "profiles-history", { "profiles", "add", "Shop", "--with-history" }, 1, "remove" },
  { "profiles-no-name", { "profiles", "add" }, 1, "name" },
  { "secret", { "trigger", "a", "--secret", SECRET }, 1, "--secret-file" },
  { "secret-equals", { "channels", "--secret=" SECRET }, 1, "--secret-file" },
  { "serve-secret", { "serve", "--secret", SECRET }, 1, "BROADCAST_SECRET" },
  { "channel-name", { "trigger", "no spaces", "-e", "e", "-d", "1" }, 2, "no spaces" },
  { "subscribe-name", { "subscribe", "a/b" }, 2, "a/b" },
  { "event-name", { "trigger", "a", "-e", "", "-d", "1" }, 2, "" },
  { "bad-json", { "trigger", "a", "-e", "e", "-d", "{\"a\":\n 1,}" }, 2, "line 2, column 4" },
  { "bad-json-hint", { "trigger", "a", "-e", "e", "-d", "plain" }, 2, "--text" },
  { "socket-id", { "trigger", "a", "-e", "e", "-d", "1", "--exclude", "x" }, 2, "“x”" },
  { "no-presence", { "users", "private-a" }, 2, "presence-" },
  { "user-info", { "subscribe", "a", "--user-info", "{" }, 2, "--user-info is not JSON: line 1" },
  { "serve-user-info", { "serve", "--port", "0", "--user-id", "1", "--user-info", "{" }, 2,
    "--user-info is not JSON" },
  { "missing-file", { "trigger", "a", "-e", "e", "-d", "@/nonexistent/x" }, 6, "/nonexistent/x" },
  { "missing-secret-file", { "channels", "--key", KEY, "--secret-file", "/nonexistent/s" }, 6, "/nonexistent/s" },
  { "no-profile", { "channels", "--profile", "nobody" }, 5, "nobody" },
  { "no-server-yet", { "channels" }, 5, "broadcastctl serve" },
  { "no-history", { "history" }, 5, "no journal yet" },
  { "no-app-yet", { "sign", "private", "1.2", "private-a" }, 5, "no app to sign for yet" },
  { "no-secret", { "channels", "--key", KEY, "--app-id", APP_ID }, 2, "BROADCAST_SECRET" },
};

static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr(Home) home = home_new ();
  g_autoptr(Run) run = run_newv (home, NULL, refusal->arguments);

  assert_exit (run, refusal->exit_code);
  g_assert_cmpstr (run->out, ==, "");
  g_assert_true (g_str_has_prefix (run->err, "broadcastctl: "));
  assert_contains (run->err, refusal->message);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/usage/help", test_help);
  g_test_add_func ("/cli/usage/version", test_version);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/usage/help/", commands[i], NULL);

      g_test_add_data_func (path, commands[i], test_command_help);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/usage/refusal/", refusals[i].what, NULL);

      g_test_add_data_func (path, &refusals[i], test_refusal);
    }
  return g_test_run ();
}

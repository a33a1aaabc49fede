/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stage.h"

#include <signal.h>
#include <string.h>

static void
test_round_trip (void)
{
  g_autoptr(Stage) stage = stage_new ();
  g_autoptr(Process) listener = process_new (stage->home, "subscribe", "news", "private-a", "presence-lobby",
                                             "--user-id", "u1", "--user-info", "{\"name\":\"É\"}", "--count", "4",
                                             "--json", NULL);
  g_autofree char *socket_id = await_subscriptions (listener, 3);
  g_autoptr(Run) json = run_new (stage->home, NULL, "trigger", "news", "private-a", "--event", "App\\Moved",
                                 "--data", "{\"msg\":\"héllo ☃ 😀\"}", "--json", NULL);
  g_autoptr(Run) text = run_new (stage->home, "plain, not JSON\n", "trigger", "presence-lobby", "-e", "said",
                                 "-d", "-", "--text", NULL);
  g_autoptr(Run) info = run_new (stage->home, NULL, "trigger", "presence-lobby", "-e", "asked", "-d", "1",
                                 "--info", "user_count", "--json", NULL);
  g_autoptr(JsonObject) outcome = NULL;
  g_autoptr(JsonObject) with_info = NULL;

  assert_exit (json, 0);
  outcome = run_get_json (json, 0);
  g_assert_true (json_object_get_boolean_member (outcome, "ok"));
  g_assert_cmpint (json_object_get_int_member (outcome, "status"), ==, 200);
  g_assert_cmpint (json_object_get_int_member (outcome, "answered_us"), >, 0);
  assert_exit (text, 0);
  assert_contains (text->out, "HTTP 200");
  assert_exit (info, 0);
  with_info = run_get_json (info, 0);
  g_assert_nonnull (json_object_get_object_member (with_info, "response"));

  assert_event (listener, "news", "App\\Moved", "{\"msg\":\"héllo ☃ 😀\"}");
  assert_event (listener, "private-a", "App\\Moved", "{\"msg\":\"héllo ☃ 😀\"}");
  assert_event (listener, "presence-lobby", "said", "plain, not JSON");
  assert_event (listener, "presence-lobby", "asked", "1");
  g_assert_cmpint (process_wait (listener), ==, 0);
  g_assert_nonnull (socket_id);
}

/* As many channels as one request takes: all events come, in the order of the channels. */
static void
test_many_channels (void)
{
  g_autoptr(Stage) stage = stage_new ();
  g_autoptr(GStrvBuilder) subscribe = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) trigger = g_strv_builder_new ();
  g_auto(GStrv) subscribe_arguments = NULL;
  g_auto(GStrv) trigger_arguments = NULL;
  g_autoptr(Process) listener = NULL;
  g_autoptr(Run) run = NULL;
  g_autofree char *socket_id = NULL;

  g_strv_builder_add_many (subscribe, "subscribe", "--json", "--count", "100", NULL);
  g_strv_builder_add_many (trigger, "trigger", "--event", "e", "--data", "{}", NULL);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *channel = g_strdup_printf ("channel-%u", i);

      g_strv_builder_add (subscribe, channel);
      g_strv_builder_add (trigger, channel);
    }
  subscribe_arguments = g_strv_builder_end (subscribe);
  trigger_arguments = g_strv_builder_end (trigger);

  listener = process_newv (stage->home, (const char * const *) subscribe_arguments);
  socket_id = await_subscriptions (listener, 100);
  run = run_newv (stage->home, NULL, (const char * const *) trigger_arguments);
  assert_exit (run, 0);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *channel = g_strdup_printf ("channel-%u", i);

      assert_event (listener, channel, "e", "{}");
    }
  g_assert_cmpint (process_wait (listener), ==, 0);
}

static void
assert_channels_exit (Home       *home,
                      const char *name,
                      const char *value,
                      int         exit_code)
{
  g_autoptr(Run) run = NULL;

  g_subprocess_launcher_setenv (home->launcher, name, value, TRUE);
  run = run_new (home, NULL, "channels", NULL);
  g_subprocess_launcher_unsetenv (home->launcher, name);
  assert_exit (run, exit_code);
}

/* A variable alone changes the app that is meant as its option alone does. */
static void
test_single_variables (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Process) server = process_new (home, "serve", "--json", "--port", "0", "--secret-place", "file", NULL);
  g_autoptr(JsonObject) ready = process_read_json (server);
  g_autoptr(Run) with_profile = NULL;

  assert_channels_exit (home, "BROADCAST_PORT", "1", 3);
  assert_channels_exit (home, "BROADCAST_PORT", "many", 2);
  assert_channels_exit (home, "BROADCAST_APP_ID", "elsewhere", 5);
  assert_channels_exit (home, "BROADCAST_SECRET", "0000", 4);
  assert_channels_exit (home, "BROADCAST_KEY", "0000", 2);
  assert_channels_exit (home, "BROADCAST_CLUSTER", "eu", 2);

  g_subprocess_launcher_setenv (home->launcher, "BROADCAST_PORT", "1", TRUE);
  with_profile = run_new (home, NULL, "channels", "--profile", "sandbox", NULL);
  assert_exit (with_profile, 0);
  g_assert_true (json_object_get_boolean_member (ready, "ready"));
}

/* Options and variables make up one description; what was given wins over what stands in. */
static void
test_variables_beside_options (void)
{
  g_autoptr(Stage) stage = stage_new ();
  g_autoptr(Run) host = run_new (stage->home, NULL, "channels", "--host", "127.0.0.1", NULL);
  g_autoptr(Run) port = run_new (stage->home, NULL, "channels", "--host", "127.0.0.1", "--port", "1", NULL);
  g_autoptr(Run) key = run_new (stage->home, NULL, "channels", "--key", "0000", NULL);
  g_autoptr(Run) cluster = run_new (stage->home, NULL, "profiles", "add", "Shop", "--cluster", "eu", "--secret-place",
                                    "file", "--json", NULL);
  g_autoptr(Run) cluster_variable = NULL;
  g_autoptr(JsonObject) profile = NULL;

  assert_exit (host, 0);
  assert_exit (port, 3);
  assert_exit (key, 4);
  assert_exit (cluster, 0);
  profile = run_get_json (cluster, 0);
  g_assert_cmpstr (json_object_get_string_member (profile, "kind"), ==, "cluster");

  g_subprocess_launcher_unsetenv (stage->home->launcher, "BROADCAST_HOST");
  g_subprocess_launcher_setenv (stage->home->launcher, "BROADCAST_CLUSTER", "eu", TRUE);
  cluster_variable = run_new (stage->home, NULL, "channels", "--host", "127.0.0.1", NULL);
  assert_exit (cluster_variable, 0);
}

/* The server goes and comes back on its port: the subscriptions come back by themselves. */
static void
test_reconnect (void)
{
  g_autoptr(Stage) stage = stage_new ();
  g_autoptr(Process) listener = process_new (stage->home, "subscribe", "news", "private-a", "--count", "1",
                                             "--json", NULL);
  g_autofree char *first_id = await_subscriptions (listener, 2);
  g_autofree char *second_id = NULL;
  g_autoptr(Process) server = NULL;
  g_autoptr(JsonObject) ready = NULL;
  g_autoptr(Run) run = NULL;

  g_assert_cmpint (process_stop (stage->server, SIGTERM), ==, 0);
  server = process_new (stage->home, "serve", "--json", "--port", stage->port, NULL);
  ready = process_read_json (server);
  second_id = await_subscriptions (listener, 2);
  g_assert_cmpstr (first_id, !=, second_id);

  run = run_new (stage->home, NULL, "trigger", "private-a", "-e", "e", "-d", "1", NULL);
  assert_exit (run, 0);
  assert_event (listener, "private-a", "e", "1");
  g_assert_cmpint (process_wait (listener), ==, 0);
}

static void
test_exclude (void)
{
  g_autoptr(Stage) stage = stage_new ();
  g_autoptr(Process) left_out = process_new (stage->home, "subscribe", "news", "--json", "--count", "1", NULL);
  g_autofree char *socket_id = await_subscriptions (left_out, 1);
  g_autoptr(Process) listener = process_new (stage->home, "subscribe", "news", "--json", "--count", "1", NULL);
  g_autofree char *other_id = await_subscriptions (listener, 1);
  g_autoptr(Run) first = run_new (stage->home, NULL, "trigger", "news", "-e", "first", "-d", "1", "--exclude",
                                  socket_id, NULL);
  g_autoptr(Run) second = run_new (stage->home, NULL, "trigger", "news", "-e", "second", "-d", "2", NULL);

  assert_exit (first, 0);
  assert_exit (second, 0);
  g_assert_cmpstr (socket_id, !=, other_id);
  assert_event (listener, "news", "first", "1");
  assert_event (left_out, "news", "second", "2");
}

static void
test_channels_and_users (void)
{
  g_autoptr(Stage) stage = stage_new ();
  g_autoptr(Run) none = run_new (stage->home, NULL, "channels", NULL);
  g_autoptr(Process) listener = process_new (stage->home, "subscribe", "news", "presence-lobby", "--user-id",
                                             "u-7", "--json", NULL);
  g_autofree char *socket_id = await_subscriptions (listener, 2);
  g_autoptr(Run) text = run_new (stage->home, NULL, "channels", NULL);
  g_autoptr(Run) json = run_new (stage->home, NULL, "channels", "--prefix", "presence-", "--info", "user_count",
                                 "--json", NULL);
  g_autoptr(Run) one = run_new (stage->home, NULL, "channels", "news", "--json", NULL);
  g_autoptr(Run) users = run_new (stage->home, NULL, "users", "presence-lobby", NULL);
  g_autoptr(Run) users_json = run_new (stage->home, NULL, "users", "presence-lobby", "--json", NULL);
  g_autoptr(Run) refused = run_new (stage->home, NULL, "channels", "--info", "user_count", NULL);
  g_autoptr(JsonObject) channel = NULL;
  g_autoptr(JsonObject) news = NULL;
  g_autoptr(JsonObject) user = NULL;

  assert_exit (none, 0);
  g_assert_cmpstr (none->out, ==, "");
  assert_exit (text, 0);
  g_assert_cmpuint (run_count_lines (text), ==, 2);
  assert_contains (text->out, "news");

  assert_exit (json, 0);
  g_assert_cmpuint (run_count_lines (json), ==, 1);
  channel = run_get_json (json, 0);
  g_assert_cmpstr (json_object_get_string_member (channel, "channel"), ==, "presence-lobby");
  g_assert_cmpint (json_object_get_int_member (channel, "user_count"), ==, 1);

  news = run_get_json (one, 0);
  g_assert_true (json_object_get_boolean_member (news, "occupied"));

  g_assert_cmpstr (users->out, ==, "u-7\n");
  user = run_get_json (users_json, 0);
  g_assert_cmpstr (json_object_get_string_member (user, "user_id"), ==, "u-7");

  assert_exit (refused, 4);
}

/* What a server sends must not reach the terminal as it is. */
static void
test_controls (void)
{
  g_autoptr(Stage) stage = stage_new ();
  g_autoptr(Process) listener = process_new (stage->home, "subscribe", "news", "--count", "1", NULL);
  g_autofree char *line = NULL;

  /* The text form says nothing on its standard output before the first event: look at the server. */
  while (TRUE)
    {
      g_autoptr(Run) channels = run_new (stage->home, NULL, "channels", NULL);

      if (*channels->out != '\0')
        break;
    }
  {
    g_autoptr(Run) run = run_new (stage->home, "a\033[2Jb\nc\302\233d", "trigger", "news", "-e", "e", "-d", "-",
                                  "--text", NULL);

    assert_exit (run, 0);
  }
  line = process_read_line (listener);
  assert_contains (line, "a\\u001b[2Jb\\nc\\u009bd");
  g_assert_cmpint (process_wait (listener), ==, 0);
}

static void
test_ends (void)
{
  g_autoptr(Stage) stage = stage_new ();
  g_autoptr(Run) short_of = run_new (stage->home, NULL, "subscribe", "news", "--count", "1", "--timeout", "1", NULL);
  g_autoptr(Run) long_enough = run_new (stage->home, NULL, "subscribe", "news", "--timeout", "1", NULL);
  g_autoptr(Process) counting = process_new (stage->home, "subscribe", "news", "--count", "1", "--json", NULL);
  g_autoptr(Process) listening = process_new (stage->home, "subscribe", "news", "--json", NULL);
  g_autofree char *first_id = await_subscriptions (counting, 1);
  g_autofree char *second_id = await_subscriptions (listening, 1);

  assert_exit (short_of, 7);
  assert_exit (long_enough, 0);
  g_assert_cmpint (process_stop (counting, SIGINT), ==, 130);
  g_assert_cmpint (process_stop (listening, SIGINT), ==, 0);
}

/* An hour in microseconds is more than an int holds. */
static void
test_long_timeout (void)
{
  g_autoptr(Stage) stage = stage_new ();
  g_autoptr(Process) listener = process_new (stage->home, "subscribe", "news", "--count", "1", "--timeout", "3600",
                                             "--json", NULL);
  g_autofree char *socket_id = await_subscriptions (listener, 1);
  g_autoptr(Run) run = run_new (stage->home, NULL, "trigger", "news", "-e", "e", "-d", "1", NULL);

  assert_exit (run, 0);
  assert_event (listener, "news", "e", "1");
  g_assert_cmpint (process_wait (listener), ==, 0);
}

/* The next line that is an event, whatever its name. */
static char *
read_event_name (Process *process)
{
  g_autoptr(JsonObject) event = read_until (process, "event", NULL);

  return g_strdup (json_object_get_string_member (event, "event"));
}

/* An empty cache channel says so, and a presence channel tells who comes: that is printed, but it is not
 * what --count waits for. */
static void
test_count_without_bookkeeping (void)
{
  g_autoptr(Stage) stage = stage_new ();
  g_autoptr(Process) listener = process_new (stage->home, "subscribe", "cache-news", "presence-lobby", "--user-id",
                                             "u1", "--count", "1", "--json", NULL);
  g_autofree char *miss = read_event_name (listener);
  g_autoptr(Process) guest = process_new (stage->home, "subscribe", "presence-lobby", "--user-id", "u2", "--json",
                                          NULL);
  g_autofree char *socket_id = await_subscriptions (guest, 1);
  g_autofree char *joined = read_event_name (listener);
  g_autoptr(Run) run = run_new (stage->home, NULL, "trigger", "cache-news", "-e", "e", "-d", "1", NULL);

  g_assert_cmpstr (miss, ==, "pusher:cache_miss");
  g_assert_cmpstr (joined, ==, "pusher:member_added");
  assert_exit (run, 0);
  assert_event (listener, "cache-news", "e", "1");
  g_assert_cmpint (process_wait (listener), ==, 0);
}

/* `subscribe | head -1`: the end of the reader ends the command, though no event ever comes; the text
 * form has not even a line to fail at. */
static void
test_reader_gone (gconstpointer data)
{
  g_autoptr(Stage) stage = stage_new ();
  g_autofree char *command = g_strdup_printf ("%s subscribe news %s | true", g_getenv ("BROADCASTCTL"),
                                              (const char *) data);
  const char * const shell[] = { "sh", "-c", command, NULL };
  g_autoptr(GSubprocess) subprocess = g_subprocess_launcher_spawnv (stage->home->launcher, shell, NULL);
  g_autofree char *err = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (subprocess, NULL, NULL, NULL, &err, NULL));
  assert_lacks (err, "Broken pipe");
  assert_lacks (err, "could not be written");
}

static void
add_profile (Home       *home,
             const char *port)
{
  g_autoptr(Run) run = run_new (home, NULL, "profiles", "add", "Here", "--host", "127.0.0.1", "--port", port,
                                "--app-id", APP_ID, "--key", KEY, "--secret-file", home->secret_file,
                                "--secret-place", "file", NULL);

  assert_exit (run, 0);
}

static void
test_history (void)
{
  g_autoptr(Stage) stage = stage_new ();

  add_profile (stage->home, stage->port);
  {
    g_autoptr(Run) before = run_new (stage->home, NULL, "history", "--profile", "Here", NULL);
    g_autoptr(Run) one = run_new (stage->home, NULL, "trigger", "news", "-e", "one", "-d", "{\"n\":1}", "-p",
                                  "Here", NULL);
    g_autoptr(Run) two = run_new (stage->home, NULL, "trigger", "news", "-e", "two", "-d", "{\"n\":2}", "-p",
                                  "Here", NULL);
    g_autoptr(Run) text = run_new (stage->home, NULL, "history", "-p", "Here", NULL);
    g_autoptr(Run) json = run_new (stage->home, NULL, "history", "-p", "Here", "--limit", "1", "--json", NULL);
    g_autoptr(JsonObject) event = NULL;

    assert_exit (before, 5);
    assert_exit (one, 0);
    assert_exit (two, 0);
    assert_exit (text, 0);
    g_assert_cmpuint (run_count_lines (text), ==, 2);
    assert_contains (text->out, "{\"n\":1}");
    assert_exit (json, 0);
    g_assert_cmpuint (run_count_lines (json), ==, 1);
    event = run_get_json (json, 0);
    g_assert_cmpstr (json_object_get_string_member (event, "event"), ==, "two");
    g_assert_cmpstr (json_object_get_string_member (event, "outcome"), ==, "unheard");
    g_assert_cmpint (json_object_get_int_member (event, "status"), ==, 200);
  }
}

/* One listens and writes the journal; the other sends all the same, and says what becomes of its event. */
static void
test_journal_taken (void)
{
  g_autoptr(Stage) stage = stage_new ();
  g_autoptr(Process) listener = NULL;
  g_autofree char *socket_id = NULL;
  g_autoptr(Run) run = NULL;
  g_autoptr(Run) quiet = NULL;
  g_autoptr(Run) history = NULL;

  add_profile (stage->home, stage->port);
  listener = process_new (stage->home, "subscribe", "news", "--json", "--count", "2", "-p", "Here", NULL);
  socket_id = await_subscriptions (listener, 1);
  run = run_new (stage->home, NULL, "trigger", "news", "-e", "e", "-d", "1", "-p", "Here", NULL);
  assert_exit (run, 0);
  assert_contains (run->err, "from another sender");
  assert_lacks (run->err, "Close it");
  quiet = run_new (stage->home, NULL, "trigger", "news", "-e", "e", "-d", "2", "-p", "Here", "--json", NULL);
  assert_exit (quiet, 0);
  g_assert_cmpstr (quiet->err, ==, "");
  assert_event (listener, "news", "e", "1");
  assert_event (listener, "news", "e", "2");
  g_assert_cmpint (process_wait (listener), ==, 0);
  history = run_new (stage->home, NULL, "history", "-p", "Here", NULL);
  assert_exit (history, 0);
  g_assert_cmpuint (run_count_lines (history), ==, 2);
  assert_contains (history->out, "foreign");
}

static guint
count_journals (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    n += !g_str_has_suffix (name, ".lock");
  return n;
}

/* A profile goes without its journal, which then lies where no command reaches it; or with it. */
static void
test_remove_history (gconstpointer data)
{
  gboolean with_history = GPOINTER_TO_INT (data);
  g_autoptr(Stage) stage = stage_new ();
  g_autofree char *folder = g_build_filename (stage->home->folder, "broadcast", "journals", NULL);
  g_autoptr(Process) listener = NULL;
  g_autofree char *socket_id = NULL;
  g_autoptr(Run) busy = NULL;
  g_autoptr(Run) removed = NULL;
  g_autoptr(Run) after = NULL;

  add_profile (stage->home, stage->port);
  listener = process_new (stage->home, "subscribe", "news", "--json", "-p", "Here", NULL);
  socket_id = await_subscriptions (listener, 1);
  busy = run_new (stage->home, NULL, "profiles", "remove", "Here", "--with-history", NULL);
  assert_exit (busy, 6);
  assert_contains (busy->err, "Close it there");
  g_assert_cmpint (process_stop (listener, SIGTERM), ==, 0);

  removed = run_new (stage->home, NULL, "profiles", "remove", "Here", with_history ? "--with-history" : NULL, NULL);
  assert_exit (removed, 0);
  after = run_new (stage->home, NULL, "history", "-p", "Here", NULL);
  assert_exit (after, 5);

  if (with_history)
    {
      g_assert_cmpstr (removed->err, ==, "");
      g_assert_cmpuint (count_journals (folder), ==, 0);
    }
  else
    {
      assert_contains (removed->err, folder);
      g_assert_cmpuint (count_journals (folder), >=, 1);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/messages/round-trip", test_round_trip);
  g_test_add_func ("/cli/messages/many-channels", test_many_channels);
  g_test_add_func ("/cli/messages/single-variables", test_single_variables);
  g_test_add_func ("/cli/messages/variables-beside-options", test_variables_beside_options);
  g_test_add_func ("/cli/messages/reconnect", test_reconnect);
  g_test_add_func ("/cli/messages/exclude", test_exclude);
  g_test_add_func ("/cli/messages/channels-and-users", test_channels_and_users);
  g_test_add_func ("/cli/messages/controls", test_controls);
  g_test_add_func ("/cli/messages/ends", test_ends);
  g_test_add_func ("/cli/messages/count-without-bookkeeping", test_count_without_bookkeeping);
  g_test_add_func ("/cli/messages/long-timeout", test_long_timeout);
  g_test_add_data_func ("/cli/messages/reader-gone/json", "--json", test_reader_gone);
  g_test_add_data_func ("/cli/messages/reader-gone/text", "", test_reader_gone);
  g_test_add_func ("/cli/messages/history", test_history);
  g_test_add_func ("/cli/messages/journal-taken", test_journal_taken);
  g_test_add_data_func ("/cli/messages/remove-history/without", GINT_TO_POINTER (FALSE), test_remove_history);
  g_test_add_data_func ("/cli/messages/remove-history/with", GINT_TO_POINTER (TRUE), test_remove_history);
  return g_test_run ();
}

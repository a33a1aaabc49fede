/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stage.h"

#include <signal.h>
#include <string.h>

static const char *
get (JsonObject *object,
     const char *name)
{
  return json_object_get_string_member_with_default (object, name, "");
}

static void
test_batch (gconstpointer data)
{
  gboolean is_list = GPOINTER_TO_INT (data);
  g_autoptr(Stage) stage = stage_new ();
  g_autoptr(Process) listener = process_new (stage->home, "subscribe", "news", "--json", NULL);
  g_autoptr(GString) text = g_string_new (is_list ? "[" : "");
  g_autoptr(JsonObject) subscribed = read_until (listener, "subscription", "subscribed");
  g_autofree char *file = NULL;
  g_autoptr(Run) run = NULL;

  for (guint i = 0; i < 12; i++)
    g_string_append_printf (text, "%s{\"channel\":\"news\",\"name\":\"n%u\",\"data\":{\"é\":%u}}",
                            i == 0 ? "" : is_list ? "," : "\n", i, i);
  g_string_append (text, is_list ? "]" : "\n");
  file = home_write (stage->home, "events.json", text->str, 0644);

  run = run_new (stage->home, NULL, "trigger", "--batch", file, "--json", NULL);
  assert_exit (run, 0);
  g_assert_cmpuint (run_count_lines (run), ==, 12);
  for (guint i = 0; i < 12; i++)
    {
      g_autoptr(JsonObject) line = run_get_json (run, i);
      g_autofree char *name = g_strdup_printf ("n%u", i);
      g_autofree char *sent = g_strdup_printf ("{\"é\":%u}", i);

      g_assert_cmpstr (get (line, "channel"), ==, "news");
      g_assert_cmpstr (get (line, "event"), ==, name);
      g_assert_cmpint (json_object_get_int_member (line, "status"), ==, 200);
      assert_event (listener, "news", name, sent);
    }
}

static void
test_bad_batch (gconstpointer data)
{
  const char * const *row = data;
  g_autoptr(Stage) stage = stage_new ();
  g_autoptr(Run) run = run_new (stage->home, row[0], "trigger", "--batch", "-", NULL);

  assert_exit (run, 2);
  assert_contains (run->err, row[1]);
}

/* Waits until the client is signed in and subscribed, of which either may be first. */
static void
await_user (Process    *process,
            const char *user_id)
{
  gboolean is_signed_in = FALSE;
  gboolean is_subscribed = FALSE;

  while (!is_signed_in || !is_subscribed)
    {
      g_autoptr(JsonObject) object = process_read_json (process);
      const char *type = get (object, "type");
      const char *state = get (object, "state");

      g_assert_cmpstr (type, !=, "error");
      if (g_str_equal (type, "sign_in") && g_str_equal (state, "signed-in"))
        {
          g_assert_cmpstr (get (object, "user_id"), ==, user_id);
          is_signed_in = TRUE;
        }
      is_subscribed |= g_str_equal (type, "subscription") && g_str_equal (state, "subscribed")
                       && g_str_equal (get (object, "channel"), "news");
    }
}

/* Signed in, with its own channel, and told who comes; then ended by the app. */
static void
test_user (void)
{
  g_autoptr(Stage) stage = stage_new ();
  g_autoptr(Process) alice = process_new (stage->home, "subscribe", "news", "--user-id", "alice", "--sign-in",
                                          "--watch", "bob", "--json", NULL);
  g_autoptr(Process) bob = NULL;
  g_autoptr(JsonObject) online = NULL;
  g_autoptr(JsonObject) ended = NULL;
  g_autoptr(Run) sent = NULL;
  g_autoptr(Run) run = NULL;

  await_user (alice, "alice");
  bob = process_new (stage->home, "subscribe", "news", "--user-id", "bob", "--sign-in", "--json", NULL);
  do
    {
      g_clear_pointer (&online, json_object_unref);
      online = read_until (alice, "watchlist", NULL);
    }
  while (json_array_get_length (json_object_get_array_member (online, "online")) == 0);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (online, "online"), 0), ==, "bob");

  sent = run_new (stage->home, NULL, "trigger", "--to-user", "alice", "-e", "shipped", "-d", "7", NULL);
  assert_exit (sent, 0);
  assert_event (alice, "#server-to-user-alice", "shipped", "7");

  run = run_new (stage->home, NULL, "terminate", "alice", NULL);
  assert_exit (run, 0);
  assert_contains (run->out, "alice");
  ended = read_until (alice, "state", "disconnected");
  assert_contains (get (ended, "error"), "4009");
  g_assert_cmpint (process_wait (alice), ==, 4);
  g_assert_cmpint (process_stop (bob, SIGINT), ==, 0);
}

/* Each step of a connection is a line, from the first on. */
static void
test_history (void)
{
  g_autoptr(Stage) stage = stage_new ();
  g_autoptr(Process) listener = process_new (stage->home, "subscribe", "news", "--json", NULL);
  g_autoptr(JsonObject) first = process_read_json (listener);
  g_autoptr(JsonObject) second = read_until (listener, "state", NULL);
  g_autoptr(JsonObject) subscribed = read_until (listener, "subscription", "subscribed");
  g_autoptr(JsonObject) lost = NULL;
  g_autoptr(JsonObject) retry = NULL;

  g_assert_cmpstr (get (first, "from"), ==, "initialized");
  g_assert_cmpstr (get (first, "state"), ==, "connecting");
  g_assert_cmpstr (get (second, "from"), ==, "connecting");
  g_assert_cmpstr (get (second, "state"), ==, "connected");
  g_assert_nonnull (strchr (get (second, "socket_id"), '.'));

  process_stop (stage->server, SIGTERM);
  lost = read_until (listener, "state", "connecting");
  retry = read_until (listener, "retry", NULL);
  g_assert_cmpstr (get (lost, "from"), ==, "connected");
  g_assert_cmpstr (get (lost, "error"), !=, "");
  g_assert_true (json_object_has_member (retry, "in_ms"));
  g_assert_cmpint (process_stop (listener, SIGINT), ==, 0);
}

/* Without the key nothing goes out in the clear; with it, what was sealed here is opened here. */
static void
test_encrypted (void)
{
  g_autoptr(Stage) stage = stage_new ();
  g_autofree char *key = home_write (stage->home, "master-key", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n", 0600);
  g_autoptr(Run) refused = run_new (stage->home, NULL, "trigger", "private-encrypted-a", "-e", "e", "-d", "1", NULL);
  g_autoptr(Process) listener = process_new (stage->home, "subscribe", "private-encrypted-a", "--master-key-file", key,
                                             "--json", NULL);
  g_autoptr(JsonObject) subscribed = read_until (listener, "subscription", "subscribed");
  g_autoptr(Run) sent = run_new (stage->home, NULL, "trigger", "private-encrypted-a", "-e", "e", "-d", "{\"pin\":1234}",
                                 "--master-key-file", key, NULL);

  g_assert_cmpint (refused->exit_code, !=, 0);
  assert_contains (refused->err, "master key");
  assert_exit (sent, 0);
  assert_event (listener, "private-encrypted-a", "e", "{\"pin\":1234}");
}

int
main (int   argc,
      char *argv[])
{
  static const char * const bad[][3] = {
    { "", "empty", "empty" },
    { "[]", "empty", "no-events" },
    { "{\"channel\":\"a\",\"name\":\"n\",\"data\":1}\n{\"name\":\"n\",\"data\":1}", "Event 2 of the batch: It has no “channel”",
      "no-channel" },
    { "[{\"channel\":\"a b\",\"name\":\"n\",\"data\":1}]", "Event 1 of the batch: “a b”", "bad-channel" },
    { "[{\"channel\":\"a\",\"name\":\"n\",\"data\":1},]", "no JSON", "bad-json" },
    { "[{\"channel\":\"a\",\"name\":\"n\"}]", "It has no “data”", "no-data" },
    { "[7]", "Event 1 of the batch", "number" },
  };

  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/cli/sending/batch/list", GINT_TO_POINTER (TRUE), test_batch);
  g_test_add_data_func ("/cli/sending/batch/lines", GINT_TO_POINTER (FALSE), test_batch);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/sending/bad-batch/", bad[i][2], NULL);

      g_test_add_data_func (path, bad[i], test_bad_batch);
    }
  g_test_add_func ("/cli/sending/user", test_user);
  g_test_add_func ("/cli/sending/history", test_history);
  g_test_add_func ("/cli/sending/encrypted", test_encrypted);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-watchlist.h"

#include <string.h>

#include "bcast-error.h"

static void
log_cb (const char *user_id,
        gboolean    is_online,
        gpointer    user_data)
{
  g_string_append_printf (user_data, "%c%s ", is_online ? '+' : '-', user_id);
}

static void
test_parse (void)
{
  static const struct { const char *data, *log; } cases[] = {
    { "{\"events\":[{\"name\":\"online\",\"user_ids\":[\"u2\"]}]}", "+u2 " },
    { "{\"events\":[{\"user_ids\":[\"a\",7],\"name\":\"offline\"},{\"name\":\"online\",\"user_ids\":[\"b\"]}]}",
      "-a -7 +b " },
    { "{\"events\":[]}", "" },
    { "{\"other\":1}", "" },
    { "{\"events\":[{\"name\":\"away\",\"user_ids\":[\"a\"]}]}", "" },
    { "{\"events\":[{\"name\":\"online\",\"user_ids\":[\"\",null,\"\\u0000\",\"ok\"]}]}", "+ok " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) log = g_string_new (NULL);
      g_autoptr(GError) error = NULL;

      g_assert_true (bcast_watchlist_parse_events (cases[i].data, log_cb, log, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (log->str, ==, cases[i].log);
    }
}

static void
test_nonsense (void)
{
  static const char * const cases[] = {
    "", "[]", "{", "{\"events\":{}}", "{\"events\":[1]}", "{\"events\":[{\"name\":\"online\"}]}",
    "{\"events\":[{\"name\":\"online\",\"user_ids\":\"u\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) log = g_string_new (NULL);
      g_autoptr(GError) error = NULL;

      g_assert_false (bcast_watchlist_parse_events (cases[i], log_cb, log, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL);
      g_assert_cmpstr (log->str, ==, "");
    }
}

static void
test_ids (void)
{
  static const struct { const char *json, *ids; guint n; } cases[] = {
    { "[]", "", 0 },
    { "[\"bob\",\"carol\",\"bob\"]", "bob carol", 3 },
    { " [ \"a-1\" ] ", "a-1", 1 },
  };
  static const char * const broken[] = { "", "{}", "\"bob\"", "[1]", "[null]", "[\"a b\"]", "[\"\"]", "[\"\\u0000\"]" };
  g_autoptr(GString) many = g_string_new ("[");
  guint n_ids;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(GStrv) ids = bcast_watchlist_parse (cases[i].json, &n_ids, NULL);
      g_autofree char *joined = g_strjoinv (" ", ids);

      g_assert_cmpstr (joined, ==, cases[i].ids);
      g_assert_cmpuint (n_ids, ==, cases[i].n);
    }
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (bcast_watchlist_parse (broken[i], &n_ids, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
    }

  for (guint i = 0; i < 150; i++)
    g_string_append_printf (many, "%s\"u%u\"", i > 0 ? "," : "", i);
  g_string_append_c (many, ']');

  g_auto(GStrv) kept = bcast_watchlist_parse (many->str, &n_ids, NULL);

  g_assert_cmpuint (n_ids, ==, 150);
  g_assert_cmpuint (g_strv_length (kept), ==, 100);
}

static void
test_format (void)
{
  static const char * const both[] = { "a", "b", NULL };
  static const char * const none[] = { NULL };
  g_autofree char *text = bcast_watchlist_format_events (both, none);
  g_autofree char *two = bcast_watchlist_format_events (none, both);

  g_assert_cmpstr (text, ==, "{\"event\":\"pusher_internal:watchlist_events\",\"data\":"
                   "\"{\\\"events\\\":[{\\\"name\\\":\\\"online\\\",\\\"user_ids\\\":[\\\"a\\\",\\\"b\\\"]}]}\"}");
  g_assert_nonnull (strstr (two, "offline"));
  g_assert_null (strstr (two, "online"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/watchlist/parse", test_parse);
  g_test_add_func ("/watchlist/nonsense", test_nonsense);

  g_test_add_func ("/watchlist/ids", test_ids);
  g_test_add_func ("/watchlist/format", test_format);

  return g_test_run ();
}

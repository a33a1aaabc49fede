/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-watchlist.h"

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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/watchlist/parse", test_parse);
  g_test_add_func ("/watchlist/nonsense", test_nonsense);

  return g_test_run ();
}

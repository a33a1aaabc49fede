/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-presence-data.h"

#include <string.h>

#include "bcast-error.h"

static void
test_format (void)
{
  g_autofree char *bare = bcast_presence_data_format ("a\"b", NULL);
  g_autofree char *full = bcast_presence_data_format ("u1", "{\"name\":\"Ann\"}");

  g_assert_cmpstr (bare, ==, "{\"user_id\":\"a\\\"b\"}");
  g_assert_cmpstr (full, ==, "{\"user_id\":\"u1\",\"user_info\":{\"name\":\"Ann\"}}");
}

static void
test_parse (void)
{
  static const struct { const char *data, *user_id, *user_info; } cases[] = {
    { "{\"user_id\":\"u1\",\"user_info\":{\"n\":1}}", "u1", "{\"n\":1}" },
    { "{\"user_id\":10}", "10", NULL },
    { "{\"user_id\":\"10\",\"user_info\":null}", "10", NULL },
    { "{\"user_info\":\"text\",\"user_id\":\"é\"}", "é", "\"text\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *user_id = NULL;
      g_autofree char *user_info = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_true (bcast_presence_data_parse (cases[i].data, &user_id, &user_info, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (user_id, ==, cases[i].user_id);
      g_assert_cmpstr (user_info, ==, cases[i].user_info);
    }
}

static void
test_refuses (void)
{
  static const char * const wrong[] = { "", "[]", "{}", "{\"user_id\":\"\"}", "{\"user_id\":null}", "{\"user_id\":true}",
                                        "{\"user_id\":{}}", "{\"user_id\":\"u\"" };
  g_autofree char *id = g_strnfill (129, 'u');
  g_autofree char *long_id = g_strdup_printf ("{\"user_id\":\"%s\"}", id);
  g_autofree char *user_id = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (bcast_presence_data_parse (wrong[i], &user_id, NULL, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_false (bcast_presence_data_parse (long_id, &user_id, NULL, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE);
  g_assert_null (user_id);
}

static void
collect_cb (const char *user_id,
            const char *user_info,
            gpointer    user_data)
{
  g_string_append_printf (user_data, "%s=%s;", user_id, user_info != NULL ? user_info : "-");
}

static void
test_roster (void)
{
  static const struct { const char *data, *found; } cases[] = {
    { "{\"presence\":{\"count\":2,\"ids\":[\"u1\",\"u2\"],\"hash\":{\"u1\":{\"name\":\"A\"},\"u2\":null}}}", "u1={\"name\":\"A\"};u2=-;" },
    { "{\"presence\":{\"count\":0,\"ids\":[],\"hash\":[]}}", "" },
    { "{\"presence\":{\"hash\":{}}}", "" },
  };
  static const char * const wrong[] = { "", "{}", "{\"presence\":1}", "{\"presence\":{}}", "{\"presence\":{\"hash\":7}}" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) found = g_string_new (NULL);
      g_autoptr(GError) error = NULL;

      g_assert_true (bcast_presence_roster_parse (cases[i].data, collect_cb, found, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (found->str, ==, cases[i].found);
    }

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GString) found = g_string_new (NULL);
      g_autoptr(GError) error = NULL;

      g_assert_false (bcast_presence_roster_parse (wrong[i], collect_cb, found, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/presence-data/format", test_format);
  g_test_add_func ("/presence-data/parse", test_parse);
  g_test_add_func ("/presence-data/refuses", test_refuses);
  g_test_add_func ("/presence-data/roster", test_roster);

  return g_test_run ();
}

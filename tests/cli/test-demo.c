/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-process.h"

#include <string.h>

static void
test_text (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Run) run = run_new (home, NULL, "demo", NULL);

  assert_exit (run, 0);
  assert_contains (run->out, "Alice ✓");
  assert_contains (run->out, "Bob ✓");
  assert_contains (run->out, "matched");
  assert_contains (run->out, "ms");
  assert_lacks (run->out, "✗");
  assert_lacks (run->out, "\033");
}

static void
test_json (void)
{
  g_autoptr(Home) home = home_new ();
  g_autoptr(Run) run = run_new (home, NULL, "demo", "--json", NULL);
  guint n = run_count_lines (run);

  assert_exit (run, 0);
  g_assert_cmpuint (n, >=, 4);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(JsonObject) event = run_get_json (run, i);
      JsonArray *deliveries = json_object_get_array_member (event, "deliveries");

      g_assert_cmpstr (json_object_get_string_member (event, "outcome"), ==, "matched");
      g_assert_cmpuint (json_array_get_length (deliveries), >=, 1);
      for (guint j = 0; j < json_array_get_length (deliveries); j++)
        {
          JsonObject *delivery = json_array_get_object_element (deliveries, j);

          g_assert_true (json_object_get_boolean_member (delivery, "identical"));
          g_assert_cmpint (json_object_get_int_member (delivery, "latency_us"), >, 0);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/demo/text", test_text);
  g_test_add_func ("/cli/demo/json", test_json);
  return g_test_run ();
}

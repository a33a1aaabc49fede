/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

#include <string.h>

static void
set_up (WireFixture   *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->sandbox = wire_new_sandbox ();
  bcast_sandbox_set_metrics (fixture->sandbox, TRUE);
  bcast_sandbox_start (fixture->sandbox, 0, TRUE, &error);
  g_assert_no_error (error);
  fixture->alice = wire_connect (fixture->sandbox);
  fixture->bob = wire_connect (fixture->sandbox);
}

static char *
read_metrics (WireFixture *fixture)
{
  guint status = 0;
  char *text = wire_request (fixture->sandbox, "GET", "/metrics", "", NULL, &status);

  g_assert_cmpuint (status, ==, 200);
  return text;
}

static void
expect (const char *text,
        const char *name,
        guint       value)
{
  g_autofree char *line = g_strdup_printf ("\nbroadcast_%s{app_id=\"" WIRE_APP_ID "\"} %u\n", name, value);

  if (strstr (text, line) == NULL)
    g_test_fail_printf ("no line %s in %s", line, text);
}

static void
test_counts (WireFixture   *fixture,
             gconstpointer  data)
{
  guint status = 0;

  wire_subscribe (fixture->alice, "ch", NULL);
  wire_subscribe (fixture->bob, "ch", NULL);
  wire_subscribe (fixture->bob, "private-ch", NULL);
  wire_publish (fixture->sandbox, "{\"name\":\"e\",\"channels\":[\"ch\",\"empty\"],\"data\":\"1\"}");
  wire_expect_match (fixture->alice, "*\"e\"*");
  wire_expect_match (fixture->bob, "*\"e\"*");
  g_free (wire_request (fixture->sandbox, "GET", "/apps/" WIRE_APP_ID "/channels", "", NULL, &status));
  wire_send (fixture->alice, "nonsense");
  wire_expect_match (fixture->alice, "*pusher:error*");

  g_autofree char *text = read_metrics (fixture);

  expect (text, "connections", 2);
  expect (text, "connections_total", 2);
  expect (text, "disconnections_total", 0);
  expect (text, "channels", 2);
  expect (text, "subscriptions", 3);
  expect (text, "api_messages_total", 2);
  expect (text, "deliveries_total", 2);
  expect (text, "api_errors_total", 1);
  expect (text, "client_errors_total", 1);
}

/* Each line is a comment, or a name with a label and a number. */
static void
test_form (WireFixture   *fixture,
           gconstpointer  data)
{
  g_autofree char *text = read_metrics (fixture);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_lines = g_strv_length (lines);

  g_assert_cmpuint (n_lines, >, 10);
  g_assert_cmpstr (lines[n_lines - 1], ==, "");
  for (guint i = 0; i < n_lines - 1; i++)
    g_assert_true (g_regex_match_simple ("^(# HELP broadcast_\\w+ .+|# TYPE broadcast_\\w+ (gauge|counter)"
                                         "|broadcast_\\w+\\{app_id=\"[^\"]*\"\\} [0-9]+)$", lines[i], 0, 0));
}

static void
test_off (WireFixture   *fixture,
          gconstpointer  data)
{
  g_autoptr(BcastSandbox) other = wire_start_sandbox ();
  guint status = 0;

  g_free (wire_request (other, "GET", "/metrics", "", NULL, &status));
  g_assert_cmpuint (status, ==, 404);
  g_free (wire_request (fixture->sandbox, "POST", "/metrics", "", "x", &status));
  g_assert_cmpuint (status, ==, 405);
}

#define ADD(name, func) g_test_add ("/sandbox-metrics/" name, WireFixture, NULL, set_up, func, wire_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("counts", test_counts);
  ADD ("form", test_form);
  ADD ("off", test_off);
  return g_test_run ();
}

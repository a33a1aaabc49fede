/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-info-answer.h"

#include <string.h>

#include "bcast-limits.h"

static char *
tell (const char *body,
      const char *channel,
      guint       position)
{
  g_autoptr(BcastInfoAnswer) answer = bcast_info_answer_parse (body);
  const BcastInfoCounts *counts = answer != NULL ? bcast_info_answer_find (answer, channel, position) : NULL;

  return counts != NULL ? bcast_info_counts_format (counts) : g_strdup ("nothing");
}

static void
assert_tells (const char *body,
              const char *channel,
              guint       position,
              const char *expected)
{
  g_autofree char *text = tell (body, channel, position);

  g_assert_cmpstr (text, ==, expected);
}

/* The example of the documentation, “POST event” */
static void
test_event (void)
{
  const char *body = "{\"channels\":{\"a\":{\"subscription_count\":13},\"presence-b\":{\"user_count\":42},"
                     "\"presence-c\":{\"user_count\":1,\"subscription_count\":2},\"d\":{}}}";

  assert_tells (body, "a", 0, "13 subscribed");
  assert_tells (body, "presence-b", 1, "42 users");
  assert_tells (body, "presence-c", 2, "2 subscribed, 1 user");
  assert_tells (body, "d", 3, "nothing");
  assert_tells (body, "elsewhere", 0, "nothing");
}

static void
test_batch (void)
{
  const char *body = "{\"batch\":[{\"subscription_count\":0},{},{\"user_count\":7}]}";

  assert_tells (body, "a", 0, "0 subscribed");
  assert_tells (body, "a", 1, "nothing");
  assert_tells (body, "presence-a", 2, "7 users");
  assert_tells (body, "a", 3, "nothing");
}

static void
test_escaped (void)
{
  assert_tells ("{\"channels\":{\"\\u0061\":{\"subscription_count\":2}}}", "a", 0, "2 subscribed");
}

static void
test_nothing (void)
{
  static const char * const bodies[] = {
    NULL, "", "{}", "ok", "[]", "null", "{\"channels\":{}}", "{\"channels\":[]}", "{\"batch\":{}}",
    "{\"channels\":{\"a\":3}}", "{\"channels\":{\"a\":{\"subscription_count\":3}}", "{\"batch\":[3]}",
    "{\"channels\":{\"a\":{\"subscription_count\":\"3\"}}}", "{\"channels\":{\"a\":{\"subscription_count\":-3}}}",
    "{\"channels\":{\"a\":{\"subscription_count\":1.5}}}", "{\"channels\":{\"a\":{\"subscription_count\":1e3}}}",
    "{\"channels\":{\"a\":{\"subscription_count\":99999999999999999999}}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    assert_tells (bodies[i], "a", 0, "nothing");
}

static char *
make_channels (guint n)
{
  GString *body = g_string_new ("{\"channels\":{");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (body, "%s\"c%u\":{\"subscription_count\":1}", i > 0 ? "," : "", i);
  g_string_append (body, "}}");
  return g_string_free (body, FALSE);
}

static char *
make_batch (guint n)
{
  GString *body = g_string_new ("{\"batch\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (body, "%s{\"subscription_count\":1}", i > 0 ? "," : "");
  g_string_append (body, "]}");
  return g_string_free (body, FALSE);
}

static void
test_bounds (void)
{
  g_autofree char *channels = make_channels (BCAST_LIMIT_CHANNELS_PER_TRIGGER);
  g_autofree char *more_channels = make_channels (BCAST_LIMIT_CHANNELS_PER_TRIGGER + 1);
  g_autofree char *batch = make_batch (BCAST_LIMIT_EVENTS_PER_BATCH);
  g_autofree char *more_batch = make_batch (BCAST_LIMIT_EVENTS_PER_BATCH + 1);
  g_autofree char *space = g_strnfill (64 * 1024, ' ');
  g_autofree char *huge = g_strconcat (batch, space, NULL);

  assert_tells (channels, "c99", 0, "1 subscribed");
  assert_tells (more_channels, "c99", 0, "nothing");
  assert_tells (batch, "a", 9, "1 subscribed");
  assert_tells (more_batch, "a", 9, "nothing");
  assert_tells (huge, "a", 9, "nothing");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workspace/info-answer/event", test_event);
  g_test_add_func ("/workspace/info-answer/batch", test_batch);
  g_test_add_func ("/workspace/info-answer/escaped", test_escaped);
  g_test_add_func ("/workspace/info-answer/nothing", test_nothing);
  g_test_add_func ("/workspace/info-answer/bounds", test_bounds);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-trigger.h"

#include <string.h>

#include "bcast-error.h"
#include "bcast-limits.h"

static void
test_body (void)
{
  static const char * const channels[] = { "chat-1", "private-chat.2", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastTrigger) trigger = bcast_trigger_new ("greeting", channels, "{\"msg\":\"héllo ☃ 😀\"}", "1234.5678",
                                                       "subscription_count", &error);
  g_autofree char *body = NULL;

  g_assert_no_error (error);
  body = bcast_trigger_format_body (trigger);
  /* vector H2: the body that the official Node library makes */
  g_assert_cmpstr (body, ==, "{\"name\":\"greeting\",\"data\":\"{\\\"msg\\\":\\\"héllo ☃ 😀\\\"}\",\"channels\":[\"chat-1\",\"private-chat.2\"],"
                   "\"socket_id\":\"1234.5678\",\"info\":\"subscription_count\"}");
}

static void
test_parse (void)
{
  static const struct { const char *body, *name, *channels, *data, *socket_id, *info; } cases[] = {
    { "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}", "foo", "project-3", "{\"some\":\"data\"}", NULL, NULL },
    { "{\"name\":\"foo\",\"channel\":\"a\",\"data\":\"\"}", "foo", "a", "", NULL, NULL },
    { "{\"name\":\"foo\",\"channels\":[ \"a\" , \"b\" ],\"data\":{\"n\": 1},\"socket_id\":\"1.2\",\"info\":\"user_count\"}", "foo", "a b", "{\"n\": 1}", "1.2", "user_count" },
    { "{\"name\":\"foo\",\"channels\":[\"a\"],\"data\":\"x\",\"socket_id\":null}", "foo", "a", "x", NULL, NULL },
    { "{\"name\":\"foo\",\"channel\":\"a\",\"data\":\"\\ud83d\\ude00\"}", "foo", "a", "😀", NULL, NULL },
    { "{\"name\":\"foo\",\"channel\":\"a\",\"data\":{\"n\":\"\\u0000\"}}", "foo", "a", "{\"n\":\"\\u0000\"}", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BcastTrigger) trigger = bcast_trigger_parse (cases[i].body, strlen (cases[i].body), &error);

      g_assert_no_error (error);

      g_autofree char *channels = g_strjoinv (" ", (char **) bcast_trigger_get_channels (trigger));

      g_assert_cmpstr (bcast_trigger_get_name (trigger), ==, cases[i].name);
      g_assert_cmpstr (channels, ==, cases[i].channels);
      g_assert_cmpstr (bcast_trigger_get_data (trigger), ==, cases[i].data);
      g_assert_cmpstr (bcast_trigger_get_socket_id (trigger), ==, cases[i].socket_id);
      g_assert_cmpstr (bcast_trigger_get_info (trigger), ==, cases[i].info);
    }
}

static void
test_parse_refuses (void)
{
  static const struct { const char *body, *words; } wrong[] = {
    { "", "no event" }, { "[]", "no event" }, { "{", "no event" }, { "{\"channel\":\"a\",\"data\":\"x\"}", "“name”" },
    { "{\"name\":\"e\",\"channel\":\"a\"}", "“data”" }, { "{\"name\":\"e\",\"data\":\"x\"}", "no channel" },
    { "{\"name\":\"e\",\"data\":\"x\",\"channels\":[]}", "no channel" }, { "{\"name\":\"e\",\"data\":\"x\",\"channels\":\"a\"}", "no event" },
    { "{\"name\":\"e\",\"data\":\"x\",\"channels\":[7]}", "no event" }, { "{\"name\":\"e\",\"data\":\"x\",\"channels\":[\"a b\"]}", "space" },
    { "{\"name\":7,\"data\":\"x\",\"channel\":\"a\"}", "no event" }, { "{\"name\":\"pusher:x\",\"data\":\"x\",\"channel\":\"a\"}", "reserved" },
    { "{\"name\":\"e\",\"data\":\"x\",\"channel\":\"a\",\"socket_id\":\"x\"}", "socket id" },
    { "{\"name\":\"e\",\"data\":\"x\",\"channels\":[\"private-encrypted-a\",\"b\"]}", "encrypted" },
    { "{\"name\":\"e\",\"data\":\"a\\u0000b\",\"channel\":\"a\"}", "“data” has a NUL" },
    { "{\"name\":\"e\",\"data\":\"\\ud83d\",\"channel\":\"a\"}", "“data” has a NUL character or half of a surrogate" },
    { "{\"name\":\"e\\udc00\",\"data\":\"x\",\"channel\":\"a\"}", "“name” has" },
    { "{\"name\":\"e\",\"data\":\"x\",\"channel\":\"a\\u0000\"}", "“channel” has" },
    { "{\"name\":\"e\",\"data\":\"x\",\"channels\":[\"b\",\"a\\u0000\"]}", "“channels” has" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (bcast_trigger_parse (wrong[i].body, strlen (wrong[i].body), &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, wrong[i].words));
    }
}

static void
test_data_limit (void)
{
  static const char * const channels[] = { "a", NULL };
  g_autofree char *longest = g_strnfill (BCAST_LIMIT_DATA_BYTES, 'x');
  g_autofree char *too_long = g_strnfill (BCAST_LIMIT_DATA_BYTES + 7, 'x');
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastTrigger) fits = bcast_trigger_new ("e", channels, longest, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_null (bcast_trigger_new ("e", channels, too_long, NULL, NULL, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "7 more"));
}

static void
test_channel_limit (void)
{
  g_autoptr(GString) body = g_string_new ("{\"name\":\"e\",\"data\":\"x\",\"channels\":[\"c\"");
  g_autoptr(GError) error = NULL;

  for (guint i = 1; i < BCAST_LIMIT_CHANNELS_PER_TRIGGER; i++)
    g_string_append_printf (body, ",\"c%u\"", i);

  g_autofree char *fits = g_strconcat (body->str, "]}", NULL);
  g_autofree char *too_many = g_strconcat (body->str, ",\"one\"]}", NULL);
  g_autoptr(BcastTrigger) trigger = bcast_trigger_parse (fits, strlen (fits), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length ((char **) bcast_trigger_get_channels (trigger)), ==, BCAST_LIMIT_CHANNELS_PER_TRIGGER);
  g_assert_null (bcast_trigger_parse (too_many, strlen (too_many), &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "101"));
}

/* As npm pusher 5.3 sends it. */
static void
test_batch (void)
{
  static const char * const first[] = { "a", NULL };
  static const char * const second[] = { "private-b", NULL };
  g_autoptr(GPtrArray) triggers = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_trigger_unref);
  g_autofree char *body = NULL;

  g_ptr_array_add (triggers, bcast_trigger_new ("x", first, "{\"n\":1}", NULL, NULL, NULL));
  g_ptr_array_add (triggers, bcast_trigger_new ("y", second, "hi", "1.2", "subscription_count", NULL));
  body = bcast_trigger_format_batch (triggers);
  g_assert_cmpstr (body, ==, "{\"batch\":[{\"channel\":\"a\",\"name\":\"x\",\"data\":\"{\\\"n\\\":1}\"},"
                   "{\"channel\":\"private-b\",\"name\":\"y\",\"data\":\"hi\",\"socket_id\":\"1.2\","
                   "\"info\":\"subscription_count\"}]}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/trigger/body", test_body);
  g_test_add_func ("/trigger/parse", test_parse);
  g_test_add_func ("/trigger/parse-refuses", test_parse_refuses);
  g_test_add_func ("/trigger/data-limit", test_data_limit);
  g_test_add_func ("/trigger/channel-limit", test_channel_limit);

  g_test_add_func ("/trigger/batch", test_batch);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-frame.h"

#include <string.h>

#include "bcast-error.h"

static BcastFrame *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  BcastFrame *frame = bcast_frame_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return frame;
}

typedef struct
{
  const char     *text;
  const char     *event;
  const char     *channel;
  const char     *data;
  BcastFrameData  form;
  const char     *user_id;
} Case;

static void
test_parse (void)
{
  static const Case cases[] = {
    { "{\"event\":\"my-event\",\"channel\":\"ch-1\",\"data\":\"{\\\"hello\\\":\\\"world\\\"}\"}",
      "my-event", "ch-1", "{\"hello\":\"world\"}", BCAST_FRAME_DATA_STRING, NULL },
    { "{\"event\":\"client-x\",\"data\":{\"a\":1},\"channel\":\"private-ch\"}",
      "client-x", "private-ch", "{\"a\":1}", BCAST_FRAME_DATA_JSON, NULL },
    { " { \"data\" : [ 1 , 2 ] , \"event\" : \"e\" } ", "e", NULL, "[ 1 , 2 ]", BCAST_FRAME_DATA_JSON, NULL },
    { "{\"event\":\"pusher:pong\"}", "pusher:pong", NULL, NULL, BCAST_FRAME_DATA_ABSENT, NULL },
    { "{\"event\":\"e\",\"data\":null,\"channel\":null}", "e", NULL, NULL, BCAST_FRAME_DATA_ABSENT, NULL },
    { "{\"event\":\"e\",\"data\":\"\"}", "e", NULL, "", BCAST_FRAME_DATA_STRING, NULL },
    { "{\"event\":\"e\",\"data\":\"123\"}", "e", NULL, "123", BCAST_FRAME_DATA_STRING, NULL },
    { "{\"event\":\"e\",\"data\":123}", "e", NULL, "123", BCAST_FRAME_DATA_JSON, NULL },
    { "{\"event\":\"client-typing\",\"channel\":\"presence-r\",\"data\":\"{\\\"on\\\":true}\",\"user_id\":\"u2\"}",
      "client-typing", "presence-r", "{\"on\":true}", BCAST_FRAME_DATA_STRING, "u2" },
    { "{\"event\":\"e\",\"data\":\"h\\u00e9llo \\u2603 \\ud83d\\ude00 \\/ \\t\"}", "e", NULL, "héllo ☃ 😀 / \t",
      BCAST_FRAME_DATA_STRING, NULL },
    { "{\"event\":\"first\",\"event\":\"last\",\"unknown\":{\"event\":\"no\"}}", "last", NULL, NULL,
      BCAST_FRAME_DATA_ABSENT, NULL },
    { "{\"event\":\"e\",\"user_id\":7}", "e", NULL, NULL, BCAST_FRAME_DATA_ABSENT, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BcastFrame) frame = parse (cases[i].text);
      gsize length = 0;

      g_assert_cmpstr (bcast_frame_get_event (frame), ==, cases[i].event);
      g_assert_cmpstr (bcast_frame_get_channel (frame), ==, cases[i].channel);
      g_assert_cmpstr (bcast_frame_get_data (frame), ==, cases[i].data);
      g_assert_cmpint (bcast_frame_get_data_form (frame), ==, cases[i].form);
      g_assert_cmpstr (bcast_frame_get_user_id (frame), ==, cases[i].user_id);
      g_assert_cmpstr (bcast_frame_get_raw (frame, &length), ==, cases[i].text);
      g_assert_cmpuint (length, ==, strlen (cases[i].text));
    }
}

/* What no text can have is shown as well as it can be, and told from what was sent so. */
static void
test_odd_names (void)
{
  static const struct { const char *text, *event, *channel; gboolean is_odd; } cases[] = {
    { "{\"event\":\"a\\u0000b\",\"channel\":\"ch\"}", "a\xEF\xBF\xBD" "b", "ch", TRUE },
    { "{\"event\":\"e\",\"channel\":\"\\ud83d\"}", "e", "\xEF\xBF\xBD", TRUE },
    { "{\"event\":\"\xEF\xBF\xBD\",\"channel\":\"\\ufffd\"}", "\xEF\xBF\xBD", "\xEF\xBF\xBD", FALSE },
    { "{\"event\":\"e\",\"channel\":\"ch\",\"data\":\"\\u0000\"}", "e", "ch", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BcastFrame) frame = parse (cases[i].text);

      g_assert_cmpstr (bcast_frame_get_event (frame), ==, cases[i].event);
      g_assert_cmpstr (bcast_frame_get_channel (frame), ==, cases[i].channel);
      g_assert_cmpint (bcast_frame_has_odd_name (frame), ==, cases[i].is_odd);
      g_assert_cmpstr (bcast_frame_get_raw (frame, NULL), ==, cases[i].text);
    }
}

static void
test_refuses (void)
{
  static const char * const wrong[] = {
    "", " ", "null", "[]", "\"event\"", "{", "{}", "{\"event\":\"\"}", "{\"event\":1}", "{\"event\":null}",
    "{\"event\":\"e\",\"channel\":7}", "{\"event\":\"e\"", "{\"event\":\"e\"}}", "{\"event\":\"e\",}",
    "{\"event\":\"e\" \"data\":1}", "{event:\"e\"}", "{\"event\":\"e\",\"data\":\"\xff\"}", "HTTP/1.1 400 Bad Request",
    "{\"event\":\"e\",\"data\":\"\\x\"}", "{\"event\":\"e\",\"data\":\"\\u12\"}", "{\"event\":\"e\",\"data\":01}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (bcast_frame_parse (wrong[i], strlen (wrong[i]), &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL);
    }
}

static void
test_no_terminator_needed (void)
{
  static const char text[] = { '{', '"', 'e', 'v', 'e', 'n', 't', '"', ':', '"', 'e', '"', '}' };
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastFrame) frame = bcast_frame_parse (text, sizeof text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (bcast_frame_get_event (frame), ==, "e");
}

static void
test_deep_nesting_is_refused (void)
{
  g_autofree char *open = g_strnfill (100000, '[');
  g_autofree char *text = g_strconcat ("{\"event\":\"e\",\"data\":", open, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (bcast_frame_parse (text, strlen (text), &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, "deep"));
}

/* The exact frames that pusher-js 8.6.0 sends. */
static void
test_format (void)
{
  g_autofree char *public_one = bcast_frame_format_subscribe ("ch-1", NULL, NULL);
  g_autofree char *private_one = bcast_frame_format_subscribe ("private-ok", "KEY:sig", NULL);
  g_autofree char *presence = bcast_frame_format_subscribe ("presence-ok", "KEY:sig",
                                                            "{\"user_id\":\"u1\",\"user_info\":{\"n\":1}}");
  g_autofree char *unsubscribe = bcast_frame_format_unsubscribe ("ch-1");
  g_autofree char *signin = bcast_frame_format_signin ("KEY:sig", "{\"id\":\"u1\"}");
  g_autofree char *ping = bcast_frame_format ("pusher:ping", NULL, "{}", BCAST_FRAME_DATA_JSON, NULL);
  g_autofree char *error = bcast_frame_format_error (4301, "Client event rejected due to rate limit");

  g_assert_cmpstr (public_one, ==, "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"\",\"channel\":\"ch-1\"}}");
  g_assert_cmpstr (private_one, ==, "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"KEY:sig\",\"channel\":\"private-ok\"}}");
  g_assert_cmpstr (presence, ==, "{\"event\":\"pusher:subscribe\",\"data\":{\"auth\":\"KEY:sig\",\"channel_data\":"
                   "\"{\\\"user_id\\\":\\\"u1\\\",\\\"user_info\\\":{\\\"n\\\":1}}\",\"channel\":\"presence-ok\"}}");
  g_assert_cmpstr (unsubscribe, ==, "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"ch-1\"}}");
  g_assert_cmpstr (signin, ==, "{\"event\":\"pusher:signin\",\"data\":{\"auth\":\"KEY:sig\",\"user_data\":\"{\\\"id\\\":\\\"u1\\\"}\"}}");
  g_assert_cmpstr (ping, ==, "{\"event\":\"pusher:ping\",\"data\":{}}");
  g_assert_cmpstr (error, ==, "{\"event\":\"pusher:error\",\"data\":{\"code\":4301,\"message\":\"Client event rejected due to rate limit\"}}");
}

static char *
random_text (void)
{
  GString *text = g_string_new (NULL);
  guint length = (guint) g_test_rand_int_range (0, 40);

  for (guint i = 0; i < length; i++)
    g_string_append_unichar (text, (gunichar) (g_test_rand_bit () ? g_test_rand_int_range (1, 0x80)
                                                                  : g_test_rand_int_range (0xa0, 0xd800)));
  return g_string_free (text, FALSE);
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *channel = random_text ();
      g_autofree char *data = random_text ();
      g_autofree char *user_id = random_text ();
      g_autofree char *text = bcast_frame_format ("e", channel, data, BCAST_FRAME_DATA_STRING, user_id);
      g_autoptr(BcastFrame) frame = parse (text);

      g_assert_cmpstr (bcast_frame_get_channel (frame), ==, channel);
      g_assert_cmpstr (bcast_frame_get_data (frame), ==, data);
      g_assert_cmpstr (bcast_frame_get_user_id (frame), ==, user_id);
    }
}

static void
test_established (void)
{
  static const char * const forms[] = {
    "{\"event\":\"pusher:connection_established\",\"data\":\"{\\\"socket_id\\\":\\\"123.456\\\",\\\"activity_timeout\\\":120}\"}",
    "{\"event\":\"pusher:connection_established\",\"data\":{\"socket_id\":\"123.456\",\"activity_timeout\":120}}",
  };
  static const char * const wrong[] = {
    "{\"event\":\"x\"}", "{\"event\":\"x\",\"data\":\"\"}", "{\"event\":\"x\",\"data\":{\"activity_timeout\":1}}",
    "{\"event\":\"x\",\"data\":{\"socket_id\":\"1.2\"}}", "{\"event\":\"x\",\"data\":{\"socket_id\":\"1.2\",\"activity_timeout\":0}}",
    "{\"event\":\"x\",\"data\":{\"socket_id\":12,\"activity_timeout\":10}}",
    "{\"event\":\"x\",\"data\":{\"socket_id\":\"1.2\",\"activity_timeout\":-5}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr(BcastFrame) frame = parse (forms[i]);
      g_autofree char *socket_id = NULL;
      guint timeout_s = 0;

      g_assert_true (bcast_frame_parse_established (frame, &socket_id, &timeout_s, NULL));
      g_assert_cmpstr (socket_id, ==, "123.456");
      g_assert_cmpuint (timeout_s, ==, 120);
    }

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(BcastFrame) frame = parse (wrong[i]);
      g_autofree char *socket_id = NULL;
      g_autoptr(GError) error = NULL;
      guint timeout_s = 0;

      g_assert_false (bcast_frame_parse_established (frame, &socket_id, &timeout_s, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_PROTOCOL);
      g_assert_null (socket_id);
    }
}

static void
test_error_frames (void)
{
  static const struct { const char *text; int code; const char *message; } cases[] = {
    { "{\"event\":\"pusher:error\",\"data\":{\"code\":4001,\"message\":\"no\"}}", 4001, "no" },
    { "{\"event\":\"pusher:error\",\"data\":\"{\\\"code\\\":4001,\\\"message\\\":\\\"no\\\"}\"}", 4001, "no" },
    { "{\"event\":\"pusher:error\",\"data\":{\"code\":null,\"message\":\"no\"}}", 0, "no" },
    { "{\"event\":\"pusher:error\",\"data\":\"plain words\"}", 0, "plain words" },
    { "{\"event\":\"pusher:error\"}", 0, "" },
    { "{\"event\":\"pusher:error\",\"data\":{\"code\":99999999999999999999}}", G_MAXINT, "{\"code\":99999999999999999999}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BcastFrame) frame = parse (cases[i].text);
      g_autofree char *message = NULL;
      int code = -1;

      bcast_frame_parse_error (frame, &code, &message);
      g_assert_cmpint (code, ==, cases[i].code);
      g_assert_cmpstr (message, ==, cases[i].message);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/frame/parse", test_parse);
  g_test_add_func ("/frame/odd-names", test_odd_names);
  g_test_add_func ("/frame/refuses", test_refuses);
  g_test_add_func ("/frame/no-terminator-needed", test_no_terminator_needed);
  g_test_add_func ("/frame/deep-nesting-is-refused", test_deep_nesting_is_refused);
  g_test_add_func ("/frame/format", test_format);
  g_test_add_func ("/frame/round-trip", test_round_trip);
  g_test_add_func ("/frame/established", test_established);
  g_test_add_func ("/frame/error-frames", test_error_frames);

  return g_test_run ();
}

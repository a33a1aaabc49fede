/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-error.h"

#include "bcast-request-signature.h"
#include "bcast-trigger.h"

#include <string.h>

static void
test_clip (void)
{
  static const struct { const char *text; int max_bytes, clipped; } cases[] = {
    { "", 0, 0 }, { "", 3, 0 }, { "abc", 0, 0 }, { "abc", 2, 2 }, { "abc", 3, 3 }, { "abc", 4, 3 },
    { "aü", 1, 1 }, { "aü", 2, 1 }, { "aü", 3, 3 }, { "☃", 1, 0 }, { "☃", 2, 0 }, { "☃", 3, 3 },
    { "☃☃", 4, 3 }, { "☃☃", 5, 3 }, { "\xF0\x9F\x93\xA1x", 3, 0 }, { "\xF0\x9F\x93\xA1x", 4, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (bcast_error_clip (cases[i].text, cases[i].max_bytes), ==, cases[i].clipped);
}

/* 63 bytes and a character of two: cut at 64 it was half a character. */
#define LONG "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void
check_is_text (GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_sentences_are_text (void)
{
  static const char * const channels[] = { "ch-1", NULL };
  static const char * const queries[] = {
    "auth_key=" LONG "%C3%BC",
    "auth_key=k&auth_version=aaaaaaaaaaaaaaa%C3%BC",
    "auth_key=k&auth_version=1.0&auth_timestamp=5&body_md5=" LONG "%C3%BC",
    "auth_key=k&auth_version=1.0&auth_timestamp=5&auth_signature=" LONG LONG "a%C3%BC",
  };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_assert_false (bcast_request_signature_check ("k", "s", "GET", "/apps/3/channels", queries[i], NULL, 0, 5,
                                                     &error));
      check_is_text (error);
      g_clear_error (&error);
    }

  g_assert_null (bcast_trigger_new ("e", channels, "{}", LONG "ü", NULL, &error));
  check_is_text (error);
}

static void
test_nicks (void)
{
  g_assert_cmpstr (bcast_error_code_to_nick (BCAST_ERROR_INVALID), ==, "invalid");
  g_assert_cmpstr (bcast_error_code_to_nick (BCAST_ERROR_UNAVAILABLE), ==, "unavailable");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/error/clip", test_clip);
  g_test_add_func ("/error/sentences-are-text", test_sentences_are_text);
  g_test_add_func ("/error/nicks", test_nicks);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-close-code.h"

static void
test_reactions (void)
{
  static const struct { int code; BcastReaction reaction; } cases[] = {
    { 1000, BCAST_REACTION_BACK_OFF }, { 1001, BCAST_REACTION_BACK_OFF }, { 1006, BCAST_REACTION_BACK_OFF },
    { 3999, BCAST_REACTION_BACK_OFF }, { 0, BCAST_REACTION_BACK_OFF },
    { 4000, BCAST_REACTION_USE_TLS },
    { 4001, BCAST_REACTION_STOP }, { 4004, BCAST_REACTION_STOP }, { 4009, BCAST_REACTION_STOP },
    { 4099, BCAST_REACTION_STOP },
    { 4100, BCAST_REACTION_BACK_OFF }, { 4199, BCAST_REACTION_BACK_OFF },
    { 4200, BCAST_REACTION_RETRY_NOW }, { 4201, BCAST_REACTION_RETRY_NOW }, { 4299, BCAST_REACTION_RETRY_NOW },
    { 4300, BCAST_REACTION_STOP }, { 4301, BCAST_REACTION_STOP }, { 4999, BCAST_REACTION_STOP },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (bcast_close_code_get_reaction (cases[i].code), ==, cases[i].reaction);
}

static void
test_every_code_has_a_sentence (void)
{
  for (int code = -1; code < 5100; code++)
    {
      const char *text = bcast_close_code_get_text (code);

      g_assert_true (g_str_has_suffix (text, "."));
      g_assert_nonnull (bcast_error_code_to_nick (bcast_close_code_get_error (code)));
    }
}

static void
test_errors (void)
{
  g_assert_cmpint (bcast_close_code_get_error (4001), ==, BCAST_ERROR_NOT_FOUND);
  g_assert_cmpint (bcast_close_code_get_error (4009), ==, BCAST_ERROR_UNAUTHORIZED);
  g_assert_cmpint (bcast_close_code_get_error (4100), ==, BCAST_ERROR_BUSY);
  g_assert_cmpint (bcast_close_code_get_error (1006), ==, BCAST_ERROR_UNREACHABLE);
  g_assert_cmpint (bcast_close_code_get_error (1009), ==, BCAST_ERROR_TOO_LARGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/close-code/reactions", test_reactions);
  g_test_add_func ("/close-code/every-code-has-a-sentence", test_every_code_has_a_sentence);
  g_test_add_func ("/close-code/errors", test_errors);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-utf8.h"

#include <string.h>

#define MAX_BYTES 40

static void
assert_same (const char *text,
             gsize       length)
{
  const char *bad = NULL;
  const char *expected_bad = NULL;
  gboolean expected = g_utf8_validate_len (text, length, &expected_bad);

  g_assert_cmpint (bcast_utf8_validate (text, length, &bad), ==, expected);
  g_assert_true (bad == expected_bad);
}

/* GLib is what it must agree with: every byte at every place of a text of every length. */
static void
test_each_byte (void)
{
  for (gsize length = 0; length <= MAX_BYTES; length++)
    for (gsize at = 0; at < length; at++)
      for (guint byte = 0; byte < 256; byte++)
        {
          g_autofree char *text = g_strnfill (length, 'x');

          text[at] = (char) byte;
          assert_same (text, length);
        }
}

static void
test_characters (void)
{
  static const char * const characters[] = {
    "é", "☃", "😀", "\xc3", "\xe2\x98", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x01\x80", "\x7f",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (characters); i++)
    for (gsize before = 0; before < 20; before++)
      {
        g_autofree char *fill = g_strnfill (before, '\x7f');
        g_autofree char *text = g_strconcat (fill, characters[i], "and so on, for a while", NULL);

        assert_same (text, strlen (text));
        assert_same (text, before + strlen (characters[i]));
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/utf8/each-byte", test_each_byte);
  g_test_add_func ("/utf8/characters", test_characters);

  return g_test_run ();
}

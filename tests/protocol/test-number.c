/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-number.h"

#include <errno.h>

static const struct
{
  const char *text;
  guint64 least;
  guint64 most;
  gboolean is_number;
  guint64 number;
} rows[] = {
  { "0", 0, 10, TRUE, 0 },
  { "7", 4, 7, TRUE, 7 },
  { "4", 4, 7, TRUE, 4 },
  { "3", 4, 7, FALSE, 0 },
  { "8", 4, 7, FALSE, 0 },
  { "007", 4, 7, TRUE, 7 },
  { "18446744073709551615", 0, G_MAXUINT64, TRUE, G_MAXUINT64 },
  { "18446744073709551616", 0, G_MAXUINT64, FALSE, 0 },
  { "99999999999999999999999999", 0, G_MAXUINT64, FALSE, 0 },
  { "", 0, G_MAXUINT64, FALSE, 0 },
  { " 1", 0, G_MAXUINT64, FALSE, 0 },
  { "1 ", 0, G_MAXUINT64, FALSE, 0 },
  { "+1", 0, G_MAXUINT64, FALSE, 0 },
  { "-1", 0, G_MAXUINT64, FALSE, 0 },
  { "0x10", 0, G_MAXUINT64, FALSE, 0 },
  { "1e3", 0, G_MAXUINT64, FALSE, 0 },
  { "1.5", 0, G_MAXUINT64, FALSE, 0 },
  { "\xD9\xA1", 0, G_MAXUINT64, FALSE, 0 },
};

static void
test_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint64 number = 77;
      gboolean is_number = bcast_number_parse (rows[i].text, rows[i].least, rows[i].most, &number);

      g_assert_true (is_number == rows[i].is_number);
      g_assert_cmpuint (number, ==, rows[i].is_number ? rows[i].number : 77);
    }
  g_assert_true (bcast_number_parse ("12", 0, 12, NULL));
}

/* What it replaced failed when an earlier call had left its mark in errno. */
static void
test_errno_does_not_count (void)
{
  guint64 number = 0;

  errno = EAGAIN;
  g_assert_true (bcast_number_parse ("7", 4, 7, &number));
  g_assert_cmpint (errno, ==, EAGAIN);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/number/vectors", test_vectors);
  g_test_add_func ("/protocol/number/errno-does-not-count", test_errno_does_not_count);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-number.h"

/**
 * bcast_number_parse:
 * @text: what somebody typed or sent
 * @least: the smallest number that is allowed
 * @most: the largest number that is allowed
 * @number: (out) (optional): the number; left alone when there is none
 *
 * Reads a whole number that is written with decimal digits alone: no sign, no space, nothing behind
 * it. Unlike g_ascii_string_to_unsigned(), which judges by errno, it may be called by two threads
 * for the first time at once: there, the thread that waits for the other to make GLib's C locale
 * finds the wait's own EAGAIN and takes a good number for none.
 *
 * Returns: whether @text is a number from @least to @most
 */
gboolean
bcast_number_parse (const char *text,
                    guint64     least,
                    guint64     most,
                    guint64    *number)
{
  guint64 sum = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  if (*text == '\0')
    return FALSE;
  for (const char *at = text; *at != '\0'; at++)
    {
      if (!g_ascii_isdigit (*at)
          || !g_uint64_checked_mul (&sum, sum, 10)
          || !g_uint64_checked_add (&sum, sum, (guint64) (*at - '0')))
        return FALSE;
    }
  if (sum < least || sum > most)
    return FALSE;
  if (number != NULL)
    *number = sum;
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-utf8.h"

#include <string.h>

#define ONES  G_GUINT64_CONSTANT (0x0101010101010101)
#define HIGHS G_GUINT64_CONSTANT (0x8080808080808080)

/* Where the first byte may stand that is not ASCII, or zero; what comes before is neither. Eight
 * bytes at a time: a byte of a word that is 0 borrows from its high bit, and no other one below it. */
static const char *
skip_ascii (const char *at,
            const char *end)
{
  for (; end - at >= 8; at += 8)
    {
      guint64 word;

      memcpy (&word, at, sizeof word);
      if (((word | (word - ONES)) & HIGHS) != 0)
        break;
    }
  return at;
}

/**
 * bcast_utf8_validate:
 * @text: (array length=length): bytes
 * @length: how many
 * @bad: (out) (optional): the first byte that is not good
 *
 * Does what g_utf8_validate_len() does, with the same idea of what is valid (no U+0000), at a fraction
 * of the cost where most of the text is ASCII.
 *
 * Returns: whether all of @text is UTF-8 without U+0000
 */
gboolean
bcast_utf8_validate (const char  *text,
                     gsize        length,
                     const char **bad)
{
  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  const char *end = text + length;
  const char *at = skip_ascii (text, end);

  return g_utf8_validate_len (at, end - at, bad);
}

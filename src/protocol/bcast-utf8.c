/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-utf8.h"

#include "bcast-bytes-private.h"

/* Where the first byte may stand that is not ASCII, or zero; what comes before is neither. */
static const char *
skip_ascii (const char *at,
            const char *end)
{
  while (end - at >= 8 && bcast_bytes_has_zero_or_high (bcast_bytes_load (at)) == 0)
    at += 8;
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Eight bytes at a time, as one word. What these find is exact up to and including the first byte that
 * is looked for, which is all that "is there one" needs: a byte that is 0 borrows from its own high bit
 * and then from bytes above it, never from those below. */

#define BCAST_BYTES_ONES  G_GUINT64_CONSTANT (0x0101010101010101)
#define BCAST_BYTES_HIGHS G_GUINT64_CONSTANT (0x8080808080808080)

static inline guint64
bcast_bytes_load (const char *at)
{
  guint64 word;

  memcpy (&word, at, sizeof word);
  return word;
}

/* Not 0 when one of the bytes is 0 or not ASCII. */
static inline guint64
bcast_bytes_has_zero_or_high (guint64 word)
{
  return (word | (word - BCAST_BYTES_ONES)) & BCAST_BYTES_HIGHS;
}

/* Not 0 when one of the bytes is @byte. */
static inline guint64
bcast_bytes_has (guint64 word,
                 guint8  byte)
{
  guint64 difference = word ^ (BCAST_BYTES_ONES * byte);

  return (difference - BCAST_BYTES_ONES) & ~difference & BCAST_BYTES_HIGHS;
}

/* Not 0 when one of the bytes is below @limit, which is at most 0x80. */
static inline guint64
bcast_bytes_has_below (guint64 word,
                       guint8  limit)
{
  return (word - BCAST_BYTES_ONES * limit) & ~word & BCAST_BYTES_HIGHS;
}

G_END_DECLS
